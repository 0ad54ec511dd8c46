package calendar_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gofirst/gofirst/bot/calendar"
)

func TestExpectActive(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		why, day string
		busy     []string
		want     bool
	}{
		{"a new room", "2026-06-01", nil, false},
		{"once may be chance", "2026-06-01", []string{"2026-05-25"}, false},
		{"two of four weeks", "2026-06-01", []string{"2026-05-25", "2026-05-04"}, true},
		{"five weeks ago is too long", "2026-06-08", []string{"2026-06-01", "2026-05-04"}, false},
		{"another weekday", "2026-06-01", []string{"2026-05-26", "2026-05-19", "2026-05-12"}, false},
		{"first Mondays", "2026-06-01", []string{"2026-04-06", "2026-05-04"}, true},
		{"first Mondays, one was a holiday", "2026-06-01", []string{"2026-03-02", "2026-05-04"}, true},
		{"a second Monday of such a room", "2026-06-08", []string{"2026-04-06", "2026-05-04", "2026-06-01"}, false},
		{"first Mondays over the new year", "2027-01-04", []string{"2026-11-02", "2026-12-07"}, true},
		{"fifth Mondays are rare", "2026-06-29", []string{"2026-03-30"}, false},
		{"fifth Mondays by weeks", "2026-06-29", []string{"2026-06-22", "2026-06-15"}, true},
		{"the day itself and the future say nothing", "2026-06-01", []string{"2026-06-01", "2026-06-08", "2026-07-06"}, false},
	} {
		day, err := calendar.ParseDate(tc.day)
		if err != nil {
			t.Fatal(err)
		}
		active := func(d calendar.Date) bool { return slices.Contains(tc.busy, d.String()) }
		if got := calendar.ExpectActive(active, day); got != tc.want {
			t.Errorf("%s: %v", tc.why, got)
		}
	}
}

func TestExpectActiveAsksForEarlierDaysAlone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		today := calendar.DateOf(drawMoment(t, time.UTC), nil)
		asked := 0
		calendar.ExpectActive(func(d calendar.Date) bool {
			asked++
			if !d.At(0, nil).Before(today.At(0, nil)) || d.Weekday() != today.Weekday() {
				t.Fatalf("on %s it asked for %s", today, d)
			}
			return false
		}, today)
		if asked > 7 {
			t.Fatalf("asked for %d days", asked)
		}
	})
}
