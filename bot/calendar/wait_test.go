package calendar_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/gofirst/gofirst/bot/calendar"
)

func TestParseWait(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ text, want string }{
		{"15m", "15m"}, {"90 min", "90m"}, {"2h", "2h"}, {"1 Heure", "1h"},
		{"1h active", "1h active"}, {"2h actives", "2h active"}, {"30m active", "30m active"},
		{"2 active hours", "2h active"}, {"2 heures actives", "2h active"},
		{"1 working day", "1 working day"}, {"2 working days", "2 working days"},
		{"1 jour ouvré", "1 working day"}, {"3 JOURS OUVRÉS", "3 working days"}, {"1 jour ouvre\u0301", "1 working day"},
		{"14 days", "14 days"}, {"1 day", "1 day"}, {"10d", "10 days"}, {"3 jours", "3 days"}, {"3j", "3 days"},
		{"2 weeks", "2 weeks"}, {"2w", "2 weeks"}, {"1w", "1 week"}, {"2\u00a0semaines", "2 weeks"},
	} {
		got, err := calendar.ParseWait(tc.text)
		if err != nil || got.String() != tc.want {
			t.Errorf("ParseWait(%q) = %s, %v; want %s", tc.text, got, err, tc.want)
		}
	}
}

func TestParseWaitRefuses(t *testing.T) {
	t.Parallel()
	const accepted = "15m, 2h, 1h active, 2 working days, 10 days or 2 weeks"
	for _, tc := range []struct{ text, want string }{
		{"", `wait: column 1 (the end): want a count of at least 1 and a unit: ` + accepted},
		{"0m", `wait: column 1 ("0m"): want a count of at least 1 and a unit: ` + accepted},
		{"soon", `wait: column 1 ("soon"): want a count of at least 1 and a unit: ` + accepted},
		{"15", `wait: column 3 (the end): want a unit, as in ` + accepted},
		{"-2h", `wait: column 1 ("-2h"): want a count of at least 1 and a unit: ` + accepted},
		{"1h30m", `wait: column 2 ("h30m"): want a unit, as in ` + accepted},
		{"2 months", `wait: column 2 (" months"): want a unit, as in ` + accepted},
		{"1 active day", `wait: column 2 (" active day"): want a unit, as in ` + accepted},
		{"58 weeks", `wait: column 1 ("58 weeks"): want at most 57 weeks`},
		{"401 days", `wait: column 1 ("401 days"): want at most 400 days`},
	} {
		if got, err := calendar.ParseWait(tc.text); message(err) != tc.want {
			t.Errorf("ParseWait(%q) = %s, %v\nwant %s", tc.text, got, err, tc.want)
		}
	}
}

func TestWaitFrom(t *testing.T) {
	t.Parallel()
	h := calendar.Hours{Zone: load(t, "Europe/Paris"), Week: timetable(t, "09:00-18:00")}
	for _, tc := range []struct{ wait, from, want string }{
		{"15m", "2026-03-27 17:50 +01:00", "2026-03-27 18:05 +01:00"},
		{"36h", "2026-03-28 17:00 +01:00", "2026-03-30 06:00 +02:00"},
		{"1h active", "2026-03-27 17:30 +01:00", "2026-03-30 09:30 +02:00"},
		{"20m active", "2026-03-27 17:50 +01:00", "2026-03-30 09:10 +02:00"},
		{"2 working days", "2026-03-27 17:30 +01:00", "2026-03-31 17:30 +02:00"},
		{"2 days", "2026-03-28 17:30 +01:00", "2026-03-30 17:30 +02:00"},
		{"1 day", "2026-03-28 02:30 +01:00", "2026-03-29 03:00 +02:00"},
		{"1 day", "2026-10-24 02:30 +02:00", "2026-10-25 02:30 +02:00"},
		{"2 weeks", "2026-10-19 09:00 +02:00", "2026-11-02 09:00 +01:00"},
	} {
		wait, err := calendar.ParseWait(tc.wait)
		if err != nil {
			t.Fatal(err)
		}
		wantMoment(t, tc.wait+" from "+tc.from, wait.From(at(t, tc.from), h), at(t, tc.want))
	}
	now := at(t, "2026-03-27 17:50 +01:00")
	wantMoment(t, "the zero wait", calendar.Wait{}.From(now, h), now)
}

func TestWaitLaws(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		wait := calendar.Wait{
			Count: rapid.IntRange(1, 57).Draw(t, "count"),
			Unit:  calendar.Unit(rapid.IntRange(0, int(calendar.CalendarWeeks)).Draw(t, "unit")),
		}
		if again, err := calendar.ParseWait(wait.String()); err != nil || again != wait {
			t.Fatalf("%q gives %v, %v", wait, again, err)
		}
		loc := drawZone(t)
		from := drawMoment(t, loc)
		h := drawHours(t, loc, from)
		if end := wait.From(from, h); !end.After(from) {
			t.Fatalf("%s from %s ends %s", wait, from, end)
		}
	})
}

func TestParseUntil(t *testing.T) {
	t.Parallel()
	paris := load(t, "Europe/Paris")
	now := at(t, "2026-10-19 10:00 +02:00") // a Monday
	const accepted = "2w, 10 days, until 2026-12-01 or until Monday (2 semaines, jusqu'au 2026-12-01, jusqu'à lundi)"
	for _, tc := range []struct{ text, want, err string }{
		{text: "2w", want: "2026-11-02 10:00 +01:00"},
		{text: "for 3 days", want: "2026-10-22 10:00 +02:00"},
		{text: "pendant 2 semaines", want: "2026-11-02 10:00 +01:00"},
		{text: "2h", want: "2026-10-19 12:00 +02:00"},
		{text: "until 2026-12-01", want: "2026-12-01 00:00 +01:00"},
		{text: "2026-12-01", want: "2026-12-01 00:00 +01:00"},
		{text: "jusqu'au 2026-12-01", want: "2026-12-01 00:00 +01:00"},
		{text: "until Monday", want: "2026-10-26 00:00 +01:00"},
		{text: "until tue", want: "2026-10-20 00:00 +02:00"},
		{text: "jusqu'à lundi", want: "2026-10-26 00:00 +01:00"},
		{text: "Jusqu’à  dimanche ", want: "2026-10-25 00:00 +02:00"},
		{text: "jusqu'à demain", want: "2026-10-20 00:00 +02:00"},
		{text: "tomorrow", want: "2026-10-20 00:00 +02:00"},
		{text: "until 2026-10-19", err: `pause: column 7 ("2026-10-19"): want a day after today`},
		{text: "until 2020-01-01", err: `pause: column 7 ("2020-01-01"): want a day after today`},
		{text: "until", err: `pause: column 6 (the end): want ` + accepted},
		{text: "", err: `pause: column 1 (the end): want ` + accepted},
		{text: "2h active", err: `pause: column 1 ("2h active"): want ` + accepted},
		{text: "jusqu'à 1 jour ouvré", err: `pause: column 9 ("1 jour ouvré"): want ` + accepted},
		{text: "until I am back", err: `pause: column 7 ("I am back"): want ` + accepted},
	} {
		got, err := calendar.ParseUntil(tc.text, now, paris)
		if message(err) != tc.err {
			t.Errorf("ParseUntil(%q): %v\nwant %s", tc.text, err, tc.err)
		}
		if tc.err == "" {
			wantMoment(t, tc.text, got, at(t, tc.want))
		}
	}
}
