package slack

import (
	"context"
	"sync"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// Lanes hand events to the sink: in order within one channel, side by side over channels.
const (
	inHand      = 2000 // live events that are held at once; beyond them, none is taken
	firstPause  = 50 * time.Millisecond
	longestWait = 2 * time.Second
)

// task is an event on its way to the sink.
type task struct {
	lane  string
	event chat.Event
	hand  bool     // somebody waits for it: offered once, and before what was refused
	past  bool     // told by recovery, before what is live
	done  []func() // called once the event is stored, or given up
}

// lanes is the set of channels in which something is on its way.
type lanes struct {
	ctx    context.Context
	sink   chat.Sink
	places chan struct{} // one for each live task
	hands  chan struct{} // one for each that somebody waits for

	mu      sync.Mutex
	byPlace map[string]*lane
	pending map[chat.EventID]*task
	closed  bool            // live events wait for recovery
	opened  map[string]bool // but not in these channels
	reached map[chat.ChannelID]chat.Cursor
	// told are the events that recovery has told: live ones that waited meanwhile are not told once more.
	told    *memory[chat.EventID, struct{}]
	stopped bool
	workers sync.WaitGroup
}

// lane is one channel. A worker goes through it while there is something to do.
type lane struct {
	name       string
	past, live []*task
	working    bool
	wake       chan struct{}
}

func newLanes(ctx context.Context, sink chat.Sink, now func() time.Time) *lanes {
	return &lanes{
		ctx: ctx, sink: sink, places: make(chan struct{}, inHand), hands: make(chan struct{}, inHand),
		byPlace: map[string]*lane{}, pending: map[chat.EventID]*task{}, opened: map[string]bool{},
		told:    remember[chat.EventID, struct{}](now, time.Hour, remembered),
		reached: map[chat.ChannelID]chat.Cursor{},
	}
}

// put takes a task over; false where there is no room for it. It does not wait. An event that is on its way already is
// not taken twice, but what is to be done when it is stored, is.
func (l *lanes) put(t *task) (taken bool) {
	if l.joined(t) {
		return true
	}
	if !l.room(t) {
		return false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.stopped {
		return false
	}
	x := l.byPlace[t.lane]
	if x == nil {
		x = &lane{name: t.lane, wake: make(chan struct{}, 1)}
		l.byPlace[t.lane] = x
	}
	if t.past {
		x.past = append(x.past, t)
	} else {
		x.live = append(x.live, t)
		l.pending[t.event.Head().ID] = t
	}
	l.start(x)
	return true
}

// room finds room for a task, and gives it back once the task is done.
func (l *lanes) room(t *task) bool {
	places := l.places
	if t.hand {
		places = l.hands
	}
	if t.past {
		return true
	}
	select {
	case places <- struct{}{}:
	default:
		return false
	}
	t.done = append(t.done, func() { <-places })
	return true
}

// joined adds a task that is told again to the one that is on its way.
func (l *lanes) joined(t *task) bool {
	if t.past {
		return false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	first := l.pending[t.event.Head().ID]
	if first != nil {
		first.done = append(first.done, t.done...)
	}
	return first != nil
}

func (l *lanes) start(x *lane) {
	if x.working {
		select {
		case x.wake <- struct{}{}:
		default:
		}
		return
	}
	x.working = true
	l.workers.Go(func() { l.work(x) })
}

// close holds live events back until open.
func (l *lanes) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	clear(l.opened)
}

// stop waits until nothing is being offered any more. The context is done by then.
func (l *lanes) stop() {
	l.mu.Lock()
	l.stopped = true
	l.mu.Unlock()
	l.workers.Wait()
}

// open lets the live events of one channel through, or those of all where the name is empty.
func (l *lanes) open(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.stopped {
		return
	}
	if name == "" {
		l.closed = false
		clear(l.opened)
	} else {
		l.opened[name] = true
	}
	for _, x := range l.byPlace {
		if name == "" || x.name == name {
			l.start(x)
		}
	}
}
