package bot

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"
	"golang.org/x/time/rate"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// steady is for how long a connection must have held for the next loss to be taken for a new one.
const steady = time.Minute

// listenAll listens to every connection until each has ended. One that is refused for good does not end the others.
func (l *live) listenAll(ctx context.Context) error {
	connections := l.list()
	refused := make([]error, len(connections))
	var all sync.WaitGroup
	for i, c := range connections {
		all.Go(func() { refused[i] = l.listen(ctx, c) })
	}
	all.Wait()
	return errors.Join(refused...)
}

// listen listens to one connection, again and again, until ctx is done, the source has ended, or it is refused.
func (l *live) listen(ctx context.Context, c *Connection) error {
	pause := backoff.NewExponentialBackOff()
	for {
		began := l.clock()
		err := l.hear(ctx, c)
		var failed *chat.Error
		switch isOurs := errors.As(err, &failed); {
		case ctx.Err() != nil || err == nil:
			return nil
		case isOurs && failed.Kind == chat.Refused:
			l.options.Log.Error("connection refused", "connection", c.Name, "err", err)
			return fmt.Errorf("connection %s: %w", c.Name, err)
		case !isOurs:
			failed = &chat.Error{}
		}
		if l.clock().Sub(began) > steady {
			pause.Reset()
		}
		wait := max(pause.NextBackOff(), failed.Wait)
		l.options.Log.Warn("connection lost", "connection", c.Name, "again_in", wait.Round(time.Millisecond), "err", err)
		rest(ctx, wait)
	}
}

// hear hands the engine what happens, from where it had got to.
func (l *live) hear(ctx context.Context, c *Connection) error {
	since, err := l.cursors(ctx, c)
	if err != nil {
		return err
	}
	complaints := rate.Sometimes{Interval: look}
	return c.Adapter.Run(ctx, since, func(heard context.Context, ev chat.Event) error {
		if err := heard.Err(); err != nil {
			return err
		}
		err := l.Take(l.work, c.Name, ev, l.clock())
		if err != nil { // the adapter offers it again, and says nothing
			complaints.Do(func() { l.options.Log.Error("event not stored", "connection", c.Name, "err", err) })
		}
		return err
	})
}

// cursors are how far each place of a connection was read.
func (l *live) cursors(ctx context.Context, c *Connection) (map[chat.ChannelID]chat.Cursor, error) {
	since := map[chat.ChannelID]chat.Cursor{}
	err := l.store.View(ctx, func(tx *store.Tx) error {
		places, err := tx.Places(c.Name, "")
		for _, p := range places {
			if p.Cursor != "" {
				since[p.Channel] = p.Cursor
			}
		}
		return err
	})
	return since, err
}

func rest(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}
