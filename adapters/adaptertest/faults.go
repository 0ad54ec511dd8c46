package adaptertest

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"slices"
	"sync"

	"github.com/gofirst/gofirst/bot/chat"
)

// Faults stands between an adapter without a network and its caller, and fails on demand. A test embeds
// it in its Service, and in a wrapper of the adapter whose Run and Send go through it:
//
//	type flaky struct {
//		*local.Adapter
//		*adaptertest.Faults
//	}
//
//	func (f flaky) Send(ctx context.Context, d chat.Delivery) (chat.Receipt, error) {
//		return f.Faults.Send(ctx, d, f.Adapter.Send)
//	}
//
// The zero value does no harm. It is safe for concurrent use.
type Faults struct {
	mu    sync.Mutex
	fails []error
	loses int
	stall chan struct{}  // closed when answers come again; nil while nothing holds them back
	lines map[*line]bool // the calls of Run that are under way
	again func() error   // tells the last event once more
}

// line is a connection: one call of Run.
type line struct {
	cut   context.CancelCauseFunc
	ended chan struct{}
}

// errCut is what a caller sees of a connection that was cut.
var errCut = errors.New("the connection was cut")

// FailNext lets the next Send fail as StatusError says, without anything being sent.
func (f *Faults) FailNext(status int, header http.Header) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fails = append(f.fails, StatusError("send", status, header))
}

// LoseNextReply lets the next Send reach the service and then fail as Unsure.
func (f *Faults) LoseNextReply() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.loses++
}

// Stall lets every Send from now on reach the service, and keeps its answer back until release is called.
func (f *Faults) Stall() (release func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	stall := make(chan struct{})
	f.stall = stall
	return sync.OnceFunc(func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.stall = nil
		close(stall)
	})
}

// Drop lets every Run that is under way return an error, and waits until it has. It is not to be called
// from a sink.
func (f *Faults) Drop() {
	f.mu.Lock()
	lines := slices.Collect(maps.Keys(f.lines))
	f.mu.Unlock()
	for _, l := range lines {
		l.cut(errCut)
		<-l.ended
	}
}

// Redeliver gives the last event that a sink took to the sink once more.
func (f *Faults) Redeliver() {
	f.mu.Lock()
	again := f.again
	f.mu.Unlock()
	if again != nil {
		_ = again() // a refusal is the sink's own affair
	}
}

// Send sends, unless it was told to fail.
func (f *Faults) Send(ctx context.Context, d chat.Delivery, send func(context.Context, chat.Delivery) (chat.Receipt, error)) (chat.Receipt, error) {
	err, lost := f.next()
	if err != nil {
		return chat.Receipt{}, err
	}
	r, err := send(ctx, d)
	if err == nil && (lost || !f.answered(ctx)) {
		return chat.Receipt{}, StatusError("send", 0, nil)
	}
	return r, err
}

// answered waits while answers are held back, but no longer than the caller does.
func (f *Faults) answered(ctx context.Context) bool {
	f.mu.Lock()
	stall := f.stall
	f.mu.Unlock()
	if stall == nil {
		return true
	}
	select {
	case <-stall:
		return true
	case <-ctx.Done():
		return false
	}
}

func (f *Faults) next() (fail error, lost bool) {
	if err := f.refusal(); err != nil {
		return err, false
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.loses > 0 {
		f.loses--
		return nil, true
	}
	return nil, false
}

// refusal gives the next failure that was asked for.
func (f *Faults) refusal() (fail error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.fails) > 0 {
		fail, f.fails = f.fails[0], f.fails[1:]
	}
	return fail
}

// Run runs until it is dropped.
func (f *Faults) Run(ctx context.Context, since map[chat.ChannelID]chat.Cursor, sink chat.Sink, run func(context.Context, map[chat.ChannelID]chat.Cursor, chat.Sink) error) error {
	inner, cut := context.WithCancelCause(ctx)
	defer cut(nil)
	defer f.connect(cut)()
	err := run(inner, since, func(ctx context.Context, e chat.Event) error {
		if err := sink(ctx, e); err != nil {
			return err
		}
		f.mu.Lock()
		defer f.mu.Unlock()
		f.again = func() error { return sink(inner, e) }
		return nil
	})
	if errors.Is(context.Cause(inner), errCut) && ctx.Err() == nil {
		return &chat.Error{Op: "run", Kind: chat.Later, Err: errCut}
	}
	return err
}

func (f *Faults) connect(cut context.CancelCauseFunc) (disconnect func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.lines == nil {
		f.lines = map[*line]bool{}
	}
	l := &line{cut, make(chan struct{})}
	f.lines[l] = true
	return func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		delete(f.lines, l)
		close(l.ended)
	}
}
