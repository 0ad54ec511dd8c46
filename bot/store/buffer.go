package store

import (
	"slices"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// Messages are gathered and inserted many rows a statement, which costs about 0.6 of inserting
// them one by one (16 rows 0.75, 64 rows 0.6, 500 rows no better). So that AddMessage can still say at once
// whether a message is fresh, each place knows the newest time that it has seen: what is newer is fresh, and
// of the messages at that very time the place knows the ids. Anything else is asked of the database.

// latest is the newest time of a place and who was there at that time.
type latest struct {
	newest   int64
	ids      []chat.MessageID
	complete bool // ids are all there are at that time
}

const latestIDs = 32

// surelyNew reports whether the message cannot have been seen before.
func (l *latest) surelyNew(at int64, id chat.MessageID) bool {
	if at != l.newest {
		return at > l.newest
	}
	return l.complete && len(l.ids) < latestIDs && !slices.Contains(l.ids, id)
}

// note takes a fresh message into account and says whether the newest time moved.
func (l *latest) note(at int64, id chat.MessageID) (moved bool) {
	if at > l.newest {
		l.newest, l.ids, l.complete, moved = at, l.ids[:0], true, true
	}
	if at == l.newest && len(l.ids) < latestIDs {
		l.ids = append(l.ids, id)
	}
	return moved
}

const (
	bufferRows   = 64
	messageWidth = 7 // columns
)

func (t *Tx) buffer(m message) error {
	t.memory.messages.add(m)
	if len(t.memory.messages.waiting()) < bufferRows {
		return nil
	}
	return t.flushMessages()
}

// flushMessages inserts what is gathered, in statements of 64, 8 and single rows, so that few are prepared.
func (t *Tx) flushMessages() error {
	q := &t.memory.messages
	for rest := q.waiting(); len(rest) > 0; rest = q.waiting() {
		n := 1
		switch {
		case len(rest) >= bufferRows:
			n = bufferRows
		case len(rest) >= 8:
			n = 8
		}
		if err := t.insertMessages(rest[:n]); err != nil {
			return err
		}
		q.written += n
	}
	return nil
}

func (t *Tx) insertMessages(rows []message) error {
	args := t.memory.args[:0]
	for _, m := range rows {
		args = append(args, m.day, m.place, m.id, m.author, m.at, m.flags, m.thread)
	}
	t.memory.args = args
	_, err := t.exec("add messages", t.manyMessages(len(rows)), args...)
	return err
}

// manyMessages is the statement that inserts n rows. It is built once a length.
func (t *Tx) manyMessages(n int) string {
	if q := t.memory.inserts[n]; q != "" {
		return q
	}
	d := t.store.dialect
	rows := make([]string, n)
	for i := range rows {
		columns := make([]string, messageWidth)
		for j := range columns {
			columns[j] = d.placeholder(messageWidth*i + j + 1)
		}
		rows[i] = "(" + strings.Join(columns, ", ") + ")"
	}
	q := d.addNew + "messages " + messageColumns + " VALUES " + strings.Join(rows, ", ") + d.addNewEnd
	t.memory.inserts[n] = q
	return q
}
