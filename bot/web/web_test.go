package web_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/gofirst/gofirst/bot/web"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// house is a server that runs, and what it logged.
type house struct {
	url  string
	log  *lockedBuffer
	stop context.CancelFunc
	over chan error
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func open(t *testing.T, doors web.Doors) *house {
	t.Helper()
	h := &house{log: &lockedBuffer{}, over: make(chan error, 1)}
	s, err := web.Listen(t.Context(), "127.0.0.1:0", doors, slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	if err != nil {
		t.Fatal(err)
	}
	h.url = "http://" + s.Address()
	ctx, stop := context.WithCancel(context.Background())
	h.stop = stop
	go func() {
		h.over <- s.Run(ctx)
		close(h.over)
	}()
	t.Cleanup(func() {
		stop()
		for range h.over { // until it has ended
		}
	})
	return h
}

// ended waits for the server's end.
func (h *house) ended(t *testing.T) error {
	t.Helper()
	select {
	case err := <-h.over:
		return err
	case <-time.After(10 * time.Second):
		t.Fatal("the server does not end")
		return nil
	}
}

func ask(t *testing.T, method, url string, body io.Reader) (int, string, http.Header) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, body)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(text), answer.Header
}

func says(word string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, word) })
}

func TestDoors(t *testing.T) {
	t.Parallel()
	h := open(t, web.Doors{"slack": {"events": says("slack events")}, "slack-two": {"events": says("two"), "a/b": says("never")}})
	for _, c := range []struct {
		method, path string
		status       int
		text         string
	}{
		{"POST", web.Path("slack", "events"), 200, "slack events"},
		{"POST", "/hooks/slack-two/events?token=secret", 200, "two"},
		{"GET", "/hooks/slack/events", 405, "only POST\n"},
		{"PUT", "/hooks/slack/events", 405, "only POST\n"},
		{"POST", "/hooks/slack/nothing", 404, "not found\n"},
		{"POST", "/hooks/slack/events/", 404, "not found\n"},
		{"POST", "/hooks/slack/", 404, "not found\n"},
		{"POST", "/hooks//events", 404, "not found\n"},
		{"POST", "/slack/events", 404, "not found\n"},
		{"POST", "/hooks/slack/../slack-two/events", 404, "not found\n"},
		{"GET", "/hooks/", 404, "not found\n"},
		{"GET", "/", 404, "not found\n"},
	} {
		status, text, header := ask(t, c.method, h.url+c.path, strings.NewReader("word"))
		if status != c.status || text != c.text {
			t.Errorf("%s %s: %d %q, want %d %q", c.method, c.path, status, text, c.status, c.text)
		}
		if status == 405 && header.Get("Allow") != "POST" {
			t.Errorf("%s %s: Allow is %q", c.method, c.path, header.Get("Allow"))
		}
	}
	h.stop()
	if err := h.ended(t); err != nil {
		t.Error(err)
	}
	if logged := h.log.String(); strings.Contains(logged, "secret") || strings.Contains(logged, "word") {
		t.Errorf("logged: %s", logged)
	}
}

func TestABodyIsBounded(t *testing.T) {
	t.Parallel()
	got := make(chan error, 2)
	h := open(t, web.Doors{"c": {"d": http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, err := io.Copy(io.Discard, r.Body)
		got <- err
	})}})
	if ask(t, "POST", h.url+"/hooks/c/d", bytes.NewReader(make([]byte, 1<<20))); <-got != nil {
		t.Error("a body of 1 MiB was not read to its end")
	}
	body := io.LimitReader(endless{}, 1<<20+1)
	var large *http.MaxBytesError
	if ask(t, "POST", h.url+"/hooks/c/d", body); !errors.As(<-got, &large) {
		t.Error("a body of more than 1 MiB was read to its end")
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

func TestHeadersAreBounded(t *testing.T) {
	t.Parallel()
	h := open(t, web.Doors{"c": {"d": says("open")}})
	request, err := http.NewRequestWithContext(t.Context(), "POST", h.url+"/hooks/c/d", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-Long", strings.Repeat("a", 64<<10))
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	answer, err := client.Do(request)
	if err != nil {
		return // refused by closing: as good
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("status %d", answer.StatusCode)
	}
}

func TestABrokenDoorLeavesTheOthersOpen(t *testing.T) {
	t.Parallel()
	h := open(t, web.Doors{"c": {"broken": http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		text, _ := io.ReadAll(r.Body)
		panic("cannot make sense of " + string(text))
	}), "whole": says("open")}})
	if status, text, _ := ask(t, "POST", h.url+"/hooks/c/broken?query=hush", strings.NewReader("what a person wrote")); status != 500 || text != "broken\n" {
		t.Errorf("%d %q", status, text)
	}
	if status, _, _ := ask(t, "POST", h.url+"/hooks/c/whole", nil); status != 200 {
		t.Errorf("the other door: %d", status)
	}
	logged := h.log.String()
	for _, want := range []string{"a door broke", "connection=c", "door=broken", "panic=string", "web_test.go"} {
		if !strings.Contains(logged, want) {
			t.Errorf("the log lacks %q: %s", want, logged)
		}
	}
	if strings.Contains(logged, "a person wrote") || strings.Contains(logged, "hush") {
		t.Errorf("logged: %s", logged)
	}
}

// Who is being answered when the server is asked to end is answered; who comes after is not.
func TestItEndsWell(t *testing.T) {
	t.Parallel()
	inside, leave := make(chan struct{}), make(chan struct{})
	h := open(t, web.Doors{"c": {"slow": http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(inside)
		<-leave
		_, _ = io.WriteString(w, "at last")
	})}})
	answered := make(chan string, 1)
	go func() {
		_, text, _ := ask(t, "POST", h.url+"/hooks/c/slow", nil)
		answered <- text
	}()
	<-inside
	h.stop()
	for refused := false; !refused; { // the listener closes at once
		var d net.Dialer
		c, err := d.DialContext(t.Context(), "tcp", strings.TrimPrefix(h.url, "http://"))
		if refused = err != nil; !refused {
			_ = c.Close()
		}
	}
	close(leave)
	if text := <-answered; text != "at last" {
		t.Errorf("answered %q", text)
	}
	if err := h.ended(t); err != nil {
		t.Error(err)
	}
}

func TestAnAddressThatIsTaken(t *testing.T) {
	t.Parallel()
	log := slog.New(slog.DiscardHandler)
	s, err := web.Listen(t.Context(), "127.0.0.1:0", nil, log)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := web.Listen(t.Context(), s.Address(), nil, log); err == nil {
		t.Error("two listen at one address")
	}
	for range 2 {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	if err := s.Run(t.Context()); err == nil {
		t.Error("a server that was closed runs")
	}
}
