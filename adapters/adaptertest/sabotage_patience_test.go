package adaptertest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

func patienceSabotages() []sabotage {
	return []sabotage{
		{check: "after its wait a message is taken once", how: "no wait", breaks: failing(func(error) chat.Kind { return chat.Later })},
		{check: "after its wait a message is taken once", how: "waiting for ever", breaks: func(b *broken) {
			var n atomic.Int64
			b.send = func(c call, d chat.Delivery) (chat.Receipt, error) {
				if n.Add(1) > 1 {
					return chat.Receipt{}, &chat.Error{Op: "send", Kind: chat.Later, Wait: time.Second}
				}
				return c.sound(c.ctx, d)
			}
		}},
		{check: "429 without a wait that makes sense is Later", how: "giving up", breaks: failing(func(error) chat.Kind { return chat.Refused })},
		{check: "429 without a wait that makes sense is Later", how: "a time that has passed", breaks: func(b *broken) {
			b.send = func(c call, d chat.Delivery) (chat.Receipt, error) {
				return chat.Receipt{}, &chat.Error{Op: "send", Kind: chat.Later, Wait: -5 * time.Second}
			}
		}},
		{check: "a slow service is Unsure by the deadline", how: "too sure a kind", breaks: failing(func(error) chat.Kind { return chat.Later })},
		{check: "a slow service is Unsure by the deadline", how: "waiting on", breaks: deaf},
		{check: "a Send that is cancelled on its way does not hang", how: "waiting on", breaks: deaf},
		{check: "a Send that is cancelled on its way does not hang", how: "too sure a kind", breaks: failing(func(error) chat.Kind { return chat.Refused })},
		{check: "a hundred are sent at once", how: "dropping one", breaks: func(b *broken) {
			var n atomic.Int64
			b.send = func(c call, d chat.Delivery) (chat.Receipt, error) {
				if n.Add(1) == 77 {
					return chat.Receipt{}, nil
				}
				return c.sound(c.ctx, d)
			}
		}},
		{check: "a hundred are sent at once", how: "mixing up receipts", breaks: func(b *broken) {
			var last atomic.Value
			b.send = func(c call, d chat.Delivery) (chat.Receipt, error) {
				r, err := c.sound(c.ctx, d)
				if other, ok := last.Swap(r).(chat.Receipt); ok {
					return other, err
				}
				return r, err
			}
		}},
		{check: "every ability gives every status its kind", how: "refusing all", breaks: unable(func(error) error {
			return &chat.Error{Op: "ability", Kind: chat.Refused, Err: errBroken}
		})},
		{check: "every ability gives every status its kind", how: "success", breaks: unable(func(error) error { return nil })},
		{check: "every ability gives 429 its wait", how: "no wait", breaks: unable(func(error) error {
			return &chat.Error{Op: "ability", Kind: chat.Later, Err: errBroken}
		})},
		{check: "no ability's error holds a secret or a person", how: "a token", breaks: unable(func(err error) error { return fmt.Errorf("%w: %s", err, secret) })},
		{check: "no ability's error holds a secret or a person", how: "a person", breaks: unable(func(err error) error { return fmt.Errorf("%w: UANA", err) })},
		{check: "what a person waits for is acknowledged however long the sink takes", how: "acknowledging afterwards", breaks: func(b *broken) { b.ackLate = true }},
		{check: "a place that hangs holds up no other", how: "one after the other", breaks: func(b *broken) {
			var mu sync.Mutex
			b.run = filtered(func(ctx context.Context, e chat.Event, sink chat.Sink) error {
				mu.Lock()
				defer mu.Unlock()
				return sink(ctx, e)
			})
		}},
		{check: "no goroutine outlives the adapter and its stand-in", how: "a goroutine", breaks: func(b *broken) {
			b.run = func(l listening) error {
				go pause(context.Background(), time.Second)
				return l.sound(l.ctx, l.since, l.sink)
			}
		}},
		{check: "Doors: a body that makes no sense does no harm", how: "a panic", breaks: bodied(func(body string) bool {
			if body == "null" {
				panic("nothing here")
			}
			return false
		})},
		{check: "Doors: a body that makes no sense does no harm", how: "a failure of the server", breaks: bodied(func(body string) bool { return body == "{}" })},
		{check: "Doors: a body without end is not read to the end", how: "reading all", breaks: bodied(func(string) bool { return false })},
	}
}

// deaf sends without listening to its context.
func deaf(b *broken) {
	b.send = func(c call, d chat.Delivery) (chat.Receipt, error) { return c.sound(context.WithoutCancel(c.ctx), d) }
}

// unable changes every error of an ability.
func unable(change func(error) error) func(*broken) {
	return func(b *broken) {
		b.able = func(op string, sound error) error {
			if sound == nil {
				return nil
			}
			var e *chat.Error
			changed := change(sound)
			if errors.As(changed, &e) && changed != error(e) {
				return &chat.Error{Op: e.Op, Kind: e.Kind, Err: changed}
			}
			return changed
		}
	}
}

// bodied reads every body whole, and answers 500 where fails says so.
func bodied(fails func(body string) bool) func(*broken) {
	return func(b *broken) {
		b.body = func(w http.ResponseWriter, r *http.Request) bool {
			body, err := io.ReadAll(r.Body)
			if err != nil || !fails(string(body)) {
				return false
			}
			http.Error(w, "broken", http.StatusInternalServerError)
			return true
		}
	}
}
