package bot

import (
	"slices"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// Who is thanked decides who sees it: until they choose, they alone; "team" means the rooms in which they write
// themselves; "public" any room. They may choose again at any time, and what no longer fits is taken down.

// mayStand reports whether an act may stand in its room under everybody's name: thanks only once all their
// receivers chose so.
func (t *turn) mayStand(a store.Act) bool {
	if a.Kind != actThanks {
		return true
	}
	for _, id := range a.Receivers {
		if !t.isOpenAbout(id, a.Place) {
			return false
		}
	}
	return a.Audience == audiencePublic
}

// isOpenAbout reports whether a person lets thanks to them be seen in a room.
func (t *turn) isOpenAbout(id store.PersonID, place store.PlaceID) bool {
	person, ok, err := t.tx.PersonByID(id)
	if err != nil || !ok {
		return false
	}
	switch prefsOf(person).recognition() {
	case "public":
		return true
	case "team":
		counts, err := t.tx.MessagesBy(id, t.now.Add(-roomMemory))
		return err == nil && counts[place] > 0
	}
	return false
}

// thanked names who may be named in the room of some thanks: those who chose so, and the group, which always may.
func (t *turn) thanked(g tongue, a store.Act) []chat.Node {
	return t.receivers(g, a, func(id store.PersonID) bool { return t.isOpenAbout(id, a.Place) })
}

// chosen acts on what a person chose about thanks to them: what may no longer stand is taken down.
func (t *turn) chosen(who store.PersonID) error {
	thanks, err := t.tx.Acts(store.ActQuery{Conn: t.conn.Name, Kinds: []string{actThanks}, Receiver: who})
	if err != nil {
		return err
	}
	for _, a := range thanks {
		if a.Message == "" || t.mayStand(a) {
			continue
		}
		if _, err := t.takeDown(a); err != nil {
			return err
		}
	}
	return nil
}

// takeDown removes the card of some thanks. The thanks themselves stay with whoever got them. It reports whether the
// service can remove a message.
func (t *turn) takeDown(a store.Act) (bool, error) {
	place, _, err := t.tx.PlaceByID(a.Place)
	if err != nil {
		return false, err
	}
	removed := t.removeCard(place, a.Message)
	a.Message, a.Audience = "", audiencePrivate
	return removed, t.tx.SetAct(a)
}

// declineThanks lets somebody who was thanked have the card taken down.
func (t *turn) declineThanks(c *call, a store.Act) error {
	removed, err := t.takeDown(a)
	if err != nil {
		return err
	}
	id := "undo.received"
	if !removed {
		id = "undo.received_stands"
	}
	return t.tellBack(c, id, nil)
}

// keepRecognition stores a choice that was made by a button.
func (t *turn) keepRecognition(p *press, chosen string) error {
	own := prefsOf(p.who)
	own.Recognition = chosen
	p.who.Prefs = own.String()
	if err := t.tx.UpdatePerson(p.who); err != nil {
		return err
	}
	return t.tx.KeepSealed(p.who.ID, p.ev.Actor.User)
}

// firstThanks reports whether nobody has thanked a person before: only then are they asked who may see it. Who does
// not answer is not asked again, and their thanks stay private.
func (t *turn) firstThanks(id store.PersonID, a store.Act) (bool, error) {
	all, err := t.tx.Acts(store.ActQuery{Conn: t.conn.Name, Kinds: []string{actThanks}, Receiver: id})
	return !slices.ContainsFunc(all, func(other store.Act) bool { return other.ID < a.ID }), err
}

// receives reports whether an act is thanks to a person that stand in a room.
func receives(who store.Person, a store.Act) bool {
	return a.Kind == actThanks && a.Message != "" && a.Undone.IsZero() && slices.Contains(a.Receivers, who.ID)
}
