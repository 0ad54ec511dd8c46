package calendar_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gofirst/gofirst/bot/calendar"
)

func TestNext(t *testing.T) {
	t.Parallel()
	nine := calendar.TimeOfDay(9 * 60)
	daily := func(at calendar.TimeOfDay) calendar.Schedule {
		return calendar.Schedule{Every: calendar.Daily, At: at}
	}
	monthly := func(nth int) calendar.Schedule {
		return calendar.Schedule{Every: calendar.Monthly, On: time.Friday, Nth: nth, At: nine}
	}
	weekly := calendar.Schedule{Every: calendar.Weekly, On: time.Monday, At: nine}
	fortnightly := calendar.Schedule{Every: calendar.Fortnightly, On: time.Monday, At: nine}
	for _, tc := range []struct {
		why      string
		schedule calendar.Schedule
		zone     string
		after    string
		want     []string
	}{
		{"strictly after", daily(nine), "Europe/Paris", "2026-07-01 09:00 +02:00",
			[]string{"2026-07-02 09:00 +02:00"}},
		{"over the spring night", daily(150), "Europe/Paris", "2026-03-28 00:00 +01:00",
			[]string{"2026-03-28 02:30 +01:00", "2026-03-29 03:00 +02:00", "2026-03-30 02:30 +02:00"}},
		{"over the autumn night", daily(150), "Europe/Paris", "2026-10-24 12:00 +02:00",
			[]string{"2026-10-25 02:30 +02:00", "2026-10-26 02:30 +01:00"}},
		{"asked from between the two", daily(150), "Europe/Paris", "2026-10-25 02:10 +01:00",
			[]string{"2026-10-26 02:30 +01:00"}},
		{"in a zone of half hours", daily(105), "Australia/Lord_Howe", "2026-04-04 12:00 +11:00",
			[]string{"2026-04-05 01:45 +11:00", "2026-04-06 01:45 +10:30"}},
		{"a day left out has no slot of its own", daily(0), "Pacific/Apia", "2011-12-29 12:00 -10:00",
			[]string{"2011-12-31 00:00 +14:00", "2012-01-01 00:00 +14:00"}},
		{"weekly", weekly, "Asia/Kathmandu", "2026-07-01 09:00 +05:45",
			[]string{"2026-07-06 09:00 +05:45", "2026-07-13 09:00 +05:45"}},
		{"even weeks, over a year of 53", fortnightly, "Europe/Paris", "2026-12-01 09:00 +01:00",
			[]string{"2026-12-07 09:00 +01:00", "2026-12-21 09:00 +01:00", "2027-01-11 09:00 +01:00", "2027-01-25 09:00 +01:00"}},
		{"first Friday", monthly(1), "America/New_York", "2026-05-02 00:00 -04:00",
			[]string{"2026-06-05 09:00 -04:00", "2026-07-03 09:00 -04:00"}},
		{"fourth Friday", monthly(4), "America/New_York", "2026-05-02 00:00 -04:00",
			[]string{"2026-05-22 09:00 -04:00", "2026-06-26 09:00 -04:00"}},
		{"last Friday", monthly(-1), "America/New_York", "2026-05-02 00:00 -04:00",
			[]string{"2026-05-29 09:00 -04:00", "2026-06-26 09:00 -04:00"}},
	} {
		slot := at(t, tc.after)
		for _, want := range tc.want {
			slot = calendar.Next(tc.schedule, load(t, tc.zone), slot)
			wantMoment(t, tc.why, slot, at(t, want))
		}
	}
}

func TestScheduleCheck(t *testing.T) {
	t.Parallel()
	for _, s := range []calendar.Schedule{
		{},
		{Every: calendar.Monthly + 1},
		{Every: calendar.Weekly, On: 7},
		{Every: calendar.Monthly, Nth: 0},
		{Every: calendar.Monthly, Nth: 5},
		{Every: calendar.Daily, At: 24 * 60},
		{Every: calendar.Daily, At: -1},
	} {
		if s.Check() == nil {
			t.Errorf("%+v passes", s)
		}
		if slot := calendar.Next(s, nil, time.Unix(0, 0)); !slot.IsZero() {
			t.Errorf("%+v has a slot at %s", s, slot)
		}
	}
}

func drawSchedule(t *rapid.T) calendar.Schedule {
	return calendar.Schedule{
		Every: calendar.Rhythm(rapid.IntRange(int(calendar.Daily), int(calendar.Monthly)).Draw(t, "every")),
		On:    time.Weekday(rapid.IntRange(0, 6).Draw(t, "on")),
		Nth:   rapid.SampledFrom([]int{1, 2, 3, 4, -1}).Draw(t, "nth"),
		At:    calendar.TimeOfDay(rapid.IntRange(0, 1439).Draw(t, "at")),
	}
}

func TestNextLaws(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		loc, s := drawZone(t), drawSchedule(t)
		after := drawMoment(t, loc)
		slot := calendar.Next(s, loc, after)
		if !slot.After(after) {
			t.Fatalf("Next(%s) = %s", after, slot)
		}
		between := after.Add(drawSpell(t, slot.Sub(after)-1))
		if again := calendar.Next(s, loc, between); !again.Equal(slot) {
			t.Fatalf("from %s: %s, from %s: %s", after, slot, between, again)
		}
		// The end of a gap may lie on the day after.
		day := calendar.DateOf(slot, loc)
		if !slot.Equal(day.At(s.At, loc)) && !slot.Equal(day.AddDays(-1).At(s.At, loc)) {
			t.Fatalf("%+v has a slot at %s", s, slot)
		}
	})
}

// Walking the slots from an early start meets every later answer.
func TestNextIsIndependentOfTheStart(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		loc, s := drawZone(t), drawSchedule(t)
		late := drawMoment(t, loc)
		slot := late.Add(-drawSpell(t, 60*24*time.Hour))
		for !slot.After(late) {
			next := calendar.Next(s, loc, slot)
			if !next.After(slot) {
				t.Fatalf("after %s comes %s", slot, next)
			}
			slot = next
		}
		if want := calendar.Next(s, loc, late); !slot.Equal(want) {
			t.Fatalf("walked to %s, but Next(%s) = %s", slot, late, want)
		}
	})
}
