package calendar

import (
	"cmp"
	"slices"
	"time"
)

const dashes = "-–—"

// ParseTimetable reads groups of days and spans, separated by semicolons:
//
//	Mon-Fri 09:00-18:00; Sat 10:00-12:00
//	lun,mar,jeu 9h-12h,13h30-18h; ven 9h-12h
//	09:00-18:00
//
// A group without days means Monday to Friday. Days are English or French, in
// full or shortened; a range of days may go over the week's end (Sat-Mon).
// "never" or "jamais" has no hours. Spans that overlap are refused, as one of
// them is a mistake, and so is a span that ends before it begins: it is most
// often somebody's night, and must not open it. The error is a [*ParseError].
func ParseTimetable(s string) (Timetable, error) {
	in := &scanner{of: "hours", text: s}
	if word := in.word(); (word == "never" || word == "jamais") && in.done() {
		return Timetable{}, nil
	}
	in.at = 0
	var week Timetable
	for {
		if err := in.group(&week); err != nil {
			return Timetable{}, err
		}
		more := in.accept(";")
		if in.done() {
			return week, nil
		}
		if !more {
			return Timetable{}, in.fail(in.at, "a semicolon, then the next days")
		}
	}
}

// group reads days and their spans into the week.
func (s *scanner) group(week *Timetable) error {
	days, err := s.days()
	if err != nil {
		return err
	}
	for {
		at := s.skip()
		span, err := s.span()
		if err != nil {
			return err
		}
		for _, day := range days {
			if !week.add(day, span) {
				return s.fail(at, "spans that do not overlap; "+day.String()+" has another at this time")
			}
		}
		if !s.accept(",") {
			return nil
		}
	}
}

// days reads "Mon-Wed,Fri"; where there is no word it is Monday to Friday.
func (s *scanner) days() ([]time.Weekday, error) {
	start := s.skip()
	if s.word() == "" {
		return weekdays(time.Monday, time.Friday), nil
	}
	s.at = start
	var all []time.Weekday
	for {
		first, err := s.weekday()
		if err != nil {
			return nil, err
		}
		last := first
		if s.accept(dashes) {
			if last, err = s.weekday(); err != nil {
				return nil, err
			}
		}
		all = append(all, weekdays(first, last)...)
		if !s.accept(",") {
			slices.Sort(all)
			return slices.Compact(all), nil
		}
	}
}

func (s *scanner) weekday() (time.Weekday, error) {
	at := s.skip()
	day, ok := weekdayNamed(s.word())
	if !ok {
		return 0, s.fail(at, "a day such as Mon or lun")
	}
	s.accept(".") // lun. mar.
	return day, nil
}

func (s *scanner) span() (Span, error) {
	from, err := s.clock(midnight - 1)
	if err != nil {
		return Span{}, err
	}
	if !s.accept(dashes) {
		return Span{}, s.fail(s.at, "a dash, then the time at which the span ends")
	}
	end := s.skip()
	to, err := s.clock(midnight)
	if err != nil {
		return Span{}, err
	}
	if to <= from {
		return Span{}, s.fail(end, "an end after "+from.String()+
			"; a night is two spans, such as Mon 22:00-24:00; Tue 00:00-06:00")
	}
	return Span{From: from, To: to}, nil
}

// add puts a span in its place; false if it overlaps another.
func (w *Timetable) add(day time.Weekday, span Span) bool {
	for _, other := range w[day] {
		if span.From < other.To && other.From < span.To {
			return false
		}
	}
	w[day] = append(w[day], span)
	slices.SortFunc(w[day], func(a, b Span) int { return cmp.Compare(a.From, b.From) })
	return true
}

// weekdays are the days from first to last, over the week's end if need be.
func weekdays(first, last time.Weekday) []time.Weekday {
	all := []time.Weekday{first}
	for day := first; day != last; {
		day = (day + 1) % 7
		all = append(all, day)
	}
	return all
}

// weekdayNamed knows English and French names, in full and shortened.
func weekdayNamed(folded string) (time.Weekday, bool) {
	switch folded {
	case "monday", "mon", "lundi", "lun":
		return time.Monday, true
	case "tuesday", "tue", "tues", "mardi", "mar":
		return time.Tuesday, true
	case "wednesday", "wed", "mercredi", "mer":
		return time.Wednesday, true
	case "thursday", "thu", "thur", "thurs", "jeudi", "jeu":
		return time.Thursday, true
	case "friday", "fri", "vendredi", "ven":
		return time.Friday, true
	case "saturday", "sat", "samedi", "sam":
		return time.Saturday, true
	case "sunday", "sun", "dimanche", "dim":
		return time.Sunday, true
	}
	return 0, false
}
