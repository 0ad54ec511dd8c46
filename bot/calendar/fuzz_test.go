package calendar_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/calendar"
)

// seeds are texts that each of the parsers knows or nearly knows.
func seeds(f *testing.F) {
	for _, s := range []string{
		"", "09:00", "9h30", "24:00", "Mon-Fri 09:00-18:00; Sat 10:00-12:00", "lun,mar. 9h-12h,13h-18h",
		"never", "15m", "2 active hours", "1 jour ouvré", "2w", "until monday", "jusqu’à lundi",
		"2026-12-01", "\xff", "9\u00a0–", "۹:۰۰", "999999999999999999999d",
	} {
		f.Add(s)
	}
}

// wellPlaced fails unless the error tells a place inside the text.
func wellPlaced(t *testing.T, text string, err error) {
	t.Helper()
	var where *calendar.ParseError
	if !errors.As(err, &where) || where.At < 0 || where.At > len(where.Text) || where.Text != text || err.Error() == "" {
		t.Fatalf("%q: %#v", text, err)
	}
}

// roundTrip fails unless what was read is read again from its own text.
func roundTrip[T interface{ String() string }](t *testing.T, text string, parse func(string) (T, error)) {
	t.Helper()
	value, err := parse(text)
	if err != nil {
		wellPlaced(t, text, err)
		return
	}
	again, err := parse(value.String())
	if err != nil || !reflect.DeepEqual(again, value) {
		t.Fatalf("%q is %q, which is %v, %v", text, value, again, err)
	}
}

func FuzzParseTimeOfDay(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, s string) { roundTrip(t, s, calendar.ParseTimeOfDay) })
}

func FuzzParseTimetable(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, s string) { roundTrip(t, s, calendar.ParseTimetable) })
}

func FuzzParseWait(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, s string) { roundTrip(t, s, calendar.ParseWait) })
}

func FuzzParseDate(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, s string) { roundTrip(t, s, calendar.ParseDate) })
}

func FuzzParseUntil(f *testing.F) {
	seeds(f)
	now := time.Date(2026, 10, 19, 8, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, s string) {
		until, err := calendar.ParseUntil(s, now, nil)
		if err != nil {
			wellPlaced(t, s, err)
		} else if !until.After(now) {
			t.Fatalf("%q is until %s", s, until)
		}
	})
}
