package replay

import (
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/calendar"
)

// clock is how far a transcript has come.
type clock struct {
	at  time.Time     // of the last line
	day calendar.Date // of it, or where "later" leads
}

// when reads "Mon 09:00" or "2026-03-02 09:00".
func (p *parser) when(l *line) (time.Time, bool) {
	c := p.now.cast
	today := p.time.day
	if p.time.day == (calendar.Date{}) {
		today = c.start
	}
	word, from := l.word()
	day, ok := dayNamed(word, today)
	if !ok {
		l.fail(from, "a line begins with a time (Mon 09:00), \"later 14 days\", or one of people, rooms, playbook, scene")
		return time.Time{}, false
	}
	word, from = l.word()
	clock, err := calendar.ParseTimeOfDay(word)
	if err != nil || len(word) != len("09:00") {
		l.fail(from, "%q is no time; one reads 09:00", word)
		return time.Time{}, false
	}
	at := day.At(clock, c.zone)
	if at.Before(p.time.at) {
		l.fail(0, "times never go back, and the line before is of %s; for a week on, write \"later 7 days\" above",
			p.time.at.In(c.zone).Format("Mon 2 January 15:04"))
		return time.Time{}, false
	}
	p.time.at, p.time.day = at, day
	return at, true
}

// dayNamed gives the next such weekday, today included, or the day that is named outright.
func dayNamed(word string, today calendar.Date) (calendar.Date, bool) {
	if weekday, ok := weekdays[strings.ToLower(word)]; ok {
		return today.AddDays((int(weekday) - int(today.Weekday()) + 7) % 7), true
	}
	d, err := calendar.ParseDate(word)
	return d, err == nil
}

// later reads "14 days" or "2 weeks" and goes on in the morning of that day.
func (p *parser) later(l *line) {
	wait, err := calendar.ParseWait(l.rest())
	days := wait.Count
	if wait.Unit == calendar.CalendarWeeks {
		days *= 7
	}
	if err != nil || wait.Unit != calendar.CalendarDays && wait.Unit != calendar.CalendarWeeks {
		l.fail(l.at, "how much later? For instance: later 14 days, later 2 weeks")
		return
	}
	if p.time.day == (calendar.Date{}) {
		p.time.day = p.now.cast.start
	}
	p.time.day = p.time.day.AddDays(days)
}
