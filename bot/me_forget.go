package bot

import (
	"context"
	"slices"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// meForget asks once, then deletes what is kept about the person and says exactly what is gone and what stays.
func (t *turn) meForget(c *call) error {
	if !slices.ContainsFunc(c.words[1:], isYes) {
		p := t.page(c.g)
		for _, part := range []string{"ask", "gone", "stays", "confirm"} {
			p.say("me.forget."+part, nil)
		}
		t.answer(c.reply, p.body)
		return nil
	}
	if err := t.letGo(c.who); err != nil {
		return err
	}
	out, err := t.tx.Optouts(t.conn.Name, c.user)
	if err != nil {
		return err
	}
	g := c.g
	t.onStored(func(ctx context.Context) { t.forget(ctx, c.user, c.who.ID) })
	t.answerLater(c.reply, func(ctx context.Context) []chat.Node { return t.forgotten(ctx, g, t.conn.Name, c.user, len(out) > 0) })
	return nil
}

func isYes(word string) bool {
	return slices.Contains([]string{"yes", "oui", "confirm", "confirme"}, normal(word))
}

// letGo ends what still waits about the person's own questions and acts: it would speak of nobody.
func (t *turn) letGo(who store.Person) error {
	questions, err := t.tx.QuestionsOf(who.ID, questionsRead)
	if err != nil {
		return err
	}
	for _, q := range questions {
		if err := t.overtaken(questionSubject(q.ID)); err != nil {
			return err
		}
	}
	acts, err := t.tx.Acts(store.ActQuery{Conn: t.conn.Name, Author: who.ID, Undone: true})
	if err != nil {
		return err
	}
	for _, a := range acts {
		if err := t.overtaken(actSubject(a.ID)); err != nil {
			return err
		}
		if slices.Contains(shareKinds, a.Practice) {
			continue
		}
		a.Practice = "" // in words of their own
		if err := t.tx.SetAct(a); err != nil {
			return err
		}
	}
	return nil
}

// forget deletes the person from the store and from this process's memory.
func (t *turn) forget(ctx context.Context, user chat.UserID, id store.PersonID) {
	if err := t.store.Forget(ctx, t.conn.Name, user); err != nil {
		t.options.Log.Warn("not forgotten", "connection", t.conn.Name, "err", err)
	}
	t.conn.users.forget(id)
	t.conn.people.forget(user)
}

// forgotten looks whether anything is left and says so: "gone" is only said where it is true.
func (e *Engine) forgotten(ctx context.Context, g tongue, conn string, user chat.UserID, optedOut bool) []chat.Node {
	p := &page{texts: e.texts, g: g}
	known := true
	err := e.store.View(ctx, func(tx *store.Tx) (err error) {
		_, known, err = tx.FindPerson(conn, user)
		return err
	})
	if err != nil || known {
		p.say("me.forget.failed", nil)
		return p.body
	}
	p.say("me.forget.done", nil)
	if optedOut {
		p.say("me.forget.optout", nil)
	}
	p.say("me.forget.stays", nil)
	return p.body
}

// forget drops what the service said of a person.
func (p *profiles) forget(user chat.UserID) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.known, user)
}
