package mattermost

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/gofirst/gofirst/bot/chat"
)

func lonely(t testing.TB) *Adapter {
	a, err := New(Config{
		Name: "test", Server: "https://chat.example.org/sub", Token: func() string { return "t" }, Key: []byte("sixteen bytes and more"),
		Hooks: "https://bot.example.org/hooks", CommandToken: func() string { return "command-token" },
		HTTP: refusing{}, Now: func() time.Time { return time.Unix(1_700_000_000, 0) },
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// refusing reaches nobody.
type refusing struct{}

func (refusing) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, context.DeadlineExceeded
}

const someID = "abcdefghijklmnopqrstuvwxyz"

// Whatever somebody sends to a door: it answers, and with proof of nothing never well.
func FuzzDoors(f *testing.F) {
	f.Add("command", "application/x-www-form-urlencoded", "command=%2Fgofirst&text=x&user_id="+someID+"&channel_id="+someID)
	f.Add("command", "application/json", "{}")
	f.Add("action", "application/json", `{"user_id":"`+someID+`","channel_id":"`+someID+`","context":{"v":"k.yes.m","m":"x"}}`)
	f.Add("action", "application/json", `{"user_id":"`+someID+`","channel_id":"`+someID+`","context":{"f":"form","m":7}}`)
	f.Add("dialog", "application/json", `{"user_id":"`+someID+`","state":"a.b.c","submission":{"what":null}}`)
	f.Add("dialog", "application/json", `{"user_id":"`+someID+`","state":"..","cancelled":true}`)
	a := lonely(f)
	f.Fuzz(func(t *testing.T, door, kind, body string) {
		h, ok := a.Doors()[door]
		if !ok {
			return
		}
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
		r.Header.Set("Content-Type", kind)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code < 400 || w.Code == 503 {
			t.Errorf("the door %q answers %q with %d", door, body, w.Code)
		}
	})
}

// Whatever comes through the socket: it is told or let go, and never harms.
func FuzzFrame(f *testing.F) {
	post := `"{\"id\":\"` + someID + `\",\"channel_id\":\"` + someID + `\",\"user_id\":\"` + someID + `\",\"message\":\"hello @ana ~help [x](http://y)\",\"create_at\":1}"`
	f.Add([]byte(`{"event":"posted","seq":1,"data":{"post":` + post + `,"channel_type":"O","team_id":"t"}}`))
	f.Add([]byte(`{"event":"post_edited","data":{"post":"{}"}}`))
	f.Add([]byte(`{"event":"reaction_added","data":{"reaction":"{\"post_id\":\"x\",\"user_id\":\"y\",\"emoji_name\":\"eyes\"}"},"broadcast":{"channel_id":"c"}}`))
	f.Add([]byte(`{"event":"user_added","data":{"user_id":"u"},"broadcast":{"channel_id":"c"}}`))
	f.Add([]byte(`{"event":"hello","data":{"connection_id":7}}`))
	f.Add([]byte(`{"status":"OK","seq_reply":2}`))
	a := lonely(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		x, ok := decodeFrame(data)
		if !ok {
			return
		}
		ctx, cancel := context.WithCancel(context.Background())
		l := &lanes{ctx: ctx, sink: func(_ context.Context, e chat.Event) error { return sound(t, e) }, took: a.took, gap: func() {}, all: map[string]*lane{}}
		a.receive(l, x)
		l.drain(ctx, time.Second)
		cancel()
		l.close()
	})
}

// sound fails where references do not lie inside their text.
func sound(t *testing.T, e chat.Event) error {
	if m, ok := e.(chat.MessagePosted); ok {
		for _, r := range m.References {
			if r.At < 0 || r.Len < 2 || r.At+r.Len > len(m.Text) {
				t.Errorf("in %q something is named at %d+%d", m.Text, r.At, r.Len)
			}
		}
	}
	return nil
}

// Whatever is typed as a link: a message has an identifier, or there is none.
func FuzzParseLink(f *testing.F) {
	for _, s := range []string{"https://chat.example.org/sub/crew/pl/" + someID, "https://chat.example.org/sub/_redirect/pl/" + someID, "https://chat.example.org/sub/crew/pl/", "://", "%zz"} {
		f.Add(s)
	}
	a := lonely(f)
	f.Fuzz(func(t *testing.T, s string) {
		if _, m, ok := a.ParseLink(s); ok != (len(m) == 26) {
			t.Errorf("ParseLink(%q) gives %q, %v", s, m, ok)
		}
	})
}

// Whatever somebody types is read to its end, and names lie where they are said to.
func FuzzReader(f *testing.F) {
	for _, s := range []string{"@ana and ~help", "`@ana`", "[x](http://y) <https://z>", `\@ana \`, "![", "@", "[](:)", "~~@a.b.~"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r := reader{src: s}
		r.read()
		for _, c := range r.named {
			if c.At+c.Len > r.out.Len() || utf8.ValidString(s) && r.out.String()[c.At] != c.sign {
				t.Errorf("in %q something is named at %d+%d", r.out.String(), c.At, c.Len)
			}
		}
	})
}
