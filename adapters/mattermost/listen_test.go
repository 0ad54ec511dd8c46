package mattermost_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/mattermost"
	"github.com/gofirst/gofirst/bot/chat"
)

// ear listens as the bot does, once.
type ear struct {
	t       testing.TB
	stop    context.CancelFunc
	ended   chan error
	refuses func(chat.Event) bool

	mu      sync.Mutex
	taken   []chat.Event
	cursors map[chat.ChannelID]chat.Cursor
	changed chan struct{}
}

var errNo = errors.New("not now")

func hear(t testing.TB, a *mattermost.Adapter, since map[chat.ChannelID]chat.Cursor, refuses func(chat.Event) bool) *ear {
	ctx, cancel := context.WithCancel(context.Background())
	e := &ear{t: t, stop: cancel, ended: make(chan error, 1), refuses: refuses, cursors: map[chat.ChannelID]chat.Cursor{}, changed: make(chan struct{})}
	go func() { e.ended <- a.Run(ctx, since, e.sink) }()
	t.Cleanup(func() { cancel() })
	return e
}

// at listens once the bot is connected.
func (s *service) hear(t testing.TB) *ear {
	t.Helper()
	e := hear(t, s.a, nil, nil)
	s.connected(t)
	return e
}

func (s *service) connected(t testing.TB) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := s.Connected(ctx); err != nil {
		t.Fatal("the adapter does not connect")
	}
}

func (e *ear) sink(_ context.Context, x chat.Event) error {
	if e.refuses != nil && e.refuses(x) {
		return errNo
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.taken = append(e.taken, x)
	if h := x.Head(); h.Cursor != "" {
		channel := h.Place.Channel
		if h.Place.Direct {
			channel = ""
		}
		e.cursors[channel] = h.Cursor
	}
	close(e.changed)
	e.changed = make(chan struct{})
	return nil
}

// end stops listening and gives what Run returned.
func (e *ear) end() error {
	e.t.Helper()
	e.stop()
	return e.over()
}

// over waits for the end.
func (e *ear) over() error {
	e.t.Helper()
	select {
	case err := <-e.ended:
		return err
	case <-time.After(10 * time.Second):
		e.t.Fatal("Run does not return")
		return nil
	}
}

func (e *ear) reached() map[chat.ChannelID]chat.Cursor {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.cursors
}

// wait waits for the n-th event of a type that matches.
func wait[E chat.Event](e *ear, n int, match func(E) bool) (found E) {
	e.t.Helper()
	timeout := time.After(10 * time.Second)
	for {
		e.mu.Lock()
		seen, changed := 0, e.changed
		for _, x := range e.taken {
			if y, ok := x.(E); ok && match(y) {
				if seen++; seen == n {
					e.mu.Unlock()
					return y
				}
			}
		}
		e.mu.Unlock()
		select {
		case <-changed:
		case <-timeout:
			e.t.Fatalf("%d of %d events %T have come: %+v", seen, n, found, e.all())
		}
	}
}

func (e *ear) all() []chat.Event {
	e.mu.Lock()
	defer e.mu.Unlock()
	return append([]chat.Event(nil), e.taken...)
}

func anyOf[E chat.Event](E) bool { return true }

func says(text string) func(chat.MessagePosted) bool {
	return func(m chat.MessagePosted) bool { return m.Text == text }
}
