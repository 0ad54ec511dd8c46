package bot

import (
	"strconv"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// lease is for how long a claimed delivery belongs to the process that claimed it.
const lease = 2 * time.Minute

// draft is a claimed delivery on its way to the service.
type draft struct {
	d       store.Delivery
	w       calm
	cause   cause
	reason  chat.Reason // what attention let it pass with
	message chat.Message
}

// claim asks attention and, if it lets pass, takes the delivery and counts it. nil without error: not now.
func (t *turn) claim(d store.Delivery) (*draft, error) {
	current, ok, err := t.tx.Delivery(d.Key)
	if err != nil || !ok || current.State != store.Pending && current.State != store.Held {
		return nil, err
	}
	d = current
	c, err := t.cause(d.Place, d.Refs)
	if err != nil {
		return nil, err
	}
	w, err := t.calm(d, c)
	if err != nil {
		return nil, err
	}
	v, err := t.attend(w)
	if err != nil {
		return nil, err
	}
	if !v.passes() {
		return nil, t.objected(w, v)
	}
	if w.shadow {
		return nil, t.cast(w, c)
	}
	taken, err := t.tx.Claim(d.Key, t.now.Add(lease))
	if err != nil || !taken {
		return nil, err
	}
	if err := t.spend(w); err != nil {
		return nil, err
	}
	out := &draft{d: d, w: w, cause: c, reason: v.reason}
	return out, t.compose(out)
}

// calm gathers what the stages look at.
func (t *turn) calm(d store.Delivery, c cause) (calm, error) {
	w := calm{d: d, place: c.place, own: c.own && t.now.Sub(d.Created) <= answering}
	if w.place.ID == 0 { // given to the bot alone
		w.place.Conn, w.place.Space = d.Conn, d.Space
	}
	if d.Recipient != 0 {
		person, _, err := t.tx.PersonByID(d.Recipient)
		if err != nil {
			return w, err
		}
		w.person = person
	}
	if book := t.books[d.Playbook]; book != nil {
		w.rule = book.Rule(d.Rule)
	}
	switch action := actionOf(w.rule, d.Step).(type) {
	case playbooks.Tell:
		w.tell = &action
	case nil:
		w.rule = nil
	}
	var err error
	if w.shadow, err = t.inShadow(w.place, d.Playbook); err != nil {
		return w, err
	}
	if (w.tell != nil || isCopy(d)) != d.Nudge && !w.shadow {
		w.rule, w.tell = nil, nil // the rule changed what it does
	}
	return w, nil
}

func actionOf(r *playbooks.Rule, step string) playbooks.Action {
	n, err := strconv.Atoi(step)
	if r == nil || err != nil || n < 0 || n >= len(r.Do) {
		return nil
	}
	return r.Do[n]
}

// roleNeeded names the role that a recipient must have accepted: that of the slot, also where an answer goes back to it,
// or that which the rule picks from.
func (t *turn) roleNeeded(w calm) string {
	if w.rule == nil || w.tell == nil {
		return ""
	}
	setting := t.books[w.d.Playbook].RoleSetting(w.rule, w.tell.Whom)
	space, err := t.space(w.place)
	if err != nil || setting == "" || space.playing(w.d.Playbook) == nil {
		return ""
	}
	role, _ := space.playing(w.d.Playbook).Settings[setting].(string)
	return role
}

// objected holds or drops what attention does not let pass.
func (t *turn) objected(w calm, v verdict) error {
	if !v.drop {
		t.wake(&t.deliveries, v.until)
		t.traceHeld(w.d, v)
		return t.tx.Hold(w.d.Key, v.until, string(v.reason))
	}
	if w.shadow {
		return t.settleShadow(w.d, v.reason)
	}
	t.traceDelivery(w.d, Dropped, v.reason)
	state := store.Dropped
	if v.reason == chat.TooLate {
		state = store.Expired
	}
	return t.end(w.d, state, v.reason)
}

// roomPost is the name under which unasked posts at the top level of a room are counted.
const roomPost = "post"

// spend counts what is about to be said. It is counted when first claimed: a send in doubt has cost its attention,
// and one that the service put off costs no more. A card was asked for, and costs nothing.
func (t *turn) spend(w calm) error {
	if w.d.Tries > 0 || w.d.Playbook == "" && w.d.Rule == noticeCard {
		return nil
	}
	if w.rule != nil && w.rule.AtMost.PerPerson == playbooks.Once {
		if _, err := t.tx.TakeSlot(t.onceSlot(w)); err != nil {
			return err
		}
	}
	if w.d.Nudge && w.person.ID != 0 && !w.own {
		err := t.tx.Spend(store.Spent{Person: w.person.ID, At: t.now, Playbook: w.d.Playbook, Rule: w.d.Rule, Why: w.d.Subject})
		if err != nil {
			return err
		}
	}
	if w.person.ID == 0 && w.d.Thread == "" {
		if err := t.tx.SpendRoom(w.place.ID, t.now, roomPost); err != nil {
			return err
		}
	}
	if besides(w.d) {
		return nil
	}
	return t.tx.SpendRoom(w.place.ID, t.now, w.ledger())
}
