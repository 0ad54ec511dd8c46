package store

import "time"

// LastPosted gives when a rule last said something in a room, before a moment; the zero time where it did not, or
// where that is forgotten. What it said to single persons does not count, nor what it said about a subject.
func (t *Tx) LastPosted(place PlaceID, playbook, rule, but string, before time.Time) (at time.Time, err error) {
	at, _, err = first(t, "last posted", oneMoment, `SELECT settled FROM deliveries WHERE state = 'sent' AND nudge = 0
		AND place = $1 AND playbook = $2 AND rule = $3 AND settled < $4 AND subject <> $5
		ORDER BY settled DESC LIMIT 1`, int64(place), playbook, rule, micros(before), but)
	return at, err
}

// LastRoomSpent gives when a rule last used a room's attention; it is known for seven days.
func (t *Tx) LastRoomSpent(place PlaceID, rule string) (at time.Time, err error) {
	at, _, err = first(t, "last room spent", oneMoment, `SELECT at FROM room_spent WHERE place = $1 AND rule = $2
		ORDER BY at DESC LIMIT 1`, int64(place), rule)
	return at, err
}

// Overdue lists what was to be said in rooms and was not by its NotAfter, by (created, key): the process was down.
func (t *Tx) Overdue(now time.Time, limit int) ([]Delivery, error) {
	return list(t, "overdue", scanDelivery, selectDelivery+`WHERE state IN ('pending', 'held', 'claimed')
		AND recipient IS NULL AND not_after < $1 ORDER BY created, key`+most(limit), micros(now))
}
