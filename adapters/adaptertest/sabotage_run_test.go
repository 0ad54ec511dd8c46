package adaptertest

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// sabotage is one way to break a promise, and the check that has to see it.
type sabotage struct {
	check, how string
	not        map[Part]string
	bare       bool
	breaks     func(*broken)
}

func sabotages() []sabotage {
	all := runSabotages()
	all = append(all, sendSabotages()...)
	all = append(all, abilitySabotages()...)
	all = append(all, patienceSabotages()...)
	all = append(all, cursorSabotages()...)
	all = append(all, peopleSabotages()...)
	all = append(all, lookSabotages()...)
	return append(all, wordSabotages()...)
}

func runSabotages() []sabotage {
	return []sabotage{
		{check: "Info is constant", how: "a number that grows", breaks: func(b *broken) {
			var n atomic.Int64
			b.info = func(i chat.Info) chat.Info { i.MaxSize += int(n.Add(1)); return i }
		}},
		{check: "Info and Size ask nobody", how: "a request", breaks: func(b *broken) {
			b.info = func(i chat.Info) chat.Info { _, _ = b.Faults.next(); return i }
		}},
		{check: "Run returns soon after cancel", how: "staying", breaks: func(b *broken) {
			b.run = func(l listening) error { defer func() { <-b.over }(); return l.sound(l.ctx, l.since, l.sink) }
		}},
		{check: "Run returns soon after cancel", how: "no error", breaks: func(b *broken) {
			b.run = func(l listening) error { _ = l.sound(l.ctx, l.since, l.sink); return nil }
		}},
		{check: "Run returns at once where its context is done", how: "no error", breaks: func(b *broken) {
			b.run = func(listening) error { return nil }
		}},
		{check: "a source that can only be heard refuses to send", how: "sending", not: map[Part]string{Sending: "a book"}, breaks: func(*broken) {}},
		{check: "an event is whole", how: "no time", breaks: changed(func(m *chat.MessagePosted) { m.Time = time.Time{} })},
		{check: "an event is whole", how: "one identifier for all", breaks: changed(func(m *chat.MessagePosted) { m.ID = "same" })},
		{check: "an event is whole", how: "the wrong person", breaks: changed(func(m *chat.MessagePosted) { m.Actor.User = "UCI" })},
		{check: "an event is whole", how: "the wrong place", breaks: changed(func(m *chat.MessagePosted) { m.Place.Channel = "x" })},
		{check: "events come in the order of their place", how: "a swap", breaks: func(b *broken) {
			var held chat.Event
			b.run = filtered(func(ctx context.Context, e chat.Event, sink chat.Sink) error {
				switch m, _ := e.(chat.MessagePosted); {
				case m.Text == "message 7":
					held = e
					return nil
				case m.Text == "message 8":
					if err := sink(ctx, e); err != nil {
						return err
					}
					return sink(ctx, held)
				}
				return sink(ctx, e)
			})
		}},
		{check: "words arrive as they were typed", how: "escapes left in", breaks: changed(func(m *chat.MessagePosted) { m.Text = strings.ReplaceAll(m.Text, "&", "&amp;") })},
		{check: "own messages come back marked", how: "no mark", breaks: changed(func(m *chat.MessagePosted) { m.Actor.Self = false })},
		{check: "own messages come back marked", how: "another key", breaks: changed(func(m *chat.MessagePosted) { m.Key += "x" })},
		{check: "other bots are marked", how: "no mark", breaks: changed(func(m *chat.MessagePosted) { m.Actor.Bot = false })},
		{check: "a refused event comes again", how: "acknowledging", breaks: func(b *broken) {
			b.run = filtered(func(ctx context.Context, e chat.Event, sink chat.Sink) error { _ = sink(ctx, e); return nil })
		}},
		{check: "a refused event comes again", how: "another identifier", breaks: renamed},
		{check: "a redelivered event keeps its ID", how: "another identifier", breaks: func(b *broken) {
			var n atomic.Int64
			b.run = func(l listening) error {
				return l.sound(l.ctx, l.since, func(ctx context.Context, e chat.Event) error {
					m := e.(chat.MessagePosted)
					m.ID += chat.EventID(fmt.Sprint(n.Add(1)))
					return l.sink(ctx, m)
				})
			}
		}},
		{check: "Run resumes from a cursor without loss or doubling", how: "starting anew", breaks: func(b *broken) {
			b.run = func(l listening) error { return l.sound(l.ctx, nil, l.sink) }
		}},
		{check: "Run resumes from a cursor without loss or doubling", how: "loss", breaks: lost("four")},
		{check: "Run resumes from a cursor without loss or doubling", how: "no cursor", breaks: changed(func(m *chat.MessagePosted) { m.Cursor = "" })},
		{check: "a refused event is behind the cursor", how: "telling once", breaks: func(b *broken) {
			var told sync.Map
			b.run = filtered(func(ctx context.Context, e chat.Event, sink chat.Sink) error {
				if _, twice := told.LoadOrStore(e.Head().ID, true); !twice {
					_ = sink(ctx, e)
				}
				return nil
			})
		}},
		{check: "a cut connection loses nothing", how: "loss", breaks: lost("meanwhile")},
		{check: "a cut connection loses nothing", how: "an error without a kind", breaks: func(b *broken) {
			b.run = func(l listening) error { _ = l.sound(l.ctx, l.since, l.sink); return errBroken }
		}},
		{check: "no goroutine outlives Run", how: "a goroutine", breaks: func(b *broken) {
			b.run = func(l listening) error { go func() { <-b.over }(); return l.sound(l.ctx, l.since, l.sink) }
		}},
		{check: "Doors: who is not the service is refused", how: "letting all in", breaks: func(b *broken) {
			b.admitted = func(r *http.Request) bool { return true }
		}},
		{check: "Doors: who is the service is heard", how: "letting nobody in", breaks: func(b *broken) {
			b.admitted = func(r *http.Request) bool { return false }
		}},
	}
}

// filtered puts something between the adapter and the sink.
func filtered(f func(context.Context, chat.Event, chat.Sink) error) func(listening) error {
	return func(l listening) error {
		return l.sound(l.ctx, l.since, func(ctx context.Context, e chat.Event) error { return f(ctx, e, l.sink) })
	}
}

// changed changes every message on its way in.
func changed(change func(*chat.MessagePosted)) func(*broken) {
	return func(b *broken) {
		b.run = filtered(func(ctx context.Context, e chat.Event, sink chat.Sink) error {
			if m, ok := e.(chat.MessagePosted); ok {
				change(&m)
				e = m
			}
			return sink(ctx, e)
		})
	}
}

// lost loses the message with a text.
func lost(text string) func(*broken) {
	return func(b *broken) {
		b.run = filtered(func(ctx context.Context, e chat.Event, sink chat.Sink) error {
			if m, ok := e.(chat.MessagePosted); ok && m.Text == text {
				return nil
			}
			return sink(ctx, e)
		})
	}
}

// renamed gives an event another identifier each time it is told.
func renamed(b *broken) {
	var n atomic.Int64
	changed(func(m *chat.MessagePosted) { m.ID += chat.EventID(fmt.Sprint(n.Add(1))) })(b)
}
