package bot

import (
	"context"
	"encoding/json"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// An offer is what a steward sees before something is turned on: what it will do and cost, and what it would have
// brought of late, with a button. What was wished waits for a day, as a watch of that steward, so that the button
// still works after a restart; then it lapses without a trace.

const (
	watchWish = "wish"
	offerLife = day
)

// The choices under an offer.
const (
	choiceTurnOn = "on"
	choiceLeave  = "off"
	choiceKeep   = "keep"
)

// offer shows what would be, and keeps the wish.
func (t *turn) offer(c *call, w wished, all map[string]any) error {
	row, _, err := t.tx.Instance(t.conn.Name, w.space, w.book.ID)
	if err != nil {
		return err
	}
	data, err := json.Marshal(all)
	if err != nil {
		return err
	}
	key := t.store.Key().DeliveryKey("wish", t.conn.Name, string(w.space), string(c.user), w.book.ID, t.now.String())
	if _, err := t.tx.AddWatch(store.Watch{
		Conn: t.conn.Name, Space: w.space, Playbook: w.book.ID, Hash: w.book.Hash, Name: watchWish, Subject: key,
		Person: c.who.ID, NotAfter: t.now.Add(offerLife), Data: string(data),
	}); err != nil {
		return err
	}
	head, choices := "enable.offer", []string{choiceTurnOn, choiceLeave}
	if row.Enabled {
		head, choices = "enable.offer_change", []string{choiceTurnOn, choiceKeep}
	}
	return t.show(c, w, all, head, t.buttons(c.g, key, choices))
}

// show answers with what would be. Stewards see what it would have brought, too: in a room that is not everybody's, even
// a number would tell.
func (t *turn) show(c *call, w wished, all map[string]any, head string, buttons []chat.Button) error {
	values, err := w.book.Fill(again(t.withFixed(w, all)))
	if err != nil {
		return err
	}
	p := t.page(c.g)
	p.say(head, holes{"playbook": {chat.Code(w.book.ID)}, "rooms": t.roomWords(values, w.book)})
	if err := t.enablePage(p, w, values); err != nil {
		return err
	}
	strange := t.strangeRooms(w, values)
	if !t.isSteward(c.user) {
		t.answerSeen(c, p, strange)
		return nil
	}
	see, e, conn, now := t.sightOf(c), t.Engine, t.conn, t.now
	t.aside(c, func(ctx context.Context) (chat.Message, bool) {
		strange(ctx, p)
		back, err := e.lookBack(ctx, conn, w, all, now)
		if ctx.Err() != nil {
			return chat.Message{}, false
		}
		e.pastLines(ctx, p, back, err, see)
		p.hide(ctx, see)
		return chat.Message{To: addressOf(c.reply), Private: true, Body: p.body, Buttons: buttons}, true
	})
	return nil
}

// pressedWish takes the answer to an offer; false where the button is under something else.
func (t *turn) pressedWish(ev chat.ButtonPressed, who store.Person, key, choice string) (bool, error) {
	watches, err := t.tx.WatchesOn(key)
	if err != nil || len(watches) == 0 || watches[0].Name != watchWish {
		return false, err
	}
	kept := watches[0]
	c, err := t.callBy(ev.Header, ev.Reply, ev.Trigger)
	if err != nil {
		return true, err
	}
	book := t.books[kept.Playbook]
	switch {
	case kept.Person != who.ID:
		t.onStored(func(context.Context) { t.conn.foreign.Add(1) })
		return true, t.tellBack(c, "press.foreign", nil)
	case !t.isSteward(c.user):
		return true, t.tellBack(c, "stewards.only", nil)
	}
	if err := t.tx.DeleteWatch(kept.ID); err != nil {
		return true, err
	}
	if t.now.After(kept.NotAfter) || book == nil || book.Hash != kept.Hash {
		return true, t.tellBack(c, "press.spent", nil)
	}
	return true, t.decided(c, kept, book, choice)
}

// decided does what a steward chose under an offer.
func (t *turn) decided(c *call, kept store.Watch, book *playbooks.Playbook, choice string) error {
	if choice != choiceTurnOn {
		return t.tellBack(c, "enable.left", holes{"playbook": {chat.Code(book.ID)}})
	}
	return t.turnOn(c, wished{book: book, space: kept.Space}, storedSettings(kept.Data))
}
