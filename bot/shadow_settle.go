package bot

import (
	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// cast settles what attention let pass of a playbook in shadow, instead of saying it, and waits for the silence that
// would follow.
func (t *turn) cast(w calm, c cause) error {
	if err := t.tx.SpendRoom(w.place.ID, t.now, w.ledger()); err != nil {
		return err
	}
	if err := t.settleShadow(w.d, chat.Shadow); err != nil {
		return err
	}
	if w.tell == nil || w.tell.OpenFor == (calendar.Wait{}) {
		return nil
	}
	ref := c.refs()
	ref.Own, ref.Practice = false, w.tell.Practice
	if w.tell.Whom == "picked" {
		ref.Asked = append(ref.Asked, nobody) // that somebody would have been asked, not who
	}
	due := w.tell.OpenFor.From(t.now, t.hoursOf(w.person))
	t.wake(&t.watches, due)
	_, err := t.tx.AddWatch(store.Watch{
		Conn: t.conn.Name, Space: w.d.Space, Playbook: w.d.Playbook, Hash: w.d.Hash, Rule: w.d.Rule,
		Name: watchAsked + w.tell.As, Place: w.d.Place, Subject: w.d.Subject, Due: due, Data: ref.String(),
	})
	return err
}

// nobody stands among those who were asked where nobody was.
const nobody store.PersonID = -1

// settleShadow keeps why a delivery of a shadow was not made, and forgets whom it was for.
func (t *turn) settleShadow(d store.Delivery, reason chat.Reason) error {
	t.traceDelivery(d, Dropped, reason)
	if err := t.end(d, store.Dropped, reason); err != nil {
		return err
	}
	return t.tx.Unaddress(d.Key)
}

// ledger is the name under which a room's share of a rule is counted; a shadow takes nothing from what is said.
func (w calm) ledger() string {
	rule := w.d.Playbook + "/" + w.d.Rule
	if w.shadow {
		return watchShadow + ":" + rule
	}
	return rule
}
