package calendar

import (
	"fmt"
	"time"
)

// Date is a day of the calendar, comparable with == and usable as a map key.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf is the day that a calendar on the wall in loc shows at t.
func DateOf(t time.Time, loc *time.Location) Date { return dateOfDay(dayOf(wall(t, loc))) }

// ParseDate reads "2026-12-01". The error is a [*ParseError].
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, &ParseError{Of: "date", Text: s, Want: "a day such as 2026-12-01"}
	}
	return dateOfDay(dayOf(t.Unix())), nil
}

// String gives "2026-12-01".
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day) }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return weekdayOf(d.days()) }

// AddDays is the day n days later; n may be negative.
func (d Date) AddDays(n int) Date { return dateOfDay(d.days() + int64(n)) }

// At is the first moment at which clocks in loc have reached the given time of
// this day: the end of the gap if that time does not exist, the first of two
// if it comes twice.
func (d Date) At(at TimeOfDay, loc *time.Location) time.Time {
	return reached(d.days()*daySeconds+int64(at)*60, loc)
}

// ISOWeek is the ISO 8601 week that holds the day.
func (d Date) ISOWeek() Week {
	year, number := d.utc().ISOWeek()
	return Week{Year: year, Number: number}
}

// nth counts the day's weekday in its month: 1 for a first Monday.
func (d Date) nth() int { return (d.Day-1)/7 + 1 }

// nthWeekday is the nth such weekday of a month; false if the month, which may
// be out of the range 1 to 12 and then belongs to another year, has none.
func nthWeekday(year int, month time.Month, day time.Weekday, nth int) (Date, bool) {
	first := dateOfDay(dayOf(time.Date(year, month, 1, 0, 0, 0, 0, time.UTC).Unix()))
	d := first.AddDays((int(day-first.Weekday())+7)%7 + 7*(nth-1))
	return d, d.Month == first.Month
}

func (d Date) utc() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// days counts from 1970-01-01.
func (d Date) days() int64 { return dayOf(d.utc().Unix()) }

func dateOfDay(day int64) Date {
	year, month, n := time.Unix(day*daySeconds, 0).UTC().Date()
	return Date{Year: year, Month: month, Day: n}
}
