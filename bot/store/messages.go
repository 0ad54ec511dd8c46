package store

import (
	"slices"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// Message is the trace of a posted message: never its words.
type Message struct {
	Place   PlaceID
	Message chat.MessageID
	Author  PersonID // 0: a program, or somebody forgotten
	At      time.Time
	Flags   int64 // bits; what they mean is the caller's
	Thread  chat.MessageID
}

// message is a Message as it stands in its table.
type message struct {
	day, place int64
	id         string
	author, at int64
	flags      int64
	thread     string
}

const (
	messageColumns = `(day, place, message, author, at, flags, thread)`
	messageValues  = `($1, $2, $3, $4, $5, $6, $7)`
	selectMessage  = `SELECT m.place, m.message, m.author, m.at, m.flags, m.thread FROM messages m `
)

func scanMessage(r scanner) (Message, error) {
	var m Message
	err := r.Scan(&m.Place, &m.Message, &m.Author, moment{&m.At}, &m.Flags, &m.Thread)
	return m, err
}

// AddMessage keeps the trace of a message. fresh is false where it was there already.
func (t *Tx) AddMessage(m Message) (fresh bool, err error) {
	p, err := t.placeToChange("add message", m.Place)
	if err != nil {
		return false, err
	}
	row, err := t.messageRow(m)
	if err != nil {
		return false, err
	}
	if p.surelyNew(micros(m.At), m.Message) {
		if p.note(micros(m.At), m.Message) {
			t.change(p)
		}
		return true, t.buffer(row)
	}
	if err := t.flushMessages(); err != nil {
		return false, err
	}
	fresh, err = t.addNew("add message", "messages "+messageColumns, messageValues,
		row.day, row.place, row.id, row.author, row.at, row.flags, row.thread)
	if fresh && p.note(micros(m.At), m.Message) {
		t.change(p)
	}
	return fresh, err
}

func (t *Tx) messageRow(m Message) (message, error) {
	at := micros(m.At)
	row := message{dayOf(at), int64(m.Place), string(m.Message), int64(m.Author), at, m.Flags, string(m.Thread)}
	rounded, err := t.roundedBefore()
	if row.day < rounded {
		row.at = row.day * day
	}
	return row, err
}

// findMessage looks through the days from the newest down, since the key begins with the day.
const findMessage = `WITH RECURSIVE days (day) AS (
		SELECT max(day) FROM messages
		UNION ALL SELECT (SELECT max(day) FROM messages WHERE day < days.day) FROM days WHERE days.day IS NOT NULL
	) ` + selectMessage + `JOIN days ON m.day = days.day WHERE m.place = $1 AND m.message = $2 LIMIT 1`

// Message gives the trace of a message, if it is kept. It looks through the days kept and is not meant to be
// asked for every message of a long record.
func (t *Tx) Message(place PlaceID, id chat.MessageID) (Message, bool, error) {
	if err := t.flushMessages(); err != nil {
		return Message{}, false, err
	}
	return first(t, "message", scanMessage, findMessage, int64(place), string(id))
}

// SetMessageFlags replaces the flags of a message.
func (t *Tx) SetMessageFlags(place PlaceID, id chat.MessageID, flags int64) error {
	m, found, err := t.Message(place, id)
	if !found || err != nil {
		return err
	}
	_, err = t.exec("set flags", `UPDATE messages SET flags = $4 WHERE day = $1 AND place = $2 AND message = $3`,
		dayOf(micros(m.At)), int64(place), string(id), flags)
	return err
}

// DeleteMessage drops the trace of a message.
func (t *Tx) DeleteMessage(place PlaceID, id chat.MessageID) error {
	p, err := t.placeToChange("delete message", place)
	if err != nil {
		return err
	}
	m, found, err := t.Message(place, id)
	if !found || err != nil {
		return err
	}
	p.complete = false
	_, err = t.exec("delete message", `DELETE FROM messages WHERE day = $1 AND place = $2 AND message = $3`,
		dayOf(micros(m.At)), int64(place), string(id))
	return err
}

// MessagesBy counts a person's messages by place.
func (t *Tx) MessagesBy(author PersonID, since time.Time) (map[PlaceID]int, error) {
	if err := t.flushMessages(); err != nil {
		return nil, err
	}
	counts := map[PlaceID]int{}
	_, err := list(t, "messages by", func(r scanner) (struct{}, error) {
		var place PlaceID
		var n int
		err := r.Scan(&place, &n)
		counts[place] = n
		return struct{}{}, err
	}, `SELECT place, count(*) FROM messages WHERE day >= $1 AND at >= $2 AND author = $3 GROUP BY place`,
		dayOf(micros(since)), micros(since), int64(author))
	return counts, err
}

// LastInThread gives the person who wrote last in a thread from one time up to another, but for one of them.
func (t *Tx) LastInThread(place PlaceID, thread chat.MessageID, from, to time.Time, but PersonID) (PersonID, bool, error) {
	if err := t.flushMessages(); err != nil {
		return 0, false, err
	}
	return first(t, "last in thread", func(r scanner) (id PersonID, err error) { err = r.Scan(&id); return id, err },
		`SELECT author FROM messages WHERE day BETWEEN $1 AND $2 AND place = $3 AND thread = $4 AND author NOT IN (0, $5)
		AND at <= $6 ORDER BY at DESC, message DESC LIMIT 1`,
		dayOf(micros(from)), dayOf(micros(to)), int64(place), string(thread), int64(but), micros(to))
}

// MessagesIn gives the messages of a place from one time up to another, by (time, message).
func (t *Tx) MessagesIn(place PlaceID, from, to time.Time) ([]Message, error) {
	if err := t.flushMessages(); err != nil {
		return nil, err
	}
	found, err := list(t, "messages in", scanMessage, selectMessage+`WHERE m.day BETWEEN $1 AND $2 AND m.place = $3
		AND m.at >= $4 AND m.at < $5`, dayOf(micros(from)), dayOf(micros(to)), int64(place), micros(from), micros(to))
	slices.SortFunc(found, func(a, b Message) int {
		if c := a.At.Compare(b.At); c != 0 {
			return c
		}
		return strings.Compare(string(a.Message), string(b.Message))
	})
	return found, err
}
