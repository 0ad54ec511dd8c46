package calendar

import (
	"fmt"
	"time"
)

// Week is an ISO 8601 week, comparable with == and usable as a map key. Year is
// the year of its Thursday, Number is 1 to 53.
type Week struct {
	Year   int
	Number int
}

// WeekOf is the week that a calendar on the wall in loc shows at t.
func WeekOf(t time.Time, loc *time.Location) Week { return DateOf(t, loc).ISOWeek() }

// String gives "2026-W07".
func (w Week) String() string { return fmt.Sprintf("%04d-W%02d", w.Year, w.Number) }

// Monday is the week's first day.
func (w Week) Monday() Date {
	inFirst := Date{Year: w.Year, Month: time.January, Day: 4} // always in week 1
	sinceMonday := (int(inFirst.Weekday()) + 6) % 7
	return inFirst.AddDays(7*(w.Number-1) - sinceMonday)
}

// Start is the moment at which the week begins in loc.
func (w Week) Start(loc *time.Location) time.Time { return w.Monday().At(0, loc) }
