package bot

import (
	"context"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// undo takes back what somebody gave: what a link leads to, or else the latest.
func (t *turn) undo(c *call) error {
	l, _, ok, err := t.pointed(c)
	if err != nil {
		return err
	}
	var a store.Act
	if ok {
		a, ok, err = t.tx.ActByMessage(l.place.ID, l.message)
	} else {
		a, ok, err = t.latestAct(c.who)
	}
	switch {
	case err != nil:
		return err
	case !ok:
		t.answer(c.reply, t.texts.say(c.g, "undo.nothing", nil))
		return nil
	}
	return t.takeBack(c, a)
}

func (t *turn) latestAct(who store.Person) (store.Act, bool, error) {
	acts, err := t.tx.Acts(store.ActQuery{
		Conn: t.conn.Name, Author: who.ID, Kinds: []string{actShare, actAsk, actThanks, actAdopt, actWhy}, Since: t.now.Add(-roomMemory),
	})
	if err != nil {
		return store.Act{}, false, err
	}
	for _, a := range acts {
		if a.Declared {
			return a, true, nil
		}
	}
	return store.Act{}, false, nil
}

// pressedCard takes a card back, for its author.
func (t *turn) pressedCard(p *press) error {
	ref, err := parseRefs(p.d.Refs)
	if err != nil {
		return err
	}
	a, ok, err := t.tx.Act(ref.Act)
	if err != nil {
		return err
	}
	if !ok {
		t.answer(p.ev.Reply, t.texts.say(p.g, "press.spent", nil))
		return nil
	}
	return t.takeBack(p.call(), a)
}

// takeBack forgets given words, removes their card, and stops what would have followed from them.
func (t *turn) takeBack(c *call, a store.Act) error {
	switch {
	case a.Author != c.who.ID && receives(c.who, a):
		return t.declineThanks(c, a)
	case a.Author != c.who.ID:
		t.answer(c.reply, t.texts.say(c.g, "undo.foreign", nil))
		return nil
	case !a.Undone.IsZero():
		t.answer(c.reply, t.texts.say(c.g, "undo.already", nil))
		return nil
	}
	place, _, err := t.tx.PlaceByID(a.Place)
	if err != nil {
		return err
	}
	if err := t.forgetAct(place, a); err != nil {
		return err
	}
	t.answer(c.reply, t.texts.say(c.g, t.undone(place, a), nil))
	return nil
}

// undone removes the card of an act, where it has one, and names the sentence that says what is gone.
func (t *turn) undone(place store.Place, a store.Act) string {
	switch {
	case a.Words == "":
		return "undo.example"
	case a.Message != "" && !t.removeCard(place, a.Message):
		return "undo.stands"
	case a.Kind == actThanks && len(a.Receivers) > 0:
		return "undo.thanks"
	}
	return "undo.done"
}

// forgetAct keeps nothing of an act but that something was made after it, if something was.
func (t *turn) forgetAct(place store.Place, a store.Act) error {
	if err := t.undoAct(a.ID); err != nil {
		return err
	}
	if err := t.forgetWhys(place, a); err != nil {
		return err
	}
	if a.Kind == actAsk && a.Message != "" {
		q, ok, err := t.tx.Question(place.ID, a.Message)
		if err != nil {
			return err
		}
		if ok {
			if err := t.close(place, q, store.LeftState, t.now); err != nil {
				return err
			}
		}
		if err := t.tx.DropThread(place.ID, a.Message); err != nil {
			return err
		}
	}
	return t.overtaken(actSubject(a.ID))
}

// undoAct takes the words out of the store, and out of its log as well.
func (t *turn) undoAct(id int64) error {
	if err := t.tx.UndoAct(id, t.now); err != nil {
		return err
	}
	t.onStored(t.emptyLog)
	return nil
}

// emptyLog lets what was deleted be gone from the store's log too.
func (e *Engine) emptyLog(ctx context.Context) {
	if err := e.store.EmptyLog(ctx); err != nil {
		e.options.Log.Warn("log not emptied", "err", err)
	}
}

// removeCard deletes a message of the bot once the turn is stored, where the service can do that.
func (t *turn) removeCard(place store.Place, message chat.MessageID) bool {
	editor, ok := t.conn.Adapter.(chat.Editor)
	if !ok {
		return false
	}
	t.onStored(func(ctx context.Context) {
		if err := editor.Delete(ctx, place.Channel, message); err != nil {
			t.options.Log.Warn("card not removed", "connection", t.conn.Name, "err", err)
		}
	})
	return true
}
