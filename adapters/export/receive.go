package export

import (
	"context"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// Run hands all events to the sink, over all channels in the order of time, then returns nil. What lies at
// or before a channel's cursor was told before and is left out. An error of the sink ends it and is returned.
func (a *Adapter) Run(ctx context.Context, since map[chat.ChannelID]chat.Cursor, sink chat.Sink) error {
	a.tally.reset()
	return a.record.run(ctx, &stream{since: since, sink: sink, tally: &a.tally})
}

// stream is one Run: where events go, from where on, and what is counted on the way.
type stream struct {
	since map[chat.ChannelID]chat.Cursor
	sink  chat.Sink
	tally *tally
	last  int64 // unix microseconds of the latest event told
}

// emit hands on one event that happened at the given unix microsecond.
func (s *stream) emit(ctx context.Context, micros int64, e chat.Event) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if micros < s.last {
		s.tally.add(outOfOrder, 1)
	}
	s.last = max(s.last, micros)
	s.tally.events.Add(1)
	return s.sink(ctx, e)
}

// moment is the time of a unix microsecond.
func moment(micros int64) time.Time { return time.UnixMicro(micros).UTC() }
