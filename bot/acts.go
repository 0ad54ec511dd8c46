package bot

import (
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// Kinds of acts, as the acts table has them.
const (
	actShare   = "share"
	actThanks  = "thanks"
	actAsk     = "ask"
	actExample = "example"
	actAskWhy  = "ask-why"
	actAdopt   = store.Adopted
	actWhy     = "why"   // why its source, an example, was done
	actDraft   = "draft" // words that their author has not yet let stand; Link says of what kind they will be
)

// record keeps an act that a person declared. One that has a message of its own is told to the playbooks at once;
// one whose words were given to the bot gets a card in its room first, and is told when the card stands there.
func (t *turn) record(place store.Place, author store.Person, a store.Act) (store.Act, error) {
	a.Conn, a.Space, a.Place, a.Author, a.At = t.conn.Name, place.Space, place.ID, author.ID, t.now
	id, err := t.tx.AddAct(a)
	if err != nil {
		return a, err
	}
	a.ID = id
	if err := t.seal(author.ID); err != nil {
		return a, err
	}
	switch {
	case a.Message != "":
		return a, t.actHappened(place, a)
	case a.Audience == audiencePublic && a.Words != "" && t.mayStand(a):
		return a, t.notice(noticeCard, place, 0, actCause(place, a))
	}
	return a, t.actHappened(place, a)
}

// actCause is an act as rules see it: its author is who did it.
func actCause(place store.Place, a store.Act) cause {
	c := cause{place: place, author: a.Author, act: &a, message: a.Message}
	if len(a.Receivers) > 0 {
		c.receiver = a.Receivers[0]
	}
	return c
}

// actHappened tells the playbooks. An invitation that is still open lapses as if nobody had looked.
func (t *turn) actHappened(place store.Place, a store.Act) error {
	if a.Kind == actShare {
		if open, err := t.invitation(place, a.Author); err != nil || open != nil {
			if err == nil {
				err = t.tx.DeleteWatch(open.ID)
			}
			if err != nil {
				return err
			}
		}
	}
	c := actCause(place, a)
	switch a.Kind {
	case actWhy:
		if err := t.toldWhy(a); err != nil {
			return err
		}
		c.thread = t.threadOf(a.Source)
	case actAskWhy: // it is about the example, whoever asks
		source, ok, err := t.tx.Act(a.Source)
		if err != nil || !ok {
			return err
		}
		c = actCause(place, source)
		c.author, c.receiver = a.Author, source.Author
	}
	return t.occasion(playbooks.Acted, a.Kind, c)
}

// seenShare notes that a leader showed something: that it was, and when; never what. If they had said "I write" to
// an invitation into this room, it is the example that they announced. Of others nothing is kept.
func (t *turn) seenShare(place store.Place, author store.Person, m chat.MessagePosted, opens bool) error {
	if t.learning {
		return t.firstStep(place, author, "share", m)
	}
	leads, err := t.options.Roster.Has(t.tx, place, author.ID, "leader")
	if err != nil {
		return err
	}
	if leads {
		open, err := t.invitation(place, author.ID)
		if err != nil {
			return err
		}
		a := store.Act{Kind: actShare, Message: m.Message, Audience: audiencePublic, Seen: true, Declared: open != nil}
		if open != nil {
			if ref, err := parseRefs(open.Data); err == nil {
				a.Practice = ref.Practice
			}
		}
		if err := t.recordSeen(place, author, a, opens); err != nil {
			return err
		}
	}
	return t.firstStep(place, author, "share", m)
}

// recordSeen keeps that a leader showed something. What stands in the middle of a conversation is counted, and no rule
// looks at it: a long answer is no example.
func (t *turn) recordSeen(place store.Place, author store.Person, a store.Act, opens bool) error {
	if opens || a.Declared {
		_, err := t.record(place, author, a)
		return err
	}
	a.Conn, a.Space, a.Place, a.Author, a.At = t.conn.Name, place.Space, place.ID, author.ID, t.now
	_, err := t.tx.AddAct(a)
	return err
}

// announcedShare takes a short message for a share if its author said that one would come.
func (t *turn) announcedShare(place store.Place, author store.Person, m chat.MessagePosted) error {
	leads, err := t.options.Roster.Has(t.tx, place, author.ID, "leader")
	if err != nil || !leads {
		return err
	}
	open, err := t.invitation(place, author.ID)
	if err != nil || open == nil {
		return err
	}
	return t.seenShare(place, author, m, true)
}

// invitation finds the open watch on which a person pressed "write" in this room.
func (t *turn) invitation(place store.Place, id store.PersonID) (*store.Watch, error) {
	watches, err := t.tx.WatchesOf(id)
	if err != nil {
		return nil, err
	}
	for _, w := range watches {
		ref, err := parseRefs(w.Data)
		if err != nil {
			return nil, err
		}
		if ref.Wrote && w.Place == place.ID {
			return &w, nil
		}
	}
	return nil, nil
}

// firstStep tells the playbooks when a person asks, answers or shares for the first time.
func (t *turn) firstStep(place store.Place, author store.Person, kind string, m chat.MessagePosted) error {
	bit := map[string]uint{"question": 0, "answer": 1, "share": 2}[kind]
	first, err := t.tx.First(author.ID, bit)
	if err != nil || !first {
		return err
	}
	c := cause{place: place, author: author.ID, message: m.Message, thread: m.Place.Thread}
	return t.occasion(playbooks.First, kind, c)
}
