package store

import (
	"encoding/binary"
	"fmt"
	"io"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// PersonID names a person in this store. It is random and says nothing.
type PersonID int64

// Person is what is kept of one account on one connection. Who it is stands nowhere in it.
type Person struct {
	ID          PersonID
	Conn        string
	Firsts      int64     // bits, see First
	Newcomer    time.Time // since when; none for those who are not new
	Prefs       string    // JSON; empty where all is as it comes
	PausedUntil time.Time
	AwayFrom    time.Time
	AwayUntil   time.Time
	NotBefore   time.Time // do not ask before
	Sealed      bool      // the bot can address this person by itself
}

// person is a Person in memory.
type person struct {
	Person
	user    chat.UserID // in memory alone; empty until somebody asked by it
	lookup  []byte
	optouts []string
	read    bool // optouts were read
}

const (
	personColumns = `id, conn, lookup, sealed IS NOT NULL, firsts, newcomer, prefs, paused_until, away_from, away_until, not_before`
	selectPerson  = `SELECT ` + personColumns + ` FROM people `
)

func scanPerson(r scanner) (*person, error) {
	p := &person{}
	err := r.Scan(&p.ID, &p.Conn, &p.lookup, &p.Sealed, &p.Firsts, moment{&p.Newcomer}, &p.Prefs,
		moment{&p.PausedUntil}, moment{&p.AwayFrom}, moment{&p.AwayUntil}, moment{&p.NotBefore})
	return p, err
}

// Person gives the row of an account, making it if it is new.
func (t *Tx) Person(conn string, user chat.UserID) (p Person, created bool, err error) {
	known, err := t.findPerson(conn, user)
	if err != nil {
		return Person{}, false, err
	}
	if known != nil {
		return known.Person, false, nil
	}
	id, err := t.newPersonID()
	if err != nil {
		return Person{}, false, err
	}
	added := &person{Person: Person{ID: id, Conn: conn}, lookup: t.store.key.Lookup(conn, user)}
	_, err = t.exec("add person", `INSERT INTO people (id, conn, lookup) VALUES ($1, $2, $3)`,
		int64(id), conn, added.lookup)
	if err != nil {
		return Person{}, false, err
	}
	t.meet(user, added)
	return added.Person, true, nil
}

// newPersonID draws 63 random bits; two people with the same ones are less likely than a failing disk, and
// the primary key would refuse the second.
func (t *Tx) newPersonID() (PersonID, error) {
	var b [8]byte
	if _, err := io.ReadFull(t.store.random, b[:]); err != nil {
		return 0, fmt.Errorf("add person: %w", err)
	}
	return PersonID(binary.BigEndian.Uint64(b[:])>>1 | 1), nil
}

// FindPerson gives the row of an account, if there is one.
func (t *Tx) FindPerson(conn string, user chat.UserID) (Person, bool, error) {
	p, err := t.findPerson(conn, user)
	if p == nil || err != nil {
		return Person{}, false, err
	}
	return p.Person, true, nil
}

// PersonByID gives a person by id.
func (t *Tx) PersonByID(id PersonID) (Person, bool, error) {
	p, err := t.personByID(id)
	if p == nil || err != nil {
		return Person{}, false, err
	}
	return p.Person, true, nil
}

func (t *Tx) findPerson(conn string, user chat.UserID) (*person, error) {
	if p := t.memory.people[personKey{conn, user}]; p != nil {
		return p, nil
	}
	p, found, err := first(t, "person", scanPerson, selectPerson+`WHERE lookup = $1`, t.store.key.Lookup(conn, user))
	if !found || err != nil {
		return nil, err
	}
	if known := t.memory.personByID[p.ID]; known != nil {
		p = known
	}
	t.meet(user, p)
	return p, nil
}

func (t *Tx) meet(user chat.UserID, p *person) {
	p.user = user
	t.memory.people[personKey{p.Conn, user}] = p
	t.memory.personByID[p.ID] = p
}

func (t *Tx) personByID(id PersonID) (*person, error) {
	if p := t.memory.personByID[id]; p != nil {
		return p, nil
	}
	p, found, err := first(t, "person", scanPerson, selectPerson+`WHERE id = $1`, int64(id))
	if !found || err != nil {
		return nil, err
	}
	t.memory.personByID[id] = p
	return p, nil
}

// personToChange is personByID for those who write and were given the id by this store.
func (t *Tx) personToChange(op string, id PersonID) (*person, error) {
	if !t.writes {
		return nil, wrapped(op, errView())
	}
	p, err := t.personByID(id)
	if err == nil && p == nil {
		err = fmt.Errorf("%s: no person has this id", op)
	}
	return p, err
}
