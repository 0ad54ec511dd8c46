package slack

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"

	"github.com/gofirst/gofirst/bot/chat"
)

const opRun = "slack run"

// session is one call of Run.
type session struct {
	a     *Adapter
	ctx   context.Context
	end   context.CancelCauseFunc
	me    *identity
	lanes *lanes
	tasks sync.WaitGroup
	// recovering is held while rooms are read again.
	recovering sync.Mutex
	// spilt is the time of the first event for which there was no room, in Unix seconds; 0 where there was for all.
	spilt atomic.Int64
}

// Run connects first and recovers then, so that nothing falls between the two: what comes live meanwhile waits in its
// channel's lane. It looks a few days back for threads that went on.
func (a *Adapter) Run(ctx context.Context, since map[chat.ChannelID]chat.Cursor, sink chat.Sink) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	marks, err := parseCursors(since)
	if err != nil {
		return err
	}
	inner, end := context.WithCancelCause(ctx)
	defer end(nil)
	me, err := a.identify(inner, opRun)
	if err != nil {
		return orDone(ctx, forNow(err))
	}
	marks = a.from(marks, me)
	s := &session{a: a, ctx: inner, end: end, me: me, lanes: newLanes(inner, sink, a.now)}
	defer s.finish()
	if marks != nil {
		a.tally.add(chat.Gaps)
		s.lanes.close()
	}
	if err := s.goLive(); err != nil {
		return orDone(ctx, forNow(err))
	}
	if marks != nil {
		s.tasks.Go(func() { s.recover(marks) })
	}
	<-inner.Done()
	return orDone(ctx, context.Cause(inner))
}

// from is where to begin without a cursor: with the present, which is the moment in which the bot first listened.
func (a *Adapter) from(m *marks, me *identity) *marks {
	now := a.now().Add(-me.skew)
	if first := a.began.Swap(&now); first != nil {
		a.began.Store(first)
		if m == nil {
			return &marks{directs: *first, others: *first}
		}
	}
	return m
}

// goLive opens the way for live events.
func (s *session) goLive() error {
	if s.a.cfg.socketMode() {
		l, err := s.connect()
		if err != nil {
			return err
		}
		s.tasks.Go(func() { s.follow(l) })
		return nil
	}
	s.a.session.Store(s)
	return nil
}

// finish waits until nothing of a session runs any more.
func (s *session) finish() {
	s.end(nil)
	s.a.session.CompareAndSwap(s, nil)
	s.tasks.Wait()
	s.lanes.stop()
}

// lost ends the session because of an error.
func (s *session) lost(err error) {
	s.end(forNow(err))
}

// forNow makes Later of an error that may be over soon, be it a proxy's page or maintenance: Refused from Run would end
// the connection until an administrator comes.
func forNow(err error) error {
	var e *chat.Error
	switch {
	case !errors.As(err, &e):
		return &chat.Error{Op: opRun, Kind: chat.Later, Err: err}
	case e.Kind != chat.Later && !lasting(err):
		return &chat.Error{Op: e.Op, Kind: chat.Later, Wait: e.Wait, Err: e.Err}
	}
	return err
}

// orDone prefers the context's own error.
func orDone(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// hear hands an event over, and says whether it could; stored is called once the sink has taken it.
func (s *session) hear(h heard, stored func()) (taken bool) {
	if h.event == nil {
		if stored != nil {
			stored()
		}
		return true
	}
	id := h.event.Head().ID
	if h.hand && !s.a.seen.add(id, struct{}{}) {
		return true
	}
	t := &task{lane: string(h.event.Head().Place.Channel), event: h.event, hand: h.hand}
	if stored != nil {
		t.done = append(t.done, stored)
	}
	if taken = s.lanes.put(t); !taken && h.hand {
		s.a.seen.forget(id)
	}
	return taken
}

// heard is what became of something that Slack told: an event, or nothing that matters.
type heard struct {
	event chat.Event
	hand  bool // a person waits for an answer
}
