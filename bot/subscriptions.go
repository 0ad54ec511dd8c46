package bot

import (
	"context"
	"fmt"

	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// This file is a room's digest for one person: whoever asks for it gets it in private as well when it comes. A copy
// is a nudge like any other, and dies after a day.

// copyLasts is for how long a copy may still be sent.
const copyLasts = day

// isCopy reports whether a delivery is somebody's own copy of what was said in a room.
func isCopy(d store.Delivery) bool { return d.Nudge && d.Text == textCopy }

// textCopy names the text of a copy: the room's own, with a foot.
const textCopy = "copy"

// digestOn keeps that somebody wants a room's digest in private as well.
func (t *turn) digestOn(c *call, place store.Place) error {
	if err := t.tx.Subscribe(c.who.ID, place.ID, dayNumber(calendar.DateOf(t.now, c.g.zone))); err != nil {
		return err
	}
	if err := t.tx.KeepSealed(c.who.ID, c.user); err != nil {
		return err
	}
	b, on, err := t.digestRule(place)
	if err != nil {
		return err
	}
	fill := holes{"room": {chat.Room{Channel: place.Channel}}}
	if !on {
		return t.tellBack(c, "digest.on_later", fill)
	}
	if fill["when"], err = t.nextWords(c.g, b, place); err != nil {
		return err
	}
	return t.tellBack(c, "digest.on", fill)
}

// digestOff ends it: for the room that is meant, in a conversation with the bot for all. It names no room, for
// somebody may say it who can no longer read there.
func (t *turn) digestOff(c *call, space chat.SpaceID) error {
	channel := roomWord(c)
	switch {
	case channel == "" && c.direct:
		return t.endCopies(c, 0)
	case channel == "":
		return t.endCopies(c, c.place.ID)
	}
	t.onStored(func(ctx context.Context) {
		id, found := t.room(ctx, t.conn, space, channel)
		t.anew(ctx, c, func(t *turn) error {
			place, ok, err := t.tx.FindPlace(t.conn.Name, chat.ChannelID(id))
			switch {
			case err != nil:
				return err
			case found != nil || !ok:
				return t.tellBack(c, "digest.which_room", nil)
			}
			return t.endCopies(c, place.ID)
		})
	})
	return nil
}

func (t *turn) endCopies(c *call, place store.PlaceID) error {
	ended, err := t.tx.Unsubscribe(c.who.ID, place)
	if err != nil {
		return err
	}
	if err := t.dropCopies(c.who.ID, place); err != nil {
		return err
	}
	if ended == 0 {
		return t.tellBack(c, "digest.off_none", nil)
	}
	t.answer(c.reply, t.texts.sayN(c.g, "digest.off_done", ended, nil))
	return nil
}

// pressNoMore ends it from under a copy.
func (t *turn) pressNoMore(p *press) (bool, error) {
	if _, err := t.tx.Unsubscribe(p.who.ID, p.d.Place); err != nil {
		return false, err
	}
	t.answer(p.ev.Reply, t.texts.say(p.g, "digest.off_done", nil))
	return true, t.dropCopies(p.who.ID, p.d.Place)
}

// dropCopies drops what is on its way to somebody who no longer wants it: of one room, or of all where it is 0.
func (t *turn) dropCopies(who store.PersonID, place store.PlaceID) error {
	waiting, err := t.tx.DeliveriesTo(who, dueAtOnce)
	if err != nil {
		return err
	}
	for _, d := range waiting {
		open := d.State == store.Pending || d.State == store.Held
		if !open || !isCopy(d) || place != 0 && d.Place != place {
			continue
		}
		if err := t.give(d, store.Dropped, chat.Stopped); err != nil {
			return err
		}
	}
	return nil
}

// copies queues a digest that was just posted for everybody who asked for it. They show what the room was shown, but
// for what was settled since: they look from the same moment.
func (t *turn) copies(out *draft) error {
	people, err := t.tx.Subscribers(out.d.Place)
	if err != nil {
		return err
	}
	for _, id := range people {
		d := out.d
		d.Key = t.store.Key().DeliveryKey("copy", out.d.Key, fmt.Sprint(int64(id)))
		d.Recipient, d.Nudge, d.Text, d.State, d.Tries = id, true, textCopy, store.Pending, 0
		d.Due, d.NotAfter = t.now, t.now.Add(copyLasts)
		fresh, err := t.tx.AddDelivery(d)
		if err != nil {
			return err
		}
		if fresh {
			t.wake(&t.deliveries, t.now)
		}
	}
	return nil
}

// endsHere ends what somebody, or everybody where the bot goes, got out of a room that they leave.
func (t *turn) endsHere(ev chat.MemberLeft) error {
	if ev.Place.Direct {
		return nil
	}
	if ev.Place.Channel == "" {
		return t.endsInSpace(ev)
	}
	place, ok, err := t.tx.FindPlace(t.conn.Name, ev.Place.Channel)
	if err != nil || !ok {
		return err
	}
	if ev.Actor.Self {
		return t.tx.UnsubscribeAll(place.ID)
	}
	who, ok, err := t.tx.FindPerson(t.conn.Name, ev.Actor.User)
	if err != nil || !ok {
		return err
	}
	if _, err := t.tx.Unsubscribe(who.ID, place.ID); err != nil {
		return err
	}
	return t.dropCopies(who.ID, place.ID)
}

func (t *turn) endsInSpace(ev chat.MemberLeft) error {
	who, ok, err := t.tx.FindPerson(t.conn.Name, ev.Actor.User)
	if err != nil || !ok || ev.Actor.Self {
		return err
	}
	return t.tx.UnsubscribeSpace(who.ID, t.conn.Name, ev.Place.Space)
}

// hidden reports whether a delivery to one person names a room that they cannot read by now. It asks the service, and
// so comes before a turn.
func (e *Engine) hidden(ctx context.Context, c *Connection, d store.Delivery) (bool, error) {
	if !isCopy(d) && !isAlarm(d) {
		return false, nil
	}
	var user chat.UserID
	var place store.Place
	err := e.store.View(ctx, func(tx *store.Tx) (err error) {
		if place, _, err = tx.PlaceByID(d.Place); err != nil {
			return err
		}
		user, _, err = tx.Unseal(d.Recipient)
		return err
	})
	if err != nil || place.Channel == "" {
		return false, err
	}
	return !c.sightOf(user).sees(ctx, place.Channel), nil
}
