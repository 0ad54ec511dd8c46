package store

import "time"

// A replayed record asks after every message what is due next, and nearly always it is what it was before. So
// the next due times are held in memory: forgotten when a row is taken away or moved, drawn forward when one
// is added.

// nextDue is when the next row of a table is due, as far as it is known.
type nextDue struct {
	known bool
	at    time.Time // none: no row is
}

// added takes a new row into account.
func (n *nextDue) added(due time.Time) {
	if due = stored(due); !due.IsZero() && (n.at.IsZero() || due.Before(n.at)) {
		n.at = due
	}
}

// none reports that no row is due by then, where that is known.
func (n *nextDue) none(now time.Time) bool {
	return n.known && (n.at.IsZero() || n.at.After(now))
}

// NextWatchDue gives the earliest time at which a watch is due.
func (t *Tx) NextWatchDue() (time.Time, bool, error) {
	held := t.memory.later.watches
	t.memory.later.watches = nil // what is in memory need not be written for this
	at, found, err := t.nextDue(&t.memory.watches, "next watch",
		`SELECT due FROM watches WHERE due IS NOT NULL ORDER BY due LIMIT 1`)
	t.memory.later.watches = held
	if first := t.firstHeld(); err == nil && !first.IsZero() && (!found || first.Before(at)) {
		t.memory.watches.added(first)
		return first, true, nil
	}
	return at, found, err
}

// NextDeliveryDue gives the earliest time at which a pending or held delivery is due.
func (t *Tx) NextDeliveryDue() (time.Time, bool, error) {
	return t.nextDue(&t.memory.deliveries, "next delivery", `SELECT min(due) FROM (
		SELECT min(due) AS due FROM deliveries WHERE state = 'pending' AND due IS NOT NULL
		UNION ALL SELECT min(due) AS due FROM deliveries WHERE state = 'held' AND due IS NOT NULL) AS earliest`)
}

func (t *Tx) nextDue(n *nextDue, op, query string) (time.Time, bool, error) {
	if !n.known {
		at, _, err := first(t, op, oneMoment, query)
		if err != nil {
			return time.Time{}, false, err
		}
		n.known, n.at = true, at
	}
	return n.at, !n.at.IsZero(), nil
}
