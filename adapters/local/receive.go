package local

import (
	"context"
	"fmt"
	"sort"
	"strconv"
	"sync"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// again is how long an event waits after the sink has refused it.
const again = 50 * time.Millisecond

// Run tells everything that happened after the cursors, and goes on until ctx is done. A channel without
// a cursor is told from its beginning. Each channel has its own goroutine, so that one event that the
// sink refuses, which is offered until it is taken, holds up its own channel alone.
func (a *Adapter) Run(ctx context.Context, since map[chat.ChannelID]chat.Cursor, sink chat.Sink) error {
	after, err := parse(since)
	if err != nil {
		return failed("local run", chat.Refused, err)
	}
	var streams sync.WaitGroup
	defer streams.Wait()
	for started := 0; ; {
		fresh, changed := a.c.opened(started)
		for _, ch := range fresh {
			streams.Go(func() { a.stream(ctx, ch, after[ch.id], sink) })
		}
		started += len(fresh)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-changed:
		}
	}
}

// stream tells one channel's events, in order.
func (a *Adapter) stream(ctx context.Context, ch *channel, after int64, sink chat.Sink) {
	for ctx.Err() == nil {
		next, changed := a.c.next(ch, after)
		if next.event == nil {
			wait(ctx, changed)
			continue
		}
		if sink(ctx, next.event) != nil && !awaited(next.event) {
			pause(ctx, again)
			continue
		}
		after = next.id
	}
}

// awaited reports whether a person waits for what comes of it: that is told once.
func awaited(ev chat.Event) bool {
	switch ev.(type) {
	case chat.CommandInvoked, chat.ButtonPressed, chat.FormSubmitted, chat.ActionInvoked:
		return true
	}
	return false
}

// opened gives the channels from the given number on, and what is closed when more may have come.
func (c *Chat) opened(from int) ([]*channel, <-chan struct{}) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.order[from:len(c.order):len(c.order)], c.changed
}

// next gives the first event after a number, if there is one, and what is closed when more has come.
func (c *Chat) next(ch *channel, after int64) (numbered, <-chan struct{}) {
	c.mu.Lock()
	defer c.mu.Unlock()
	at := sort.Search(len(ch.log), func(i int) bool { return ch.log[i].id > after })
	if at == len(ch.log) {
		return numbered{}, c.changed
	}
	return ch.log[at], c.changed
}

func parse(since map[chat.ChannelID]chat.Cursor) (map[chat.ChannelID]int64, error) {
	after := make(map[chat.ChannelID]int64, len(since))
	for ch, cursor := range since {
		id, err := strconv.ParseInt(string(cursor), 10, 64)
		if err != nil {
			return nil, fmt.Errorf("the cursor %q of %s is not mine", cursor, ch)
		}
		after[ch] = id
	}
	return after, nil
}

func wait(ctx context.Context, changed <-chan struct{}) {
	select {
	case <-ctx.Done():
	case <-changed:
	}
}

func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}
