package mattermost

import (
	"github.com/gofirst/gofirst/bot/chat"
)

// work tells what is in a lane, until it is empty.
func (l *lanes) work(channel string, ln *lane) {
	for l.ctx.Err() == nil {
		i, since, done := l.next(channel, ln)
		switch {
		case done:
			return
		case since != 0:
			if l.retell(channel, ln, since) != nil {
				return
			}
		case i.once:
			l.offer(i)
		default:
			for _, e := range i.events(l.ctx) {
				if !ln.retold[e.Head().ID] && l.tell(ln, e) != nil {
					return
				}
			}
		}
	}
}

func (l *lanes) retell(channel string, ln *lane, since int64) error {
	if ln.retold == nil {
		ln.retold = map[chat.EventID]bool{}
	}
	return l.reread(l.ctx, channel, since, func(e chat.Event) error {
		ln.retold[e.Head().ID] = true
		return l.tell(ln, e)
	})
}

// next takes the next thing to do from a lane; a lane with nothing to do is given up. What people wait for does not
// wait for the past.
func (l *lanes) next(channel string, ln *lane) (i item, since int64, done bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	ln.doing, ln.behind = 0, false
	switch {
	case ln.before != 0 && !(len(ln.queue) > 0 && ln.queue[0].once):
		since, ln.before, ln.behind = ln.before, 0, true
		return item{}, since, false
	case len(ln.queue) > 0:
		i, ln.queue = ln.queue[0], ln.queue[1:]
		l.release(i)
		ln.doing = i.seq
		return i, 0, false
	case ln.after != 0:
		since, ln.after = ln.after, 0
		ln.doing, ln.let = ln.let, 0
		return item{}, since, false
	}
	delete(l.all, channel)
	return item{}, 0, true
}

func (l *lanes) release(i item) {
	l.held--
	if i.once {
		l.once--
	}
}

// tell offers an event until it is taken; its error is that of the context. Between two offers come the commands
// and presses that wait behind it, so that people learn that nothing can be stored.
func (l *lanes) tell(ln *lane, e chat.Event) error {
	for wait := firstPause; ; wait = min(2*wait, lastPause) {
		if err := l.ctx.Err(); err != nil {
			return err
		}
		if l.sink(l.ctx, e) == nil {
			l.took(e)
			return nil
		}
		for _, i := range l.waiting(ln) {
			l.offer(i)
		}
		pause(l.ctx, wait)
	}
}

// offer tells what is told once.
func (l *lanes) offer(i item) {
	for _, e := range i.events(l.ctx) {
		if l.sink(l.ctx, e) == nil {
			l.took(e)
		}
	}
}

// waiting takes out of a lane's queue what people wait for.
func (l *lanes) waiting(ln *lane) (found []item) {
	l.mu.Lock()
	defer l.mu.Unlock()
	rest := ln.queue[:0:0]
	for _, i := range ln.queue {
		if i.once {
			found = append(found, i)
			l.release(i)
		} else {
			rest = append(rest, i)
		}
	}
	ln.queue = rest
	return found
}

// idle says whether all is told.
func (l *lanes) idle() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.all) == 0
}

// untold gives the number of the first event that is not told, 0 where all are, when the work has ended; false where
// a channel is yet to be read again from before.
func (l *lanes) untold() (first int64, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, ln := range l.all {
		if ln.before != 0 || ln.behind {
			return 0, false
		}
		first = earlier(first, earlier(ln.doing, ln.let))
		for _, i := range ln.queue {
			first = earlier(first, i.seq)
		}
	}
	return first, true
}

// close takes nothing more, and waits for the work to end; ctx has to be done by then.
func (l *lanes) close() {
	l.mu.Lock()
	l.closed = true
	l.mu.Unlock()
	l.running.Wait()
}
