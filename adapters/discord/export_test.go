package discord

import (
	"context"
	"encoding/json"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// Hurry shortens what a test cannot wait for.
func (a *Adapter) Hurry() {
	a.timing.identify = 0
	a.timing.invalid, a.timing.again = 10*time.Millisecond, 10*time.Millisecond
	a.timing.quiet = 50 * time.Millisecond
	a.timing.putOff = 150 * time.Millisecond
	a.timing.first = 100 * time.Millisecond
}

// Request sets how long a request may take, Patience for how long the gateway may be out of reach.
func (a *Adapter) Patience(d time.Duration) { a.timing.patience = d }
func (a *Adapter) Request(d time.Duration)  { a.timing.request = d }

// IdentifyEvery sets the time between two IDENTIFYs of a bucket.
func (a *Adapter) IdentifyEvery(d time.Duration) { a.timing.identify = d }

// Rendered gives what a message looks like on its way.
func (a *Adapter) Rendered(m chat.Message) string { return a.render(m).content }

// Plain gives what is read of a message's markup.
func (a *Adapter) Plain(content string) (string, []chat.Reference) {
	return a.reader(nil).read(content)
}

// HearNow lets an adapter that runs hear an event.
func (a *Adapter) HearNow(kind string, body []byte) { a.running().hear(kind, body, "1") }

// Hear lets an adapter that nobody runs hear an event, with a sink that takes everything.
func (a *Adapter) Hear(kind string, body []byte) {
	ctx, cancel := context.WithCancelCause(context.Background())
	r := newRunner(a, nil, func(context.Context, chat.Event) error { return nil })
	r.ctx, r.cancel = ctx, cancel
	a.rejected.Store(new("t")) // nothing is asked
	r.hear(kind, body, "1")
	r.work.Wait()
	cancel(nil)
	var x wireInteraction
	if kind == "INTERACTION_CREATE" && json.Unmarshal(body, &x) == nil {
		a.deed(x, &reply{room: roomOf(x.Channel), user: x.who().ID})
		a.matching(x.Data.Options)
	}
}
