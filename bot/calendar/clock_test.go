package calendar_test

import (
	"slices"
	"testing"
	"time"
	_ "time/tzdata" // no test may depend on the machine's zones

	"pgregory.net/rapid"

	"github.com/gofirst/gofirst/bot/calendar"
)

// zones are chosen for their jumps: by one hour, by half an hour, at midnight,
// never, by a whole day (Apia in 2011), across midnight (St. John's to 2011).
func zones() []string {
	return []string{
		"UTC", "Europe/Paris", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu",
		"Australia/Lord_Howe", "Pacific/Apia", "America/St_Johns", "America/Sao_Paulo",
		"America/Havana", "Africa/Casablanca", "Pacific/Chatham",
	}
}

func load(t interface{ Fatal(...any) }, name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// at reads a moment such as "2026-03-29 01:30 +01:00".
func at(t *testing.T, s string) time.Time {
	t.Helper()
	moment, err := time.Parse("2006-01-02 15:04 -07:00", s)
	if err != nil {
		t.Fatal(err)
	}
	return moment
}

func timetable(t interface{ Fatal(...any) }, s string) calendar.Timetable {
	week, err := calendar.ParseTimetable(s)
	if err != nil {
		t.Fatal(err)
	}
	return week
}

func wantMoment(t *testing.T, what string, got, want time.Time) {
	t.Helper()
	if !got.Equal(want) {
		t.Errorf("%s = %s, want %s", what, got, want.In(got.Location()))
	}
}

func drawZone(t *rapid.T) *time.Location {
	return load(t, rapid.SampledFrom(zones()).Draw(t, "zone"))
}

// drawMoment is a time from 2005 to 2060, so also of years that zone files know
// by their last rule alone; half of the time it is near a jump.
func drawMoment(t *rapid.T, loc *time.Location) time.Time {
	moment := time.Unix(rapid.Int64Range(1104537600, 2840140800).Draw(t, "unix"), 0).In(loc)
	if _, jump := moment.ZoneBounds(); rapid.Bool().Draw(t, "near a jump") && !jump.IsZero() {
		moment = jump.Add(time.Duration(rapid.Int64Range(-36*3600, 36*3600).Draw(t, "from the jump")) * time.Second)
	}
	return moment.Add(time.Duration(rapid.Int64Range(0, 999_999_999).Draw(t, "nanoseconds")))
}

// drawWeek has at least one span.
func drawWeek(t *rapid.T) calendar.Timetable {
	minutes := rapid.SliceOfNDistinct(rapid.IntRange(0, 1440), 2, 6, rapid.ID)
	var week calendar.Timetable
	sure := rapid.IntRange(0, 6).Draw(t, "a day with hours")
	for day := range week {
		if day != sure && rapid.Bool().Draw(t, "none") {
			continue
		}
		ends := minutes.Draw(t, "ends")
		slices.Sort(ends)
		for i := 0; i+1 < len(ends); i += 2 {
			span := calendar.Span{From: calendar.TimeOfDay(ends[i]), To: calendar.TimeOfDay(ends[i+1])}
			week[day] = append(week[day], span)
		}
	}
	return week
}

// drawHours are open again after some weeks at the latest.
func drawHours(t *rapid.T, loc *time.Location, around time.Time) calendar.Hours {
	h := calendar.Hours{Zone: loc, Week: drawWeek(t)}
	for range rapid.IntRange(0, 3).Draw(t, "intervals away") {
		from := around.Add(time.Duration(rapid.IntRange(-10*24*60, 30*24*60).Draw(t, "away from")) * time.Minute)
		length := time.Duration(rapid.IntRange(-60, 10*24*60).Draw(t, "away for")) * time.Minute
		h.Away = append(h.Away, calendar.Interval{From: from, Until: from.Add(length)})
	}
	return h
}
