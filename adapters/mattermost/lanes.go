package mattermost

import (
	"context"
	"sync"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// How much may wait for the sink.
const (
	laneRoom = 64   // events of one channel
	allRoom  = 4096 // events of all channels
	onceRoom = 256  // commands, presses and forms
)

// How long an event waits after the sink has refused it.
const (
	firstPause = 50 * time.Millisecond
	lastPause  = 5 * time.Second
)

// lanes hand events to the sink: in order within a channel, each channel on its own. A channel whose events are
// not taken holds up itself alone: what does not fit into its lane is let go, and read again from the server
// when the sink takes events again. So the socket is always read, and memory is bounded.
type lanes struct {
	ctx  context.Context
	sink chat.Sink
	// reread tells what a channel saw since a time (in milliseconds). It gives up only when ctx is done.
	reread func(ctx context.Context, channel string, since int64, tell func(chat.Event) error) error
	took   func(chat.Event)
	gap    func()

	running sync.WaitGroup
	mu      sync.Mutex
	all     map[string]*lane
	held    int
	once    int
	seq     int64 // the number of the event that is being received
	closed  bool
}

// lane is one channel's. Where before or after is not 0, the channel is to be read again from there, before the
// queue goes on or when it is empty.
type lane struct {
	queue         []item
	before, after int64
	doing, let    int64                 // the numbers of the event that is being told, and of the first that was let go; 0: none
	behind        bool                  // it is being read again from before
	retold        map[chat.EventID]bool // what was read again and may be in the queue too; the worker's own
}

// item is what has to be told. Making the events may need the server, and so is left to the lane.
type item struct {
	at     int64 // milliseconds; 0 where the event cannot be read again
	seq    int64 // the number that the connection gave it; 0 where it has none
	once   bool  // a person waits for it: it is offered once, and goes past what the sink refuses
	events func(context.Context) []chat.Event
}

// add puts an item into its channel's lane. It never waits; false says that there is no room for what can only
// be told once.
func (l *lanes) add(channel string, i item) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed || i.once && l.once >= onceRoom {
		return false
	}
	ln := l.lane(channel)
	if !i.once {
		i.seq = l.seq
	}
	if !i.once && (ln.after != 0 || len(ln.queue) >= laneRoom || l.held >= allRoom) {
		l.letGo(ln, i)
		return true
	}
	ln.queue = append(ln.queue, i)
	l.held++
	if i.once {
		l.once++
	}
	return true
}

// letGo remembers from where a lane has to be read again.
func (l *lanes) letGo(ln *lane, i item) {
	if i.at == 0 {
		l.gap()
		return
	}
	if ln.after == 0 || i.at-1 < ln.after {
		ln.after = max(i.at-1, 1)
	}
	ln.let = earlier(ln.let, i.seq)
}

// earlier gives the lower of two numbers, of which 0 is none.
func earlier(a, b int64) int64 {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}

// receiving notes the number of the event that comes now.
func (l *lanes) receiving(seq int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.seq = seq
}

// readAgain has a channel read from a time before anything that comes after.
func (l *lanes) readAgain(channel string, since int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return
	}
	ln := l.lane(channel)
	if ln.before == 0 || since < ln.before {
		ln.before = max(since, 1)
	}
}

// lane gives the channel's lane, with somebody working on it.
func (l *lanes) lane(channel string) *lane {
	ln := l.all[channel]
	if ln == nil {
		ln = &lane{}
		l.all[channel] = ln
		l.running.Go(func() { l.work(channel, ln) })
	}
	return ln
}

// drain waits until all is told, but not long.
func (l *lanes) drain(ctx context.Context, patience time.Duration) bool {
	for end := time.Now().Add(patience); time.Now().Before(end) && ctx.Err() == nil && !l.idle(); {
		pause(ctx, 5*time.Millisecond)
	}
	return l.idle()
}

func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}
