package slack

import (
	"maps"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// What is missed while a session goes on is read again within it.

// catchUp recovers within a session, after a moment without a line.
func (s *session) catchUp() {
	s.a.tally.add(chat.Gaps)
	s.lanes.mu.Lock()
	reached := maps.Clone(s.lanes.reached)
	s.lanes.mu.Unlock()
	if len(reached) == 0 {
		reached[""] = chat.Cursor(tsOf(s.a.now().Add(-unfamiliar)))
	}
	m, err := parseCursors(reached)
	if err != nil {
		s.lost(err)
		return
	}
	s.recover(m)
}

// limited catches up with a minute of which Slack tells nothing, once it is over.
func (s *session) limited(minute int64) {
	now := s.a.now().Add(-s.me.skew)
	from := time.Unix(minute, 0)
	if from.Before(now.Add(-lookBack)) || from.After(now) {
		from = now.Add(-unfamiliar)
	}
	if !s.a.seen.add(chat.EventID("limited:"+tsOf(from)), struct{}{}) {
		return
	}
	s.a.tally.add(chat.Gaps)
	s.tasks.Go(func() {
		over := time.NewTimer(from.Add(time.Minute).Sub(now))
		defer over.Stop()
		select {
		case <-over.C:
			s.recover(&marks{directs: from, others: from})
		case <-s.ctx.Done():
		}
	})
}

// spill has an event read again later for which there is no room. To wait for room here would leave Slack's pings
// without an answer.
func (s *session) spill(at time.Time) {
	if !s.spilt.CompareAndSwap(0, at.Unix()) {
		return
	}
	s.a.tally.add(chat.Gaps)
	s.tasks.Go(func() {
		select {
		case s.lanes.places <- struct{}{}:
			<-s.lanes.places
		case <-s.ctx.Done():
			return
		}
		s.recovering.Lock()
		defer s.recovering.Unlock()
		from := time.Unix(s.spilt.Swap(0), 0).Add(-unfamiliar)
		s.readAgain(&marks{directs: from, others: from})
	})
}
