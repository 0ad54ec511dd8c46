package bot

import (
	"time"

	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// An observer, as a works council has them, sees what is on, how it is set, what was changed and why the bot spoke or
// not; nothing of any person. They are told of changes once a week at most, and can change nothing.

// roleObserver is the role that somebody has accepted who may look.
const roleObserver = "observer"

// mayWatch reports whether somebody may see how the bot is: a steward, or an observer of the space.
func (t *turn) mayWatch(c *call, space chat.SpaceID) (bool, error) {
	if t.isSteward(c.user) {
		return true, nil
	}
	return t.options.Roster.Has(t.tx, store.Place{Conn: t.conn.Name, Space: space}, c.who.ID, roleObserver)
}

// forWatchers makes a command that stewards and observers have.
func forWatchers(do func(*turn, *call, chat.SpaceID) error) func(*turn, *call) error {
	return inSpace(func(t *turn, c *call, space chat.SpaceID) error {
		may, err := t.mayWatch(c, space)
		if err != nil {
			return err
		}
		if !may {
			return t.tellBack(c, "stewards.only", nil)
		}
		return do(t, c, space)
	})
}

// noteLife is for how long a note to an observer waits for a leave to end.
const noteLife = 28 * day

// tellObservers prepares a note about changes for next Monday. One that waits already will tell of this change, too:
// what a note says is put together when it is sent.
func (t *turn) tellObservers(space chat.SpaceID) error {
	watching, err := t.tx.RoleMembers(t.conn.Name, space, roleObserver, store.Accepted)
	if err != nil {
		return err
	}
	for _, id := range watching {
		waits, err := t.noteWaits(id, space)
		if err != nil {
			return err
		}
		if waits {
			continue
		}
		if err := t.noteFor(id, space); err != nil {
			return err
		}
	}
	return nil
}

func (t *turn) noteWaits(id store.PersonID, space chat.SpaceID) (bool, error) {
	sent, err := t.tx.DeliveriesTo(id, dueAtOnce)
	if err != nil {
		return false, err
	}
	for _, d := range sent {
		open := d.State == store.Pending || d.State == store.Held
		if open && d.Rule == noticeChanges && d.Playbook == "" && d.Space == space {
			return true, nil
		}
	}
	return false, nil
}

func (t *turn) noteFor(id store.PersonID, space chat.SpaceID) error {
	due := nextMonday(t.now, t.options.Defaults.Zone)
	place := store.Place{Conn: t.conn.Name, Space: space}
	c := cause{place: place, slot: "changes-" + due.Format(time.DateOnly)}
	d := store.Delivery{
		Key: t.noticeKey(noticeChanges, place, c, t.roleMark(t.userOf(id))), Conn: t.conn.Name, Space: space, Rule: noticeChanges,
		Subject: c.about(), Refs: c.refs().String(), State: store.Pending, Due: due, Created: t.queuedAt(), NotAfter: due.Add(noteLife),
		Recipient: id, Nudge: true,
	}
	fresh, err := t.tx.AddDelivery(d)
	if err != nil || !fresh {
		return err
	}
	t.wake(&t.deliveries, due)
	return t.seal(id)
}

// nextMonday is the morning of the next Monday.
func nextMonday(now time.Time, zone *time.Location) time.Time {
	today := calendar.DateOf(now, zone)
	morning, _ := calendar.ParseTimeOfDay("09:00")
	return today.AddDays(7-(int(today.Weekday())+6)%7).At(morning, zone)
}

// composeChanges writes the note: all changes since the first that it was prepared for. What an observer may read of
// rooms cannot be asked here, so it names none.
func (t *turn) composeChanges(g tongue, out *draft) error {
	all, err := t.changes(out.d.Space, nil)
	if err != nil {
		return err
	}
	p := t.page(g)
	p.say("changes.head", nil)
	for i, n := range all {
		if n.link.At.Before(out.d.Created.Add(-time.Second)) {
			break
		}
		if i == historyShown {
			p.say("history.more", holes{"command": {chat.Code(t.texts.word(g, "type.history"))}})
			break
		}
		p.line(t.changeWords(g, n, false)...)
	}
	p.say("changes.foot", nil)
	out.message.Body = p.body
	return nil
}
