package store

import (
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// Spent is one use of a person's attention. It is kept for seven days.
type Spent struct {
	Person   PersonID
	At       time.Time
	Playbook string
	Rule     string
	Why      string // a reason as a word, or a text's name
}

// Spend keeps that a person's attention was used.
func (t *Tx) Spend(s Spent) error {
	_, err := t.exec("spend", `INSERT INTO spent (person, at, playbook, rule, why) VALUES ($1, $2, $3, $4, $5)`,
		int64(s.Person), micros(s.At), s.Playbook, s.Rule, s.Why)
	return err
}

// SpentSince gives when a person's attention was used, in order.
func (t *Tx) SpentSince(person PersonID, since time.Time) ([]time.Time, error) {
	return list(t, "spent", oneMoment, `SELECT at FROM spent WHERE person = $1 AND at >= $2 ORDER BY at`,
		int64(person), micros(since))
}

// SpentAll is SpentSince for everybody at once, over all connections: a person belongs to one of them.
func (t *Tx) SpentAll(since time.Time) (map[PersonID][]time.Time, error) {
	all := map[PersonID][]time.Time{}
	_, err := list(t, "spent", func(r scanner) (struct{}, error) {
		var person PersonID
		var at time.Time
		err := r.Scan(&person, moment{&at})
		all[person] = append(all[person], at)
		return struct{}{}, err
	}, `SELECT person, at FROM spent WHERE at >= $1 ORDER BY at`, micros(since))
	return all, err
}

// LastSpent gives the last use of a person's attention.
func (t *Tx) LastSpent(person PersonID) (Spent, bool, error) {
	return first(t, "last spent", func(r scanner) (Spent, error) {
		var s Spent
		err := r.Scan(&s.Person, moment{&s.At}, &s.Playbook, &s.Rule, &s.Why)
		return s, err
	}, `SELECT person, at, playbook, rule, why FROM spent WHERE person = $1 ORDER BY at DESC LIMIT 1`, int64(person))
}

// SpendRoom keeps that the bot spoke unasked in a room.
func (t *Tx) SpendRoom(place PlaceID, at time.Time, rule string) error {
	_, err := t.exec("spend room", `INSERT INTO room_spent (place, at, rule) VALUES ($1, $2, $3)`,
		int64(place), micros(at), rule)
	return err
}

// RoomSpentSince counts how often a rule, or any rule where it is empty, spoke unasked in a room.
func (t *Tx) RoomSpentSince(place PlaceID, since time.Time, rule string) (int, error) {
	n, _, err := first(t, "room spent", oneNumber, `SELECT count(*) FROM room_spent
		WHERE place = $1 AND at >= $2 AND ($3 = '' OR rule = $3)`, int64(place), micros(since), rule)
	return int(n), err
}

// Slot is a planned moment of a rule. With a zero At it is taken once and for all; the others are kept for
// 35 days.
type Slot struct {
	Conn     string
	Space    chat.SpaceID
	Playbook string
	Rule     string
	Subject  string
	At       time.Time
}

// TakeSlot reports whether this is the first to take the slot. However many try, one is told true.
func (t *Tx) TakeSlot(s Slot) (fresh bool, err error) {
	return t.addNew("take slot", "slots (conn, space, playbook, rule, subject, slot)", "($1, $2, $3, $4, $5, $6)",
		s.Conn, string(s.Space), s.Playbook, s.Rule, s.Subject, micros(s.At))
}

// SlotTaken reports whether somebody took the slot.
func (t *Tx) SlotTaken(s Slot) (bool, error) {
	_, taken, err := first(t, "slot taken", oneNumber, `SELECT slot FROM slots
		WHERE conn = $1 AND space = $2 AND playbook = $3 AND rule = $4 AND subject = $5 AND slot = $6`,
		s.Conn, string(s.Space), s.Playbook, s.Rule, s.Subject, micros(s.At))
	return taken, err
}

// SpentAbout reports whether a person's attention was used for something since then.
func (t *Tx) SpentAbout(person PersonID, since time.Time, why string) (bool, error) {
	_, spent, err := first(t, "spent about", oneNumber, `SELECT at FROM spent WHERE person = $1 AND at >= $2 AND why = $3 LIMIT 1`,
		int64(person), micros(since), why)
	return spent, err
}

// SpentOn counts how often one rule used a person's attention.
func (t *Tx) SpentOn(person PersonID, since time.Time, playbook, rule string) (int, error) {
	n, _, err := first(t, "spent on", func(r scanner) (n int, err error) { err = r.Scan(&n); return n, err },
		`SELECT COUNT(*) FROM spent WHERE person = $1 AND at >= $2 AND playbook = $3 AND rule = $4`,
		int64(person), micros(since), playbook, rule)
	return n, err
}
