package store

import "github.com/gofirst/gofirst/bot/chat"

// Subscribe keeps that a person wants a room's digest in private as well, since a day; asking again changes nothing.
// It is a reason to keep the account sealed.
func (t *Tx) Subscribe(person PersonID, place PlaceID, day int) error {
	_, err := t.exec("subscribe", `INSERT INTO subscriptions (person, place, since_day) VALUES ($1, $2, $3)
		ON CONFLICT (person, place) DO NOTHING`, int64(person), int64(place), day)
	return err
}

// Unsubscribe ends it, for one room or, where place is 0, for all, and says how many there were.
func (t *Tx) Unsubscribe(person PersonID, place PlaceID) (int, error) {
	return t.exec("unsubscribe", `DELETE FROM subscriptions WHERE person = $1 AND ($2 = 0 OR place = $2)`,
		int64(person), int64(place))
}

// UnsubscribeAll ends it for everybody in a room.
func (t *Tx) UnsubscribeAll(place PlaceID) error {
	_, err := t.exec("unsubscribe all", `DELETE FROM subscriptions WHERE place = $1`, int64(place))
	return err
}

// UnsubscribeSpace ends it for a person in all rooms of a space.
func (t *Tx) UnsubscribeSpace(person PersonID, conn string, space chat.SpaceID) error {
	_, err := t.exec("unsubscribe space", `DELETE FROM subscriptions WHERE person = $1
		AND place IN (SELECT id FROM places WHERE conn = $2 AND space = $3)`, int64(person), conn, string(space))
	return err
}

// Subscribers lists who gets a room's digest, in no order that says anything.
func (t *Tx) Subscribers(place PlaceID) ([]PersonID, error) {
	return list(t, "subscribers", func(r scanner) (id PersonID, err error) {
		err = r.Scan(&id)
		return id, err
	}, `SELECT person FROM subscriptions WHERE place = $1 ORDER BY person`, int64(place))
}

// SubscriptionsOf lists the rooms of which a person gets the digest.
func (t *Tx) SubscriptionsOf(person PersonID) ([]PlaceID, error) {
	return list(t, "subscriptions", func(r scanner) (id PlaceID, err error) {
		err = r.Scan(&id)
		return id, err
	}, `SELECT place FROM subscriptions WHERE person = $1 ORDER BY place`, int64(person))
}
