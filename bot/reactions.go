package bot

import (
	"context"
	"maps"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// Reactions are what reactions mean to the bot, by the emoji's short name. An emoji may have one meaning.
type Reactions map[string]Meaning

// Meaning is what somebody says with a reaction.
type Meaning string

// The meanings.
const (
	MeansOpen    Meaning = "open"    // this message of mine is a question that wants help
	MeansTake    Meaning = "take"    // I take this question
	MeansSolved  Meaning = "solved"  // this question of mine is solved
	MeansExample Meaning = "example" // this is an example; its author decides
	MeansThanks  Meaning = "thanks"  // this answer to my question helped
)

// DefaultReactions are 🙋 open, 👀 take, ✅ solved, ⭐ example, 🙏 thanks.
func DefaultReactions() Reactions {
	return Reactions{
		"raising_hand": MeansOpen, "eyes": MeansTake, "white_check_mark": MeansSolved, "star": MeansExample, "pray": MeansThanks,
	}
}

// With gives the reactions with one meaning under another emoji; under none, where that is empty.
func (r Reactions) With(meaning Meaning, emoji string) Reactions {
	out := maps.Clone(r)
	maps.DeleteFunc(out, func(e string, m Meaning) bool { return m == meaning || e == emoji })
	if emoji != "" {
		out[emoji] = meaning
	}
	return out
}

// reaction does what somebody says with one. Taking it back takes back what it said, of a question.
func (t *turn) reaction(ev chat.Reaction) error {
	meaning := t.options.Reactions[ev.Emoji]
	if !ev.Actor.Human() || ev.Place.Direct || meaning == "" {
		return nil
	}
	place, err := t.place(ev.Place)
	if err != nil {
		return err
	}
	who, err := t.person(ev.Actor.User)
	if err != nil {
		return err
	}
	switch {
	case meaning == MeansExample && ev.Present:
		return t.starred(linked{place, ev.Message}, who)
	case meaning == MeansThanks && ev.Present:
		return t.thankedBy(place, who, ev)
	}
	q, ok, err := t.tx.Question(place.ID, ev.Message)
	switch {
	case err != nil:
		return err
	case ok:
		return t.reactedTo(place, q, who, meaning, ev.Present)
	case meaning == MeansOpen && ev.Present:
		return t.markOpen(place, who, ev)
	}
	return nil
}

// reactedTo: who takes a question, and its asker who solves it, say so, and can take it back.
func (t *turn) reactedTo(place store.Place, q store.Question, who store.Person, meaning Meaning, present bool) error {
	asks := who.ID == q.Asker
	switch {
	case meaning == MeansTake && present && isOpen(q) && !asks:
		q.TakenBy = who.ID
		return t.close(place, q, store.TakenState, t.now)
	case meaning == MeansTake && !present && q.State == store.TakenState && q.TakenBy == who.ID:
		return t.openAgain(hanging{place: place, q: q})
	case meaning == MeansSolved && present && asks:
		return t.close(place, q, store.SolvedState, t.now)
	case meaning == MeansSolved && !present && asks && q.State == store.SolvedState:
		return t.openAgain(hanging{place: place, q: q})
	}
	return nil
}

// markOpen takes a message that its own author marks for a question that wants help.
func (t *turn) markOpen(place store.Place, who store.Person, ev chat.Reaction) error {
	m, ok, err := t.tx.Message(place.ID, ev.Message)
	if err != nil || !ok || m.Author != who.ID {
		return err
	}
	posted := chat.MessagePosted{Header: ev.Header, Message: ev.Message}
	posted.Time = t.now
	t.onStored(func(ctx context.Context) { t.readMarked(ctx, place, who.ID, posted, func(*turn, string) {}) })
	return t.asked(place, who, posted, true)
}

// starred marks a message as an example, as the command does, in a room in which a playbook goes on from examples.
// Nothing is answered: a star is no command.
func (t *turn) starred(l linked, who store.Person) error {
	space, err := t.space(l.place)
	if err != nil || len(space.match(playbooks.Acted, actExample, l.place)) == 0 {
		return err
	}
	return t.markExample(&call{who: who, place: l.place}, l, "")
}

// thankedBy: the asker of a question thanks for one of its answers, which closes it.
func (t *turn) thankedBy(place store.Place, who store.Person, ev chat.Reaction) error {
	m, ok, err := t.tx.Message(place.ID, ev.Message)
	if err != nil || !ok || m.Thread == "" || m.Author == who.ID || m.Author == 0 {
		return err
	}
	q, ok, err := t.tx.Question(place.ID, m.Thread)
	if err != nil || !ok || q.Asker != who.ID {
		return err
	}
	if waits(q) {
		if err := t.close(place, q, store.SolvedState, t.now); err != nil {
			return err
		}
	}
	return t.helpedBy(place, q, m.Author)
}
