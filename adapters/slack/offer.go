package slack

import (
	"time"
)

func (l *lanes) work(x *lane) {
	for l.ctx.Err() == nil {
		t := l.next(x)
		if t == nil {
			return
		}
		for pause := firstPause; !l.offer(t) && l.ctx.Err() == nil; pause = min(2*pause, longestWait) {
			l.wait(x, pause)
		}
	}
}

// offer gives a task to the sink; false means that it has to be offered again.
func (l *lanes) offer(t *task) (over bool) {
	id := t.event.Head().ID
	if _, twice := l.told.get(id); !twice || t.past {
		if err := l.sink(l.ctx, t.event); err != nil && (!t.hand || l.ctx.Err() != nil) {
			return false
		}
	}
	if t.past {
		l.told.put(id, struct{}{})
	}
	l.mu.Lock()
	x := l.byPlace[t.lane]
	x.past, x.live = without(x.past, t), without(x.live, t)
	if !t.past {
		delete(l.pending, id)
	}
	if h := t.event.Head(); h.Cursor != "" {
		l.reached[cursorOf(h.Place)] = h.Cursor
	}
	done := t.done
	l.mu.Unlock()
	for _, f := range done {
		f()
	}
	return true
}

// wait lets some time pass after a refusal. What people wait for in this channel does not.
func (l *lanes) wait(x *lane, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	for {
		for t := l.firstHand(x); t != nil && l.offer(t); {
			t = l.firstHand(x)
		}
		select {
		case <-timer.C:
			return
		case <-l.ctx.Done():
			return
		case <-x.wake:
		}
	}
}

// next gives what a lane has to do, or ends its worker.
func (l *lanes) next(x *lane) *task {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case len(x.past) > 0:
		return x.past[0]
	case len(x.live) > 0 && (!l.closed || l.opened[x.name]):
		return x.live[0]
	}
	if t := hand(x.live); t != nil {
		return t
	}
	x.working = false
	if len(x.live) == 0 {
		delete(l.byPlace, x.name)
	}
	return nil
}

func (l *lanes) firstHand(x *lane) *task {
	l.mu.Lock()
	defer l.mu.Unlock()
	return hand(x.live)
}

func hand(live []*task) *task {
	for _, t := range live {
		if t.hand {
			return t
		}
	}
	return nil
}

func without(tasks []*task, t *task) []*task {
	if len(tasks) > 0 && tasks[0] == t {
		tasks[0] = nil
		return tasks[1:]
	}
	for i := range tasks {
		if tasks[i] == t {
			return append(tasks[:i:i], tasks[i+1:]...)
		}
	}
	return tasks
}
