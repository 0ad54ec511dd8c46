package store

import (
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// Entry is why the bot spoke, or held its tongue. It names a question or a slot, never a person.
type Entry struct {
	ID       int64
	At       time.Time
	Conn     string
	Space    chat.SpaceID
	Playbook string
	Rule     string
	Subject  string
	Reason   string
	Data     string // JSON of numbers and codes
}

// ReasonCount is how often a rule came to a reason.
type ReasonCount struct {
	Conn     string
	Space    chat.SpaceID
	Playbook string
	Rule     string
	Reason   string
	N        int
}

const selectEntry = `SELECT id, at, conn, space, playbook, rule, subject, reason, data FROM journal `

func scanEntry(r scanner) (Entry, error) {
	var e Entry
	err := r.Scan(&e.ID, moment{&e.At}, &e.Conn, &e.Space, &e.Playbook, &e.Rule, &e.Subject, &e.Reason, &e.Data)
	return e, err
}

// Journal writes an entry.
func (t *Tx) Journal(e Entry) error {
	_, err := t.exec("journal", `INSERT INTO journal (at, conn, space, playbook, rule, subject, reason, data)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		micros(e.At), e.Conn, string(e.Space), e.Playbook, e.Rule, e.Subject, e.Reason, e.Data)
	return err
}

// JournalOn gives the entries about a subject, in the order of writing.
func (t *Tx) JournalOn(subject string) ([]Entry, error) {
	return list(t, "journal on", scanEntry, selectEntry+`WHERE subject = $1 ORDER BY id`, subject)
}

// JournalOf gives the last entries of a playbook in a space, newest first; what is empty does not select.
func (t *Tx) JournalOf(conn string, space chat.SpaceID, playbook string, limit int) ([]Entry, error) {
	return list(t, "journal of", scanEntry, selectEntry+`WHERE ($1 = '' OR conn = $1) AND ($2 = '' OR space = $2)
		AND ($3 = '' OR playbook = $3) ORDER BY id DESC`+most(limit), conn, string(space), playbook)
}

// JournalCounts counts the entries since then by rule and reason.
func (t *Tx) JournalCounts(since time.Time) ([]ReasonCount, error) {
	return list(t, "journal counts", func(r scanner) (ReasonCount, error) {
		var c ReasonCount
		err := r.Scan(&c.Conn, &c.Space, &c.Playbook, &c.Rule, &c.Reason, &c.N)
		return c, err
	}, `SELECT conn, space, playbook, rule, reason, count(*) FROM journal WHERE at >= $1
		GROUP BY conn, space, playbook, rule, reason ORDER BY conn, space, playbook, rule, reason`, micros(since))
}
