package store

import (
	"encoding/json"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// Act is something that a person did and that was recorded because they declared it, or, for a seen share, a
// flag and a time. Words and Why were given to the bot for this purpose.
type Act struct {
	ID        int64
	Conn      string
	Space     chat.SpaceID
	Place     PlaceID
	Kind      string
	Practice  string
	Author    PersonID // 0: forgotten
	Receivers []PersonID
	Team      string
	Audience  string
	Words     string
	Why       string
	Message   chat.MessageID
	Link      string
	Source    int64 // the act that this one was made after
	Seen      bool
	Declared  bool
	At        time.Time
	Undone    time.Time
}

const selectAct = `SELECT id, conn, space, place, kind, practice, author, receivers, team, audience, words, why, message,
	link, source, seen, declared, at, undone FROM acts `

func scanAct(r scanner) (Act, error) {
	var a Act
	var receivers string
	err := r.Scan(&a.ID, &a.Conn, &a.Space, &a.Place, &a.Kind, &a.Practice, &a.Author, &receivers, &a.Team, &a.Audience,
		&a.Words, &a.Why, &a.Message, &a.Link, into(&a.Source), &a.Seen, &a.Declared, moment{&a.At}, moment{&a.Undone})
	if err != nil || receivers == "" {
		return a, err
	}
	return a, json.Unmarshal([]byte(receivers), &a.Receivers)
}

// receiversText is a JSON array, or empty where nobody received.
func receiversText(people []PersonID) (string, error) {
	if len(people) == 0 {
		return "", nil
	}
	text, err := json.Marshal(people)
	return string(text), err
}

// AddAct records an act and gives its id.
func (t *Tx) AddAct(a Act) (int64, error) {
	receivers, err := receiversText(a.Receivers)
	if err != nil {
		return 0, err
	}
	id, _, err := t.insert("add act", `INSERT INTO acts (conn, space, place, kind, practice, author, receivers, team,
		audience, words, why, message, link, source, seen, declared, at, undone)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) RETURNING id`,
		a.Conn, string(a.Space), int64(a.Place), a.Kind, a.Practice, int64(a.Author), receivers, a.Team,
		a.Audience, a.Words, a.Why, string(a.Message), a.Link, orNull(a.Source), bit(a.Seen), bit(a.Declared),
		micros(a.At), orNull(micros(a.Undone)))
	return id, err
}

// SetAct writes all of an act but ID, Conn, Space and At: what its people may still change.
func (t *Tx) SetAct(a Act) error {
	receivers, err := receiversText(a.Receivers)
	if err != nil {
		return err
	}
	_, err = t.exec("set act", `UPDATE acts SET place = $2, kind = $3, practice = $4, author = $5, receivers = $6,
		team = $7, audience = $8, words = $9, why = $10, message = $11, link = $12, source = $13, seen = $14,
		declared = $15, undone = $16 WHERE id = $1`,
		a.ID, int64(a.Place), a.Kind, a.Practice, int64(a.Author), receivers, a.Team, a.Audience, a.Words, a.Why,
		string(a.Message), a.Link, orNull(a.Source), bit(a.Seen), bit(a.Declared), orNull(micros(a.Undone)))
	return err
}

// UndoAct takes an act back. It stays, out of sight, so that what was made after it keeps its place.
func (t *Tx) UndoAct(id int64, at time.Time) error {
	_, err := t.exec("undo act", `UPDATE acts SET undone = $2, words = '', why = '', team = '', practice = '', link = '' WHERE id = $1`, id, micros(at))
	return err
}

// Act gives an act by its id, also one that was undone.
func (t *Tx) Act(id int64) (Act, bool, error) {
	return first(t, "act", scanAct, selectAct+`WHERE id = $1`, id)
}

// ActByMessage gives the act that a message is: the first one recorded that was not undone.
func (t *Tx) ActByMessage(place PlaceID, message chat.MessageID) (Act, bool, error) {
	return first(t, "act by message", scanAct, selectAct+`WHERE place = $1 AND message = $2 AND undone IS NULL
		ORDER BY id LIMIT 1`, int64(place), string(message))
}

// Adopted is the kind of an act that was made after another one, in somebody's own way.
const Adopted = "adopt"

// Adoptions gives what was made after an act, oldest first.
func (t *Tx) Adoptions(source int64) ([]Act, error) { return t.ActsAbout(source, Adopted) }

// ActsAbout gives the acts of a kind whose source is an act, oldest first.
func (t *Tx) ActsAbout(source int64, kind string) ([]Act, error) {
	return list(t, "acts about", scanAct, selectAct+`WHERE source = $1 AND kind = $2 AND undone IS NULL ORDER BY at, id`, source, kind)
}

// DeleteAct removes an act without a trace: one that nobody but its author ever saw.
func (t *Tx) DeleteAct(id int64) error {
	_, err := t.exec("delete act", `DELETE FROM acts WHERE id = $1`, id)
	return err
}
