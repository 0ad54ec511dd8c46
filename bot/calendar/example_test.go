package calendar_test

import (
	"fmt"
	"time"

	"github.com/gofirst/gofirst/bot/calendar"
)

func ExampleHours() {
	paris, _ := time.LoadLocation("Europe/Paris")
	week, _ := calendar.ParseTimetable("lun-ven 9h-18h")
	hours := calendar.Hours{Zone: paris, Week: week}
	friday := time.Date(2026, time.March, 27, 17, 30, 0, 0, paris) // clocks jump on Sunday

	for _, text := range []string{"1h active", "1 working day", "2 days"} {
		wait, _ := calendar.ParseWait(text)
		end := wait.From(friday, hours)
		fmt.Printf("%s: %s, open: %v\n", wait, end.Format("Mon 15:04"), hours.Open(end))
	}
	// Output:
	// 1h active: Mon 09:30, open: true
	// 1 working day: Mon 17:30, open: true
	// 2 days: Sun 17:30, open: false
}

func ExampleParseTimetable() {
	week, _ := calendar.ParseTimetable("09:00-18:00; sam 10h-12h")
	fmt.Println(week)
	_, err := calendar.ParseTimetable("Mon-Fry 09:00-18:00")
	fmt.Println(err)
	// Output:
	// Mon-Fri 09:00-18:00; Sat 10:00-12:00
	// hours: column 5 ("Fry 09:00-18:00"): want a day such as Mon or lun
}

func ExampleParseUntil() {
	now := time.Date(2026, time.October, 19, 10, 0, 0, 0, time.UTC) // a Monday
	until, _ := calendar.ParseUntil("jusqu'à lundi", now, time.UTC)
	fmt.Println(until.Format(time.DateTime))
	// Output: 2026-10-26 00:00:00
}

func ExampleNext() {
	digest := calendar.Schedule{Every: calendar.Monthly, On: time.Friday, Nth: -1, At: 9 * 60}
	slot := time.Date(2026, time.May, 1, 0, 0, 0, 0, time.UTC)
	for range 2 {
		slot = calendar.Next(digest, time.UTC, slot)
		fmt.Println(slot.Format("Mon 2 Jan 15:04"))
	}
	// Output:
	// Fri 29 May 09:00
	// Fri 26 Jun 09:00
}

func ExampleExpectActive() {
	meeting := func(d calendar.Date) bool { return d.Weekday() == time.Monday && d.Day <= 7 }
	fmt.Println(calendar.ExpectActive(meeting, calendar.Date{Year: 2026, Month: time.June, Day: 1}))
	fmt.Println(calendar.ExpectActive(meeting, calendar.Date{Year: 2026, Month: time.June, Day: 8}))
	// Output:
	// true
	// false
}
