package bot

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// This file is how stewards learn that something does not work: each gets one line in private, and not another one
// until it has worked again. It is no nudge, but keeps to their hours like all that comes unasked. Status says the same.

// breakage is something that does not work. What is said about it are the sentences "alarm.WHAT" and "broken.WHAT".
type breakage struct {
	what   string      // "digest", "playbook"
	about  string      // which: a room's identifier, a playbook's name
	place  store.Place // the room, or only its connection and space
	reason chat.Reason // says what to do: "alarm.do.REASON"
}

// What can be broken.
const (
	brokenDigest   = "digest"   // one that was not posted
	brokenPlaybook = "playbook" // one that is on, and whose file or settings cannot be read
)

// settingBroken begins the setting under which a breakage stands: since when in seconds, why, and whether a steward
// was told.
const (
	settingBroken = "broken/"
	toldMark      = "told"
)

func (b breakage) name() string { return b.what + "@" + b.about }

// outage is a breakage as it is stored.
type outage struct {
	breakage
	since time.Time
	told  bool
}

func (o outage) String() string {
	words := []string{strconv.FormatInt(o.since.Unix(), 10), string(o.reason)}
	if o.told {
		words = append(words, toldMark)
	}
	return strings.Join(words, " ")
}

// outageOf reads it back.
func (t *turn) outageOf(name, value string, space chat.SpaceID) (o outage, err error) {
	o.what, o.about, _ = strings.Cut(name, "@")
	o.place = store.Place{Conn: t.conn.Name, Space: space}
	words := append(strings.Fields(value), "", "", "")
	seconds, _ := strconv.ParseInt(words[0], 10, 64)
	o.since, o.reason, o.told = time.Unix(seconds, 0), chat.Reason(words[1]), words[2] == toldMark
	if o.what == brokenDigest {
		place, ok, err := t.tx.FindPlace(t.conn.Name, chat.ChannelID(o.about))
		if err != nil || ok {
			o.place = place
		}
		return o, err
	}
	return o, nil
}

// outages lists what does not work in a space, by name.
func (t *turn) outages(space chat.SpaceID) (all []outage, err error) {
	stored, err := t.tx.SettingsUnder(t.conn.Name, space, settingBroken)
	if err != nil {
		return nil, err
	}
	for _, name := range sortedKeys(stored) {
		o, err := t.outageOf(name, stored[name], space)
		if err != nil {
			return nil, err
		}
		all = append(all, o)
	}
	return all, nil
}

// broken keeps that something does not work, and lets the stewards be told, unless they were.
func (t *turn) broken(b breakage) error {
	o := outage{breakage: b, since: t.now}
	value, known, err := t.tx.Setting(t.conn.Name, b.place.Space, settingBroken+b.name())
	if err != nil {
		return err
	}
	if known {
		old, err := t.outageOf(b.name(), value, b.place.Space)
		if err != nil || old.told {
			return err
		}
		o.since = old.since
	}
	if err := t.keepOutage(o); err != nil {
		return err
	}
	now := t.now
	t.onStored(func(ctx context.Context) { t.tellStewards(ctx, t.conn, o, now) })
	return nil
}

func (t *turn) keepOutage(o outage) error {
	return t.tx.SetSetting(t.conn.Name, o.place.Space, settingBroken+o.name(), o.String())
}

// mended forgets that something did not work, and what was still to be said about it.
func (t *turn) mended(what, about string, space chat.SpaceID) error {
	name := breakage{what: what, about: about}.name()
	_, known, err := t.tx.Setting(t.conn.Name, space, settingBroken+name)
	if err != nil || !known {
		return err
	}
	if err := t.overtaken(alarmSubject(name)); err != nil {
		return err
	}
	return t.tx.SetSetting(t.conn.Name, space, settingBroken+name, "")
}

func alarmSubject(name string) string { return "alarm-" + name }

// tellStewards queues a line for each steward whose account is known. Where none is, the next time that it fails tells
// them.
func (e *Engine) tellStewards(ctx context.Context, c *Connection, o outage, now time.Time) {
	e.meetStewards(ctx, c, now)
	err := e.turn(ctx, c, now, func(t *turn) error {
		for _, user := range c.runBy.accounts() {
			steward, err := t.person(user)
			if err != nil {
				return err
			}
			why := cause{place: o.place, slot: alarmSubject(o.name())}
			parts := []string{fmt.Sprint(int64(steward.ID)), fmt.Sprint(o.since.Unix())}
			if err := t.notice(noticeAlarm, o.place, steward.ID, why, parts...); err != nil {
				return err
			}
			o.told = true
		}
		return t.keepOutage(o)
	})
	if err != nil {
		e.options.Log.Error("stewards not told", "connection", c.Name, "what", o.what, "err", err)
	}
}

// accounts are the stewards who were found, in a fixed order.
func (s *stewards) accounts() (users []chat.UserID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, user := range s.known {
		users = append(users, user)
	}
	slices.Sort(users)
	return slices.Compact(users)
}
