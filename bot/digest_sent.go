package bot

import (
	"context"
	"slices"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// digestSent goes on from a digest that stands in its room: whoever asked for it gets a copy.
func (t *turn) digestSent(out *draft) error {
	if out.d.Recipient != 0 {
		return nil
	}
	if err := t.mended(brokenDigest, string(out.w.place.Channel), out.d.Space); err != nil {
		return err
	}
	return t.copies(out)
}

// digestFailed lets the stewards know of a digest that did not come although it was meant to.
func (t *turn) digestFailed(d store.Delivery, reason chat.Reason) error {
	failures := []chat.Reason{chat.ServiceRefused, chat.RecipientGone, chat.TooLate, chat.Doubt, chat.NotWritten}
	book := t.books[d.Playbook]
	if book == nil || d.Nudge || d.Recipient != 0 || !slices.Contains(failures, reason) {
		return nil
	}
	if _, ok := actionOf(book.Rule(d.Rule), d.Step).(playbooks.Digest); !ok {
		return nil
	}
	place, ok, err := t.tx.PlaceByID(d.Place)
	if err != nil || !ok {
		return err
	}
	if _, on, err := t.digestRule(place); err != nil || !on {
		return err // turned off meanwhile, or never to be said
	}
	return t.broken(breakage{what: brokenDigest, about: string(place.Channel), place: place, reason: reason})
}

// expireOverdue ends what was to be said in rooms while the process was down, each with its reason: what merely fell
// out of the store would be missed by nobody.
func (e *Engine) expireOverdue(ctx context.Context, now time.Time) error {
	var overdue []store.Delivery
	err := e.store.View(ctx, func(tx *store.Tx) (err error) {
		overdue, err = tx.Overdue(now, dueAtOnce)
		return err
	})
	for _, d := range overdue {
		if err != nil {
			return err
		}
		c, unknown := e.connection(d.Conn)
		switch {
		case unknown != nil:
		case d.State == store.Claimed:
			err = e.settleLapsed(ctx, c, d, now)
		default:
			err = e.turn(ctx, c, now, func(t *turn) error { return t.give(d, store.Expired, chat.TooLate) })
		}
	}
	return err
}

// claimSeen is claim for a delivery of which is known whether it would name a room that its recipient cannot read. A
// copy is then dropped; an alarm goes out without the name.
func (t *turn) claimSeen(d store.Delivery, hidden bool) (*draft, error) {
	if hidden && isCopy(d) {
		return nil, t.give(d, store.Dropped, chat.RecipientGone)
	}
	out, err := t.claim(d)
	if hidden && out != nil {
		for i, node := range out.message.Body {
			if _, room := node.(chat.Room); room {
				out.message.Body[i] = chat.Text(t.texts.word(t.tongueOf(out.w.person), "room.private"))
			}
		}
	}
	return out, err
}

// unwritten drops what cannot be written, so that it keeps nothing else waiting. Where even that fails, it is the
// store that does, and it all waits.
func (e *Engine) unwritten(ctx context.Context, c *Connection, d store.Delivery, now time.Time, cause error) error {
	err := e.turn(ctx, c, now, func(t *turn) error { return t.give(d, store.Dropped, chat.NotWritten) })
	if err != nil {
		return cause
	}
	e.options.Log.Error("delivery could not be written", "connection", c.Name, "key", d.Key, "err", cause)
	return nil
}
