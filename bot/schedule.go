package bot

import (
	"context"
	"fmt"
	"hash/fnv"
	"time"

	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// timer is the next slot of one scheduled rule in one room.
type timer struct {
	conn    *Connection
	space   chat.SpaceID
	channel chat.ChannelID
	bound   playbooks.Bound
	zone    *time.Location
	shelf   *shelf // that the rule is of
	next    time.Time
}

// missed is how far back slots are taken up after an outage; what they say dies by its own time besides.
const missed = 12 * time.Hour

// timersFrom makes the timers of all spaces, with their first slots after a time.
func (e *Engine) timersFrom(ctx context.Context, now, after time.Time) error {
	var timers []*timer
	from := e.current.Load()
	for _, c := range e.list() {
		err := e.turn(ctx, c, now, func(t *turn) error {
			made, err := t.timersOf()
			timers = append(timers, made...)
			return err
		})
		if err != nil {
			return err
		}
	}
	for _, tm := range timers {
		tm.next = calendar.Next(tm.schedule(), tm.zone, after)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.current.Load() == from { // else they are made again, of what is there now
		e.timers, e.timersMade = timers, true
	}
	return nil
}

func (tm *timer) schedule() calendar.Schedule { return tm.bound.Planned(string(tm.channel)) }

// timersOf makes the timers of a connection.
func (t *turn) timersOf() ([]*timer, error) {
	rows, err := t.tx.Instances(t.conn.Name, "")
	if err != nil {
		return nil, err
	}
	var out []*timer
	done := map[chat.SpaceID]bool{}
	for _, row := range rows {
		if done[row.Space] {
			continue
		}
		done[row.Space] = true
		space, err := t.spaceOf(spaceKey{t.conn.Name, row.Space})
		if err != nil {
			return nil, err
		}
		for _, b := range space.index.Schedules() {
			for _, channel := range b.Instance.Settings.Channels(playbooks.Rooms(b.Rule.When)) {
				place, err := t.place(chat.Place{Space: row.Space, Channel: chat.ChannelID(channel)})
				if err != nil {
					return nil, err
				}
				out = append(out, &timer{conn: t.conn, space: row.Space, channel: place.Channel, bound: b, zone: t.zoneOf(place), shelf: t.shelf})
			}
		}
	}
	return out, nil
}

// nextSlot gives the earliest planned slot.
func (e *Engine) nextSlot() (next time.Time, ok bool) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	for _, tm := range e.timers {
		if !ok || tm.next.Before(next) {
			next, ok = tm.next, true
		}
	}
	return next, ok
}

// slotsDue runs the slots that have come. A slot is a row in the store, so that it runs once over all processes.
func (e *Engine) slotsDue(ctx context.Context, now time.Time) error {
	e.mu.RLock()
	made, timers := e.timersMade, e.timers
	e.mu.RUnlock()
	if !made {
		if err := e.timersFrom(ctx, now, now.Add(-e.missedSlots())); err != nil {
			return err
		}
		e.mu.RLock()
		timers = e.timers
		e.mu.RUnlock()
	}
	for _, tm := range timers {
		for !tm.next.After(now) {
			at := tm.next
			if err := e.turn(ctx, tm.conn, now, func(t *turn) error { return t.slot(tm, at) }); err != nil {
				return err
			}
			tm.next = calendar.Next(tm.schedule(), tm.zone, at)
		}
	}
	return nil
}

// missedSlots is nothing over a record, where no process was ever down.
func (e *Engine) missedSlots() time.Duration {
	if e.recorded() {
		return 0
	}
	return missed
}

// slot lets a scheduled rule decide, for the room or for each person of its role.
func (t *turn) slot(tm *timer, at time.Time) error {
	if !t.plannedHere(tm, at) {
		return nil
	}
	place, err := t.place(chat.Place{Space: tm.space, Channel: tm.channel})
	if err != nil {
		return err
	}
	space, err := t.space(place)
	if err != nil || at.Before(space.since[tm.bound.Instance.Playbook.ID]) {
		return err // planned before the playbook was on
	}
	if moved, err := t.movedAt(tm.space); err != nil || at.Before(moved) {
		return err // planned after its time had passed
	}
	when := tm.bound.Rule.When.(playbooks.OnSchedule)
	c := cause{place: place, at: at}
	if when.For == "" {
		return t.slotFor(tm, c, "", at)
	}
	role, _ := tm.bound.Instance.Settings[when.For].(string)
	members, err := t.options.Roster.Members(t.tx, place, role, t.now)
	if err != nil {
		return err
	}
	for _, m := range members {
		home, err := t.home(m.ID, tm.bound, when)
		if err != nil {
			return err
		}
		if home != place.Channel {
			continue
		}
		if own, err := t.ownDay(m.ID, place, at); err != nil {
			return err
		} else if when.Busy && !own {
			continue
		}
		c.leader = m.ID // and no author: nobody has done anything yet
		if err := t.slotFor(tm, c, fmt.Sprint(int64(m.ID)), at); err != nil {
			return err
		}
	}
	return nil
}

// slotFor takes the slot, if nobody did, and lets the rule decide. The slot's subject names nobody: it is a keyed
// hash, so that a row tells no abstainer.
func (t *turn) slotFor(tm *timer, c cause, who string, at time.Time) error {
	book := tm.bound.Instance.Playbook.ID
	name := t.store.Key().DeliveryKey("slot", tm.conn.Name, string(tm.space), book, tm.bound.Rule.Name, string(tm.channel), who, at.Format(time.DateOnly))
	fresh, err := t.tx.TakeSlot(store.Slot{Conn: t.conn.Name, Space: tm.space, Playbook: book, Rule: tm.bound.Rule.Name, Subject: name, At: at})
	if err != nil || !fresh {
		return err
	}
	c.slot = "s" + at.Format(time.DateOnly) + "-" + name[:8]
	return t.rule(tm.bound, c)
}

// home is the room, of those that the rule speaks of, in which a person wrote most in the last five weeks; the
// first of them where they wrote in none.
func (t *turn) home(id store.PersonID, b playbooks.Bound, when playbooks.OnSchedule) (chat.ChannelID, error) {
	channels := b.Instance.Settings.Channels(when.In)
	if len(channels) == 1 {
		return chat.ChannelID(channels[0]), nil
	}
	counts, err := t.tx.MessagesBy(id, t.now.Add(-35*day))
	if err != nil {
		return "", err
	}
	best, most := chat.ChannelID(channels[0]), 0
	for _, channel := range channels {
		place, ok, err := t.tx.FindPlace(t.conn.Name, chat.ChannelID(channel))
		if err != nil {
			return "", err
		}
		if ok && counts[place.ID] > most {
			best, most = place.Channel, counts[place.ID]
		}
	}
	return best, nil
}

// ownDay reports whether this is the person's day of the week: one on which the room is expected to be busy, so
// that an invitation falls before something happens there, and not the same for everybody.
func (t *turn) ownDay(id store.PersonID, place store.Place, at time.Time) (bool, error) {
	zone := t.zoneOf(place)
	today := calendar.DateOf(at, zone)
	monday := today.AddDays(-((int(today.Weekday()) + 6) % 7))
	days, err := t.tx.RoomDays(place.ID, dayNumber(monday)-100, dayNumber(monday)-1)
	if err != nil {
		return false, err
	}
	busy := func(d calendar.Date) bool { return days[dayNumber(d)] > 0 }
	hours := t.roomHours(place)
	var open []calendar.Date
	for i := range 7 {
		d := monday.AddDays(i)
		if len(hours.Week[d.Weekday()]) > 0 && calendar.ExpectActive(busy, d) {
			open = append(open, d)
		}
	}
	if len(open) == 0 {
		return false, nil
	}
	h := fnv.New32a()
	fmt.Fprint(h, t.store.Key().DeliveryKey("day", fmt.Sprint(int64(id)), string(place.Channel)))
	return open[h.Sum32()%uint32(len(open))] == today, nil
}
