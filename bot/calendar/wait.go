package calendar

import (
	"fmt"
	"strings"
	"time"
)

// Unit is what a [Wait] counts.
type Unit int

// The units. Minutes and hours are elapsed time. Active ones are open time of
// the [Hours] waited by, and working days are days with such time. Days and
// weeks are those of the calendar and keep the local time of day.
const (
	ElapsedMinutes Unit = iota
	ElapsedHours
	ActiveMinutes
	ActiveHours
	WorkingDays
	CalendarDays
	CalendarWeeks
)

// Wait is a length of waiting as playbooks and people write it, comparable with
// ==. The zero Wait is over at once.
type Wait struct {
	Count int
	Unit  Unit
}

// ParseWait reads a count and a unit: "15m", "2h", "1h active", "1 working
// day", "10d", "14 days", "2w", "2 weeks"; in French "2h actives", "3 jours",
// "1 jour ouvré", "2 semaines". The count is at least 1, and no wait is longer
// than 400 days of its own kind. The error is a [*ParseError].
func ParseWait(s string) (Wait, error) {
	in := &scanner{of: "wait", text: s}
	start := in.skip()
	count := in.number(9)
	if count < 1 {
		return Wait{}, in.fail(start, "a count of at least 1 and a unit: "+waits)
	}
	unit, ok := unitNamed(fold(in.text[in.at:]))
	if !ok {
		return Wait{}, in.fail(in.at, "a unit, as in "+waits)
	}
	if most := unit.most(); count > most {
		return Wait{}, in.fail(start, "at most "+Wait{Count: most, Unit: unit}.String())
	}
	return Wait{Count: count, Unit: unit}, nil
}

const waits = `15m, 2h, 1h active, 2 working days, 10 days or 2 weeks`

// String gives the English form, which [ParseWait] reads: "90m", "1h active",
// "1 working day", "2 weeks".
func (w Wait) String() string {
	switch w.Unit {
	case ElapsedMinutes:
		return fmt.Sprintf("%dm", w.Count)
	case ElapsedHours:
		return fmt.Sprintf("%dh", w.Count)
	case ActiveMinutes:
		return fmt.Sprintf("%dm active", w.Count)
	case ActiveHours:
		return fmt.Sprintf("%dh active", w.Count)
	case WorkingDays:
		return w.counted("working day")
	case CalendarDays:
		return w.counted("day")
	}
	return w.counted("week")
}

func (w Wait) counted(one string) string {
	if w.Count != 1 {
		one += "s"
	}
	return fmt.Sprintf("%d %s", w.Count, one)
}

// From is the moment at which a wait that began at t is over, by the clocks and
// the open time of h; [Hours.Add] and [Hours.AddDays] tell more.
func (w Wait) From(t time.Time, h Hours) time.Time {
	n := time.Duration(w.Count)
	switch w.Unit {
	case ElapsedMinutes:
		return t.Add(n * time.Minute).In(zone(h.Zone))
	case ElapsedHours:
		return t.Add(n * time.Hour).In(zone(h.Zone))
	case ActiveMinutes:
		return h.Add(t, n*time.Minute)
	case ActiveHours:
		return h.Add(t, n*time.Hour)
	case WorkingDays:
		return h.AddDays(t, w.Count)
	case CalendarDays:
		return shift(t, int64(w.Count), h.Zone)
	}
	return shift(t, 7*int64(w.Count), h.Zone)
}

// NeedsHours tells whether the wait depends on when its person or room is open,
// not on the zone alone.
func (w Wait) NeedsHours() bool {
	return w.Unit == ActiveMinutes || w.Unit == ActiveHours || w.Unit == WorkingDays
}

// most is the largest count of a unit.
func (u Unit) most() int {
	switch u {
	case ElapsedMinutes, ActiveMinutes:
		return horizonDays * 24 * 60
	case ElapsedHours, ActiveHours:
		return horizonDays * 24
	case CalendarWeeks:
		return horizonDays / 7
	}
	return horizonDays
}

func unitNamed(folded string) (Unit, bool) {
	switch folded {
	case "working day", "working days", "jour ouvre", "jours ouvres":
		return WorkingDays, true
	case "d", "day", "days", "j", "jour", "jours":
		return CalendarDays, true
	case "w", "week", "weeks", "sem", "semaine", "semaines":
		return CalendarWeeks, true
	}
	clock, active := withoutActive(folded)
	switch clock {
	case "m", "min", "mins", "minute", "minutes":
		if active {
			return ActiveMinutes, true
		}
		return ElapsedMinutes, true
	case "h", "hour", "hours", "heure", "heures":
		if active {
			return ActiveHours, true
		}
		return ElapsedHours, true
	}
	return 0, false
}

// withoutActive takes the word from "h active", "active hours", "heures actives".
func withoutActive(folded string) (rest string, active bool) {
	for _, word := range []string{" actives", " active"} {
		if rest, ok := strings.CutSuffix(folded, word); ok {
			return rest, true
		}
	}
	return strings.CutPrefix(folded, "active ")
}
