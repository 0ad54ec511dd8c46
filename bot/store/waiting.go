package store

import "github.com/gofirst/gofirst/bot/chat"

// Whether a message is a waiting question is asked for every reply and reaction, and the answer is nearly
// always no. So the waiting questions are held in memory, all of them, unless there are very many.

// OpenQuestion gives the question that a message is, if it is waiting.
func (t *Tx) OpenQuestion(place PlaceID, message chat.MessageID) (Question, bool, error) {
	if err := t.readWaiting(); err != nil {
		return Question{}, false, err
	}
	if t.memory.open != nil {
		q, found := t.memory.open[questionKey{place, message}]
		return q, found, nil
	}
	q, found, err := t.Question(place, message)
	if err != nil || !found || !q.waits() {
		return Question{}, false, err
	}
	return q, true, nil
}

func (t *Tx) readWaiting() error {
	if t.memory.open != nil || t.memory.openTooMany {
		return nil
	}
	waiting, err := list(t, "waiting questions", scanQuestion,
		selectQuestion+`WHERE q.state IN ('open', 'taken')`+most(questionsInMemory+1))
	if err != nil {
		return err
	}
	if len(waiting) > questionsInMemory {
		t.memory.openTooMany = true
		return nil
	}
	t.memory.open = make(map[questionKey]Question, len(waiting))
	for _, q := range waiting {
		t.memory.open[questionKey{q.Place, q.Message}] = q
	}
	return nil
}

// noteQuestion keeps memory as the row is now.
func (t *Tx) noteQuestion(q Question) error {
	if t.memory.open == nil {
		return nil
	}
	key := questionKey{q.Place, q.Message}
	delete(t.memory.open, key)
	if !q.waits() {
		return nil
	}
	q.At, q.FirstReply, q.Answered, q.Closed = stored(q.At), stored(q.FirstReply), stored(q.Answered), stored(q.Closed)
	t.memory.open[key] = q
	return nil
}
