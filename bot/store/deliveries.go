package store

import (
	"errors"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// DeliveryState says where a delivery stands.
type DeliveryState string

// Pending, Held and Claimed are open; the others are settled.
const (
	Pending  DeliveryState = "pending"
	Held     DeliveryState = "held"    // until its Due, or until released
	Claimed  DeliveryState = "claimed" // by a sender, until LeaseUntil
	Sent     DeliveryState = "sent"
	Doubtful DeliveryState = "doubtful" // it may have been sent
	Dropped  DeliveryState = "dropped"
	Refused  DeliveryState = "refused"
	Expired  DeliveryState = "expired"
)

// Delivery is one message that the bot means to send. It names a text and never holds one.
type Delivery struct {
	Key        string // see Key.DeliveryKey; the same key is the same message
	Conn       string
	Space      chat.SpaceID
	Playbook   string
	Hash       string // of the playbook's file
	Rule       string
	Step       string
	Text       string // the name of a text
	Language   string
	Recipient  PersonID // emptied when NotAfter has passed
	Place      PlaceID
	Thread     chat.MessageID
	Subject    string // what it is about, as a word
	Refs       string // JSON; emptied when NotAfter has passed
	Watch      int64
	Nudge      bool
	State      DeliveryState
	Due        time.Time // none in Held: until released
	NotAfter   time.Time
	Created    time.Time
	LeaseUntil time.Time
	Tries      int            // claims so far
	Message    chat.MessageID // as which it was sent
	Reason     string
	Settled    time.Time
}

const (
	deliveryColumns = `key, conn, space, playbook, hash, rule, step, text, language, recipient, place, thread, subject,
	refs, watch, nudge, state, due, not_after, created, lease_until, tries, message, reason, settled`
	selectDelivery = `SELECT ` + deliveryColumns + ` FROM deliveries `
)

func scanDelivery(r scanner) (Delivery, error) {
	var d Delivery
	var message *string
	err := r.Scan(&d.Key, &d.Conn, &d.Space, &d.Playbook, &d.Hash, &d.Rule, &d.Step, &d.Text, &d.Language,
		into(&d.Recipient), &d.Place, &d.Thread, &d.Subject, &d.Refs, into(&d.Watch), &d.Nudge, &d.State,
		moment{&d.Due}, moment{&d.NotAfter}, moment{&d.Created}, moment{&d.LeaseUntil}, &d.Tries, &message,
		&d.Reason, moment{&d.Settled})
	if message != nil {
		d.Message = chat.MessageID(*message)
	}
	return d, err
}

// AddDelivery keeps a delivery; an empty State is pending. fresh is false, and nothing changes, where its key
// was there already, whatever has become of it. One without NotAfter is refused: everything can come too late.
func (t *Tx) AddDelivery(d Delivery) (fresh bool, err error) {
	if d.State == "" {
		d.State = Pending
	}
	if d.NotAfter.IsZero() {
		return false, errors.New("add delivery: no NotAfter")
	}
	var message any
	if d.Message != "" {
		message = string(d.Message)
	}
	fresh, err = t.addNew("add delivery", "deliveries ("+deliveryColumns+")", `($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,
		$12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)`,
		d.Key, d.Conn, string(d.Space), d.Playbook, d.Hash, d.Rule, d.Step, d.Text, d.Language,
		orNull(d.Recipient), int64(d.Place), string(d.Thread), d.Subject, d.Refs, orNull(d.Watch), bit(d.Nudge),
		string(d.State), orNull(micros(d.Due)), micros(d.NotAfter), micros(d.Created), micros(d.LeaseUntil), d.Tries,
		message, d.Reason, micros(d.Settled))
	if fresh && (d.State == Pending || d.State == Held) {
		t.memory.deliveries.added(d.Due)
	}
	return fresh, err
}

// Delivery gives a delivery by its key.
func (t *Tx) Delivery(key string) (Delivery, bool, error) {
	return first(t, "delivery", scanDelivery, selectDelivery+`WHERE key = $1`, key)
}

// DeliveriesOn gives the deliveries about a subject, in every state, by (created, key).
func (t *Tx) DeliveriesOn(subject string) ([]Delivery, error) {
	return list(t, "deliveries on", scanDelivery, selectDelivery+`WHERE subject = $1 ORDER BY created, key`, subject)
}

// DeliveriesTo gives the deliveries of which a person is still known to be the recipient, newest first.
func (t *Tx) DeliveriesTo(person PersonID, limit int) ([]Delivery, error) {
	return list(t, "deliveries to", scanDelivery, selectDelivery+`WHERE recipient = $1
		ORDER BY created DESC, key`+most(limit), int64(person))
}

// HeldFor gives what is held for a reason in a place, by (created, key).
func (t *Tx) HeldFor(place PlaceID, reason string) ([]Delivery, error) {
	return list(t, "held for", scanDelivery, selectDelivery+`WHERE state = 'held' AND place = $1 AND reason = $2
		ORDER BY created, key`, int64(place), reason)
}
