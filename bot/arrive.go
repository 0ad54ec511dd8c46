package bot

import (
	"context"
	"time"

	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// noticePeriod is how many whole working days a new room has before anything starts there.
const noticePeriod = 2

// afterNotice is when the working day begins that follows the notice. A day on which the room's hours have begun is
// not counted: who invites the bot on a Sunday has Monday and Tuesday for talking about it.
func afterNotice(h calendar.Hours, now time.Time) time.Time {
	today := calendar.DateOf(now, h.Zone)
	first, ok := h.NextOpen(today.At(0, h.Zone))
	if ok && first.Before(now) {
		first, ok = h.NextOpen(today.AddDays(1).At(0, h.Zone))
	}
	if !ok {
		return h.AddDays(now, noticePeriod)
	}
	last := calendar.DateOf(h.AddDays(first, noticePeriod), h.Zone)
	if begins, ok := h.NextOpen(last.At(0, h.Zone)); ok {
		return begins
	}
	return h.AddDays(first, noticePeriod)
}

// arrive introduces the bot in a room, once, and lets nothing start there for a while.
func (t *turn) arrive(place store.Place) error {
	if t.options.NoNotice || !place.Since.IsZero() {
		return nil
	}
	place.Since = t.now
	place.NoticeUntil = afterNotice(t.roomHours(place), t.now)
	if err := t.tx.SetPlace(place); err != nil {
		return err
	}
	return t.notice(noticeHello, place, 0, cause{place: place, slot: "hello-" + string(place.Channel)})
}

// introduce lets the bot introduce itself in rooms into which it was invited while it was not there to hear of it.
func (l *live) introduce(ctx context.Context, c *Connection) error {
	directory, ok := c.Adapter.(chat.Directory)
	if !ok || !c.info.Invited {
		return nil
	}
	rooms, err := directory.Channels(ctx, "")
	if err != nil {
		return err
	}
	for _, room := range rooms {
		if room.Direct {
			continue
		}
		err := l.turn(ctx, c, l.clock(), func(t *turn) error {
			place, err := t.place(chat.Place{Space: room.Space, Channel: room.Channel})
			if err != nil {
				return err
			}
			return t.arrive(place)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// introduceIn lets the bot introduce itself in the rooms in which it was just given something to do, on services where
// nobody invites it.
func (t *turn) introduceIn(w wished, settings map[string]any) error {
	if !t.conn.info.Everywhere {
		return nil
	}
	values, err := w.book.Fill(settings)
	if err != nil {
		return err
	}
	for _, s := range w.book.Settings {
		for _, channel := range values.Channels(s.Name) {
			place, err := t.place(chat.Place{Space: w.space, Channel: chat.ChannelID(channel)})
			if err != nil {
				return err
			}
			if err := t.arrive(place); err != nil {
				return err
			}
		}
	}
	return nil
}
