package calendar

import (
	"iter"
	"time"
)

// piece is a run of open time within one local day.
type piece struct {
	day         int64 // from 1970-01-01
	from, until time.Time
}

// pieces are the open times between two moments, in order, none empty. It steps
// from day to day between two jumps of the clocks; there a local time and a
// moment differ by a constant, and no zone needs to be asked.
func (h Hours) pieces(from, until time.Time) iter.Seq[piece] {
	return func(yield func(piece) bool) {
		for s := range stretches(from, until, h.Zone) {
			last := s.lastDay()
			for day := s.firstDay(); day <= last; day++ {
				for _, span := range h.Week[weekdayOf(day)] {
					p := piece{
						day:   day,
						from:  later(s.from, s.moment(day, span.From)),
						until: earlier(s.until, s.moment(day, span.To)),
					}
					if !present(p, h.Away, yield) {
						return
					}
				}
			}
		}
	}
}

// present yields what the intervals away leave of a piece; false ends the walk.
func present(p piece, away []Interval, yield func(piece) bool) bool {
	for {
		p.from = backFrom(away, p.from)
		if !p.from.Before(p.until) {
			return true
		}
		leave := p.until
		for _, i := range away {
			if i.From.After(p.from) && i.From.Before(i.Until) {
				leave = earlier(leave, i.From)
			}
		}
		if !yield(piece{day: p.day, from: p.from, until: leave}) {
			return false
		}
		p.from = leave
	}
}

// backFrom is the first moment from t on that is in no interval away.
func backFrom(away []Interval, t time.Time) time.Time {
	for again := true; again; {
		again = false
		for _, i := range away {
			if i.holds(t) {
				t, again = i.Until, true
			}
		}
	}
	return t
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
