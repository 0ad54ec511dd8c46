package calendar_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gofirst/gofirst/bot/calendar"
)

func TestDateAt(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ why, zone, date, at, want string }{
		{"no zone is UTC", "", "2026-07-01", "09:00", "2026-07-01 09:00 +00:00"},
		{"an ordinary day", "Europe/Paris", "2026-07-01", "09:00", "2026-07-01 09:00 +02:00"},
		{"before the gap", "Europe/Paris", "2026-03-29", "01:59", "2026-03-29 01:59 +01:00"},
		{"in the gap", "Europe/Paris", "2026-03-29", "02:30", "2026-03-29 03:00 +02:00"},
		{"the first of two", "Europe/Paris", "2026-10-25", "02:30", "2026-10-25 02:30 +02:00"},
		{"after the repeat", "Europe/Paris", "2026-10-25", "03:00", "2026-10-25 03:00 +01:00"},
		{"a gap of half an hour", "Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-04 02:30 +11:00"},
		{"a repeated half hour", "Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-05 01:45 +11:00"},
		{"no midnight", "America/Sao_Paulo", "2018-11-04", "00:00", "2018-11-04 01:00 -02:00"},
		{"midnight twice", "America/Havana", "2026-11-01", "00:00", "2026-11-01 00:00 -04:00"},
		{"45 minutes", "Asia/Kathmandu", "2026-01-01", "09:00", "2026-01-01 09:00 +05:45"},
		{"a day that was left out", "Pacific/Apia", "2011-12-30", "09:00", "2011-12-31 00:00 +14:00"},
	} {
		var loc *time.Location
		if tc.zone != "" {
			loc = load(t, tc.zone)
		}
		day, err := calendar.ParseDate(tc.date)
		clock, err2 := calendar.ParseTimeOfDay(tc.at)
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		wantMoment(t, tc.why, day.At(clock, loc), at(t, tc.want))
	}
}

func TestDateAtIsTheFirstMoment(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		loc := drawZone(t)
		day := calendar.DateOf(drawMoment(t, loc), loc)
		clock := rapid.IntRange(0, 1440).Draw(t, "minute")
		shown := func(t time.Time) time.Time {
			_, offset := t.In(loc).Zone()
			return t.UTC().Add(time.Duration(offset) * time.Second)
		}
		want := time.Date(day.Year, day.Month, day.Day, 0, clock, 0, 0, time.UTC)
		got := day.At(calendar.TimeOfDay(clock), loc)
		if shown(got).Before(want) {
			t.Fatalf("%s is before %s", got, want)
		}
		for back := time.Duration(1); back < 72*time.Hour; back += 7 * time.Minute {
			if !shown(got.Add(-back)).Before(want) {
				t.Fatalf("%s is not the first moment", got)
			}
		}
	})
}

func TestDateArithmetic(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		loc := drawZone(t)
		moment := drawMoment(t, loc)
		n := rapid.IntRange(-1000, 1000).Draw(t, "days")
		year, month, day := moment.In(loc).Date()
		want := time.Date(year, month, day+n, 0, 0, 0, 0, time.UTC)
		got := calendar.DateOf(moment, loc).AddDays(n)
		if got.String() != want.Format(time.DateOnly) || got.Weekday() != want.Weekday() {
			t.Fatalf("%s and %d days: %s, %s", moment, n, got, got.Weekday())
		}
		isoYear, isoWeek := want.ISOWeek()
		week := got.ISOWeek()
		if week != (calendar.Week{Year: isoYear, Number: isoWeek}) {
			t.Fatalf("%s is in %s", got, week)
		}
		first := week.Monday()
		if first.Weekday() != time.Monday || first.ISOWeek() != week {
			t.Fatalf("%s begins on %s", week, first)
		}
	})
}

func TestWeek(t *testing.T) {
	t.Parallel()
	paris := load(t, "Europe/Paris")
	lateSunday := at(t, "2027-01-03 22:59 +00:00")
	if week := calendar.WeekOf(lateSunday, paris); week.String() != "2026-W53" {
		t.Errorf("23:59 on Sunday is in %s", week)
	}
	next := calendar.WeekOf(lateSunday.Add(time.Minute), paris)
	if next.String() != "2027-W01" {
		t.Errorf("midnight is in %s", next)
	}
	wantMoment(t, "start of 2027-W01", next.Start(paris), at(t, "2027-01-04 00:00 +01:00"))
}

func TestParseDateRefuses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "2026-02-30", "2026-1-1", "01/12/2026", "2026-12-01 "} {
		if day, err := calendar.ParseDate(text); err == nil {
			t.Errorf("ParseDate(%q) = %s", text, day)
		}
	}
}
