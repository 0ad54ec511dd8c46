package store

import (
	"fmt"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// UpdatePerson writes Prefs, PausedUntil, AwayFrom, AwayUntil and NotBefore.
func (t *Tx) UpdatePerson(p Person) error {
	known, err := t.personToChange("update person", p.ID)
	if err != nil {
		return err
	}
	_, err = t.exec("update person", `UPDATE people SET prefs = $2, paused_until = $3, away_from = $4,
		away_until = $5, not_before = $6 WHERE id = $1`, int64(p.ID), p.Prefs, micros(p.PausedUntil),
		micros(p.AwayFrom), micros(p.AwayUntil), micros(p.NotBefore))
	if err != nil {
		return err
	}
	known.Prefs, known.PausedUntil, known.NotBefore = p.Prefs, stored(p.PausedUntil), stored(p.NotBefore)
	known.AwayFrom, known.AwayUntil = stored(p.AwayFrom), stored(p.AwayUntil)
	return nil
}

// MarkNewcomer keeps since when the person is new here; the zero time unmarks. It wears off by itself.
func (t *Tx) MarkNewcomer(id PersonID, at time.Time) error {
	known, err := t.personToChange("mark newcomer", id)
	if err != nil {
		return err
	}
	if _, err := t.exec("mark newcomer", `UPDATE people SET newcomer = $2 WHERE id = $1`, int64(id), micros(at)); err != nil {
		return err
	}
	known.Newcomer = stored(at)
	return nil
}

// First reports whether something happens to the person for the first time, and remembers that it did.
// Bits are 0…62; what they mean is the caller's.
func (t *Tx) First(id PersonID, bit uint) (first bool, err error) {
	known, err := t.personToChange("first", id)
	if err != nil {
		return false, err
	}
	if bit > 62 {
		return false, fmt.Errorf("first: no bit %d", bit)
	}
	if known.Firsts&(1<<bit) != 0 {
		return false, nil
	}
	firsts := known.Firsts | 1<<bit
	if _, err := t.exec("first", `UPDATE people SET firsts = $2 WHERE id = $1`, int64(id), firsts); err != nil {
		return false, err
	}
	known.Firsts = firsts
	return true, nil
}

// KeepSealed keeps who the person is, encrypted, so that the bot can address them by itself. To be called
// with every reason to: a role, a preference, a watch, a delivery. Housekeeping empties it when none is left.
func (t *Tx) KeepSealed(id PersonID, user chat.UserID) error {
	known, err := t.personToChange("seal", id)
	if err != nil || known.Sealed {
		return err
	}
	sealed, err := t.store.key.Seal(user, t.store.random)
	if err != nil {
		return err
	}
	if _, err := t.exec("seal", `UPDATE people SET sealed = $2 WHERE id = $1`, int64(id), sealed); err != nil {
		return err
	}
	known.Sealed = true
	return nil
}

// Unseal gives the account of a person, if it is kept.
func (t *Tx) Unseal(id PersonID) (chat.UserID, bool, error) {
	sealed, found, err := first(t, "unseal", func(r scanner) (b []byte, err error) {
		err = r.Scan(&b)
		return b, err
	}, `SELECT sealed FROM people WHERE id = $1 AND sealed IS NOT NULL`, int64(id))
	if !found || err != nil {
		return "", false, err
	}
	user, err := t.store.key.Open(sealed)
	return user, err == nil, err
}
