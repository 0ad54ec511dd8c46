package bot

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// This file is what happens to a message of which nobody knows whether it was sent: it is looked for, and else left.
// Nothing is ever said twice.

const (
	// doubtPause is how long a service is given before it is asked again what it has.
	doubtPause = 2 * time.Second
	// doubtTries is how often it is asked.
	doubtTries = 2
)

// sendParts sends what a service may want in several messages. The last bears the buttons and the delivery's own key;
// once the first stands, a part that fails is no reason to say it all again.
func (e *Engine) sendParts(ctx context.Context, c *Connection, out *draft) (chat.Receipt, error) {
	parts := split(out.message, c.Adapter)
	for i, part := range parts[:len(parts)-1] {
		key := e.store.Key().DeliveryKey("part", out.d.Key, strconv.Itoa(i))
		if r, err := e.sendForSure(ctx, c, chat.Delivery{Key: key, Message: part}); err != nil {
			return r, begun(i > 0, err)
		}
	}
	r, err := e.sendForSure(ctx, c, chat.Delivery{Key: out.d.Key, Message: parts[len(parts)-1]})
	return r, begun(len(parts) > 1, err)
}

// begun makes an error unsure where a part of the message stands already.
func begun(stands bool, err error) error {
	if !stands || err == nil {
		return err
	}
	return &chat.Error{Op: "send the rest", Kind: chat.Unsure, Err: err}
}

// sendForSure sends, and where nobody knows whether that came about, finds out by the service's own means: the same
// key again, as long as the service would not take it for another message, or a look for the key. What stays unknown
// stays Unsure, whatever came afterwards.
func (e *Engine) sendForSure(ctx context.Context, c *Connection, d chat.Delivery) (chat.Receipt, error) {
	if e.live == nil {
		return c.send(ctx, d)
	}
	began := e.live.clock()
	r, err := c.send(ctx, d)
	for range doubtTries {
		if err == nil || kindOf(err) != chat.Unsure || !rest(ctx, doubtPause) {
			return r, err
		}
		if again, ok := settleNow(ctx, c, d, e.live.clock().Sub(began)); ok {
			return again, nil
		}
	}
	return r, err
}

// settleNow tries once to find out what became of a message that was first sent some time ago. The key is used again
// in the first half of the service's window alone, and not waited for beyond it.
func settleNow(ctx context.Context, c *Connection, d chat.Delivery, since time.Duration) (chat.Receipt, bool) {
	if 2*since < c.info.Dedup {
		ctx, cancel := context.WithTimeout(ctx, c.info.Dedup-since)
		defer cancel()
		r, err := c.send(ctx, d)
		return r, err == nil
	}
	finder, ok := c.Adapter.(chat.Finder)
	if !ok {
		return chat.Receipt{}, false
	}
	ctx, cancel := context.WithTimeout(ctx, sendWithin)
	defer cancel()
	r, found, err := finder.FindSent(ctx, d.Message.To, d.Key)
	return r, found && err == nil
}

// kindOf is what an adapter's error means; of an error that is none of its own nothing is known.
func kindOf(err error) chat.Kind {
	var failed *chat.Error
	if errors.As(err, &failed) {
		return failed.Kind
	}
	return chat.Unsure
}

// settleLapsed looks after a claim whose process died: what it had sent is looked for by its key, and else dropped.
func (e *Engine) settleLapsed(ctx context.Context, c *Connection, d store.Delivery, now time.Time) error {
	receipt, found := e.lookFor(ctx, c, d)
	return e.turn(ctx, c, now, func(t *turn) error { return t.settleDoubt(d, receipt, found) })
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

// echo settles a delivery by the bot's own message coming back: one on its way, and one that was given up in doubt.
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
