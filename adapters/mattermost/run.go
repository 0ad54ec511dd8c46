package mattermost

import (
	"context"
	"errors"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gorilla/websocket"
)

// overlap is how much is read again before a cursor: posts of one millisecond, and posts of different servers of one
// cluster, need not arrive in the order of their times. What was told is known by its identifier.
const overlap = 3 * time.Second

// newcomer is how far before the latest cursor a channel without one is read. Between the time when the present began
// and a channel there is no such margin: nothing before it is to be told.
const newcomer = 5 * time.Minute

// Run opens the live connection, then has all channels read after their cursors where the server does not continue
// the last connection by itself, and tells what comes.
func (a *Adapter) Run(ctx context.Context, since map[chat.ChannelID]chat.Cursor, sink chat.Sink) error {
	after, err := parseCursors(since)
	if err != nil {
		return failed("run", chat.Refused, err)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := a.arrive(ctx); err != nil {
		return ended(ctx, passing(err))
	}
	inner, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	r := &run{a: a, stop: cancel, resumed: a.takeResumption(after)}
	r.since, r.margin = a.from(after)
	r.at = r.resumed
	r.lanes = &lanes{
		ctx: inner, sink: sink, reread: r.rereadChannel, all: map[string]*lane{},
		took: a.took, gap: func() { a.tally.add(chat.Gaps) },
	}
	a.goLive(r.lanes)
	err = r.connected(ctx, inner)
	a.goLive(nil)
	r.lanes.drain(inner, time.Second)
	if inner.Err() != nil {
		err = context.Cause(inner)
	}
	cancel(nil)
	r.lanes.close()
	a.leave(ctx, r.untold())
	return ended(ctx, passing(err))
}

// connected dials and listens.
func (r *run) connected(ctx, inner context.Context) error {
	s, err := r.a.dial(ctx, r.resumed)
	if err != nil {
		return err
	}
	r.lanes.running.Go(func() { s.keep(inner) })
	return r.listen(ctx, s)
}

// rereadChannel tells what a channel saw after its cursor. What lies so little before it that it may have been passed
// is told too, unless it is known to have been told. An error ends the connection.
func (r *run) rereadChannel(ctx context.Context, channel string, after int64, tell func(chat.Event) error) error {
	err := r.a.reread(ctx, channel, after, func(e chat.Event) error {
		h := e.Head()
		if _, known := r.a.told.find(h.ID); known && h.Time.UnixMilli() <= after {
			return nil
		}
		return tell(e)
	})
	if err != nil {
		r.stop(err)
	}
	return err
}

// ended prefers the context's error to what it caused.
func ended(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// arrive learns who the bot is and where. A token that the server does not know shows here: the socket would only
// be closed without a word, as when the server restarts.
func (a *Adapter) arrive(ctx context.Context) error {
	const op = "connect"
	a.mu.Lock()
	a.self, a.teams = nil, nil
	a.mu.Unlock()
	if _, err := a.account(ctx, op); err != nil {
		return err
	}
	teams, err := a.askTeams(ctx, op)
	if err != nil {
		return err
	}
	a.learnTokens(ctx, teams)
	a.learnGroups(ctx)
	return nil
}

func (a *Adapter) goLive(l *lanes) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.live = l
}

func (a *Adapter) listening() *lanes {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.live
}

// run is one connection.
type run struct {
	a       *Adapter
	stop    context.CancelCauseFunc
	lanes   *lanes
	since   map[chat.ChannelID]int64
	margin  time.Duration // how far before the latest of these a channel without one is read
	resumed resumption    // what the server was asked to continue
	at      resumption    // where this connection has got to
	settled bool          // it is known whether the server continues
	last    int64         // when the last event came, in the server's time
}

// listen reads the socket until it ends.
func (r *run) listen(ctx context.Context, s *socket) error {
	r.last = r.a.serverNow()
	for {
		f, err := s.read()
		if err != nil {
			return lost(err)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := r.frame(ctx, f); err != nil {
			return err
		}
	}
}

func lost(err error) error {
	what := "the connection was cut"
	var e *websocket.CloseError
	if errors.As(err, &e) && e.Code == websocket.CloseNormalClosure {
		what = "the server closed the connection"
	}
	return failed("run", chat.Later, errors.New(what))
}

func (r *run) frame(ctx context.Context, f *frame) error {
	switch {
	case f.Event == "" && f.SeqReply == 2 && f.Status == "OK":
		return r.letIn(ctx)
	case f.Event == "":
		return nil // the challenge's answer; its refusal ends the connection
	case f.Event == "hello":
		return r.hello(ctx, f)
	}
	if err := r.count(ctx, f); err != nil {
		return err
	}
	r.last = r.a.serverNow()
	r.lanes.receiving(f.Seq)
	r.a.receive(r.lanes, f)
	return nil
}
