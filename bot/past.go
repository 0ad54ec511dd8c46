package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/playbooks"
)

// A look back plays a playbook over what was said of late, on a store in memory that is gone afterwards: another
// engine hears it all again, with the roles, stops and pauses that people have, and with what else is on. Nothing is
// sent, and nothing of the real store changes.

// How far a look goes back, and how much it reads.
const (
	pastDays = 14
	pastMost = 20_000
	pastWait = time.Minute
)

// past is one look back.
type past struct {
	*Engine
	conn   *Connection
	space  chat.SpaceID
	book   *playbooks.Playbook
	since  time.Time
	until  time.Time
	played map[string]map[string]any // settings by playbook: the one that it is about, and what else is on
	rooms  []chat.ChannelID          // all in which they play
	heard  []chat.MessagePosted
	told   int  // messages that the service told
	cut    bool // there was more, or it took too long
	people []pastPerson
	places []pastPlace
	outcome
}

// errUnreadable is why a look cannot be had.
var errUnreadable = errors.New("the service does not tell what was said before")

// lookBack looks what a playbook would have brought with these settings. One at a time on a connection.
func (e *Engine) lookBack(ctx context.Context, c *Connection, w wished, all map[string]any, now time.Time) (*past, error) {
	c.past.Lock()
	defer c.past.Unlock()
	p := &past{Engine: e, conn: c, space: w.space, book: w.book, since: now.AddDate(0, 0, -pastDays), until: now, outcome: newOutcome()}
	steps := []func(context.Context) error{
		func(ctx context.Context) error {
			return e.turn(ctx, c, now, func(t *turn) error { return p.choose(t, t.withFixed(w, all)) })
		},
		p.hear,
		func(ctx context.Context) error { return e.turn(ctx, c, now, p.meet) },
		p.play,
	}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return nil, fmt.Errorf("look back: %w", err)
		}
	}
	return p, nil
}

// choose takes the playbook with its wished settings, and beside it what is on.
func (p *past) choose(t *turn, settings map[string]any) error {
	on, err := t.spaceOf(spaceKey{p.conn.Name, p.space})
	if err != nil {
		return err
	}
	p.played, p.rooms = map[string]map[string]any{}, nil
	for id, in := range on.instances {
		p.played[id] = again(in.Settings)
	}
	p.played[p.book.ID] = again(settings)
	for id, settings := range p.played {
		values, err := t.books[id].Fill(settings)
		if err != nil {
			return err
		}
		p.rooms = append(p.rooms, roomsOf(t.books[id], values)...)
	}
	return nil
}

// errEnough ends the reading.
var errEnough = errors.New("enough was read")

// hear reads what people said in the rooms. What could be read before the service failed is looked at, and said to be
// only a part.
func (p *past) hear(ctx context.Context) error {
	historian, ok := p.conn.Adapter.(chat.Historian)
	if seen, known := p.conn.sees(); !ok || known && !seen.Messages {
		return errUnreadable
	}
	within, cancel := context.WithTimeout(ctx, pastWait)
	defer cancel()
	var mu sync.Mutex // rooms may be told at once
	err := historian.History(within, p.since, func(_ context.Context, ev chat.Event) error {
		mu.Lock()
		defer mu.Unlock()
		return p.hears(ev)
	})
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil && p.told == 0:
		return fmt.Errorf("%w: %w", errUnreadable, err)
	}
	p.cut = err != nil
	slices.SortStableFunc(p.heard, func(a, b chat.MessagePosted) int { return a.Time.Compare(b.Time) })
	return nil
}

func (p *past) hears(ev chat.Event) error {
	if p.told == pastMost {
		return errEnough
	}
	p.told++
	m, ok := ev.(chat.MessagePosted)
	switch {
	case !ok || !m.Actor.Human() || m.System || m.Place.Direct || m.Time.Before(p.since) || m.Time.After(p.until):
	case len(m.References) > 0 && m.References[0].At == 0 && p.conn.isSelf(m.References[0]): // a command: it was obeyed then
	case slices.Contains(p.rooms, m.Place.Channel):
		p.heard = append(p.heard, m)
	}
	return nil
}
