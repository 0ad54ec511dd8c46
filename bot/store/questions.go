package store

import (
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// QuestionState says what became of a question.
type QuestionState string

// A question is waiting while it is OpenState or TakenState.
const (
	OpenState   QuestionState = "open"
	TakenState  QuestionState = "taken" // somebody said "I take it"
	SolvedState QuestionState = "solved"
	LeftState   QuestionState = "left" // its asker wants it left alone

)

// Question is a message that asks for something. Its words are not kept.
type Question struct {
	ID         int64
	Place      PlaceID
	Message    chat.MessageID
	Asker      PersonID
	At         time.Time
	Explicit   bool // put with a command or a reaction
	State      QuestionState
	FirstReply time.Time // by another person
	Answered   time.Time
	TakenBy    PersonID
	Closed     time.Time
}

// closedAt is when the question ceased to wait; a caller that does not say is taken to mean the last it knows of.
func (q Question) closedAt() time.Time {
	switch {
	case q.waits():
		return time.Time{}
	case !q.Closed.IsZero():
		return q.Closed
	case !q.Answered.IsZero():
		return q.Answered
	}
	return q.At
}

func (q Question) waits() bool { return q.State == OpenState || q.State == TakenState }

const selectQuestion = `SELECT q.id, q.place, q.message, q.asker, q.at, q.explicit, q.state, q.first_reply, q.answered,
	q.taken_by, q.closed FROM questions q `

func scanQuestion(r scanner) (Question, error) {
	var q Question
	err := r.Scan(&q.ID, &q.Place, &q.Message, &q.Asker, moment{&q.At}, &q.Explicit, &q.State,
		moment{&q.FirstReply}, moment{&q.Answered}, into(&q.TakenBy), moment{&q.Closed})
	return q, err
}

// AddQuestion keeps a question; an empty State is open. Where the message is a question already, fresh is
// false, nothing changes and the id is that of the one there. In a batch, where nothing comes twice, only a question
// that was put by command is looked for.
func (t *Tx) AddQuestion(q Question) (id int64, fresh bool, err error) {
	if q.State == "" {
		q.State = OpenState
	}
	if t.gathers() && !q.Explicit {
		id, err = t.holdQuestion(q)
		return id, err == nil, err
	}
	id, fresh, err = t.insert("add question", `INSERT INTO questions
		(place, message, asker, at, explicit, state, first_reply, answered, taken_by, closed)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING RETURNING id`,
		int64(q.Place), string(q.Message), int64(q.Asker), micros(q.At), bit(q.Explicit), string(q.State),
		micros(q.FirstReply), micros(q.Answered), orNull(q.TakenBy), micros(q.closedAt()))
	if err != nil || !fresh {
		known, _, find := t.Question(q.Place, q.Message)
		return known.ID, false, firstError(err, find)
	}
	q.ID = id
	return id, true, t.noteQuestion(q)
}

// Question gives the question that a message is.
func (t *Tx) Question(place PlaceID, message chat.MessageID) (Question, bool, error) {
	return first(t, "question", scanQuestion, selectQuestion+`WHERE q.place = $1 AND q.message = $2`,
		int64(place), string(message))
}

// QuestionByID gives a question by its id.
func (t *Tx) QuestionByID(id int64) (Question, bool, error) {
	return first(t, "question", scanQuestion, selectQuestion+`WHERE q.id = $1`, id)
}

// UpdateQuestion writes all but ID, Place, Message and At.
func (t *Tx) UpdateQuestion(q Question) error {
	if held := t.heldQuestion(q.ID); held != nil {
		*held = q
		return t.noteQuestion(q)
	}
	_, err := t.exec("update question", `UPDATE questions SET asker = $2, explicit = $3, state = $4, first_reply = $5,
		answered = $6, taken_by = $7, closed = $8 WHERE id = $1`,
		q.ID, int64(q.Asker), bit(q.Explicit), string(q.State), micros(q.FirstReply),
		micros(q.Answered), orNull(q.TakenBy), micros(q.closedAt()))
	if err != nil {
		return err
	}
	return t.noteQuestion(q)
}

// OpenQuestions gives the waiting questions of a space (all, where it is empty), or of one place, oldest first.
func (t *Tx) OpenQuestions(conn string, space chat.SpaceID, place PlaceID, limit int) ([]Question, error) {
	return list(t, "open questions", scanQuestion, selectQuestion+`JOIN places p ON p.id = q.place
		WHERE q.state IN ('open', 'taken') AND p.conn = $1 AND ($2 = '' OR p.space = $2) AND ($3 = 0 OR q.place = $3)
		ORDER BY q.at, q.id`+most(limit), conn, string(space), int64(place))
}

// QuestionsOf gives what a person asked, newest first.
func (t *Tx) QuestionsOf(asker PersonID, limit int) ([]Question, error) {
	return list(t, "questions of", scanQuestion, selectQuestion+`WHERE q.asker = $1 ORDER BY q.at DESC, q.id DESC`+most(limit),
		int64(asker))
}

// QuestionWaits gives how long the questions of a place, asked since then, waited for a first reply. Values
// alone, in no order that tells whose they are: ascending.
func (t *Tx) QuestionWaits(place PlaceID, since time.Time) ([]time.Duration, error) {
	return list(t, "question waits", func(r scanner) (time.Duration, error) {
		var n int64
		err := r.Scan(&n)
		return time.Duration(n) * time.Microsecond, err
	}, `SELECT first_reply - at AS wait FROM questions WHERE place = $1 AND at >= $2 AND first_reply <> 0
		ORDER BY wait`, int64(place), micros(since))
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
