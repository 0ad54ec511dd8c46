package bot

import (
	"context"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// This file is what happens to a message of which nobody knows whether it was sent: it is looked for, and else left.
// Nothing is ever said twice.

// settleLapsed looks after claims whose process died: what it had sent is looked for by its key, and else dropped.
func (e *Engine) settleLapsed(ctx context.Context, now time.Time) error {
	var lapsed []store.Delivery
	err := e.look(ctx, func(tx *store.Tx) (err error) {
		lapsed, err = tx.LapsedClaims(now, dueAtOnce)
		return err
	})
	if err != nil {
		return err
	}
	for _, d := range lapsed {
		c, err := e.connection(d.Conn)
		if err != nil {
			continue
		}
		receipt, found := e.lookFor(ctx, c, d)
		err = e.turn(ctx, c, now, func(t *turn) error { return t.settleDoubt(d, receipt, found) })
		if err != nil {
			return err
		}
	}
	return nil
}

// lookFor asks the service whether a message stands there; not finding it is no proof that it was not sent.
func (e *Engine) lookFor(ctx context.Context, c *Connection, d store.Delivery) (chat.Receipt, bool) {
	finder, ok := c.Adapter.(chat.Finder)
	if !ok {
		return chat.Receipt{}, false
	}
	var to chat.To
	err := e.store.View(ctx, func(tx *store.Tx) error {
		place, _, err := tx.PlaceByID(d.Place)
		if err != nil {
			return err
		}
		to = chat.To{Space: d.Space, Channel: place.Channel, Thread: d.Thread}
		if d.Recipient != 0 {
			user, _, err := tx.Unseal(d.Recipient)
			to = chat.To{Space: d.Space, Person: user}
			return err
		}
		return nil
	})
	if err != nil {
		return chat.Receipt{}, false
	}
	receipt, found, err := finder.FindSent(ctx, to, d.Key)
	return receipt, found && err == nil
}

func (t *turn) settleDoubt(d store.Delivery, r chat.Receipt, found bool) error {
	if !found {
		return t.give(d, store.Dropped, chat.Doubt)
	}
	c, err := t.cause(d.Place, d.Refs)
	if err != nil {
		return err
	}
	w, err := t.calm(d, c)
	if err != nil {
		return err
	}
	return t.sent(&draft{d: d, w: w, cause: c, reason: chat.NoCoin}, r)
}

// echo settles a doubtful delivery by the bot's own message coming back.
func (t *turn) echo(m chat.MessagePosted) error {
	if m.Key == "" {
		return nil
	}
	d, ok, err := t.tx.Delivery(m.Key)
	if err != nil || !ok || d.State != store.Claimed && d.State != store.Doubtful {
		return err
	}
	return t.settleDoubt(d, chat.Receipt{Channel: m.Place.Channel, Message: m.Message, Time: m.Time}, true)
}
