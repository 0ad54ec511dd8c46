package bot

import (
	"slices"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/question"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// This file keeps the terms of questions, as long as there is a reason to: while a question waits, and after somebody
// answered it who has accepted the role of a helper and not stopped the bot. Where nobody has, nothing is kept.

// keepTerms keeps the terms of a question while it waits, where a thread can come of it.
func (t *turn) keepTerms(place store.Place, asker store.PersonID, m chat.MessagePosted) error {
	keeps, err := t.tx.KeepsThreads(place.Conn, place.Space)
	if err != nil || !keeps {
		return err
	}
	return t.tx.AddThread(place, m.Message, asker, m.Time, question.Terms(m.Text))
}

// editedTerms follows an edit of a question.
func (t *turn) editedTerms(place store.Place, ev chat.MessageEdited) error {
	keeps, err := t.tx.KeepsThreads(place.Conn, place.Space)
	if err != nil || !keeps {
		return err
	}
	return t.tx.RestateThread(place, ev.Message, question.Terms(ev.Text))
}

// answeredThread lets a question be found if who answered it agreed to that; else nothing of it stays.
func (t *turn) answeredThread(place store.Place, q store.Question, author store.Person, at time.Time) error {
	keeps, err := t.tx.KeepsThreads(place.Conn, place.Space)
	if err != nil || !keeps {
		return err
	}
	agreed, err := t.agreed(place, author.ID, at)
	if err != nil {
		return err
	}
	if agreed {
		return t.tx.SolveThread(place.ID, q.Message, author.ID)
	}
	return t.tx.DropThread(place.ID, q.Message)
}

// agreed reports whether a person had said yes to being found by their answers when they gave one.
func (t *turn) agreed(place store.Place, id store.PersonID, at time.Time) (bool, error) {
	role, ok, err := t.tx.Role(place.Conn, place.Space, id, store.ThreadRole)
	if err != nil || !ok || role.State != store.Accepted || at.Before(role.Since) {
		return false, err
	}
	for _, book := range t.bookIDs() {
		if !t.asksHelpers(book) {
			continue
		}
		if out, err := t.tx.PersonOptedOut(id, book); err != nil || out {
			return false, err
		}
	}
	out, err := t.tx.PersonOptedOut(id, "")
	return !out, err
}

// asksHelpers reports whether a playbook speaks to people in the role that threads are kept for, so that stopping it
// takes back what was agreed to with the role.
func (t *turn) asksHelpers(playbook string) bool {
	book := t.books[playbook]
	return book != nil && slices.ContainsFunc(book.Settings, func(s playbooks.Setting) bool {
		return s.Type == "role" && s.Default == store.ThreadRole
	})
}

// withdraw takes back that somebody can be found by their answers, when they stop the bot or what asks helpers.
func (t *turn) withdraw(who store.Person, playbook string) error {
	if playbook != "" && !t.asksHelpers(playbook) {
		return nil
	}
	return t.tx.WithdrawThreads(who.ID)
}

// settledThread follows what became of a question: what is closed without an answer that counts is not kept, what is
// reopened waits again, and what its asker wants left is not shown to others.
func (t *turn) settledThread(place store.Place, q store.Question) error {
	keeps, err := t.tx.KeepsThreads(place.Conn, place.Space)
	if err != nil || !keeps {
		return err
	}
	switch q.State {
	case store.OpenState:
		return t.tx.ReopenThread(place.ID, q.Message)
	case store.SolvedState:
		return t.tx.DropWaitingThread(place.ID, q.Message)
	case store.LeftState:
		return t.tx.DropThread(place.ID, q.Message)
	}
	return nil
}

// goneFromThread forgets a thread of which the question is gone, or a message of whoever solved it.
func (t *turn) goneFromThread(place store.Place, gone chat.MessageID) error {
	keeps, err := t.tx.KeepsThreads(place.Conn, place.Space)
	if err != nil || !keeps {
		return err
	}
	if err := t.tx.DropThread(place.ID, gone); err != nil {
		return err
	}
	m, ok, err := t.tx.Message(place.ID, gone)
	if err != nil || !ok || m.Thread == "" {
		return err
	}
	th, ok, err := t.tx.Thread(place.ID, m.Thread)
	if err != nil || !ok {
		return err
	}
	if helped, err := t.tx.HelpedThread(th, m.Author); err != nil || !helped {
		return err
	}
	return t.tx.DropThread(place.ID, m.Thread)
}
