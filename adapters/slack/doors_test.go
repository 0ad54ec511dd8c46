package slack_test

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/slack"
	"github.com/gofirst/gofirst/adapters/slack/slacktest"
	"github.com/gofirst/gofirst/bot/chat"
)

// listening is a workspace that calls the doors of an adapter that listens.
func listening(t testing.TB, refuse func(chat.Event) error) (*httpService, *slack.Adapter, *hearing) {
	s := newServer(t, slacktest.Options{Retry: 200 * time.Millisecond})
	a := newAdapter(t, s, func(c *slack.Config) { c.AppToken = nil })
	look := &httpService{&service{Server: s, hooks: openDoors(t, s, a)}}
	h := hear(t, a, nil, refuse)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := look.Ready(ctx); err != nil {
		t.Fatal("the adapter does not listen")
	}
	return look, a, h
}

func knock(a *slack.Adapter, door string, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	a.Doors()[door].ServeHTTP(w, r)
	return w
}

func TestURLVerification(t *testing.T) {
	t.Parallel()
	s := newServer(t, slacktest.Options{})
	a := newAdapter(t, s, func(c *slack.Config) { c.AppToken = nil })
	r, _ := s.Request("events_api", map[string]any{"type": "url_verification", "token": "x", "challenge": "3eZbrw1a"})
	if w := knock(a, "events", r); w.Code != http.StatusOK || w.Body.String() != "3eZbrw1a" {
		t.Errorf("the challenge is answered with %d %q", w.Code, w.Body)
	}
	r, _ = s.Request("events_api", map[string]any{"type": "event_callback", "team_id": s.Team(), "event": map[string]any{"type": "message"}})
	if w := knock(a, "events", r); w.Code != http.StatusServiceUnavailable || w.Header().Get("X-Slack-No-Retry") != "" {
		t.Errorf("while nobody listens, an event is answered with %d", w.Code)
	}
}

func TestDoorsTurnAway(t *testing.T) {
	t.Parallel()
	s, a, _ := listening(t, nil)
	big := s.signed("events", bytes.Repeat([]byte("a"), 1<<20+1)).Request
	get := s.signed("events", nil).Request
	get.Method = http.MethodGet
	foreign, _ := s.Request("events_api", map[string]any{"type": "event_callback", "team_id": "T0OTHER", "event": map[string]any{"type": "message"}})
	app, _ := s.Request("events_api", map[string]any{"type": "event_callback", "team_id": s.Team(), "api_app_id": "A0OTHER", "event": map[string]any{"type": "message"}})
	for what, x := range map[string]struct {
		r    *http.Request
		want int
	}{
		"too much": {big, http.StatusRequestEntityTooLarge}, "GET": {get, http.StatusMethodNotAllowed},
		"another team": {foreign, http.StatusForbidden}, "another app": {app, http.StatusForbidden},
	} {
		if w := knock(a, "events", x.r); w.Code != x.want {
			t.Errorf("%s: %d, want %d", what, w.Code, x.want)
		}
	}
	if n := a.Tally(); n[chat.RefusedBody] != 1 || n[chat.RefusedForeign] != 2 {
		t.Errorf("the tally is %v", n)
	}
}

// An empty secret lets nobody in, whoever signs with it.
func TestDoorsWithoutASecret(t *testing.T) {
	t.Parallel()
	s := newServer(t, slacktest.Options{})
	a := newAdapter(t, s, func(c *slack.Config) { c.AppToken, c.SigningSecret = nil, func() string { return "" } })
	r, body := s.Request("events_api", map[string]any{"type": "url_verification", "challenge": "x"})
	slacktest.SignWith(r, "", body, time.Now())
	if w := knock(a, "events", r); w.Code != http.StatusUnauthorized {
		t.Errorf("without a secret the answer is %d", w.Code)
	}
}

// What cannot be stored in time is told again, and stored once.
func TestDoorsAskForAnotherTry(t *testing.T) {
	t.Parallel()
	var tries atomic.Int32
	s, _, h := listening(t, func(e chat.Event) error {
		if _, ok := e.(chat.MessagePosted); ok && tries.Add(1) < 8 {
			return errNo
		}
		return nil
	})
	id := s.Server.Say(ana, help, "one")
	await(h, said(id))
	after := s.Server.Say(ana, help, "two")
	await(h, said(after))
	if n := h.posted(id); n != 1 {
		t.Errorf("the event is stored %d times", n)
	}
}

func TestHandsThroughDoors(t *testing.T) {
	t.Parallel()
	s, a, h := listening(t, nil)
	before := time.Now().Add(-2 * time.Second)
	s.Server.Command(ana, help, "share")
	e := await[chat.CommandInvoked](h, nil)
	if e.Time.Before(before) {
		t.Errorf("the command's time is %v", e.Time)
	}
	if err := a.OpenForm(t.Context(), e.Reply, e.Trigger, sheet("state")); err != nil {
		t.Fatal(err)
	}
	s.Submit(ana, map[string]string{"what": "a plan"})
	if f := await[chat.FormSubmitted](h, nil); f.State != "state" {
		t.Errorf("the form arrives as %+v", f)
	}
}

func TestSSLCheckIsAnswered(t *testing.T) {
	t.Parallel()
	s, a, h := listening(t, nil)
	if w := knock(a, "commands", s.signed("commands", []byte("ssl_check=1&token=x")).Request); w.Code != http.StatusOK {
		t.Errorf("the check is answered with %d", w.Code)
	}
	if n := len(h.events()); n != 0 {
		t.Errorf("%d events are heard", n)
	}
}

// fuzzed is an adapter whose doors a fuzzer knocks at; its sink looks at what comes.
func fuzzed(f *testing.F) (*slacktest.Server, *slack.Adapter) {
	s := newServer(f, slacktest.Options{})
	a := newAdapter(f, s, func(c *slack.Config) { c.AppToken = nil })
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = a.Run(ctx, nil, func(_ context.Context, e chat.Event) error {
			if h := e.Head(); h.ID == "" || h.Time.IsZero() || h.Place.Space == "" {
				panic("an event is not whole")
			}
			return nil
		})
	}()
	f.Cleanup(func() { cancel(); <-ended })
	look := &httpService{&service{Server: s, hooks: openDoors(f, s, a)}}
	if err := look.Ready(ctx); err != nil {
		f.Fatal(err)
	}
	return s, a
}

func fuzzDoor(f *testing.F, door, mime string) {
	s, a := fuzzed(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		r := httptest.NewRequest(http.MethodPost, "/", bytes.NewReader(body))
		r.Header.Set("Content-Type", mime)
		s.Sign(r, body, time.Now())
		switch w := knock(a, door, r); w.Code {
		case http.StatusOK, http.StatusBadRequest, http.StatusForbidden, http.StatusRequestEntityTooLarge:
		default:
			t.Errorf("the answer is %d", w.Code)
		}
	})
}

const form = "application/x-www-form-urlencoded"

func FuzzEvents(f *testing.F) {
	for _, e := range []string{
		`{"type":"message","channel":"C0HELP","user":"U0ANA","ts":"1700000000.000100","text":"<@U0GOFIRST> help &lt;"}`,
		`{"type":"message","subtype":"message_changed","channel":"C0HELP","ts":"1700000000.000200","message":{"ts":"1700000000.000100","edited":{"ts":"1700000000.000200"}}}`,
		`{"type":"message","subtype":"message_deleted","channel":"C0HELP","ts":"1700000000.000200","deleted_ts":"1700000000.000100"}`,
		`{"type":"reaction_added","user":"U0ANA","reaction":"eyes","item":{"type":"message","channel":"C0HELP","ts":"1700000000.000100"},"event_ts":"1700000000.000300"}`,
		`{"type":"team_join","user":{"id":"U0NEW"},"event_ts":"1700000000.000300"}`, `{"type":"app_home_opened","user":"U0ANA","tab":"home","event_ts":"1700000000.000300"}`,
	} {
		f.Add([]byte(`{"type":"event_callback","team_id":"T0FIRST01","event":` + e + `}`))
	}
	f.Add([]byte(`{"type":"url_verification","challenge":"x"}`))
	fuzzDoor(f, "events", "application/json")
}

func FuzzCommands(f *testing.F) {
	f.Add([]byte("team_id=T0FIRST01&channel_id=C0HELP&user_id=U0ANA&text=thanks+%3C%40U0HAL%7Chal%3E&trigger_id=1.2.x&response_url=https%3A%2F%2Fhooks.slack.com%2Fx"))
	f.Add([]byte("ssl_check=1"))
	fuzzDoor(f, "commands", form)
}

func FuzzInteractions(f *testing.F) {
	for _, p := range []string{
		`{"type":"block_actions","team":{"id":"T0FIRST01"},"user":{"id":"U0ANA"},"channel":{"id":"C0HELP"},"container":{"message_ts":"1.000001"},"actions":[{"type":"button","action_id":"press-0","value":"v","action_ts":"1.000002"}]}`,
		`{"type":"view_submission","team":{"id":"T0FIRST01"},"user":{"id":"U0ANA"},"view":{"id":"V1","callback_id":"gofirst_form","private_metadata":"{}","state":{"values":{"a":{"a":{"value":null}}}}}}`,
		`{"type":"message_action","team":{"id":"T0FIRST01"},"user":{"id":"U0ANA"},"callback_id":"example","channel":{"id":"C0HELP"},"message":{"ts":"1.000001"}}`,
	} {
		f.Add([]byte("payload=" + url.QueryEscape(p)))
	}
	fuzzDoor(f, "interactions", form)
}

// FuzzEnvelopes sends frames over Socket Mode, and looks whether the connection goes on afterwards.
func FuzzEnvelopes(f *testing.F) {
	s := newServer(f, slacktest.Options{})
	a := newAdapter(f, s, nil)
	h := hear(f, a, nil, nil)
	ready(f, s)
	f.Add([]byte(`{"type":"events_api","envelope_id":"e","payload":{"type":"event_callback","team_id":"T0FIRST01","event":{"type":"message"}}}`))
	f.Add([]byte(`{"type":"slash_commands","envelope_id":"e","payload":{"team_id":"T0FIRST01"}}`))
	f.Add([]byte(`{"type":"interactive","envelope_id":"e","payload":null}`))
	f.Add([]byte(`[`))
	f.Fuzz(func(t *testing.T, frame []byte) {
		if strings.Contains(strings.ToLower(string(frame)), "disconnect") || strings.Contains(string(frame), "uninstalled") || strings.Contains(string(frame), `\u`) {
			t.Skip("to end the connection is right then")
		}
		s.Frame(frame)
		id := s.Say(ana, help, "still there?")
		h.mu.Lock()
		h.t, h.all = t, nil
		h.mu.Unlock()
		s.Redeliver()
		await(h, said(id))
		h.t = f
	})
}

func FuzzParseLink(f *testing.F) {
	f.Add("https://first.slack.com/archives/C0HELP/p1700000000000100?thread_ts=1700000000.000001&cid=C0HELP")
	f.Add("<https://first.slack.com/archives/C0HELP/p1700000000000100|x>")
	a, err := slack.New(slack.Config{BotToken: func() string { return "x" }, AppToken: func() string { return "x" }})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, link string) {
		channel, message, ok := a.ParseLink(link)
		if ok != (channel != "" && message != "") {
			t.Errorf("ParseLink(%q) gives %q, %q, %v", link, channel, message, ok)
		}
		if ok && !strings.Contains(link, string(channel)) {
			t.Errorf("ParseLink(%q) invents %q", link, channel)
		}
	})
}
