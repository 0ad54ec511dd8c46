package bot

import (
	"slices"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/question"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// program takes what a program or the service itself posted: nothing is kept of it, but a rule may wait for its words,
// and it may say that a question is settled.
func (t *turn) program(m chat.MessagePosted) error {
	hear := func() error {
		if m.Place.Direct || t.learning {
			return nil
		}
		place, err := t.place(m.Place)
		if err != nil {
			return err
		}
		if err := t.resolvedBy(place, m); err != nil {
			return err
		}
		return t.heardSaying(m)
	}
	if t.conn.info.Replay {
		return hear()
	}
	return t.once(m.Header, hear) // told again, it must not take the cursor back
}

// heardSaying lets the rules decide that wait for words which a message at the top level has in it, whoever wrote it.
func (t *turn) heardSaying(m chat.MessagePosted) error {
	if t.learning || m.Place.Direct || m.Place.Thread != "" || m.System {
		return nil
	}
	place, err := t.place(m.Place)
	if err != nil {
		return err
	}
	space, err := t.space(place)
	if err != nil {
		return err
	}
	for _, b := range space.match(playbooks.Heard, "", place) {
		said, _ := b.Instance.Settings.In(string(place.Channel), b.Rule.When.(playbooks.OnHeard).Saying).(string)
		if said == "" || !strings.Contains(strings.ToLower(m.Text), strings.ToLower(said)) {
			continue
		}
		if err := t.rule(b, cause{place: place, message: m.Message, thread: m.Message}); err != nil {
			return err
		}
	}
	return nil
}

// askerThanked lets the rules decide that wait for an asker's thanks. Who helped is whoever wrote last in the thread besides.
func (t *turn) askerThanked(place store.Place, q store.Question, m chat.MessagePosted) error {
	space, err := t.space(place)
	if err != nil || t.learning || len(space.match(playbooks.Thanked, "", place)) == 0 {
		return err
	}
	for _, r := range m.References {
		if r.User != "" && !t.conn.isSelf(r) && r.User != m.Actor.User { // who is named is thanked
			helper, err := t.person(r.User)
			if err != nil {
				return err
			}
			return t.helpedBy(place, q, helper.ID)
		}
	}
	helper, ok, err := t.tx.LastInThread(place.ID, q.Message, q.At, m.Time, q.Asker)
	if err != nil || !ok {
		return err
	}
	return t.helpedBy(place, q, helper)
}

// helpedBy tells the rules who helped with a question.
func (t *turn) helpedBy(place store.Place, q store.Question, helper store.PersonID) error {
	c := questionCause(place, q)
	c.author = helper
	return t.occasion(playbooks.Thanked, "", c)
}

// thankedLater looks at what the asker of a question writes in its thread after it was answered.
func (t *turn) thankedLater(place store.Place, author store.Person, m chat.MessagePosted) error {
	space, err := t.space(place)
	if err != nil || len(space.match(playbooks.Thanked, "", place)) == 0 || !question.Closes(m.Text) {
		return err
	}
	q, ok, err := t.tx.Question(place.ID, m.Place.Thread)
	if err != nil || !ok || q.Asker != author.ID || !slices.Contains([]store.QuestionState{store.SolvedState, store.TakenState}, q.State) {
		return err
	}
	return t.askerThanked(place, q, m)
}
