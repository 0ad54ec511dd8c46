package bot

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-co-op/gocron/v2"

	"github.com/gofirst/gofirst/bot/chat"
)

// This file is the engine by the clock on the wall. Everything else in the package is told what time it is.

const (
	// grace is for how long what was begun may go on after the engine was asked to end.
	grace = 3 * time.Second
	// look is how often the store is asked anew what is due: what another process planned, and what a computer that
	// slept has slept through, is found by it. What this process plans rings by itself.
	look = 10 * time.Second
	// shortest keeps a plan that never ends from running hot.
	shortest = 50 * time.Millisecond
)

// live is an engine that is running.
type live struct {
	*Engine
	clock   func() time.Time
	work    context.Context // of what was begun: it outlasts the request to end by the grace
	tick    chan struct{}
	senders sync.WaitGroup
	left    atomic.Int64 // connections that neither ended nor are refused
}

// Run takes part in all connections and does what falls due, by the given clock. Each connection is settled in first,
// by itself: Options.Settle, menus, candidates; what fails there is tried again the next time that it is taken up. After
// an outage it goes on from where the store says that each place had got to; a lost connection is taken up again.
//
// It ends without an error when ctx is done, with what was begun finished, and with one when every connection is
// refused. It is called once.
func (e *Engine) Run(ctx context.Context, clock func() time.Time) error {
	work, cancel := outlasting(ctx, grace)
	defer cancel()
	l := &live{Engine: e, clock: clock, work: work, tick: make(chan struct{}, 1)}
	e.live = l
	switch err := l.moveIn(ctx); {
	case ctx.Err() != nil:
		return nil
	case err != nil:
		return fmt.Errorf("start: %w", err)
	}
	ticker, err := gocron.NewScheduler()
	if err != nil {
		return fmt.Errorf("start the ticker: %w", err)
	}
	if _, err := ticker.NewJob(gocron.DurationJob(look), gocron.NewTask(l.lookAnew)); err != nil {
		return fmt.Errorf("start the ticker: %w", err)
	}
	ticker.Start()
	return l.run(ctx, ticker.Shutdown)
}

// run listens and keeps up until there is nothing to listen to.
func (l *live) run(ctx context.Context, stopTicker func() error) error {
	ctx, end := context.WithCancel(ctx)
	var due sync.WaitGroup
	due.Go(func() { l.keepUp(ctx) })
	err := l.listenAll(ctx)
	end()
	due.Wait()
	l.senders.Wait()
	if stopped := stopTicker(); stopped != nil {
		l.options.Log.Warn("the ticker did not stop", "err", stopped)
	}
	return err
}

// outlasting gives a context that ends some time after its parent.
func outlasting(ctx context.Context, by time.Duration) (context.Context, context.CancelFunc) {
	out, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		t := time.NewTimer(by)
		defer t.Stop()
		select {
		case <-t.C:
			cancel()
		case <-out.Done():
		}
	})
	return out, func() { stop(); cancel() }
}

// moveIn makes the rooms known in which something is on, before anything is heard from them.
func (l *live) moveIn(ctx context.Context) error {
	for _, c := range l.list() {
		if err := l.turn(ctx, c, l.clock(), (*turn).enterRooms); err != nil {
			return err
		}
	}
	return nil
}

// settleIn does what has to be asked of a service before the first event: what the configuration turns on there, its
// menus, and its candidates. It reports whether all of it was done.
func (l *live) settleIn(ctx context.Context, c *Connection) bool {
	if settle := l.options.Settle; settle != nil {
		if err := settle(ctx, c.Name); err != nil {
			l.options.Log.Warn("connection not settled in", "connection", c.Name, "err", err)
			return false
		}
		if err := l.turn(ctx, c, l.clock(), (*turn).enterRooms); err != nil {
			l.options.Log.Error("rooms not entered", "connection", c.Name, "err", err)
			return false
		}
	}
	l.register(ctx, c)
	if err := l.introduce(ctx, c); err != nil {
		l.options.Log.Warn("rooms not known", "connection", c.Name, "err", err)
		return false
	}
	if err := l.askCandidatesOf(ctx, c, l.clock()); err != nil {
		l.options.Log.Warn("candidates not asked", "connection", c.Name, "err", err)
		return false
	}
	return true
}

// enterRooms makes the rooms known in which a playbook is on, before anything was heard from them.
func (t *turn) enterRooms() error {
	rows, err := t.tx.Instances(t.conn.Name, "")
	if err != nil {
		return err
	}
	for _, row := range rows {
		space, err := t.spaceOf(spaceKey{t.conn.Name, row.Space})
		if err != nil {
			return err
		}
		in := space.instances[row.Playbook]
		if in == nil {
			continue
		}
		for _, s := range in.Playbook.Settings {
			for _, channel := range in.Settings.Channels(s.Name) {
				if _, err := t.place(chat.Place{Space: row.Space, Channel: chat.ChannelID(channel)}); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// keepUp does what falls due when it does.
func (l *live) keepUp(ctx context.Context) {
	for ctx.Err() == nil {
		err := l.Due(l.work, l.clock())
		if err != nil {
			l.options.Log.Error("what is due could not be done", "err", err)
		}
		l.sleep(ctx, err == nil)
	}
}

// sleep waits until something is due or planned, and after a failure only for the ticker.
func (l *live) sleep(ctx context.Context, well bool) {
	var planned <-chan time.Time
	var woken <-chan struct{}
	if well {
		woken = l.woken
		if next, ok := l.NextDue(); ok {
			t := time.NewTimer(max(shortest, next.Sub(l.clock())))
			defer t.Stop()
			planned = t.C
		}
	}
	select {
	case <-ctx.Done():
	case <-planned:
	case <-woken:
	case <-l.tick:
	}
}

// lookAnew lets the alarms ring whose times may stand in the store without this process knowing.
func (l *live) lookAnew() {
	now := l.clock()
	l.watches.earlier(now)
	l.deliveries.earlier(now)
	select {
	case l.tick <- struct{}{}:
	default:
	}
}

// wake tells an alarm, and whoever sleeps, of something planned, once that is stored: until then nobody would find it.
func (t *turn) wake(a *alarm, at time.Time) {
	t.onStored(func(context.Context) { t.Engine.wake(a, at) })
}
