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
	a.timing.quiet = 50 * time.Millisecond
	a.timing.putOff = 150 * time.Millisecond
	a.timing.first = 100 * time.Millisecond
}

// Silence sets after how long a silent gateway is taken for dead, Request how long a request may take.
func (a *Adapter) Silence(d time.Duration) { a.timing.silence = d }
func (a *Adapter) Request(d time.Duration) { a.timing.request = d }

// IdentifyEvery sets the time between two IDENTIFYs of a bucket.
func (a *Adapter) IdentifyEvery(d time.Duration) { a.timing.identify = d }

// Rendered gives what a message looks like on its way.
func (a *Adapter) Rendered(m chat.Message) string { return a.render(m).content }

// Plain gives what is read of a message's markup.
func (a *Adapter) Plain(content string) (string, []chat.Reference) {
	return a.reader(nil).read(content)
}

// Hear lets an adapter that nobody runs hear an event, with a sink that takes everything.
func (a *Adapter) Hear(kind string, body []byte) {
	ctx, cancel := context.WithCancelCause(context.Background())
	r := &runner{
		a: a, ctx: ctx, cancel: cancel, recovered: newRecent[uint64, bool](10), lanes: map[string]*lane{}, talks: map[uint64]bool{},
		guilds: map[string]bool{}, surveys: map[string]func() (survey, error){}, sink: func(context.Context, chat.Event) error { return nil },
	}
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
