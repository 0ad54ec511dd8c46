package store

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// DueDeliveries gives the pending and held deliveries that are due, in (due, created, key) order, but for those of
// some connections.
func (t *Tx) DueDeliveries(now time.Time, limit int, except ...string) ([]Delivery, error) {
	if _, _, err := t.NextDeliveryDue(); err != nil || t.memory.deliveries.none(now) {
		return nil, err
	}
	var due []Delivery
	for _, state := range []DeliveryState{Pending, Held} {
		some, err := t.deliveriesDue(state, "due", now, limit, except)
		if err != nil {
			return nil, err
		}
		due = append(due, some...)
	}
	slices.SortFunc(due, func(a, b Delivery) int {
		return cmp.Or(a.Due.Compare(b.Due), a.Created.Compare(b.Created), cmp.Compare(a.Key, b.Key))
	})
	return due[:min(limit, len(due))], nil
}

// LapsedClaims gives the claimed deliveries of which the lease is over, but for those of some connections: nobody
// knows whether they were sent.
func (t *Tx) LapsedClaims(now time.Time, limit int, except ...string) ([]Delivery, error) {
	return t.deliveriesDue(Claimed, "lease_until", now, limit, except)
}

func (t *Tx) deliveriesDue(state DeliveryState, column string, now time.Time, limit int, except []string) ([]Delivery, error) {
	args := []any{string(state), micros(now)}
	others := ""
	for _, conn := range except {
		args = append(args, conn)
		others += " AND conn <> $" + strconv.Itoa(len(args))
	}
	return list(t, "due deliveries", scanDelivery, selectDelivery+`WHERE state = $1 AND `+column+` <= $2`+others+`
		ORDER BY `+column+`, key`+most(limit)+t.store.dialect.skipLocked, args...)
}

// Claim takes a pending or held delivery for sending, until the lease ends. Of several who claim one
// delivery, one is told true.
func (t *Tx) Claim(key string, lease time.Time) (bool, error) {
	n, err := t.changeDeliveries("claim", `UPDATE deliveries SET state = 'claimed', lease_until = $2, tries = tries + 1
		WHERE key = $1 AND state IN ('pending', 'held')`, key, micros(lease))
	return n > 0, err
}

// Settle writes what has become of a delivery. One that is settled already stays as it is, but for a doubtful
// one, which may still turn out.
func (t *Tx) Settle(key string, state DeliveryState, reason string, message chat.MessageID, at time.Time) error {
	var sentAs any
	if message != "" {
		sentAs = string(message)
	}
	_, err := t.changeDeliveries("settle", `UPDATE deliveries SET state = $2, reason = $3, message = $4, settled = $5, lease_until = 0
		WHERE key = $1 AND state IN ('pending', 'held', 'claimed', 'doubtful')`,
		key, string(state), reason, sentAs, micros(at))
	return err
}

// Hold puts an open delivery off, with a reason: until a time, or, with the zero time, until it is released by
// another Hold or a Claim. A sender that was told "later" holds what it had claimed.
func (t *Tx) Hold(key string, until time.Time, reason string) error {
	_, err := t.changeDeliveries("hold", `UPDATE deliveries SET state = 'held', due = $2, reason = $3, lease_until = 0
		WHERE key = $1 AND state IN ('pending', 'held', 'claimed')`, key, orNull(micros(until)), reason)
	return err
}

// DropOn drops what is pending or held about a subject and says how many that were.
func (t *Tx) DropOn(subject, reason string, at time.Time) (int, error) {
	return t.changeDeliveries("drop", `UPDATE deliveries SET state = 'dropped', reason = $2, settled = $3
		WHERE subject = $1 AND state IN ('pending', 'held')`, subject, reason, micros(at))
}

// changeDeliveries is exec for what may change which delivery is due next.
func (t *Tx) changeDeliveries(op, query string, args ...any) (int, error) {
	t.memory.deliveries.known = false
	return t.exec(op, query, args...)
}

// QueuedNudges tells who has a private message on its way that was not sent yet.
func (t *Tx) QueuedNudges() (map[PersonID]bool, error) {
	queued := map[PersonID]bool{}
	_, err := list(t, "queued nudges", func(r scanner) (struct{}, error) {
		var person PersonID
		err := r.Scan(&person)
		queued[person] = true
		return struct{}{}, err
	}, `SELECT recipient FROM deliveries WHERE state IN ('pending', 'held') AND nudge = 1 AND recipient IS NOT NULL`)
	return queued, err
}
