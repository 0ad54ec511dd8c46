package calendar_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gofirst/gofirst/bot/calendar"
)

func drawSpell(t *rapid.T, most time.Duration) time.Duration {
	return time.Duration(rapid.Int64Range(0, int64(most)).Draw(t, "spell"))
}

// openBySight reads the clock on the wall as a person would.
func openBySight(h calendar.Hours, t time.Time) bool {
	for _, i := range h.Away {
		if !t.Before(i.From) && t.Before(i.Until) {
			return false
		}
	}
	local := t.In(h.Zone)
	hour, minute, _ := local.Clock()
	for _, s := range h.Week[local.Weekday()] {
		if now := calendar.TimeOfDay(hour*60 + minute); s.From <= now && now < s.To {
			return true
		}
	}
	return false
}

func TestBetweenCountsTheOpenMinutes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		loc := drawZone(t)
		from := drawMoment(t, loc).Truncate(time.Minute)
		h := drawHours(t, loc, from)
		var want time.Duration
		until := from
		for range rapid.IntRange(0, 3*24*60).Draw(t, "minutes") {
			if openBySight(h, until) {
				want += time.Minute
			}
			if h.Open(until) != openBySight(h, until) {
				t.Fatalf("Open(%s) = %v", until.In(loc), h.Open(until))
			}
			until = until.Add(time.Minute)
		}
		if got := h.Between(from, until); got != want {
			t.Fatalf("Between(%s, %s) = %s, want %s", from.In(loc), until.In(loc), got, want)
		}
	})
}

func TestBetweenIsAdditive(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		loc := drawZone(t)
		a := drawMoment(t, loc)
		h := drawHours(t, loc, a)
		b, c := a.Add(drawSpell(t, 1000*time.Hour)), a.Add(drawSpell(t, 1000*time.Hour))
		if h.Between(a, b)+h.Between(b, c) != h.Between(a, c) {
			t.Fatalf("%s + %s != %s", h.Between(a, b), h.Between(b, c), h.Between(a, c))
		}
		if h.Between(a, b) != -h.Between(b, a) {
			t.Fatal("Between is not the same backwards")
		}
	})
}

func TestAddLaws(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		loc := drawZone(t)
		from := drawMoment(t, loc)
		h := drawHours(t, loc, from)
		a, b := drawSpell(t, 200*time.Hour), drawSpell(t, 200*time.Hour)
		end := h.Add(from, a)
		if got := h.Between(from, end); got != a {
			t.Fatalf("Between(%s, Add %s = %s) = %s", from, a, end, got)
		}
		if a > 0 && h.Between(from, end.Add(-1)) != a-1 {
			t.Fatalf("%s is not the first moment", end)
		}
		if one, two := h.Add(from, a+b), h.Add(end, b); !one.Equal(two) {
			t.Fatalf("Add(a+b) = %s, Add(Add(a), b) = %s", one, two)
		}
	})
}

func TestNextOpenLaws(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		loc := drawZone(t)
		from := drawMoment(t, loc)
		h := drawHours(t, loc, from)
		next, ok := h.NextOpen(from)
		switch {
		case !ok || !h.Open(next) || next.Before(from):
			t.Fatalf("NextOpen(%s) = %s, %v", from, next, ok)
		case h.Open(from) && !next.Equal(from):
			t.Fatalf("open at %s, but NextOpen is %s", from, next)
		case h.Between(from, next) != 0:
			t.Fatalf("open time before %s", next)
		}
		if again, _ := h.NextOpen(next); !again.Equal(next) {
			t.Fatalf("NextOpen(%s) = %s", next, again)
		}
	})
}

func TestAddDaysCountsDaysWithHours(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		loc := drawZone(t)
		from := drawMoment(t, loc)
		if from.Year() < 2012 {
			// Days were begun twice at St. John's and left out at Apia: the tables have them.
			from = from.AddDate(10, 0, 0)
		}
		h := drawHours(t, loc, from)
		n := rapid.IntRange(1, 15).Draw(t, "n")
		day := calendar.DateOf(from, loc)
		for left := n; left > 0; {
			day = day.AddDays(1)
			if h.Between(day.At(0, loc), day.AddDays(1).At(0, loc)) > 0 {
				left--
			}
		}
		got := h.AddDays(from, n)
		if calendar.DateOf(got, loc) != day {
			t.Fatalf("AddDays(%s, %d) = %s, want %s", from, n, got, day)
		}
		_, _, second := got.Clock()
		if sameClock := got.Format("15:04:05.000000000") == from.In(loc).Format("15:04:05.000000000"); !sameClock && second != 0 {
			t.Fatalf("AddDays(%s, %d) = %s, another time of day", from, n, got)
		}
	})
}

func TestAwayAtLaws(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		loc := drawZone(t)
		from := drawMoment(t, loc)
		h := drawHours(t, loc, from)
		from = from.Add(drawSpell(t, 1000*time.Hour))
		until, away := h.AwayAt(from)
		if !away {
			return
		}
		if h.Open(from) || !until.After(from) || h.Between(from, until) != 0 {
			t.Fatalf("away from %s until %s, yet open", from, until)
		}
		if later, still := h.AwayAt(until); still {
			t.Fatalf("away until %s, then until %s", until, later)
		}
	})
}
