package bot

import (
	"context"
	"slices"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

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
	hidden, err := e.hidden(ctx, c, d)
	if err != nil {
		return err
	}
	var out *draft
	err = e.turn(ctx, c, now, func(t *turn) (err error) {
		out, err = t.claimSeen(d, hidden)
		return err
	})
	if err != nil && ctx.Err() == nil {
		return e.unwritten(ctx, c, d, now, err)
	}
	if err != nil || out == nil {
		return err
	}
	receipt, sendErr := e.sendParts(ctx, c, out)
	return e.turn(ctx, c, clock(), func(t *turn) error { return t.settle(out, receipt, sendErr) })
}
