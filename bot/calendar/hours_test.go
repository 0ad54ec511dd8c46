package calendar_test

import (
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/calendar"
)

func TestOpenTimeOfADay(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		why, zone, week, day string
		want                 time.Duration
	}{
		{"office hours", "Europe/Paris", "09:00-18:00", "2026-07-01", 9 * time.Hour},
		{"a Sunday", "Europe/Paris", "09:00-18:00", "2026-07-05", 0},
		{"all day", "Europe/Paris", "Mon-Sun 00:00-24:00", "2026-07-01", 24 * time.Hour},
		{"all of a day of 23 hours", "Europe/Paris", "Mon-Sun 00:00-24:00", "2026-03-29", 23 * time.Hour},
		{"all of a day of 25 hours", "Europe/Paris", "Mon-Sun 00:00-24:00", "2026-10-25", 25 * time.Hour},
		{"nothing but the gap", "Europe/Paris", "Sun 02:00-03:00", "2026-03-29", 0},
		{"the same on another Sunday", "Europe/Paris", "Sun 02:00-03:00", "2026-03-22", time.Hour},
		{"from inside the gap", "Europe/Paris", "Sun 02:30-04:00", "2026-03-29", time.Hour},
		{"the repeated hour", "Europe/Paris", "Sun 02:00-03:00", "2026-10-25", 2 * time.Hour},
		{"inside the repeated hour", "Europe/Paris", "Sun 02:15-02:45", "2026-10-25", time.Hour},
		{"a gap of half an hour", "Australia/Lord_Howe", "Sun 02:00-03:00", "2026-10-04", 30 * time.Minute},
		{"a repeated half hour", "Australia/Lord_Howe", "Sun 01:00-02:00", "2026-04-05", 90 * time.Minute},
		{"a day without midnight", "America/Sao_Paulo", "Sun 00:00-02:00", "2018-11-04", time.Hour},
		{"half-hour zone", "Asia/Kolkata", "09:00-18:00", "2026-07-01", 9 * time.Hour},
		{"45-minute zone", "Asia/Kathmandu", "09:00-18:00", "2026-07-01", 9 * time.Hour},
		{"a day left out", "Pacific/Apia", "Mon-Sun 00:00-24:00", "2011-12-30", 0},
	} {
		h := calendar.Hours{Zone: load(t, tc.zone), Week: timetable(t, tc.week)}
		day, err := calendar.ParseDate(tc.day)
		if err != nil {
			t.Fatal(err)
		}
		if got := h.Between(day.At(0, h.Zone), day.AddDays(1).At(0, h.Zone)); got != tc.want {
			t.Errorf("%s: %s, want %s", tc.why, got, tc.want)
		}
	}
}

// At St. John's clocks went back from 00:01 to 23:01, so that a day had begun,
// stopped, and began again.
func TestOpenTimeOfADayBegunTwice(t *testing.T) {
	t.Parallel()
	h := calendar.Hours{Zone: load(t, "America/St_Johns"), Week: timetable(t, "Sun 00:00-00:30")}
	from := at(t, "2010-11-06 12:00 -02:30")
	if got := h.Between(from, from.Add(24*time.Hour)); got != 31*time.Minute {
		t.Errorf("open for %s, want 31m", got)
	}
	wantMoment(t, "one working day on", h.AddDays(from, 1), at(t, "2010-11-07 12:00 -03:30"))
}

// Where a zone file has only a rule for a year, [time.Time.ZoneBounds] errs on
// the last day of a leap year, and walking by it would stand still.
func TestTheLastDayOfALeapYear(t *testing.T) {
	t.Parallel()
	h := calendar.Hours{Zone: load(t, "America/New_York"), Week: timetable(t, "Mon-Sun 00:00-24:00")}
	for _, year := range []int{2028, 2040, 2400} {
		last := calendar.Date{Year: year, Month: time.December, Day: 31}
		noon := last.At(12*60, h.Zone)
		if noon.Hour() != 12 || calendar.DateOf(noon, h.Zone) != last {
			t.Errorf("noon of %s is %s", last, noon)
		}
		wantMoment(t, "60 hours on", h.Add(noon.Add(-24*time.Hour), 60*time.Hour), noon.Add(36*time.Hour))
	}
}

func TestAdd(t *testing.T) {
	t.Parallel()
	paris := load(t, "Europe/Paris")
	h := calendar.Hours{Zone: paris, Week: timetable(t, "Mon-Fri 09:00-18:00"), Away: []calendar.Interval{
		{From: at(t, "2026-07-15 12:00 +02:00"), Until: at(t, "2026-07-20 00:00 +02:00")},
		{From: at(t, "2026-07-10 00:00 +02:00"), Until: at(t, "2026-07-09 00:00 +02:00")}, // empty
	}}
	for _, tc := range []struct {
		why, from string
		d         time.Duration
		want      string
	}{
		{"inside a day", "2026-07-01 10:00 +02:00", time.Hour, "2026-07-01 11:00 +02:00"},
		{"to the end of a day", "2026-07-01 17:00 +02:00", time.Hour, "2026-07-01 18:00 +02:00"},
		{"over a night", "2026-07-01 17:00 +02:00", 2 * time.Hour, "2026-07-02 10:00 +02:00"},
		{"over a weekend", "2026-07-03 17:30 +02:00", time.Hour, "2026-07-06 09:30 +02:00"},
		{"from a night", "2026-07-01 03:00 +02:00", time.Minute, "2026-07-01 09:01 +02:00"},
		{"nothing, at night", "2026-07-01 03:00 +02:00", 0, "2026-07-01 03:00 +02:00"},
		{"less than nothing", "2026-07-01 10:00 +02:00", -time.Hour, "2026-07-01 10:00 +02:00"},
		{"into leave from noon", "2026-07-15 11:00 +02:00", 2 * time.Hour, "2026-07-20 10:00 +02:00"},
		{"up to the leave", "2026-07-15 11:00 +02:00", time.Hour, "2026-07-15 12:00 +02:00"},
		{"from inside the leave", "2026-07-16 11:00 +02:00", time.Hour, "2026-07-20 10:00 +02:00"},
		{"an empty leave", "2026-07-09 17:00 +02:00", 2 * time.Hour, "2026-07-10 10:00 +02:00"},
		{"over the spring night", "2026-03-27 17:30 +01:00", time.Hour, "2026-03-30 09:30 +02:00"},
	} {
		wantMoment(t, tc.why, h.Add(at(t, tc.from), tc.d), at(t, tc.want))
	}
}

func TestAddDays(t *testing.T) {
	t.Parallel()
	h := calendar.Hours{
		Zone: load(t, "Europe/Paris"),
		Week: timetable(t, "Mon-Fri 09:00-18:00; Sun 02:00-03:00"),
		Away: []calendar.Interval{
			{From: at(t, "2026-07-15 12:00 +02:00"), Until: at(t, "2026-07-17 00:00 +02:00")},
			{From: at(t, "2026-07-17 00:00 +02:00"), Until: at(t, "2026-07-20 08:00 +02:00")},
		},
	}
	for _, tc := range []struct {
		why, from string
		n         int
		want      string
	}{
		{"tomorrow", "2026-07-01 10:00 +02:00", 1, "2026-07-02 10:00 +02:00"},
		{"none", "2026-07-01 10:00 +02:00", 0, "2026-07-01 10:00 +02:00"},
		{"keeps an hour of the evening", "2026-07-01 22:00 +02:00", 1, "2026-07-02 22:00 +02:00"},
		{"the day itself does not count", "2026-07-01 03:00 +02:00", 1, "2026-07-02 03:00 +02:00"},
		{"half a day of leave counts", "2026-07-14 10:00 +02:00", 1, "2026-07-15 10:00 +02:00"},
		{"whole days of leave do not", "2026-07-14 10:00 +02:00", 2, "2026-07-20 10:00 +02:00"},
		{"five", "2026-06-29 10:00 +02:00", 5, "2026-07-05 10:00 +02:00"},
		{"the spring Sunday has no hours", "2026-03-27 10:00 +01:00", 1, "2026-03-30 10:00 +02:00"},
		{"from Saturday into the gap", "2026-03-28 02:30 +01:00", 1, "2026-03-30 02:30 +02:00"},
	} {
		wantMoment(t, tc.why, h.AddDays(at(t, tc.from), tc.n), at(t, tc.want))
	}
}

func TestAwayAt(t *testing.T) {
	t.Parallel()
	start := at(t, "2026-07-01 12:00 +00:00")
	day := 24 * time.Hour
	h := calendar.Hours{Away: []calendar.Interval{
		{From: start.Add(2 * day), Until: start.Add(3 * day)},
		{From: start, Until: start.Add(day)},
		{From: start.Add(day), Until: start.Add(36 * time.Hour)},
		{From: start, Until: start.Add(time.Hour)},
	}}
	until, away := h.AwayAt(start)
	if !away {
		t.Error("not away at the start of leave")
	}
	wantMoment(t, "end of joined leave", until, start.Add(36*time.Hour))
	if until, away = h.AwayAt(start.Add(36 * time.Hour)); away || !until.IsZero() {
		t.Errorf("away at its end, until %s", until)
	}
}

func TestHoursThatNeverOpen(t *testing.T) {
	t.Parallel()
	from := at(t, "2026-03-02 10:00 +00:00")
	long := calendar.Interval{From: from, Until: from.AddDate(2, 0, 0)}
	for why, h := range map[string]calendar.Hours{
		"zero":             {},
		"a leave too long": {Week: timetable(t, "09:00-18:00"), Away: []calendar.Interval{long}},
	} {
		if h.Open(from) {
			t.Errorf("%s: open", why)
		}
		if next, ok := h.NextOpen(from); ok {
			t.Errorf("%s: open at %s", why, next)
		}
		wantMoment(t, why+": Add", h.Add(from, time.Hour), from.AddDate(0, 0, 400))
		wantMoment(t, why+": AddDays", h.AddDays(from, 3), from.AddDate(0, 0, 400))
		if got := h.Between(from, from.AddDate(1, 0, 0)); got != 0 {
			t.Errorf("%s: open for %s", why, got)
		}
	}
}
