package discord

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// margin is how far before the latest cursor a channel without one is read.
const margin = 5 * time.Minute

// runner is one call of Run.
type runner struct {
	a      *Adapter
	ctx    context.Context
	cancel context.CancelCauseFunc
	sink   chat.Sink
	since  map[chat.ChannelID]chat.Cursor
	base   uint64 // where channels without a cursor begin; 0 without any cursor
	work   sync.WaitGroup

	// recovered are messages that were read from the service: their live telling comes after, and is not repeated.
	recovered *recent[uint64, bool]

	mu      sync.Mutex
	closed  bool
	lanes   map[string]*lane
	talks   map[uint64]bool // messages of conversations that were not handed on yet
	guilds  map[string]bool // that the bot is in
	surveys map[string]func() (survey, error)
	asked   map[string][]func(room) // what waits until it is known what a channel is

	began   time.Time
	unknown *recent[string, time.Time] // channels that could not be asked for, and when
}

func newRunner(a *Adapter, since map[chat.ChannelID]chat.Cursor, sink chat.Sink) *runner {
	return &runner{
		a: a, sink: sink, since: since, began: a.cfg.Now(), recovered: newRecent[uint64, bool](5_000), unknown: newRecent[string, time.Time](1_000),
		lanes: map[string]*lane{}, talks: map[uint64]bool{}, guilds: map[string]bool{}, surveys: map[string]func() (survey, error){},
		asked: map[string][]func(room){},
	}
}

// Run connects every shard, tells what was missed, and then what happens, until a connection is lost for good. A shard
// that is merely cut resumes its session by itself, for the service then repeats what was missed.
func (a *Adapter) Run(ctx context.Context, cursors map[chat.ChannelID]chat.Cursor, sink chat.Sink) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r := newRunner(a, cursors, sink)
	if err := r.begin(); err != nil {
		return err
	}
	g, err := a.prepareGateway(ctx)
	if err != nil {
		return ended(ctx, a.mild(err))
	}
	inner, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	r.ctx, r.cancel = inner, cancel
	a.attach(r)
	defer a.attach(nil)
	if len(cursors) > 0 {
		a.count(chat.Gaps) // edits, deletions and reactions of meanwhile are not told by the service
	}
	r.converse()
	var shards sync.WaitGroup
	for n := range g.shards {
		shards.Go(func() { r.fail((&shard{r: r, g: g, number: n}).run(inner)) })
	}
	<-inner.Done()
	shards.Wait()
	r.close()
	r.work.Wait()
	return ended(ctx, context.Cause(inner))
}

// mild makes an error of Run's own questions one that passes, unless the token does not hold: whatever else a service, or
// a proxy before it, answers there is nothing that waits for an administrator.
func (a *Adapter) mild(err error) error {
	var e *chat.Error
	if !errors.As(err, &e) || a.barred(a.cfg.Token()) {
		return err
	}
	later := *e
	later.Kind = chat.Later
	return &later
}

// ended gives the context's error where that is why something ended.
func ended(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// spawn lets something go on beside the run, and end with it. The door may ask for it while the run ends.
func (r *runner) spawn(f func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.closed {
		r.work.Go(f)
	}
}

// close lets nothing more begin.
func (r *runner) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
}

// fail ends the run with the first error.
func (r *runner) fail(err error) {
	if err != nil {
		r.cancel(err)
	}
}

func (a *Adapter) attach(r *runner) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.live = r
}

// begin reads the cursors.
func (r *runner) begin() error {
	for _, c := range r.since {
		n := snowflake(string(c))
		if n == 0 {
			return failed("run", chat.Refused, "a cursor is not of this adapter")
		}
		r.base = max(r.base, n)
	}
	if r.base != 0 {
		r.base -= min(r.base-1, uint64(margin.Milliseconds())<<22)
	}
	return nil
}

// after says where a channel is to be read from; 0 means from now on.
func (r *runner) after(channel string, direct bool) uint64 {
	if direct {
		channel = ""
	}
	if c, ok := r.since[chat.ChannelID(channel)]; ok {
		return snowflake(string(c))
	}
	return r.base
}

// lane gives the lane of a channel, of a parent for its threads.
func (r *runner) lane(channel string, direct bool) *lane {
	r.mu.Lock()
	defer r.mu.Unlock()
	l := r.lanes[channel]
	if l == nil {
		l = &lane{r: r, channel: channel, direct: direct}
		if l.gone = r.after(channel, direct); l.gone != 0 && snowflake(channel) != 0 {
			l.behind = true
		}
		r.lanes[channel] = l
	}
	return l
}

// converse reads on in the conversations that this process knows. The service lists none, so one that was opened
// before the process began is found again only when the person writes.
func (r *runner) converse() {
	for _, c := range r.a.rooms.values() {
		if c.direct() && r.after(c.id, true) != 0 {
			r.lane(c.id, true).kick()
		}
	}
}

// conversed gives the cursor of a direct message: a time before which everything was handed on.
func (r *runner) conversed(message uint64) uint64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	least := message
	for n := range r.talks {
		least = min(least, n)
	}
	if first := least >> 22 << 22; first > 1 {
		return first - 1 // what has the first identifier of its millisecond lies after it too
	}
	return max(least, 2) - 1
}

// settle notes that a lane is done with a message.
func (r *runner) settle(l *lane, message uint64) {
	if l.direct && message != 0 && r.ctx.Err() == nil {
		r.mu.Lock()
		defer r.mu.Unlock()
		delete(r.talks, message)
	}
}
