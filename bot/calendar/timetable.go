package calendar

import (
	"slices"
	"strings"
	"time"
)

// Span is a part of a day, From included and To not. To is later than From and
// may be 24:00. A night that goes past midnight is two spans, on two days.
type Span struct {
	From, To TimeOfDay
}

// String gives "09:00-18:00".
func (s Span) String() string { return s.From.String() + "-" + s.To.String() }

// Timetable holds a week's spans by [time.Weekday], so index 0 is Sunday. The
// spans of a day are in order and do not overlap; [ParseTimetable] sees to it.
// The zero Timetable has no hours at all.
type Timetable [7][]Span

// String gives the form that [ParseTimetable] reads, from Monday on, with equal
// neighbouring days together: "Mon-Fri 09:00-18:00; Sat 10:00-12:00". Without
// any hours it is "never".
func (w Timetable) String() string {
	var groups []string
	for first := 0; first < 7; {
		spans, last := w[weekdayFrom(first)], first
		for last < 6 && slices.Equal(w[weekdayFrom(last+1)], spans) {
			last++
		}
		if len(spans) > 0 {
			groups = append(groups, days(first, last)+" "+list(spans))
		}
		first = last + 1
	}
	if len(groups) == 0 {
		return "never"
	}
	return strings.Join(groups, "; ")
}

// holds tells whether a wall second lies in a span.
func (w Timetable) holds(second int64) bool {
	day := dayOf(second)
	minute := TimeOfDay((second - day*daySeconds) / 60)
	for _, s := range w[weekdayOf(day)] {
		if s.From <= minute && minute < s.To {
			return true
		}
	}
	return false
}

// weekdayFrom is the weekday that comes n days after a Monday.
func weekdayFrom(n int) time.Weekday { return time.Weekday((n + 1) % 7) }

func days(first, last int) string {
	name := weekdayFrom(first).String()[:3]
	if last > first {
		name += "-" + weekdayFrom(last).String()[:3]
	}
	return name
}

func list(spans []Span) string {
	texts := make([]string, len(spans))
	for i, s := range spans {
		texts[i] = s.String()
	}
	return strings.Join(texts, ",")
}
