package store

import (
	"fmt"
	"strings"
	"time"
)

// Over a record most questions are answered, and the watches on them ended, within a few turns of the same batch.
// So a batch keeps new questions and watches in memory until somebody asks the database about them: whoever does,
// by any statement that names their tables, finds them there (settle). A failed batch is undone whole, and with it
// this memory.

// later is what a batch has yet to write.
type later struct {
	questions []Question
	watches   []Watch
	ids       map[string]int64 // the last id given, by table
}

// gathers reports whether new rows may wait: in a batch alone, which is undone as a whole or not at all.
func (t *Tx) gathers() bool { return t.writes && t.store.batch != nil }

// nextID gives an id as the database would: growing, and never given before.
func (t *Tx) nextID(table string) (int64, error) {
	l := &t.memory.later
	if _, known := l.ids[table]; !known {
		last, _, err := first(t, "last id", oneNumber, `SELECT seq FROM sqlite_sequence WHERE name = $1`, table)
		if err != nil {
			return 0, err
		}
		if l.ids == nil {
			l.ids = map[string]int64{}
		}
		l.ids[table] = last
	}
	l.ids[table]++
	return l.ids[table], nil
}

// settle writes what waits, if the statement is about it.
func (t *Tx) settle(query string) error {
	l := &t.memory.later
	if len(l.questions) > 0 && strings.Contains(query, "questions") {
		if err := t.writeQuestions(); err != nil {
			return err
		}
	}
	if len(l.watches) > 0 && strings.Contains(query, "watches") {
		return t.writeWatches()
	}
	return nil
}

func (t *Tx) writeQuestions() error {
	waiting := t.memory.later.questions
	t.memory.later.questions = nil
	for _, q := range waiting {
		_, err := t.conn.exec(`INSERT INTO questions
			(id, place, message, asker, at, explicit, state, first_reply, answered, taken_by, closed)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
			q.ID, int64(q.Place), string(q.Message), int64(q.Asker), micros(q.At), bit(q.Explicit), string(q.State),
			micros(q.FirstReply), micros(q.Answered), orNull(q.TakenBy), micros(q.closedAt()))
		if err != nil {
			return fmt.Errorf("add question: %w", err)
		}
	}
	return nil
}

func (t *Tx) writeWatches() error {
	waiting := t.memory.later.watches
	t.memory.later.watches = nil
	for _, w := range waiting {
		_, err := t.conn.exec(`INSERT INTO watches
			(id, conn, space, playbook, hash, rule, name, place, subject, person, due, not_after, data)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
			w.ID, w.Conn, string(w.Space), w.Playbook, w.Hash, w.Rule, w.Name, int64(w.Place), w.Subject, orNull(w.Person),
			orNull(micros(w.Due)), orNull(micros(w.NotAfter)), w.Data)
		if err != nil {
			return fmt.Errorf("add watch: %w", err)
		}
	}
	return nil
}

// holdQuestion keeps a question that the batch has yet to write.
func (t *Tx) holdQuestion(q Question) (int64, error) {
	id, err := t.nextID("questions")
	if err != nil {
		return 0, err
	}
	q.ID = id
	t.memory.later.questions = append(t.memory.later.questions, q)
	return id, t.noteQuestion(q)
}

// heldQuestion gives the place in memory of a question that is not written yet; nil where it is.
func (t *Tx) heldQuestion(id int64) *Question {
	held := t.memory.later.questions
	for i := len(held) - 1; i >= 0; i-- {
		if held[i].ID == id {
			return &held[i]
		}
	}
	return nil
}

// dropHeld takes the watches on a subject out of memory and says how many there were.
func (t *Tx) dropHeld(subject string) int {
	kept := t.memory.later.watches[:0]
	for _, w := range t.memory.later.watches {
		if w.Subject != subject {
			kept = append(kept, w)
		}
	}
	dropped := len(t.memory.later.watches) - len(kept)
	t.memory.later.watches = kept
	return dropped
}

// firstHeld gives the earliest time at which a watch in memory is due; the zero time where none is.
func (t *Tx) firstHeld() (at time.Time) {
	for _, w := range t.memory.later.watches {
		if due := stored(w.Due); !due.IsZero() && (at.IsZero() || due.Before(at)) {
			at = due
		}
	}
	return at
}
