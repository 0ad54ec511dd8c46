package store

import (
	"slices"

	"github.com/gofirst/gofirst/bot/chat"
)

// Opt-outs hang on the lookup alone: they need no row of the person, and outlive Forget.

// OptOut keeps that the person wants nothing of the playbook, or nothing at all where playbook is empty.
// The day is counted from 1970-01-01.
func (t *Tx) OptOut(conn string, user chat.UserID, playbook string, day int) error {
	_, err := t.addNew("opt out", "optouts (lookup, playbook, since_day)", "($1, $2, $3)",
		t.store.key.Lookup(conn, user), playbook, day)
	t.forgetOptouts(conn, user)
	return err
}

// OptIn takes an opt-out back. One of everything and one of a playbook are two.
func (t *Tx) OptIn(conn string, user chat.UserID, playbook string) error {
	_, err := t.exec("opt in", `DELETE FROM optouts WHERE lookup = $1 AND playbook = $2`,
		t.store.key.Lookup(conn, user), playbook)
	t.forgetOptouts(conn, user)
	return err
}

// OptedOut reports whether the person wants nothing of the playbook, or nothing at all.
func (t *Tx) OptedOut(conn string, user chat.UserID, playbook string) (bool, error) {
	p, err := t.findPerson(conn, user)
	if err != nil {
		return false, err
	}
	if p == nil {
		p = &person{lookup: t.store.key.Lookup(conn, user)}
	}
	return t.optedOut(p, playbook)
}

// PersonOptedOut is OptedOut for a person whose account is not at hand.
func (t *Tx) PersonOptedOut(id PersonID, playbook string) (bool, error) {
	p, err := t.personByID(id)
	if p == nil || err != nil {
		return false, err
	}
	return t.optedOut(p, playbook)
}

// Optouts gives the playbooks that the person opted out of; "" among them is everything.
func (t *Tx) Optouts(conn string, user chat.UserID) ([]string, error) {
	return list(t, "opt-outs", oneText, `SELECT playbook FROM optouts WHERE lookup = $1 ORDER BY playbook`,
		t.store.key.Lookup(conn, user))
}

func (t *Tx) optedOut(p *person, playbook string) (bool, error) {
	if !p.read {
		optouts, err := list(t, "opt-outs", oneText, `SELECT playbook FROM optouts WHERE lookup = $1`, p.lookup)
		if err != nil {
			return false, err
		}
		p.optouts, p.read = optouts, true
	}
	return slices.Contains(p.optouts, "") || slices.Contains(p.optouts, playbook), nil
}

// forgetOptouts drops what memory knew. The row may be in memory by its id alone.
func (t *Tx) forgetOptouts(conn string, user chat.UserID) {
	if p, err := t.findPerson(conn, user); err == nil && p != nil {
		p.read = false
	}
}
