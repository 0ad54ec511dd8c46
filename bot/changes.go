package bot

import (
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// Reactions that mean something to the bot.
const (
	emojiOpen    = "raising_hand"     // 🙋 this question is open
	emojiLook    = "eyes"             // 👀 I take it
	emojiSolved  = "white_check_mark" // ✅ solved
	emojiExample = "star"             // ⭐ an example
	emojiThanks  = "pray"             // 🙏 thanks
)

// edited: an edit by its asker says that somebody is at it, and the bot holds back.
func (t *turn) edited(ev chat.MessageEdited) error {
	if ev.Place.Direct {
		return nil
	}
	place, err := t.place(ev.Place)
	if err != nil {
		return err
	}
	q, ok, err := t.tx.OpenQuestion(place.ID, ev.Message)
	if err != nil || !ok {
		return err
	}
	return t.overtaken(questionSubject(q.ID))
}

// deleted: what is gone is not spoken of.
func (t *turn) deleted(ev chat.MessageDeleted) error {
	if ev.Place.Direct {
		return nil
	}
	place, err := t.place(ev.Place)
	if err != nil {
		return err
	}
	if q, ok, err := t.tx.Question(place.ID, ev.Message); err != nil || ok {
		if err != nil {
			return err
		}
		if err := t.close(place, q, store.LeftState, t.now); err != nil {
			return err
		}
	}
	if a, ok, err := t.tx.ActByMessage(place.ID, ev.Message); err != nil || ok {
		if err != nil {
			return err
		}
		if err := t.undoAct(a.ID); err != nil {
			return err
		}
		if err := t.forgetWhys(place, a); err != nil {
			return err
		}
		if err := t.overtaken(actSubject(a.ID)); err != nil {
			return err
		}
	}
	return t.tx.DeleteMessage(place.ID, ev.Message)
}

// reaction: 👀 takes a question, ✅ by its asker solves it, 🙋 opens one; taking ✅ back reopens it.
func (t *turn) reaction(ev chat.Reaction) error {
	if !ev.Actor.Human() || ev.Place.Direct {
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
	q, ok, err := t.tx.Question(place.ID, ev.Message)
	if err != nil {
		return err
	}
	switch {
	case ev.Emoji == emojiOpen && ev.Present && !ok:
		return t.markOpen(place, who, ev)
	case !ok:
		return nil
	case ev.Emoji == emojiLook && ev.Present && isOpen(q) && who.ID != q.Asker:
		q.TakenBy = who.ID
		return t.close(place, q, store.TakenState, t.now)
	case ev.Emoji == emojiLook && !ev.Present && q.State == store.TakenState && q.TakenBy == who.ID:
		return t.openAgain(hanging{place: place, q: q})
	case ev.Emoji == emojiSolved && ev.Present && who.ID == q.Asker:
		return t.close(place, q, store.SolvedState, t.now)
	case ev.Emoji == emojiSolved && !ev.Present && who.ID == q.Asker && q.State == store.SolvedState:
		return t.openAgain(hanging{place: place, q: q})
	}
	return nil
}

// markOpen takes a message that its own author marks with 🙋 for a question that wants help.
func (t *turn) markOpen(place store.Place, who store.Person, ev chat.Reaction) error {
	m, ok, err := t.tx.Message(place.ID, ev.Message)
	if err != nil || !ok || m.Author != who.ID {
		return err
	}
	posted := chat.MessagePosted{Header: ev.Header, Message: ev.Message}
	posted.Time = t.now
	return t.asked(place, who, posted, true)
}
