package bot

import (
	"maps"
	"slices"
	"time"

	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// facts loads what the rule needs, and no more.
func (t *turn) facts(b playbooks.Bound, c cause) (f playbooks.Facts, err error) {
	needs := b.Rule.Needs()
	f.Asked = len(c.asked)
	for _, id := range c.asked {
		f.Already = append(f.Already, int64(id))
	}
	if t.spared != 0 {
		f.Already = append(f.Already, int64(t.spared))
	}
	f.Author.ID, f.Leader.ID = int64(c.author), int64(c.leader)
	load := []struct {
		need playbooks.Needs
		do   func() error
	}{
		{playbooks.NeedAuthor, func() (err error) { f.Author, err = t.personFacts(needs, c, c.author); return }},
		{playbooks.NeedLeader, func() (err error) { f.Leader, err = t.personFacts(needs, c, c.leader); return }},
		{playbooks.NeedReceiver, func() (err error) { f.Receiver, err = t.personFacts(needs, c, c.receiver); return }},
		{playbooks.NeedRoom, func() (err error) { f.Room, err = t.roomFacts(needs, c); return }},
		{playbooks.NeedQuestion, func() (err error) { f.Question, err = t.questionFacts(c); return }},
		{playbooks.NeedAct, func() (err error) { f.Act, err = t.actFacts(c); return }},
		{playbooks.NeedItems, func() (err error) { f.Items, err = t.itemFacts(b, c); return }},
		{playbooks.NeedPeople, func() (err error) { f.People, err = t.candidates(b, c); return }},
	}
	for _, l := range load {
		if !needs.Has(l.need) {
			continue
		}
		if err := l.do(); err != nil {
			return f, err
		}
	}
	return f, nil
}

// newFor is for how long somebody who came is new.
const newFor = 14 * day

// noShare stands for "no share is remembered".
const noShare = 9999

func (t *turn) personFacts(needs playbooks.Needs, c cause, id store.PersonID) (playbooks.Person, error) {
	out := playbooks.Person{ID: int64(id), QuietDays: noShare, ThankedDays: noShare}
	person, ok, err := t.tx.PersonByID(id)
	if err != nil || !ok {
		return out, err
	}
	out.New = !person.Newcomer.IsZero() && t.now.Sub(person.Newcomer) <= newFor
	for role, has := range map[string]*bool{"leader": &out.Leader, "helper": &out.Helper, "host": &out.Host} {
		if *has, err = t.options.Roster.Has(t.tx, c.place, id, role); err != nil {
			return out, err
		}
	}
	out.Recognition = prefsOf(person).Recognition
	if out.QuietDays, err = t.daysSince(c.place, id, actShare); err != nil {
		return out, err
	}
	if needs.Has(playbooks.NeedHome) {
		if out.Visiting, err = t.visiting(c.place, id); err != nil {
			return out, err
		}
	}
	if !needs.Has(playbooks.NeedThanks) {
		return out, nil
	}
	if out.ThankedDays, err = t.daysSince(c.place, id, actThanks); err != nil {
		return out, err
	}
	out.Celebrated, err = t.celebrated(id)
	return out, err
}

// daysSince counts the days since a person's last act of a kind in a space.
func (t *turn) daysSince(place store.Place, id store.PersonID, kind string) (int, error) {
	last, err := t.tx.Acts(store.ActQuery{Conn: t.conn.Name, Space: place.Space, Kinds: []string{kind}, Author: id, Limit: 1})
	if err != nil || len(last) == 0 {
		return noShare, err
	}
	return int(t.now.Sub(last[0].At) / day), nil
}

// visiting reports whether a person wrote more in some other room of late than here.
func (t *turn) visiting(place store.Place, id store.PersonID) (bool, error) {
	home, known := t.rooms.homeOf(id, t.now)
	if !known {
		counts, err := t.tx.MessagesBy(id, t.now.Add(-roomMemory))
		if err != nil {
			return false, err
		}
		for _, room := range slices.Sorted(maps.Keys(counts)) {
			if counts[room] > counts[home] {
				home = room
			}
		}
		t.rooms.atHome(id, home, t.now)
	}
	return home != 0 && home != place.ID, nil
}

// celebrated reports whether thanks to a person have ever stood in a room.
func (t *turn) celebrated(id store.PersonID) (bool, error) {
	thanks, err := t.tx.Acts(store.ActQuery{Conn: t.conn.Name, Kinds: []string{actThanks}, Receiver: id})
	return slices.ContainsFunc(thanks, func(a store.Act) bool { return a.Message != "" }), err
}

func (t *turn) roomFacts(needs playbooks.Needs, c cause) (playbooks.Room, error) {
	place := c.place
	zone := t.zoneOf(place)
	today := calendar.DateOf(t.now, zone)
	number := dayNumber(today)
	days, err := t.tx.RoomDays(place.ID, number-100, number)
	if err != nil {
		return playbooks.Room{}, err
	}
	room := playbooks.Room{Busy: calendar.ExpectActive(func(d calendar.Date) bool { return days[dayNumber(d)] > 0 }, today)}
	for d := number - 6; d <= number; d++ {
		room.Posts += days[d]
	}
	shares, err := t.tx.Acts(store.ActQuery{Conn: t.conn.Name, Kinds: []string{"share"}, Place: place.ID, Since: t.now.AddDate(0, 0, -35)})
	if err != nil {
		return room, err
	}
	for _, a := range shares {
		led, err := t.options.Roster.Has(t.tx, place, a.Author, "leader")
		if err != nil {
			return room, err
		}
		room.Led = room.Led || led
		if a.Declared && t.now.Sub(a.At) < 7*24*time.Hour {
			room.Examples++
		}
	}
	err = t.roomExtras(needs, c, &room)
	return room, err
}

// roomExtras adds what takes more to find, where a rule reads it.
func (t *turn) roomExtras(needs playbooks.Needs, c cause, room *playbooks.Room) error {
	if needs.Has(playbooks.NeedLeaders) {
		members, err := t.options.Roster.Members(t.tx, c.place, "leader", t.now)
		if err != nil {
			return err
		}
		room.Leaders = slices.ContainsFunc(members, func(m Member) bool { return m.ID != c.author })
	}
	if !needs.Has(playbooks.NeedOpen) {
		return nil
	}
	open, err := t.openHere(c.place, c.leader)
	room.Open = len(open)
	return err
}

// openHere lists the questions of a room that somebody could still answer, but for a person's own; the oldest first.
func (t *turn) openHere(place store.Place, but store.PersonID) ([]store.Question, error) {
	open, err := t.tx.OpenQuestions(t.conn.Name, place.Space, place.ID, dueAtOnce)
	return slices.DeleteFunc(open, func(q store.Question) bool {
		return !isOpen(q) || !q.FirstReply.IsZero() || q.Asker == but || t.now.Sub(q.At) > questionAge
	}), err
}

// questionAge is how old a question may be to be shown to somebody who could answer it.
const questionAge = 4 * day

func (t *turn) questionFacts(c cause) (out playbooks.Question, err error) {
	q := c.question
	if q == nil {
		return out, nil
	}
	out = playbooks.Question{Open: isOpen(*q) && q.FirstReply.IsZero(), Explicit: q.Explicit, Minutes: int(t.now.Sub(q.At) / time.Minute)}
	asker, _, err := t.tx.PersonByID(q.Asker)
	out.Rescue = prefsOf(asker).rescue()
	return out, err
}

func (t *turn) actFacts(c cause) (out playbooks.Act, err error) {
	a := c.act
	if a == nil {
		return out, nil
	}
	out = playbooks.Act{
		Kind: a.Kind, Practice: a.Practice, Declared: a.Declared, Why: a.Why != "",
		Public: a.Audience == audiencePublic && t.mayStand(*a),
	}
	if out.ByLeader, err = t.options.Roster.Has(t.tx, c.place, a.Author, "leader"); err != nil {
		return out, err
	}
	adopted, err := t.tx.Adoptions(a.ID)
	out.Adopted = len(adopted) > 0
	return out, err
}

func (t *turn) itemFacts(b playbooks.Bound, c cause) (int, error) {
	for _, a := range b.Rule.Do {
		if _, ok := a.(playbooks.Digest); ok {
			found, err := t.gather(c.place, b, t.now, "")
			return found.items, err
		}
	}
	return 0, nil
}

// candidates lists the members of the role that the rule picks from, with what choosing needs.
func (t *turn) candidates(b playbooks.Bound, c cause) ([]playbooks.Candidate, error) {
	role, _ := b.Instance.Settings[b.Rule.Pick.From].(string)
	members, err := t.options.Roster.Members(t.tx, c.place, role, t.now)
	if err != nil {
		return nil, err
	}
	followed, err := t.followed(c)
	if err != nil {
		return nil, err
	}
	spent, err := t.tx.SpentAll(t.now.Add(-week))
	if err != nil {
		return nil, err
	}
	queued, err := t.tx.QueuedNudges()
	if err != nil {
		return nil, err
	}
	var out []playbooks.Candidate
	for _, m := range members {
		person, ok, err := t.tx.PersonByID(m.ID)
		if err != nil {
			return nil, err
		}
		if !ok || followed[m.ID] {
			continue
		}
		free, err := t.free(person, b.Instance.Playbook.ID, spent[m.ID])
		free = free && !queued[m.ID]
		if err != nil {
			return nil, err
		}
		out = append(out, playbooks.Candidate{
			ID: int64(m.ID), Affinity: m.Affinity, Asks: len(spent[m.ID]),
			Open: t.hoursOf(person).Open(t.now), Free: free,
		})
	}
	slices.SortFunc(out, func(a, b playbooks.Candidate) int { return cmpID(a.ID, b.ID) })
	return out, nil
}

// free reports whether attention would let a nudge to the person pass right now.
func (t *turn) free(p store.Person, playbook string, spent []time.Time) (bool, error) {
	paused := p.PausedUntil.After(t.now) || p.NotBefore.After(t.now) || prefsOf(p).pausedFor(playbook).After(t.now)
	if paused || !withinBudget(spent, t.now) {
		return false, nil
	}
	out, err := t.tx.PersonOptedOut(p.ID, playbook)
	return !out, err
}

func cmpID(a, b int64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
