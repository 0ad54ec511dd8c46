package store

import (
	"bytes"
	"cmp"
	"crypto/hmac"

	"github.com/gofirst/gofirst/bot/chat"
)

// Whose question a thread is, and whose answer solved it, stands in it as a mark: a keyed hash over the person and the
// thread. The database alone cannot tell that two threads are of one person; whoever asks for a person's threads tries
// all there are, which are few.

const (
	markAsked  = "asked"
	markHelped = "helped"
	markSize   = 16
)

func (k Key) threadMark(part string, lookup []byte, place PlaceID, message chat.MessageID) []byte {
	return keyed(k.thread, part, string(lookup), decimal(int64(place)), string(message))[:markSize]
}

func (t *Tx) threadMark(part string, id PersonID, place PlaceID, message chat.MessageID) ([]byte, error) {
	p, err := t.personByID(id)
	if err != nil || p == nil {
		return make([]byte, markSize), err // nobody known: no person's mark is all zeros
	}
	return t.store.key.threadMark(part, p.lookup, place, message), nil
}

// AskedThread reports whether a thread is of a person's own question.
func (t *Tx) AskedThread(th Thread, id PersonID) (bool, error) {
	mark, err := t.threadMark(markAsked, id, th.Place, th.Message)
	return hmac.Equal(mark, th.asked), err
}

// HelpedThread reports whether a person's answer solved a thread.
func (t *Tx) HelpedThread(th Thread, id PersonID) (bool, error) {
	mark, err := t.threadMark(markHelped, id, th.Place, th.Message)
	return th.Solved && hmac.Equal(mark, th.helped), err
}

// marked is a thread with its marks.
type marked struct {
	place         PlaceID
	message       chat.MessageID
	asked, helped []byte
}

// threadsOf gives the threads of a person: those that they asked, and those that their answers solved.
func (t *Tx) threadsOf(lookup []byte) (asked, helped []marked, err error) {
	all, err := list(t, "threads", func(r scanner) (m marked, err error) {
		err = r.Scan(&m.place, &m.message, &m.asked, &m.helped)
		return m, err
	}, `SELECT place, message, asked, helped FROM threads ORDER BY place, day, message`)
	for _, m := range all {
		if bytes.Equal(m.asked, t.store.key.threadMark(markAsked, lookup, m.place, m.message)) {
			asked = append(asked, m)
		}
		if m.helped != nil && bytes.Equal(m.helped, t.store.key.threadMark(markHelped, lookup, m.place, m.message)) {
			helped = append(helped, m)
		}
	}
	return asked, helped, err
}

// WithdrawThreads deletes the threads that a person's answers solved, and those that waited for nobody else's.
func (t *Tx) WithdrawThreads(id PersonID) error {
	p, err := t.personByID(id)
	if err != nil || p == nil {
		return err
	}
	_, helped, err := t.threadsOf(p.lookup)
	if err != nil {
		return err
	}
	if err := t.dropThreads(helped); err != nil {
		return err
	}
	return t.dropUnagreed()
}

// forgetThreads deletes all threads of a person, asked or solved.
func (t *Tx) forgetThreads(lookup []byte) error {
	asked, helped, err := t.threadsOf(lookup)
	if err != nil {
		return err
	}
	return t.dropThreads(append(asked, helped...))
}

func (t *Tx) dropThreads(threads []marked) error {
	for _, m := range threads {
		if err := t.DropThread(m.place, m.message); err != nil {
			return err
		}
	}
	return nil
}

// unagreed are the threads of spaces in which nobody agrees to be found by their answers: none of them could be solved.
const unagreed = `NOT EXISTS (SELECT 1 FROM places p JOIN roles r ON r.conn = p.conn AND r.space = p.space
	WHERE p.id = threads.place AND r.role = '` + ThreadRole + `' AND r.state = 'accepted')`

func (t *Tx) dropUnagreed() error {
	_, err := t.exec("drop threads", `DELETE FROM threads WHERE `+unagreed)
	return err
}

// ThreadRole is the role that says yes to being found by one's answers. Where nobody has it no thread is kept.
const ThreadRole = "helper"

// KeepsThreads reports whether anybody in a space has agreed to be found by their answers. It is asked for every
// question, and so held in memory.
func (t *Tx) KeepsThreads(conn string, space chat.SpaceID) (bool, error) {
	at := spaceKey{conn, space}
	if keeps, known := t.memory.keeps[at]; known {
		return keeps, nil
	}
	_, keeps, err := first(t, "keeps threads", oneNumber, `SELECT person FROM roles
		WHERE conn = $1 AND space = $2 AND role = $3 AND state = $4`+most(1), conn, string(space), ThreadRole, string(Accepted))
	if err != nil {
		return false, err
	}
	if t.memory.keeps == nil {
		t.memory.keeps = map[spaceKey]bool{}
	}
	t.memory.keeps[at] = keeps
	return keeps, nil
}

// threadItems are the threads of a person, for that person.
func (t *Tx) threadItems(lookup []byte) (items []Item, err error) {
	asked, helped, err := t.threadsOf(lookup)
	for _, m := range asked {
		items = append(items, t.threadItem("threads asked", m))
	}
	for _, m := range helped {
		items = append(items, t.threadItem("threads answered", m))
	}
	return items, err
}

func (t *Tx) threadItem(table string, m marked) Item {
	place := ""
	if p, err := t.placeByID(m.place); err == nil && p != nil {
		place = cmp.Or(p.Name, string(p.Channel))
	}
	return Item{table, readable([]string{"place", "message"}, []any{place, string(m.message)})}
}
