package store

import (
	"encoding/binary"
	"slices"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// Thread is a question as it can be compared with others: while it waits, and for a while after somebody answered it
// who agreed to be found by their answers. It holds nobody's words and names nobody.
type Thread struct {
	Place   PlaceID
	Message chat.MessageID
	Day     time.Time // on which it was asked
	Terms   []uint64
	Solved  bool

	asked, helped []byte
}

// Term is how a term stands in the database: 64 bits of HMAC-SHA256 over space and term. Without the key it shows only
// which questions of a space share a term; who holds the key can test whether a certain word was in one.
func (k Key) Term(conn string, space chat.SpaceID, term string) uint64 {
	return binary.BigEndian.Uint64(keyed(k.term, conn, string(space), term))
}

// HashTerms gives the terms of a question in a place as Threads have them, in an order that tells nothing.
func (t *Tx) HashTerms(place Place, terms []string) []uint64 {
	out := make([]uint64, 0, len(terms))
	for _, term := range terms {
		out = append(out, t.store.key.Term(place.Conn, place.Space, term))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// AddThread keeps the terms of a question that waits. One without terms is not kept.
func (t *Tx) AddThread(place Place, message chat.MessageID, asker PersonID, at time.Time, terms []string) error {
	if len(terms) == 0 {
		return nil
	}
	mark, err := t.threadMark(markAsked, asker, place.ID, message)
	if err != nil {
		return err
	}
	_, err = t.addNew("add thread", "threads (place, message, day, terms, asked)", "($1, $2, $3, $4, $5)",
		int64(place.ID), string(message), dayOf(micros(at)), packTerms(t.HashTerms(place, terms)), mark)
	return err
}

// RestateThread replaces the terms of a thread, if it is kept: its question was edited.
func (t *Tx) RestateThread(place Place, message chat.MessageID, terms []string) error {
	if len(terms) == 0 {
		return t.DropThread(place.ID, message)
	}
	_, err := t.exec("restate thread", `UPDATE threads SET terms = $3 WHERE place = $1 AND message = $2`,
		int64(place.ID), string(message), packTerms(t.HashTerms(place, terms)))
	return err
}

// SolveThread keeps the thread of a question that somebody has answered. Only to be called for people who agreed to it.
func (t *Tx) SolveThread(place PlaceID, message chat.MessageID, helper PersonID) error {
	mark, err := t.threadMark(markHelped, helper, place, message)
	if err != nil {
		return err
	}
	_, err = t.exec("solve thread", `UPDATE threads SET helped = $3 WHERE place = $1 AND message = $2 AND helped IS NULL`,
		int64(place), string(message), mark)
	return err
}

// ReopenThread makes a solved thread one that waits again.
func (t *Tx) ReopenThread(place PlaceID, message chat.MessageID) error {
	_, err := t.exec("reopen thread", `UPDATE threads SET helped = NULL WHERE place = $1 AND message = $2`,
		int64(place), string(message))
	return err
}

// DropThread deletes what is kept of a thread.
func (t *Tx) DropThread(place PlaceID, message chat.MessageID) error {
	_, err := t.exec("drop thread", `DELETE FROM threads WHERE place = $1 AND message = $2`, int64(place), string(message))
	return err
}

// DropWaitingThread deletes what is kept of a thread unless it is solved.
func (t *Tx) DropWaitingThread(place PlaceID, message chat.MessageID) error {
	_, err := t.exec("drop thread", `DELETE FROM threads WHERE place = $1 AND message = $2 AND helped IS NULL`,
		int64(place), string(message))
	return err
}

const selectThread = `SELECT place, message, day, terms, asked, helped FROM threads `

func scanThread(r scanner) (Thread, error) {
	var th Thread
	var d int64
	var terms []byte
	err := r.Scan(&th.Place, &th.Message, &d, &terms, &th.asked, &th.helped)
	th.Solved = th.helped != nil
	th.Day, th.Terms = time.UnixMicro(d*day).UTC(), unpackTerms(terms)
	return th, err
}

// Thread gives what is kept of a question's thread.
func (t *Tx) Thread(place PlaceID, message chat.MessageID) (Thread, bool, error) {
	return first(t, "thread", scanThread, selectThread+`WHERE place = $1 AND message = $2`, int64(place), string(message))
}

// SolvedThreads gives the solved threads of a place, the newest first.
func (t *Tx) SolvedThreads(place PlaceID, limit int) ([]Thread, error) {
	return list(t, "solved threads", scanThread,
		selectThread+`WHERE place = $1 AND helped IS NOT NULL ORDER BY day DESC, message DESC`+most(limit), int64(place))
}

func packTerms(terms []uint64) []byte {
	out := make([]byte, 0, 8*len(terms))
	for _, term := range terms {
		out = binary.BigEndian.AppendUint64(out, term)
	}
	return out
}

func unpackTerms(packed []byte) (terms []uint64) {
	for ; len(packed) >= 8; packed = packed[8:] {
		terms = append(terms, binary.BigEndian.Uint64(packed))
	}
	return terms
}
