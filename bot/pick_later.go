package bot

import (
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// waitForSomebody lets a rule that found nobody decide once more, when the first of those who could be picked is within
// their hours again: what happened at night would else be told to nobody. It gives the reason for which it is quiet now.
func (t *turn) waitForSomebody(b playbooks.Bound, c cause, people []playbooks.Candidate) (chat.Reason, error) {
	next, err := t.firstOpen(people)
	if err != nil || c.waited || next.IsZero() || next.After(t.sayableUntil(b, c)) {
		return chat.NobodyToPick, err
	}
	c.waited = true
	return chat.QuietHours, t.watch(b, watchPick, c, next)
}

// sayableUntil is until when what a rule would say to whom it picks may still be said.
func (t *turn) sayableUntil(b playbooks.Bound, c cause) (until time.Time) {
	for _, a := range b.Rule.Do {
		if tell, ok := a.(playbooks.Tell); ok {
			until = tell.Expires.From(t.now, t.roomHours(c.place))
		}
	}
	return until
}

// firstOpen is when the first of the free candidates is within their hours; zero where there is none.
func (t *turn) firstOpen(people []playbooks.Candidate) (first time.Time, err error) {
	for _, one := range people {
		if !one.Free || one.Open {
			continue
		}
		person, ok, err := t.tx.PersonByID(store.PersonID(one.ID))
		if err != nil {
			return first, err
		}
		next, opens := t.hoursOf(person).NextOpen(t.now)
		if ok && opens && (first.IsZero() || next.Before(first)) {
			first = next
		}
	}
	return first, nil
}
