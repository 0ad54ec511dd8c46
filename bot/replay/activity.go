package replay

import (
	"time"

	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/chat"
)

// activity counts who was there when: what attention is measured against.
type activity struct {
	people   map[chat.UserID]calendar.Week // the last week in which each wrote
	channels map[chat.ChannelID]bool
	// personWeeks counts pairs of a person and an ISO week in which they wrote.
	personWeeks int
	messages    int
	// shares are the times at which the watched people showed something, in order.
	shares      map[shareKey][]time.Time
	watched     map[chat.UserID]bool
	first, last time.Time
}

func newActivity() *activity {
	return &activity{people: map[chat.UserID]calendar.Week{}, channels: map[chat.ChannelID]bool{}, shares: map[shareKey][]time.Time{}, watched: map[chat.UserID]bool{}}
}

func (a *activity) posted(m chat.MessagePosted) {
	a.messages++
	a.channels[m.Place.Channel] = true
	if a.first.IsZero() {
		a.first = m.Time
	}
	a.last = m.Time
	if !m.Actor.Human() || m.System {
		return
	}
	if a.watched[m.Actor.User] && m.Place.Thread == "" && bot.LooksLikeShare(m) {
		key := shareKey{m.Place.Channel, m.Actor.User}
		a.shares[key] = append(a.shares[key], m.Time)
	}
	week := calendar.WeekOf(m.Time, time.UTC)
	if a.people[m.Actor.User] != week {
		a.people[m.Actor.User] = week
		a.personWeeks++
	}
}
