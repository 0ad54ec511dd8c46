package bot

import (
	"errors"
	"time"

	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// settle keeps what became of it: sent, to be tried again, or dropped. What may have been sent, and
// could not be found out about, is left: nothing is ever said twice.
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
	if err := t.tx.Settle(d.Key, state, string(kept), "", t.now); err != nil {
		return err
	}
	return t.digestFailed(d, reason)
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
	if _, digest := actionOf(out.w.rule, out.d.Step).(playbooks.Digest); digest {
		return t.digestSent(out)
	}
	if out.w.tell == nil || out.w.tell.OpenFor == (calendar.Wait{}) {
		return t.sentNotice(out, r)
	}
	ref := out.cause.refs()
	ref.Key, ref.Own, ref.Waited, ref.Practice = out.d.Key, false, false, out.w.tell.Practice
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
