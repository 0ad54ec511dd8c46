package calendar

import "time"

// horizonDays is how far ahead an answer is looked for: a year with its leave.
const horizonDays = 400

const horizon = horizonDays * 24 * time.Hour

// Hours say when a person or a room may be disturbed: open time is the week's
// spans in the zone, less the intervals away. The zero Hours are never open.
//
// Its methods return moments in Zone. Their cost grows with the days passed
// over (a month takes some microseconds) and with the intervals away.
type Hours struct {
	Zone *time.Location
	Week Timetable
	Away []Interval // in any order, overlapping or not
}

// Interval is the time from From until, not including, Until. It holds nothing
// if Until is not the later.
type Interval struct {
	From, Until time.Time
}

func (i Interval) holds(t time.Time) bool { return !t.Before(i.From) && t.Before(i.Until) }

// Open tells whether t is open time.
func (h Hours) Open(t time.Time) bool {
	if !h.Week.holds(wall(t, h.Zone)) {
		return false
	}
	_, away := h.AwayAt(t)
	return !away
}

// AwayAt tells whether t is in an interval away, and when the last of those
// that follow without a break ends.
func (h Hours) AwayAt(t time.Time) (until time.Time, away bool) {
	back := backFrom(h.Away, t)
	if !back.After(t) {
		return time.Time{}, false
	}
	return back.In(zone(h.Zone)), true
}

// NextOpen is t itself if that is open time, else the first open moment after
// it; false if there is none within 400 days.
func (h Hours) NextOpen(t time.Time) (time.Time, bool) {
	for p := range h.pieces(t, t.Add(horizon)) {
		return p.from.In(zone(h.Zone)), true
	}
	return time.Time{}, false
}

// Add is the first moment by which d of open time has passed since t. So it may
// be the very end of a span, which is closed (an hour after 17:00 is 18:00, not
// tomorrow's 09:00); who wants to speak then asks [Hours.NextOpen]. A d of zero
// or less gives t. Where 400 days bring no open time, Add waits no longer and
// gives their end, so that a deadline is never infinite.
func (h Hours) Add(t time.Time, d time.Duration) time.Time {
	for d > 0 {
		idle := true
		for p := range h.pieces(t, t.Add(horizon)) {
			length := p.until.Sub(p.from)
			if d <= length {
				return p.from.Add(d).In(zone(h.Zone))
			}
			d -= length
			t, idle = p.until, false
		}
		if idle {
			return t.Add(horizon).In(zone(h.Zone))
		}
	}
	return t.In(zone(h.Zone))
}

// Between is the open time from a to b, negative if b is the earlier.
func (h Hours) Between(a, b time.Time) time.Duration {
	if b.Before(a) {
		return -h.Between(b, a)
	}
	var sum time.Duration
	for p := range h.pieces(a, b) {
		sum += p.until.Sub(p.from)
	}
	return sum
}

// AddDays is n working days after t: the same local time on the nth later day
// with any open time, be that time itself open or not. A day wholly away is not
// counted; a day of leave that begins at noon is, if the morning has hours. An
// n of zero or less gives t. Where 400 days bring no working day, AddDays
// counts no further and gives their end.
func (h Hours) AddDays(t time.Time, n int) time.Time {
	if n <= 0 {
		return t.In(zone(h.Zone))
	}
	today := dayOf(wall(t, h.Zone))
	day, from := today, t
	for ; n > 0; n-- {
		next, ok := h.dayAfter(day, from)
		if !ok {
			return shift(t, day-today+horizonDays, h.Zone)
		}
		day, from = next.day, next.from
	}
	return shift(t, day-today, h.Zone)
}

// dayAfter is the first open piece, no earlier than from, of a later day.
func (h Hours) dayAfter(day int64, from time.Time) (piece, bool) {
	for p := range h.pieces(from, from.Add(horizon)) {
		if p.day > day {
			return p, true
		}
	}
	return piece{}, false
}
