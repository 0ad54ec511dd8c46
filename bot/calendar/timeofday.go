package calendar

import "fmt"

// TimeOfDay is what a clock on the wall shows, in minutes since midnight: 0 to
// 1439, and 1440 (24:00) as the end of a [Span] only.
type TimeOfDay int

const midnight TimeOfDay = 24 * 60

// ParseTimeOfDay reads "09:00" or "9:00", and the French "9h" or "9h30". The
// error is a [*ParseError]; 24:00 is refused.
func ParseTimeOfDay(s string) (TimeOfDay, error) {
	in := &scanner{of: "time of day", text: s}
	at, err := in.clock(midnight - 1)
	if err != nil {
		return 0, err
	}
	if !in.done() {
		return 0, in.fail(in.at, "nothing after the time")
	}
	return at, nil
}

// String gives "09:00".
func (t TimeOfDay) String() string { return fmt.Sprintf("%02d:%02d", int(t)/60, int(t)%60) }

// clock reads a time of day up to and including most.
func (s *scanner) clock(most TimeOfDay) (TimeOfDay, error) {
	start := s.skip()
	hour := s.number(2)
	french := s.at < len(s.text) && (s.text[s.at] == 'h' || s.text[s.at] == 'H')
	if hour < 0 || !french && (s.at == len(s.text) || s.text[s.at] != ':') {
		return 0, s.fail(start, "a time such as 09:00")
	}
	s.at++
	digits := s.at
	minute := s.number(2)
	if french && minute < 0 {
		minute = 0
	} else if s.at-digits != 2 || minute > 59 {
		return 0, s.fail(start, "a time such as 09:00, with minutes from 00 to 59")
	}
	at := TimeOfDay(hour*60 + minute)
	if at > most {
		return 0, s.fail(start, "a time from 00:00 to "+most.String())
	}
	return at, nil
}
