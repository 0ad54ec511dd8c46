package bot

import (
	"github.com/gofirst/gofirst/bot/store"
)

// adopt links somebody's example to what a person made of it, in that person's own words.
func (t *turn) adopt(c *call) error {
	l, rest, ok, err := t.pointed(c)
	if err != nil {
		return err
	}
	if !ok {
		t.answer(c.reply, t.texts.say(c.g, "how.adopt", nil))
		return nil
	}
	room := c.place
	if c.direct {
		room = l.place
	}
	g := parseGiven(rest.text)
	return t.adoptFrom(c, l, room, g, (*turn).preview)
}

// adoptFrom takes the words, or opens the form for them.
func (t *turn) adoptFrom(c *call, l linked, room store.Place, g given, take func(*turn, *call, store.Place, store.Act) error) error {
	author, _, known, err := t.authorOf(l)
	switch {
	case err != nil:
		return err
	case !known:
		t.answer(c.reply, t.texts.say(c.g, "message.unknown", nil))
		return nil
	case author == c.who.ID:
		t.answer(c.reply, t.texts.say(c.g, "adopt.own", nil))
		return nil
	case g.words == "":
		return t.openWords(c, asking{kind: actAdopt, room: room, source: l, practice: g.practice})
	}
	source, err := t.sourceAt(l)
	if err != nil {
		return err
	}
	a := g.act(actAdopt)
	a.Source = source.ID
	return take(t, c, room, a)
}

// answeredWatch stops waiting for a person's answer about something: they gave it.
func (t *turn) answeredWatch(who store.Person, subject string) error {
	watches, err := t.tx.WatchesOf(who.ID)
	if err != nil {
		return err
	}
	for _, w := range watches {
		if w.Subject != subject {
			continue
		}
		if err := t.tx.DeleteWatch(w.ID); err != nil {
			return err
		}
	}
	return nil
}

// authorOf tells whose message it is, and which act it is, if it is one.
func (t *turn) authorOf(l linked) (author store.PersonID, act *store.Act, ok bool, err error) {
	a, ok, err := t.tx.ActByMessage(l.place.ID, l.message)
	if err != nil {
		return 0, nil, false, err
	}
	if ok {
		return a.Author, &a, a.Author != 0, nil
	}
	m, ok, err := t.tx.Message(l.place.ID, l.message)
	return m.Author, nil, ok, err
}

// sourceAt gives the act that a message is. One that is none yet becomes an example, without words and undeclared:
// it links what was made after it, and is shown nowhere.
func (t *turn) sourceAt(l linked) (store.Act, error) {
	author, act, _, err := t.authorOf(l)
	if err != nil {
		return store.Act{}, err
	}
	if act != nil && act.Kind == actWhy { // what was told about an example leads to the example
		source, _, err := t.tx.Act(act.Source)
		return source, err
	}
	if act != nil {
		return *act, nil
	}
	a := store.Act{
		Conn: t.conn.Name, Space: l.place.Space, Place: l.place.ID, Kind: actExample, Author: author,
		Message: l.message, Audience: audiencePublic, Seen: true, At: t.now,
	}
	a.ID, err = t.tx.AddAct(a)
	return a, err
}
