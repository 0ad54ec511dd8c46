package calendar

import (
	"errors"
	"fmt"
	"time"
)

// Rhythm is how often a [Schedule] comes round.
type Rhythm int

// The rhythms. Fortnightly is every even ISO week, for everyone alike: people
// can look it up, and no starting day has to be stored. After a year of 53
// weeks (2026 is one) week 52 is followed by week 2, three weeks later; odd
// weeks would instead bring two slots in a row.
const (
	Daily Rhythm = iota + 1
	Weekly
	Fortnightly
	Monthly
)

// Schedule is a rhythm of slots. Its zero value is not valid.
type Schedule struct {
	Every Rhythm
	On    time.Weekday // all but daily
	Nth   int          // monthly: which such weekday of the month, 1 to 4, or -1 for the last
	At    TimeOfDay    // 00:00 to 23:59
}

// Check tells what is wrong with a schedule. A fifth weekday is refused, as
// most months have none.
func (s Schedule) Check() error {
	switch {
	case s.Every < Daily || s.Every > Monthly:
		return errors.New("schedule: want daily, weekly, fortnightly or monthly")
	case s.On < time.Sunday || s.On > time.Saturday:
		return fmt.Errorf("schedule: no weekday has the number %d", int(s.On))
	case s.Every == Monthly && s.Nth != -1 && (s.Nth < 1 || s.Nth > 4):
		return fmt.Errorf("schedule: want the 1st to 4th weekday of the month, or -1 for the last, not %d", s.Nth)
	case s.At < 0 || s.At >= midnight:
		return fmt.Errorf("schedule: want a time from 00:00 to 23:59, not minute %d", int(s.At))
	}
	return nil
}

// Next is the schedule's first slot strictly after a moment, by the clocks in
// loc. There is one slot on each day of the schedule, at [Date.At] its time, so
// slots do not depend on the moment asked from: asking again from each slot
// goes through all of them. A schedule that [Schedule.Check] refuses has no
// slots: Next is then the zero time.
func Next(s Schedule, loc *time.Location, after time.Time) time.Time {
	if s.Check() != nil {
		return time.Time{}
	}
	// What clocks show at after is past all times of earlier days.
	for day := DateOf(after, loc); ; day = day.AddDays(1) {
		if !s.falls(day) {
			continue
		}
		if slot := day.At(s.At, loc); slot.After(after) {
			return slot
		}
	}
}

// falls tells whether the schedule has a slot on the day.
func (s Schedule) falls(d Date) bool {
	switch {
	case s.Every == Daily:
		return true
	case d.Weekday() != s.On:
		return false
	case s.Every == Fortnightly:
		return d.ISOWeek().Number%2 == 0
	case s.Every == Monthly && s.Nth == -1:
		return d.AddDays(7).Month != d.Month
	case s.Every == Monthly:
		return d.nth() == s.Nth
	}
	return true
}
