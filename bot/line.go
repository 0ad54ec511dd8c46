package bot

import (
	"context"
	"sync"
	"time"
)

// line is how a connection is, as a running engine sees it.
type line struct {
	again chan struct{} // somebody asked for it to be taken up anew

	mu    *sync.Mutex
	state lineState
	since time.Time
	cut   context.CancelFunc // ends the present listening
	anew  bool               // it was ended in order to begin again
}

// lineState is what a connection is doing; it names a sentence of status.
type lineState string

const (
	idle      lineState = "idle" // nobody listens yet
	listening lineState = "listening"
	lost      lineState = "lost"    // it is tried again
	refused   lineState = "refused" // until somebody mends it
	ended     lineState = "ended"
)

func newLine() line { return line{again: make(chan struct{}, 1), mu: &sync.Mutex{}, state: idle} }

// Reconnect takes a connection up anew, at once: after its secrets have changed, and also where it was refused or
// waits. A connection that nobody knows, or that has ended, stays as it is.
func (e *Engine) Reconnect(conn string) {
	c, err := e.connection(conn)
	if err != nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cut != nil {
		c.anew = true
		c.cut()
		return
	}
	select {
	case c.again <- struct{}{}:
	default:
	}
}

// listening notes that somebody listens from now on, and gives the context for it.
func (l *line) listening(ctx context.Context, now time.Time) (context.Context, func()) {
	ctx, cut := context.WithCancel(ctx)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.state, l.since, l.cut = listening, now, cut
	return ctx, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.cut = nil
		cut()
	}
}

// takenUp reports, once, whether listening was ended in order to begin again.
func (l *line) takenUp() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	anew := l.anew
	l.anew = false
	return anew
}

func (l *line) is(s lineState, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.state != s {
		l.state, l.since = s, now
	}
}

// how tells what the connection is doing, and since when.
func (l *line) how() (lineState, time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.state, l.since
}

// rest waits before the next try, unless somebody asks for it now.
func (l *line) rest(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	case <-l.again:
	}
}

// rest waits; false where ctx ended first.
func rest(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
