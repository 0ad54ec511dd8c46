package discord

import (
	"context"
	"sync"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// laneLimit is how many events wait for one place while its sink hangs. What comes after is not kept: once the place
// moves on, it is read again from the service.
const laneLimit = 500

// item is something that a lane hands on. make may ask the service; no event is nil.
type item struct {
	make func(context.Context) chat.Event
	// message is the identifier of a new message, 0 for all else.
	message uint64
	// once says that a person waits for an answer: it is handed on a single time, and not behind an event that is refused.
	once bool
	done func() // called after a once item, whatever the sink said
}

// lane brings the events of one place to the sink, in order. It lives while it has something to do.
type lane struct {
	r       *runner
	channel string
	direct  bool

	mu     sync.Mutex
	items  []item
	busy   bool   // a goroutine works on it
	behind bool   // messages were not kept, or were missed before: they are to be read from the service
	lost   bool   // what cannot be read again was not kept
	first  uint64 // the first message that was not kept, 0 while all were
	gone   uint64 // the last message that was handed on
}

func (l *lane) push(i item) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if (l.lost || len(l.items) >= laneLimit) && !i.once {
		if i.message != 0 {
			l.behind = true
			if l.first == 0 {
				l.first = i.message
			}
		}
		if !l.lost {
			l.r.a.count(chat.Gaps)
		}
		l.lost = true
		return
	}
	l.items = append(l.items, i)
	l.start()
}

// kick lets a lane that has missed something read it, even if nothing happens in its place now.
func (l *lane) kick() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.behind {
		l.start()
	}
}

// start is called under the lock.
func (l *lane) start() {
	if !l.busy {
		l.busy = true
		l.r.spawn(l.run)
	}
}

func (l *lane) run() {
	for l.r.ctx.Err() == nil {
		if after, again, behind := l.missing(); behind {
			l.catchUp(after, again)
			continue
		}
		i, ok := l.next()
		if !ok {
			return
		}
		l.hand(i)
	}
}

// missing says whether the lane has to read what it missed first, and after which message; again, that it is because
// the lane was full. What waits in memory then is older than what was not kept, and goes first.
func (l *lane) missing() (after uint64, again, behind bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.lost && len(l.items) > 0 {
		return 0, false, false
	}
	again, behind = l.lost, l.behind
	after = l.gone
	if after == 0 && l.first > 0 { // what came before it was handed on, or was there before the run
		after = l.first - 1
	}
	l.behind, l.lost, l.first = false, false, 0
	return after, again, behind
}

func (l *lane) next() (item, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.items) == 0 {
		l.busy = false
		l.items = nil
		return item{}, false
	}
	i := l.items[0]
	l.items[0] = item{}
	l.items = l.items[1:]
	return i, true
}

// urgent takes the first item that a person waits for.
func (l *lane) urgent() (item, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for at, i := range l.items {
		if i.once {
			l.items = append(l.items[:at:at], l.items[at+1:]...)
			return i, true
		}
	}
	return item{}, false
}

// hand offers an event until it is taken. While it is refused, people do not wait behind it.
func (l *lane) hand(i item) {
	ctx := l.r.ctx
	e := i.make(ctx)
	if e == nil {
		l.r.settle(l, i.message)
	}
	if e == nil || ctx.Err() != nil {
		if i.done != nil {
			i.done()
		}
		return
	}
	if i.once {
		_ = l.r.sink(ctx, e) // where nothing could be stored, the bot says so itself
		i.done()
		return
	}
	e = l.marked(e, i.message)
	defer l.r.settle(l, i.message)
	for wait := l.r.a.timing.refused; l.r.sink(ctx, e) != nil; wait = min(2*wait, 5*time.Second) {
		for u, ok := l.urgent(); ok; u, ok = l.urgent() {
			l.hand(u)
		}
		if !pause(ctx, wait) {
			return
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.gone = max(l.gone, i.message)
}

// marked gives a new message its cursor. It never points behind one that was given before in the same lane.
func (l *lane) marked(e chat.Event, message uint64) chat.Event {
	m, ok := e.(chat.MessagePosted)
	if !ok || message == 0 {
		return e
	}
	l.mu.Lock()
	reached := max(l.gone, message)
	l.mu.Unlock()
	if l.direct {
		reached = l.r.conversed(message)
	}
	m.Cursor = chat.Cursor(flake(reached))
	return m
}
