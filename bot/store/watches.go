package store

import (
	"fmt"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// Watch is something that a rule waits for, and by when. A lapsed watch is deleted just as a fulfilled one.
type Watch struct {
	ID       int64
	Conn     string
	Space    chat.SpaceID
	Playbook string
	Hash     string // of the playbook's file
	Rule     string
	Name     string // what is waited for
	Place    PlaceID
	Subject  string    // what it is about, as a word
	Person   PersonID  // whom it waits for; 0: nobody
	Due      time.Time // when the rule wants to hear of it; none: only when it is fulfilled
	NotAfter time.Time // when it is dropped
	Data     string    // JSON
}

const selectWatch = `SELECT id, conn, space, playbook, hash, rule, name, place, subject, person, due, not_after, data
	FROM watches `

func scanWatch(r scanner) (Watch, error) {
	var w Watch
	err := r.Scan(&w.ID, &w.Conn, &w.Space, &w.Playbook, &w.Hash, &w.Rule, &w.Name, &w.Place, &w.Subject,
		into(&w.Person), moment{&w.Due}, moment{&w.NotAfter}, &w.Data)
	return w, err
}

// AddWatch keeps a watch and gives its id. Ids grow and are never used again.
func (t *Tx) AddWatch(w Watch) (int64, error) {
	if t.gathers() {
		id, err := t.nextID("watches")
		w.ID = id
		t.memory.later.watches = append(t.memory.later.watches, w)
		t.memory.watches.added(w.Due)
		return id, err
	}
	id, _, err := t.insert("add watch", `INSERT INTO watches
		(conn, space, playbook, hash, rule, name, place, subject, person, due, not_after, data)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id`,
		w.Conn, string(w.Space), w.Playbook, w.Hash, w.Rule, w.Name, int64(w.Place), w.Subject, orNull(w.Person),
		orNull(micros(w.Due)), orNull(micros(w.NotAfter)), w.Data)
	t.memory.watches.added(w.Due)
	return id, err
}

// DueWatches gives the watches that are due, in (due, id) order.
func (t *Tx) DueWatches(now time.Time, limit int) ([]Watch, error) {
	if _, _, err := t.NextWatchDue(); err != nil || t.memory.watches.none(now) {
		return nil, err
	}
	return list(t, "due watches", scanWatch, selectWatch+`WHERE due IS NOT NULL AND due <= $1 ORDER BY due, id`+most(limit),
		micros(now))
}

// WatchesOn gives the watches on a subject, by id.
func (t *Tx) WatchesOn(subject string) ([]Watch, error) {
	return list(t, "watches on", scanWatch, selectWatch+`WHERE subject = $1 ORDER BY id`, subject)
}

// WatchesOf lists the watches that wait for a person, in the order in which they were opened.
func (t *Tx) WatchesOf(person PersonID) ([]Watch, error) {
	return list(t, "watches of", scanWatch, selectWatch+`WHERE person = $1 ORDER BY id`, int64(person))
}

// WatchByID gives a watch by its id.
func (t *Tx) WatchByID(id int64) (Watch, bool, error) {
	return first(t, "watch", scanWatch, selectWatch+`WHERE id = $1`, id)
}

// SetWatchDue moves a watch; the zero time takes it off the clock.
func (t *Tx) SetWatchDue(id int64, due time.Time) error {
	t.memory.watches.known = false
	_, err := t.exec("set watch due", `UPDATE watches SET due = $2 WHERE id = $1`, id, orNull(micros(due)))
	return err
}

// SetWatchData replaces what a rule keeps with a watch.
func (t *Tx) SetWatchData(id int64, data string) error {
	_, err := t.exec("set watch data", `UPDATE watches SET data = $2 WHERE id = $1`, id, data)
	return err
}

// DeleteWatch ends a watch.
func (t *Tx) DeleteWatch(id int64) error {
	t.memory.watches.known = false
	_, err := t.exec("delete watch", `DELETE FROM watches WHERE id = $1`, id)
	return err
}

// DeleteWatchesOn ends all watches on a subject and says how many there were.
func (t *Tx) DeleteWatchesOn(subject string) (int, error) {
	t.memory.watches.known = false
	if !t.writes {
		return 0, errView()
	}
	held := t.dropHeld(subject)
	result, err := t.conn.exec(`DELETE FROM watches WHERE subject = $1`, subject)
	if err != nil {
		return 0, fmt.Errorf("delete watches: %w", err)
	}
	n, err := result.RowsAffected()
	return held + int(n), err
}

func oneMoment(r scanner) (at time.Time, err error) {
	err = r.Scan(moment{&at})
	return at, err
}
