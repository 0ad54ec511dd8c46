package mattermost

import (
	"context"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// letIn is called when the server has answered a ping: the bot is in. Where no hello came before, the server
// continues the last connection.
func (r *run) letIn(ctx context.Context) error {
	if r.settled {
		return nil
	}
	r.settled = true
	r.a.beginPresent()
	if r.resumed.id != "" {
		return nil
	}
	return r.recover(ctx, r.since)
}

// hello begins a new connection: the server has nothing to continue.
func (r *run) hello(ctx context.Context, f *frame) error {
	id := f.text("connection_id")
	continued := id != "" && id == r.resumed.id && f.Seq >= r.resumed.next
	r.at = resumption{id, f.Seq + 1}
	if id == "" {
		r.at = resumption{}
	}
	if continued || r.settled && r.resumed.id == "" {
		return nil
	}
	r.settled = true
	r.a.beginPresent()
	r.resumed = resumption{}
	return r.recover(ctx, r.since)
}

// count looks whether an event is missing. What was posted meanwhile is read again; the rest is a gap.
func (r *run) count(ctx context.Context, f *frame) error {
	expected := r.at.next
	if f.Seq >= expected {
		r.at.next = f.Seq + 1
	}
	if expected == 0 || f.Seq <= expected {
		return nil
	}
	r.a.tally.add(chat.Gaps)
	return r.reread(ctx, map[chat.ChannelID]int64{"": r.last}, 0)
}

// untold gives where the next connection goes on: at the first event that was not told. Where a channel is yet to be read
// again there is no such place, for the server would not tell what came before this connection.
func (r *run) untold() resumption {
	first, ok := r.lanes.untold()
	switch {
	case !ok:
		return resumption{}
	case first != 0:
		return resumption{r.at.id, first}
	}
	return r.at
}

// recover has all channels read after their cursors. Without any cursor the present begins.
func (r *run) recover(ctx context.Context, since map[chat.ChannelID]int64) error {
	if len(since) == 0 {
		return nil
	}
	r.a.tally.add(chat.Gaps)
	return r.reread(ctx, since, r.margin)
}

// reread has all channels read: each from where since has it, or else so much before the latest of these.
func (r *run) reread(ctx context.Context, since map[chat.ChannelID]int64, margin time.Duration) error {
	all, err := r.a.joined(ctx, "recover")
	if err != nil {
		return err
	}
	var latest int64
	for _, at := range since {
		latest = max(latest, at)
	}
	for _, c := range all {
		from, ok := since[chat.ChannelID(c.Id)]
		if c.Type == "D" {
			from, ok = since[""]
		}
		if !ok {
			from = latest - margin.Milliseconds()
		}
		if c.Type == "D" && c.LastPostAt <= from-overlap.Milliseconds() {
			continue
		}
		r.lanes.readAgain(c.Id, from)
	}
	return nil
}
