package mattermost

import (
	"context"
	"strconv"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// takeResumption gives where the last connection ended, if the cursors stand where it had got to. Cursors that lie
// before ask for what the server would not tell again.
func (a *Adapter) takeResumption(since map[chat.ChannelID]int64) resumption {
	a.mu.Lock()
	defer a.mu.Unlock()
	from := a.resume
	a.resume = resumption{}
	for channel, at := range a.reached {
		if since[channel] < at {
			return resumption{}
		}
	}
	return from
}

// from adds to the cursors what nobody could store: a connection that was lost before anything was told. Nothing is read
// from before the present then.
func (a *Adapter) from(since map[chat.ChannelID]int64) (map[chat.ChannelID]int64, time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(since) == 0 && a.began != 0 {
		return map[chat.ChannelID]int64{"": a.began}, 0
	}
	return since, newcomer
}

// beginPresent notes when the present began, in the server's time.
func (a *Adapter) beginPresent() {
	now := a.serverNow()
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.began == 0 {
		a.began = now
	}
}

// serverNow is the time by the server's clock, as far as its answers tell; in milliseconds.
func (a *Adapter) serverNow() int64 {
	_, skew, _ := a.courier.known()
	return a.now().Add(skew).UnixMilli()
}

// leave keeps what the next Run can go on from: where the server can continue, and when the present began, if nobody
// stopped it.
func (a *Adapter) leave(ctx context.Context, at resumption) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.resume = at
	if ctx.Err() != nil {
		a.began = 0
	}
}

// took remembers that an event was stored, so that reading a channel again does not tell it again.
func (a *Adapter) took(e chat.Event) {
	h := e.Head()
	a.told.keep(h.ID, struct{}{})
	if thing, present := state(e); thing != "" {
		a.present.keep(thing, present)
	}
	at, err := strconv.ParseInt(string(h.Cursor), 10, 64)
	if err != nil {
		return
	}
	channel := h.Place.Channel
	if h.Place.Direct {
		channel = ""
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.reached[channel] = max(a.reached[channel], at)
}
