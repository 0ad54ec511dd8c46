package calendar

import (
	"iter"
	"time"
)

const daySeconds = 24 * 60 * 60

// zone is loc, or UTC where none is given.
func zone(loc *time.Location) *time.Location {
	if loc == nil {
		return time.UTC
	}
	return loc
}

// wall is what clocks in loc show at t, as seconds since they showed
// 1970-01-01 00:00:00.
func wall(t time.Time, loc *time.Location) int64 {
	_, offset := t.In(zone(loc)).Zone()
	return t.Unix() + int64(offset)
}

// dayOf numbers the local day of a wall second, from 1970-01-01.
func dayOf(wall int64) int64 {
	day := wall / daySeconds
	if wall%daySeconds < 0 {
		day--
	}
	return day
}

// weekdayOf is the weekday of a numbered day; day 0 was a Thursday.
func weekdayOf(day int64) time.Weekday { return time.Weekday(((day+4)%7 + 7) % 7) }

// reached is the first moment at which clocks in loc show the wall second or a
// later one. [time.Date] promises no choice around a jump; this is one.
func reached(second int64, loc *time.Location) time.Time {
	// No zone was ever 16 hours ahead of UTC, so it is not yet reached here.
	t := time.Unix(second-16*60*60, 0).In(zone(loc))
	for {
		_, offset := t.Zone()
		start, _ := t.ZoneBounds()
		end := evenUntil(t)
		at := time.Unix(second-int64(offset), 0).In(zone(loc))
		if !start.IsZero() && at.Before(start) {
			return start
		}
		if end.IsZero() || at.Before(end) {
			return at
		}
		t = end
	}
}

// evenUntil is a moment after t before which clocks in t's zone do not jump;
// zero if they never do again.
func evenUntil(t time.Time) time.Time {
	_, end := t.ZoneBounds()
	if !end.IsZero() && !end.After(t) {
		// On the last UTC day of a leap year the end given may be the day's
		// start: https://go.dev/issue/81583. No zone jumps on that day.
		const day = 24 * time.Hour
		end = t.Truncate(day).Add(day)
	}
	return end
}

// shift is the moment so many calendar days after t, at the same local time.
func shift(t time.Time, days int64, loc *time.Location) time.Time {
	second := wall(t, loc) + days*daySeconds
	at := reached(second, loc)
	if wall(at, loc) != second {
		return at // the end of a gap
	}
	return at.Add(time.Duration(t.Nanosecond()))
}

// stretch is time during which clocks run evenly, offset seconds ahead of UTC.
type stretch struct {
	from, until time.Time
	offset      int64
}

// stretches cuts the time between two moments where clocks in loc jump.
func stretches(from, until time.Time, loc *time.Location) iter.Seq[stretch] {
	return func(yield func(stretch) bool) {
		for from = from.In(zone(loc)); from.Before(until); {
			_, offset := from.Zone()
			end := evenUntil(from)
			if end.IsZero() || until.Before(end) {
				end = until
			}
			if !yield(stretch{from: from, until: end, offset: int64(offset)}) {
				return
			}
			from = end.In(zone(loc))
		}
	}
}

func (s stretch) firstDay() int64 { return dayOf(s.from.Unix() + s.offset) }
func (s stretch) lastDay() int64  { return dayOf(s.until.Unix() + s.offset) }

// moment is the time at which clocks would show a time of a numbered day, if
// they had always run as in this stretch.
func (s stretch) moment(day int64, at TimeOfDay) time.Time {
	return time.Unix(day*daySeconds+int64(at)*60-s.offset, 0)
}
