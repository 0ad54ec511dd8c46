package bot

import (
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
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
	if err := t.editedTerms(place, ev); err != nil {
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
	if err := t.goneFromThread(place, ev.Message); err != nil {
		return err
	}
	if err := t.replyGone(place, ev.Message); err != nil {
		return err
	}
	if err := t.overtaken(cause{message: ev.Message}.about()); err != nil {
		return err
	}
	return t.tx.DeleteMessage(place.ID, ev.Message)
}

// replyGone: whoever takes an answer back, or the thanks for one, leaves nothing to be said of it.
func (t *turn) replyGone(place store.Place, message chat.MessageID) error {
	m, ok, err := t.tx.Message(place.ID, message)
	if err != nil || !ok || m.Thread == "" {
		return err
	}
	q, ok, err := t.tx.Question(place.ID, m.Thread)
	if err != nil || !ok || q.State != store.SolvedState {
		return err
	}
	return t.overtaken(questionSubject(q.ID))
}
