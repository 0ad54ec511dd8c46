package slack_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/slack"
	"github.com/gofirst/gofirst/adapters/slack/slacktest"
	"github.com/gofirst/gofirst/bot/chat"
)

const patience = 20 * time.Second

var errNo = errors.New("the sink refuses this")

// hearing is one Run and what it hands over.
type hearing struct {
	t       testing.TB
	cancel  context.CancelFunc
	ended   chan struct{}
	refuse  func(chat.Event) error
	mu      sync.Mutex
	changed chan struct{}
	all     []chat.Event
	err     error
}

// hear starts Run. It is stopped at the end of the test at the latest.
func hear(t testing.TB, a *slack.Adapter, since map[chat.ChannelID]chat.Cursor, refuse func(chat.Event) error) *hearing {
	ctx, cancel := context.WithCancel(context.Background())
	h := &hearing{t: t, cancel: cancel, ended: make(chan struct{}), refuse: refuse, changed: make(chan struct{})}
	go func() {
		defer close(h.ended)
		err := a.Run(ctx, since, h.sink)
		h.mu.Lock()
		defer h.mu.Unlock()
		h.err = err
	}()
	t.Cleanup(func() { h.stop() })
	return h
}

func (h *hearing) sink(_ context.Context, e chat.Event) error {
	if h.refuse != nil {
		if err := h.refuse(e); err != nil {
			return err
		}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.all = append(h.all, e)
	close(h.changed)
	h.changed = make(chan struct{})
	return nil
}

func (h *hearing) stop() error {
	h.cancel()
	return h.end()
}

// end waits for the end of Run and gives its error.
func (h *hearing) end() error {
	h.t.Helper()
	select {
	case <-h.ended:
	case <-time.After(patience):
		h.t.Fatal("Run does not end")
	}
	return h.err
}

// await waits for the first event of a type that matches.
func await[E chat.Event](h *hearing, match func(E) bool) E {
	h.t.Helper()
	over := time.After(patience)
	for {
		h.mu.Lock()
		changed := h.changed
		for _, e := range h.all {
			if x, ok := e.(E); ok && (match == nil || match(x)) {
				h.mu.Unlock()
				return x
			}
		}
		h.mu.Unlock()
		select {
		case <-changed:
		case <-h.ended:
			h.t.Fatalf("Run ended with %v", h.err)
		case <-over:
			var none E
			h.t.Fatalf("no %T has come", none)
		}
	}
}

func (h *hearing) events() []chat.Event {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]chat.Event(nil), h.all...)
}

// posted gives how often a message was handed over.
func (h *hearing) posted(id string) (n int) {
	for _, e := range h.events() {
		if m, ok := e.(chat.MessagePosted); ok && string(m.Message) == id {
			n++
		}
	}
	return n
}

func said(id string) func(chat.MessagePosted) bool {
	return func(m chat.MessagePosted) bool { return string(m.Message) == id }
}

func ready(t testing.TB, s *slacktest.Server) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := s.Ready(ctx); err != nil {
		t.Fatal("the adapter does not connect")
	}
}

// until waits for something that the workspace knows.
func until(t testing.TB, s *slacktest.Server, what string, done func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := s.Await(ctx, done); err != nil {
		t.Fatalf("%s does not come", what)
	}
}

// opened is a workspace with an adapter that listens to it over Socket Mode.
func opened(t testing.TB, o slacktest.Options) (*slacktest.Server, *slack.Adapter, *hearing) {
	s := newServer(t, o)
	a := newAdapter(t, s, nil)
	h := hear(t, a, nil, nil)
	ready(t, s)
	return s, a, h
}

func kindIs(t testing.TB, err error, want chat.Kind) *chat.Error {
	t.Helper()
	var e *chat.Error
	if !errors.As(err, &e) || e.Kind != want {
		t.Fatalf("the error is %v, want %v", err, want)
	}
	return e
}

// ticking is a clock that is always the same when it begins.
func ticking() func() time.Time {
	var mu sync.Mutex
	now := time.Unix(1_700_000_000, 0)
	return func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		now = now.Add(time.Microsecond)
		return now
	}
}
