package store

import (
	"context"
	"slices"

	"github.com/gofirst/gofirst/bot/chat"
)

// Forget deletes a person: their row, roles, preferences and watches, what was to be sent to them, what they
// used of attention, the threads that they asked or solved; it takes their name off messages, questions and acts, and the words off their acts. What
// remains is sums without persons, and their opt-outs, if any. Afterwards neither the file nor its log holds
// the words or a way to the account.
func (s *Store) Forget(ctx context.Context, conn string, user chat.UserID) error {
	err := s.Turn(ctx, func(t *Tx) error { return t.forget(conn, user) })
	if err != nil {
		return err
	}
	return s.EmptyLog(ctx)
}

// EmptyLog moves the log into the file, so that what was deleted is in neither. It commits what is open, and waits for
// the views to end, since the log cannot be emptied under a reader.
func (s *Store) EmptyLog(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.writer == nil {
		return errClosed()
	}
	if err := s.settle(); err != nil {
		return err
	}
	for range cap(s.readers) {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case c := <-s.readers:
			defer func() { s.readers <- c }()
		}
	}
	return s.checkpoint()
}

func (t *Tx) forget(conn string, user chat.UserID) error {
	p, err := t.findPerson(conn, user)
	if err != nil || p == nil {
		return err
	}
	if err := t.flush(); err != nil {
		return err
	}
	if err := t.leaveReceivers(p.ID); err != nil {
		return err
	}
	if err := t.forgetThreads(p.lookup); err != nil {
		return err
	}
	for _, statement := range forgetting() {
		if _, err := t.exec("forget", statement, int64(p.ID)); err != nil {
			return err
		}
	}
	t.forgetPersonInMemory(p.ID)
	t.memory.keeps = nil
	t.memory.open, t.memory.openTooMany = nil, false
	t.memory.watches.known, t.memory.deliveries.known = false, false
	return t.dropUnagreed()
}

// forgetting is what happens to the rows that name a person. An act keeps that it happened, and loses whose it
// was, what was said and where to read it.
func forgetting() []string {
	return []string{
		`UPDATE messages SET author = 0 WHERE author = $1`,
		`UPDATE questions SET state = 'left', closed = at WHERE asker = $1 AND state IN ('open', 'taken')`,
		`UPDATE questions SET asker = 0 WHERE asker = $1`,
		`UPDATE questions SET taken_by = NULL WHERE taken_by = $1`,
		`UPDATE acts SET author = 0, words = '', why = '', team = '', message = '', link = '' WHERE author = $1`,
		`DELETE FROM roles WHERE person = $1`,
		`DELETE FROM watches WHERE person = $1`,
		`DELETE FROM deliveries WHERE recipient = $1`,
		`UPDATE deliveries SET refs = replace(refs, CAST($1 AS TEXT), '0') WHERE refs LIKE '%' || CAST($1 AS TEXT) || '%'`,
		`UPDATE watches SET data = replace(data, CAST($1 AS TEXT), '0') WHERE data LIKE '%' || CAST($1 AS TEXT) || '%'`,
		`DELETE FROM spent WHERE person = $1`,
		`DELETE FROM helping WHERE person = $1`,
		`DELETE FROM subscriptions WHERE person = $1`,
		`DELETE FROM people WHERE id = $1`,
	}
}

// leaveReceivers takes a person out of what others thanked them for.
func (t *Tx) leaveReceivers(id PersonID) error {
	acts, err := t.received(id)
	for _, a := range acts {
		if err != nil {
			return err
		}
		a.Receivers = slices.DeleteFunc(a.Receivers, func(r PersonID) bool { return r == id })
		err = t.SetAct(a)
	}
	return err
}

// received gives the acts with the person among the receivers. The text search may find too much, hence the
// second look.
func (t *Tx) received(id PersonID) ([]Act, error) {
	acts, err := list(t, "received", scanAct, selectAct+`WHERE receivers LIKE $1 ORDER BY at, id`,
		"%"+decimal(int64(id))+"%")
	return slices.DeleteFunc(acts, func(a Act) bool { return !slices.Contains(a.Receivers, id) }), err
}
