package bot

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// lease is for how long a claimed delivery belongs to the process that claimed it.
const lease = 2 * time.Minute

// deliveriesDue says what is to be said, each once: claimed in one turn, sent outside any turn, settled in another.
// Each connection has a sender of its own, so that a slow one keeps no other waiting.
func (e *Engine) deliveriesDue(ctx context.Context, now time.Time) error {
	if !e.deliveries.rings(now) {
		return nil
	}
	for {
		due, err := e.readDue(ctx, now)
		if err != nil {
			return err
		}
		if len(due) == 0 {
			break
		}
		for _, conn := range sortedKeys(due) {
			if err := e.dispatch(ctx, conn, due[conn], now); err != nil {
				return err
			}
		}
	}
	if len(e.busy()) > 0 {
		return nil // whoever is busy wakes the alarm when done
	}
	return e.find(ctx, &e.deliveries, (*store.Tx).NextDeliveryDue)
}

// errand is what a sender is to do for its connection.
type errand struct{ lapsed, due []store.Delivery }

// readDue gives what is due, by connection, but for those whose sender is at work.
func (e *Engine) readDue(ctx context.Context, now time.Time) (map[string]errand, error) {
	busy := e.busy()
	out := map[string]errand{}
	err := e.look(ctx, func(tx *store.Tx) error {
		lapsed, err := tx.LapsedClaims(now, dueAtOnce, busy...)
		if err != nil {
			return err
		}
		for _, d := range lapsed {
			out[d.Conn] = errand{lapsed: append(out[d.Conn].lapsed, d)}
		}
		due, err := tx.DueDeliveries(now, dueAtOnce, busy...)
		for _, d := range due {
			out[d.Conn] = errand{out[d.Conn].lapsed, append(out[d.Conn].due, d)}
		}
		return err
	})
	return out, err
}

// dispatch does an errand: while the engine runs in the background, else at once.
func (e *Engine) dispatch(ctx context.Context, conn string, todo errand, now time.Time) error {
	c, err := e.connection(conn)
	if err != nil {
		return e.dropUnknown(ctx, todo, now)
	}
	if e.live == nil {
		return e.deliverAll(ctx, c, todo, func() time.Time { return now })
	}
	c.sending.Store(true)
	e.live.senders.Go(func() {
		if err := e.deliverAll(ctx, c, todo, e.live.clock); err != nil && ctx.Err() == nil {
			e.options.Log.Error("deliveries could not be made", "connection", conn, "err", err)
		}
		c.sending.Store(false)
		e.wake(&e.deliveries, e.live.clock())
	})
	return nil
}

// busy names the connections whose sender is at work.
func (e *Engine) busy() (names []string) {
	for _, c := range e.list() {
		if c.sending.Load() {
			names = append(names, c.Name)
		}
	}
	return names
}

// dropUnknown drops what was meant for a connection that the configuration no longer has.
func (e *Engine) dropUnknown(ctx context.Context, todo errand, now time.Time) error {
	return e.options.Turns.Turn(ctx, func(tx *store.Tx) error {
		for _, d := range slices.Concat(todo.lapsed, todo.due) {
			if err := tx.Settle(d.Key, store.Dropped, string(chat.RecipientGone), "", now); err != nil {
				return err
			}
		}
		return nil
	})
}

func (e *Engine) deliverAll(ctx context.Context, c *Connection, todo errand, clock func() time.Time) error {
	for _, d := range todo.lapsed {
		if err := e.settleLapsed(ctx, c, d, clock()); err != nil {
			return err
		}
	}
	for _, d := range todo.due {
		if ctx.Err() != nil {
			return nil
		}
		if err := e.deliver(ctx, c, d, clock); err != nil {
			return err
		}
	}
	return nil
}

func (e *Engine) deliver(ctx context.Context, c *Connection, d store.Delivery, clock func() time.Time) error {
	now := clock()
	if err := e.meetPerson(ctx, c, d.Recipient, now); err != nil {
		return err
	}
	var out *draft
	err := e.turn(ctx, c, now, func(t *turn) (err error) {
		out, err = t.claim(d)
		return err
	})
	if err != nil || out == nil {
		return err
	}
	receipt, sendErr := e.sendParts(ctx, c, out)
	return e.turn(ctx, c, clock(), func(t *turn) error { return t.settle(out, receipt, sendErr) })
}

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
	w := calm{d: d, place: c.place}
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
	if (w.tell != nil) != d.Nudge {
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

// roleNeeded names the role that a recipient must have accepted: that of the slot, or that which the rule picks from.
func (t *turn) roleNeeded(w calm) string {
	if w.rule == nil || w.tell == nil {
		return ""
	}
	setting := ""
	switch s, _ := w.rule.When.(playbooks.OnSchedule); {
	case w.tell.Whom == "picked" && w.rule.Pick != nil:
		setting = w.rule.Pick.From
	case w.tell.Whom == "leader":
		setting = s.For
	}
	space, err := t.space(w.place)
	if err != nil || setting == "" || space.instances[w.d.Playbook] == nil {
		return ""
	}
	role, _ := space.instances[w.d.Playbook].Settings[setting].(string)
	return role
}

// objected holds or drops what attention does not let pass.
func (t *turn) objected(w calm, v verdict) error {
	if !v.drop {
		t.wake(&t.deliveries, v.until)
		t.traceHeld(w.d, v)
		return t.tx.Hold(w.d.Key, v.until, string(v.reason))
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
	rule := w.d.Playbook + "/" + w.d.Rule
	if w.d.Nudge && w.person.ID != 0 {
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
	return t.tx.SpendRoom(w.place.ID, t.now, rule)
}

// settle keeps what became of it: sent, to be tried again, or dropped. What may have been sent is looked for once
// and else left, for nothing is ever said twice.
func (t *turn) settle(out *draft, r chat.Receipt, sendErr error) error {
	if unsettled, err := t.unsettled(out.d.Key); err != nil || !unsettled {
		return err
	}
	if sendErr == nil {
		return t.sent(out, r)
	}
	var failed *chat.Error
	if !errors.As(sendErr, &failed) {
		failed = &chat.Error{Kind: chat.Unsure, Err: sendErr}
	}
	t.options.Log.Warn("send failed", "connection", t.conn.Name, "key", out.d.Key, "kind", failed.Kind.String(), "err", sendErr)
	switch failed.Kind {
	case chat.Later:
		until := t.now.Add(max(failed.Wait, time.Duration(1<<min(out.d.Tries, 6))*time.Second))
		t.wake(&t.deliveries, until)
		return t.tx.Hold(out.d.Key, until, string(chat.ServiceRefused))
	case chat.Refused:
		return t.give(out.d, store.Refused, chat.ServiceRefused)
	case chat.Gone:
		return t.give(out.d, store.Dropped, chat.RecipientGone)
	}
	return t.give(out.d, store.Doubtful, chat.Doubt) // its own echo may yet settle it
}

// unsettled reports whether a claimed delivery still waits to be settled: its own echo may have been quicker, and a
// person may have been forgotten meanwhile.
func (t *turn) unsettled(key string) (bool, error) {
	d, ok, err := t.tx.Delivery(key)
	return ok && (d.State == store.Claimed || d.State == store.Doubtful), err
}

func (t *turn) give(d store.Delivery, state store.DeliveryState, reason chat.Reason) error {
	t.traceDelivery(d, Dropped, reason)
	return t.end(d, state, reason)
}

// end keeps why a delivery was not made. What somebody chose for themselves is counted, and tied to nothing that names
// them: neither to what the message was about, nor to its row.
func (t *turn) end(d store.Delivery, state store.DeliveryState, reason chat.Reason) error {
	about, kept := d, reason
	if d.Recipient != 0 && personal(reason) {
		about.Subject, kept = "", chat.NotTracked
	}
	if err := t.journalDelivery(about, reason); err != nil {
		return err
	}
	return t.tx.Settle(d.Key, state, string(kept), "", t.now)
}

// sent notes the receipt and begins to wait for an answer, where one is asked for.
func (t *turn) sent(out *draft, r chat.Receipt) error {
	t.traceDelivery(out.d, Said, out.reason)
	if err := t.journalDelivery(out.d, chat.Sent); err != nil {
		return err
	}
	if err := t.tx.Settle(out.d.Key, store.Sent, string(chat.Sent), r.Message, t.now); err != nil {
		return err
	}
	if out.w.tell == nil || out.w.tell.OpenFor == (calendar.Wait{}) {
		return t.sentNotice(out, r)
	}
	ref := out.cause.refs()
	ref.Key = out.d.Key
	if out.w.tell.Whom == "picked" {
		ref.Asked = append(ref.Asked, out.d.Recipient)
	}
	due := out.w.tell.OpenFor.From(t.now, t.hoursOf(out.w.person))
	t.wake(&t.watches, due)
	_, err := t.tx.AddWatch(store.Watch{
		Conn: t.conn.Name, Space: out.d.Space, Playbook: out.d.Playbook, Hash: out.d.Hash, Rule: out.d.Rule,
		Name: watchAsked + out.w.tell.As, Place: out.d.Place, Subject: out.d.Subject, Person: out.d.Recipient,
		Due: due, Data: ref.String(),
	})
	return err
}

func (t *turn) journalDelivery(d store.Delivery, reason chat.Reason) error {
	return t.tx.Journal(store.Entry{
		At: t.now, Conn: d.Conn, Space: d.Space, Playbook: d.Playbook, Rule: d.Rule, Subject: d.Subject, Reason: string(reason),
	})
}

func (t *turn) traceDelivery(d store.Delivery, step Step, reason chat.Reason) {
	t.trace(t.deliveryTrace(d, step, reason))
}

func (t *turn) deliveryTrace(d store.Delivery, step Step, reason chat.Reason) Trace {
	tr := Trace{
		Step: step, Playbook: d.Playbook, Rule: d.Rule, Subject: d.Subject, Reason: reason,
		Person: t.userOf(d.Recipient), Nudge: d.Nudge, Key: d.Key, ID: d.Recipient,
	}
	if place, ok, err := t.tx.PlaceByID(d.Place); err == nil && ok {
		tr.Channel = place.Channel
	}
	if ref, err := parseRefs(d.Refs); err == nil {
		tr.Message, tr.Author = ref.Message, t.userOf(ref.Author)
	}
	return tr
}

func (t *turn) traceHeld(d store.Delivery, v verdict) {
	tr := t.deliveryTrace(d, Held, v.reason)
	tr.Until = v.until
	t.trace(tr)
}
