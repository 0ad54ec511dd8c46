package bot

import (
	"maps"
	"time"

	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// pressFortnight makes a digest come every other week in its room, or every week again. Anybody there may: it sets
// what the playbook's setting says of the room, unless the configuration file has fixed it.
func (t *turn) pressFortnight(p *press) (bool, error) {
	b, on, err := t.digestRule(p.cause.place)
	if err != nil || !on {
		return false, err
	}
	id, err := t.turnRhythm(b, p.cause.place)
	if err != nil {
		return false, err
	}
	if b, _, err = t.digestRule(p.cause.place); err != nil {
		return false, err
	}
	when, err := t.nextWords(p.g, b, p.cause.place)
	if err != nil {
		return false, err
	}
	t.answer(p.ev.Reply, t.texts.say(p.g, id, holes{"when": when, "runs": text(t.runs(p.g))}))
	return true, nil
}

// turnRhythm changes one rhythm for the other and names the sentence that says so, or why it cannot be.
func (t *turn) turnRhythm(b playbooks.Bound, place store.Place) (id string, err error) {
	when, _ := b.Rule.When.(playbooks.OnSchedule)
	book := b.Instance.Playbook
	want, id := calendar.Fortnightly, "digest.fortnight"
	if b.Planned(string(place.Channel)).Every == want {
		want, id = calendar.Weekly, "digest.weekly"
	}
	s, key := book.Setting(when.From.Every), settingIn(book, when.From.Every, place)
	switch {
	case s == nil:
		return "digest.rhythm_fixed", nil
	case t.locked(place.Space, book, key):
		return "digest.rhythm_locked", nil
	}
	if _, err := s.Value(playbooks.Rhythm(want)); err != nil {
		return "digest.rhythm_fixed", nil
	}
	return id, t.setInRoom(place, book, map[string]any{key: playbooks.Rhythm(want)}, byRoom)
}

// setInRoom lays settings over those of a playbook that is on.
func (t *turn) setInRoom(place store.Place, book *playbooks.Playbook, given map[string]any, by string) error {
	row, _, err := t.tx.Instance(t.conn.Name, place.Space, book.ID)
	if err != nil {
		return err
	}
	all := storedSettings(row.Settings)
	maps.Copy(all, given)
	return t.enable(place.Space, book, all, by)
}

// nextDigest is when the next digest of a room may come: as planned, and not sooner after the last planned one than
// its rule allows.
func (t *turn) nextDigest(b playbooks.Bound, place store.Place) (time.Time, error) {
	after := t.now
	if r := b.Rule.AtMost.PerRoom; r.Times == 1 {
		last, err := t.tx.LastRoomSpent(place.ID, b.Instance.Playbook.ID+"/"+b.Rule.Name)
		if err != nil {
			return time.Time{}, err
		}
		if free := last.Add(windowOf(r)); free.After(after) {
			after = free
		}
	}
	return calendar.Next(b.Planned(string(place.Channel)), t.zoneOf(place), after), nil
}

// nextWords says it by the clocks of the room.
func (t *turn) nextWords(g tongue, b playbooks.Bound, place store.Place) ([]chat.Node, error) {
	next, err := t.nextDigest(b, place)
	g.zone = t.zoneOf(place)
	return t.texts.moment(g, next, t.now), err
}
