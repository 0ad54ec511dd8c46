package bot

import (
	"context"
	"crypto/sha256"
	"errors"
	"maps"
	"math/rand/v2"
	"slices"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// play lets the other engine live through it.
func (p *past) play(ctx context.Context) error {
	seed := sha256.Sum256([]byte(p.store.Key().DeliveryKey("past", p.conn.Name, string(p.space), p.book.ID)))
	memory, err := store.OpenWith(ctx, ":memory:", p.store.Key(), rand.NewChaCha8(seed)) // the same look gives the same answer
	if err != nil {
		return err
	}
	batch, err := memory.Batch(ctx)
	if err == nil {
		err = p.playOn(ctx, memory, batch)
		err = errors.Join(err, batch.Close())
	}
	return errors.Join(err, memory.Close())
}

func (p *past) playOn(ctx context.Context, memory *store.Store, batch *store.Batch) error {
	engine, err := New(ctx, Options{
		Store: memory, Turns: pastTurns{batch}, Playbooks: slices.Collect(maps.Values(p.current.Load().books)), Defaults: p.options.Defaults,
		Patience: p.options.Patience, OneZone: p.options.OneZone, NoNotice: true, Trace: p.outcomeOf(p.book.ID),
	})
	if err != nil {
		return err
	}
	engine.Connect(p.conn.Name, deaf{p.conn.Adapter}).people = p.conn.people.asKnown()
	if err := batch.Turn(p.furnish); err != nil {
		return err
	}
	for _, id := range sortedKeys(p.played) {
		if err := engine.Enable(ctx, p.conn.Name, p.space, id, p.played[id], p.since); err != nil {
			return err
		}
	}
	return p.liveThrough(ctx, engine)
}

func (p *past) liveThrough(ctx context.Context, engine *Engine) error {
	now := p.since
	if err := engine.Due(ctx, now); err != nil {
		return err
	}
	for _, m := range p.heard {
		if err := engine.DueUntil(ctx, &now, m.Time); err != nil {
			return err
		}
		m.Cursor = ""
		if err := engine.Take(ctx, p.conn.Name, m, now); err != nil {
			return err
		}
	}
	p.heard = nil
	return engine.DueUntil(ctx, &now, p.until)
}

// pastTurns commits the turns of a look in one transaction.
type pastTurns struct{ batch *store.Batch }

// Turn runs one turn in the batch.
func (b pastTurns) Turn(_ context.Context, do func(*store.Tx) error) error { return b.batch.Turn(do) }

// deaf takes what is said to it for delivered, and sends nothing. It has no abilities.
type deaf struct{ of chat.Adapter }

// Info is the service's own, without a pace to keep.
func (d deaf) Info() chat.Info {
	i := d.of.Info()
	i.Replay, i.MaxSize, i.PerChannel, i.InAll = true, 0, 0, 0
	return i
}

// Run is never called.
func (d deaf) Run(ctx context.Context, _ map[chat.ChannelID]chat.Cursor, _ chat.Sink) error {
	return ctx.Err()
}

// Send pretends.
func (d deaf) Send(_ context.Context, m chat.Delivery) (chat.Receipt, error) {
	return chat.Receipt{Channel: m.Message.To.Channel, Message: chat.MessageID("past-" + m.Key)}, nil
}

// Size is of no account.
func (d deaf) Size(chat.Message) int { return 0 }
