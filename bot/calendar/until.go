package calendar

import (
	"strings"
	"time"
	"unicode"
)

const untils = `2w, 10 days, until 2026-12-01 or until Monday (2 semaines, jusqu'au 2026-12-01, jusqu'à lundi)`

// ParseUntil reads when a pause ends, as a person writes it after the word
// pause: a plain [Wait] ("2w", "3 jours", "2h") counted from now; or, with or
// without "until", "jusqu'à" and the like, a day: "2026-12-01", "Monday",
// "lundi", "tomorrow", "demain". A day means the moment at which it begins in
// loc, and a weekday is never today. Waits of active time or working days are
// refused, and so are days that have begun. The result is after now. The error
// is a [*ParseError] that lists what is accepted.
func ParseUntil(s string, now time.Time, loc *time.Location) (time.Time, error) {
	in := &scanner{of: "pause", text: s}
	in.preposition()
	rest := fold(in.text[in.skip():])
	if day, ok := dayNamed(rest, DateOf(now, loc)); ok {
		return day.At(0, loc), nil
	}
	if day, err := ParseDate(rest); err == nil {
		if start := day.At(0, loc); start.After(now) {
			return start, nil
		}
		return time.Time{}, in.fail(in.at, "a day after today")
	}
	wait, err := ParseWait(rest)
	if err != nil || wait.NeedsHours() {
		return time.Time{}, in.fail(in.at, untils)
	}
	return wait.From(now, Hours{Zone: loc}), nil
}

// preposition passes the word in front of an end or a length, if there is one.
func (s *scanner) preposition() {
	start := s.skip()
	word := s.take(func(r rune) bool { return !unicode.IsSpace(r) })
	switch fold(word) {
	case "until", "till", "jusqu'a", "jusqu'au", "for", "pendant":
		return
	}
	s.at = start
}

// dayNamed is the first day after today that a word names.
func dayNamed(folded string, today Date) (Date, bool) {
	if folded == "tomorrow" || folded == "demain" {
		return today.AddDays(1), true
	}
	day, ok := weekdayNamed(strings.TrimSuffix(folded, "."))
	if !ok {
		return Date{}, false
	}
	return today.AddDays((int(day-today.Weekday())+6)%7 + 1), true
}
