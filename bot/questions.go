package bot

import (
	"fmt"
	"time"

	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/question"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// asked records a question and lets every playbook that watches over the room wait for its answer.
func (t *turn) asked(place store.Place, author store.Person, m chat.MessagePosted, explicit bool) error {
	q := store.Question{Place: place.ID, Message: m.Message, Asker: author.ID, At: m.Time, Explicit: explicit, State: store.OpenState}
	id, fresh, err := t.tx.AddQuestion(q)
	if err != nil || !fresh {
		return err
	}
	q.ID = id
	t.rooms.asked(place.ID, m.Message, m.Time)
	if err := t.keepTerms(place, author.ID, m); err != nil {
		return err
	}
	if err := t.waitFor(place, q, m.Actor.User); err != nil {
		return err
	}
	t.trace(Trace{Step: Heard, Channel: m.Place.Channel, Message: m.Message, Author: m.Actor.User, Subject: questionSubject(id)})
	return t.firstStep(place, author, "question", m)
}

// settling is how long a question waits whose time was over before it was heard, after an outage: its answers may
// still be on their way.
const settling = 15 * time.Minute

// waitFor opens one watch for each playbook that would speak if nobody answers.
func (t *turn) waitFor(place store.Place, q store.Question, asker chat.UserID) error {
	if t.learning {
		return nil
	}
	space, err := t.space(place)
	if err != nil {
		return err
	}
	done := map[string]bool{}
	for _, b := range space.match(playbooks.Unanswered, "", place) {
		id := b.Instance.Playbook.ID
		if done[id] {
			continue
		}
		done[id] = true
		word, _ := b.Instance.Settings.In(string(place.Channel), b.Rule.When.(playbooks.OnUnanswered).Patience).(string)
		patience, err := question.ParsePatience(word)
		if err != nil {
			return fmt.Errorf("%s: %w", id, err)
		}
		due := t.roomHours(place).Add(q.At, t.options.Patience.Wait(patience))
		if due.Before(t.now) {
			due = t.now.Add(settling)
		}
		if err := t.watch(b, watchUnanswered, questionCause(place, q), due); err != nil {
			return err
		}
	}
	if len(done) == 0 {
		return nil
	}
	return t.tx.KeepSealed(q.Asker, asker)
}

// questionCause is a question as rules see it: its author is who asked.
func questionCause(place store.Place, q store.Question) cause {
	return cause{place: place, author: q.Asker, question: &q, message: q.Message, thread: q.Message}
}

// reply looks at a message in a thread.
func (t *turn) reply(place store.Place, author store.Person, m chat.MessagePosted) error {
	q, ok, err := t.tx.OpenQuestion(place.ID, m.Place.Thread)
	if err != nil {
		return err
	}
	if !ok {
		return t.thankedLater(place, author, m)
	}
	if author.ID == q.Asker {
		return t.askerWrote(place, q, m)
	}
	return t.answeredBy(place, author, q, m)
}

// askerWrote: thanks close a question. Whatever else its asker adds is no reply: they may still want one.
func (t *turn) askerWrote(place store.Place, q store.Question, m chat.MessagePosted) error {
	if !question.Closes(m.Text) {
		return nil
	}
	if err := t.close(place, q, store.SolvedState, m.Time); err != nil {
		return err
	}
	return t.askerThanked(place, q, m)
}

// answeredBy notes a person's reply. Any reply ends the rescue; one that answers closes the question as well.
func (t *turn) answeredBy(place store.Place, author store.Person, q store.Question, m chat.MessagePosted) error {
	if q.FirstReply.IsZero() {
		q.FirstReply = m.Time
		if err := t.overtaken(questionSubject(q.ID)); err != nil {
			return err
		}
	}
	if !question.Answers(m.Text) {
		return t.tx.UpdateQuestion(q)
	}
	q.Answered, q.State, q.Closed = m.Time, store.SolvedState, m.Time
	if err := t.tx.UpdateQuestion(q); err != nil {
		return err
	}
	t.trace(Trace{Step: Settled, Channel: m.Place.Channel, Message: q.Message, Author: m.Actor.User, Subject: questionSubject(q.ID), Reason: chat.Answered})
	if err := t.helped(place, author); err != nil {
		return err
	}
	if err := t.answeredThread(place, q, author, m.Time); err != nil {
		return err
	}
	if err := t.firstStep(place, author, "answer", m); err != nil {
		return err
	}
	c := cause{place: place, author: author.ID, question: &q, message: m.Message, thread: m.Place.Thread}
	return t.occasion(playbooks.QuestionAnswered, "", c)
}

// helped counts an answer of somebody who said that they like to be asked; of others nothing is kept.
func (t *turn) helped(place store.Place, author store.Person) error {
	role, ok, err := t.tx.Role(t.conn.Name, place.Space, author.ID, "helper")
	if err != nil || !ok || role.State != store.Accepted {
		return err
	}
	return t.tx.AddHelping(author.ID, place.ID, dayNumber(calendar.DateOf(t.now, time.UTC)))
}

// close ends a question in a state that somebody chose: solved, left, taken.
func (t *turn) close(place store.Place, q store.Question, state store.QuestionState, at time.Time) error {
	q.State, q.Closed = state, at
	if state == store.OpenState {
		q.Closed = time.Time{}
	}
	if err := t.tx.UpdateQuestion(q); err != nil {
		return err
	}
	if err := t.settledThread(place, q); err != nil {
		return err
	}
	if state == store.OpenState {
		return nil
	}
	return t.overtaken(questionSubject(q.ID))
}

// overtaken drops what was about to be said about something that is settled, and stops waiting for answers to it.
func (t *turn) overtaken(subject string) error {
	dropped, err := t.tx.DropOn(subject, string(chat.Overtaken), t.now)
	if err == nil && dropped > 0 {
		err = t.noteOvertaken(subject)
	}
	if err != nil {
		return err
	}
	_, err = t.tx.DeleteWatchesOn(subject)
	return err
}

// noteOvertaken keeps, and tells the onlooker, why nothing is said of a thing any more.
func (t *turn) noteOvertaken(subject string) error {
	all, err := t.tx.DeliveriesOn(subject)
	if err != nil {
		return err
	}
	for _, d := range all {
		if d.State != store.Dropped || !d.Settled.Equal(t.now) {
			continue
		}
		t.traceDelivery(d, Dropped, chat.Overtaken)
		if err := t.journalDelivery(d, chat.Overtaken); err != nil {
			return err
		}
	}
	return nil
}

// isOpen reports whether a question still wants an answer.
func isOpen(q store.Question) bool { return q.State == store.OpenState && q.Answered.IsZero() }
