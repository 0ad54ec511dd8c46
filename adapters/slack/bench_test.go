package slack_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/slack"
	"github.com/gofirst/gofirst/adapters/slack/slacktest"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gorilla/websocket"
	slackapi "github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// The benchmarks compare the adapter with a floor: what the same exchange costs at least. Both are measured in the same
// run, taking turns, as processor time of the whole process, and "ratio" is what the adapter costs for each unit of
// the floor.

func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// turns runs two sides by turns, batch by batch, and reports their ratio.
func turns(b *testing.B, batch int, floor, ours func(n int)) {
	floor(batch)
	ours(batch) // both are warm
	var least, spent time.Duration
	done := 0
	b.ResetTimer()
	for done < b.N {
		start := cpu()
		floor(batch)
		middle := cpu()
		ours(batch)
		least, spent = least+middle-start, spent+cpu()-middle
		done += batch
	}
	b.StopTimer()
	b.ReportMetric(float64(spent)/float64(least), "ratio")
	b.ReportMetric(float64(spent.Microseconds())/float64(done), "µs-cpu/op")
}

// BenchmarkCommand acknowledges slash commands at the door; the floor is a handler that checks the signature alone. The
// promise is a ratio of at most 1.3.
func BenchmarkCommand(b *testing.B) {
	s := newServer(b, slacktest.Options{})
	a := newAdapter(b, s, func(c *slack.Config) { c.AppToken = nil })
	ctx, cancel := context.WithCancel(b.Context())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx, nil, func(context.Context, chat.Event) error { return nil }) }()
	defer func() { cancel(); <-ended }()
	ours := httptest.NewServer(a.Doors()["commands"])
	defer ours.Close()
	floor := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { bareCheck(w, r, s.SigningSecret()) }))
	defer floor.Close()
	payload := s.CommandPayload(ana, help, "thanks @hal for the runbook")
	for command(b, s, ours, payload, 0) != http.StatusOK { // until Run listens
		time.Sleep(time.Millisecond)
	}
	serial := 0
	send := func(to *httptest.Server) func(int) {
		return func(n int) {
			for range n {
				serial++
				if status := command(b, s, to, payload, serial); status != http.StatusOK {
					b.Fatalf("status %d", status)
				}
			}
		}
	}
	turns(b, 200, send(floor), send(ours))
}

// command sends a command that nobody has sent before.
func command(b *testing.B, s *slacktest.Server, to *httptest.Server, payload map[string]any, serial int) int {
	payload["trigger_id"] = fmt.Sprintf("1.2.%d", serial)
	r, _ := s.Request("slash_commands", payload)
	r.URL.Host, r.Host = strings.TrimPrefix(to.URL, "http://"), ""
	resp, err := to.Client().Do(r)
	if err != nil {
		b.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, resp.Body)
	resp.Body.Close()
	return resp.StatusCode
}

func bareCheck(w http.ResponseWriter, r *http.Request, secret string) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("v0:" + r.Header.Get("X-Slack-Request-Timestamp") + ":"))
	mac.Write(body)
	if !hmac.Equal([]byte("v0="+hex.EncodeToString(mac.Sum(nil))), []byte(r.Header.Get("X-Slack-Signature"))) {
		w.WriteHeader(http.StatusUnauthorized)
	}
}

// BenchmarkEvent hears message events over Socket Mode; the floor is slack-go's own loop, which acknowledges after its
// handler too. The promise is a ratio of at most 1.15.
func BenchmarkEvent(b *testing.B) {
	floor, ours := newFeeder(b), newFeeder(b)
	ctx, cancel := context.WithCancel(b.Context())
	ended := make(chan struct{}, 3)
	defer func() {
		cancel()
		for range cap(ended) {
			<-ended
		}
	}()
	client := socketmode.New(
		slackapi.New("xoxb-1", slackapi.OptionAPIURL(floor.web.URL+"/api/"), slackapi.OptionAppLevelToken("xapp-1")),
		socketmode.OptionLog(log.New(io.Discard, "", 0)))
	go func() { _ = client.RunContext(ctx); ended <- struct{}{} }()
	go func() { handle(ctx, client); ended <- struct{}{} }()
	a, err := slack.New(slack.Config{
		API: ours.web.URL + "/api/", AppToken: func() string { return "xapp-1" }, BotToken: func() string { return "xoxb-1" },
	})
	if err != nil {
		b.Fatal(err)
	}
	go func() {
		_ = a.Run(ctx, nil, func(context.Context, chat.Event) error { return nil })
		ended <- struct{}{}
	}()
	turns(b, 2000, floor.feed(b), ours.feed(b))
}

// handle is a handler as slack-go's documentation shows one.
func handle(ctx context.Context, c *socketmode.Client) {
	for {
		select {
		case <-ctx.Done():
			return
		case e := <-c.Events:
			if e.Type == socketmode.EventTypeEventsAPI {
				_ = c.Ack(*e.Request)
			}
		}
	}
}

// feeder is Slack reduced to a socket that sends events as fast as they are acknowledged.
type feeder struct {
	web    *httptest.Server
	linked chan *websocket.Conn
	ws     *websocket.Conn
	serial int
}

func newFeeder(b *testing.B) *feeder {
	f := &feeder{linked: make(chan *websocket.Conn, 1)}
	mux := http.NewServeMux()
	mux.HandleFunc("/api/apps.connections.open", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `{"ok":true,"url":"ws%s/link"}`, strings.TrimPrefix(f.web.URL, "http"))
	})
	mux.HandleFunc("/api/auth.test", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `{"ok":true,"team_id":"T1","user_id":"U1","bot_id":"B1","url":"https://first.slack.com/"}`)
	})
	mux.HandleFunc("/link", func(w http.ResponseWriter, r *http.Request) {
		up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
		ws, err := up.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		_ = ws.WriteMessage(websocket.TextMessage, []byte(`{"type":"hello","num_connections":1,"connection_info":{"app_id":"A1"}}`))
		f.linked <- ws
	})
	f.web = httptest.NewServer(mux)
	b.Cleanup(f.web.Close)
	return f
}

const inFlight = 64

// feed sends events, sixty-four ahead of the acknowledgements, and returns when all are acknowledged.
func (f *feeder) feed(b *testing.B) func(n int) {
	return func(n int) {
		if f.ws == nil {
			f.ws = <-f.linked
		}
		_ = f.ws.WriteControl(websocket.PingMessage, []byte("ping"), time.Now().Add(time.Second))
		sent, acked := 0, 0
		for acked < n {
			for sent < n && sent-acked < inFlight {
				f.serial++
				sent++
				if err := f.ws.WriteMessage(websocket.TextMessage, frame(f.serial)); err != nil {
					b.Fatal(err)
				}
			}
			_, said, err := f.ws.ReadMessage()
			if err != nil {
				b.Fatal(err)
			}
			var ack struct {
				ID string `json:"envelope_id"`
			}
			if json.Unmarshal(said, &ack) != nil || ack.ID == "" {
				b.Fatalf("no acknowledgement: %s", said)
			}
			acked++
		}
	}
}

// frame is a message event as a client's message comes: with its blocks.
func frame(n int) []byte {
	var w bytes.Buffer
	text := "How do I rotate the key on the third host, and who has done it lately?"
	fmt.Fprintf(&w, `{"envelope_id":"%032d","type":"events_api","accepts_response_payload":false,"retry_attempt":0,"retry_reason":"","payload":{`, n)
	fmt.Fprintf(&w, `"token":"x","team_id":"T1","context_team_id":"T1","api_app_id":"A1","event":{"user":"U%d","type":"message","ts":"17000%05d.000100",`, n%50, n%100000)
	fmt.Fprintf(&w, `"client_msg_id":"8f3c2b1a-0000-4000-8000-%012d","text":"%s","team":"T1","blocks":[{"type":"rich_text","block_id":"b%d",`, n, text, n)
	fmt.Fprintf(&w, `"elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"%s"}]}]}],"channel":"C%03d","event_ts":"17000%05d.000100",`, text, n%20, n%100000)
	fmt.Fprintf(&w, `"channel_type":"channel"},"type":"event_callback","event_id":"Ev%08d","event_time":1700000000,"authorizations":[{"enterprise_id":null,`, n)
	fmt.Fprintf(&w, `"team_id":"T1","user_id":"U1","is_bot":true,"is_enterprise_install":false}],"is_ext_shared_channel":false,"event_context":"4-%d"}}`, n)
	return w.Bytes()
}
