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

// listenAll listens to every connection until each has ended. One that is refused does not end the others: it waits
// for somebody to mend it. When all that are left are refused, there is nothing to wait for.
func (l *live) listenAll(asked context.Context) error {
	ctx, end := context.WithCancel(asked)
	defer end()
	connections := l.list()
	l.left.Store(int64(len(connections)))
	refused := make([]error, len(connections))
	var all sync.WaitGroup
	for i, c := range connections {
		all.Go(func() {
			refused[i] = l.listen(ctx, c, end)
			l.leave(end)
		})
	}
	all.Wait()
	if asked.Err() != nil {
		return nil
	}
	return errors.Join(refused...)
}

// leave counts out a connection that has ended or is refused; with the last one, listening ends.
func (l *live) leave(end func()) {
	if l.left.Add(-1) == 0 {
		end()
	}
}

// listen listens to one connection, again and again, until ctx is done or the source has ended. Its error is that of
// a refusal which nobody mended.
func (l *live) listen(ctx context.Context, c *Connection, end func()) error {
	pause := backoff.NewExponentialBackOff()
	settled := false
	for {
		began := l.clock()
		settled = settled || l.settleIn(ctx, c)
		err := l.hear(ctx, c)
		switch {
		case c.takenUp():
			pause.Reset()
			continue
		case ctx.Err() != nil || err == nil:
			c.is(ended, l.clock())
			return nil
		case kindOf(err) == chat.Refused:
			if !l.waitForMending(ctx, c, err, end) {
				return fmt.Errorf("connection %s: %w", c.Name, err)
			}
			pause.Reset()
			continue
		}
		if l.clock().Sub(began) > steady {
			pause.Reset()
		}
		c.is(lost, l.clock())
		wait := max(pause.NextBackOff(), waitOf(err))
		l.options.Log.Warn("connection lost", "connection", c.Name, "again_in", wait.Round(time.Millisecond), "err", err)
		c.rest(ctx, wait)
	}
}

func waitOf(err error) time.Duration {
	var failed *chat.Error
	if errors.As(err, &failed) {
		return failed.Wait
	}
	return 0
}

// waitForMending waits until somebody asks for a refused connection to be taken up anew; false where nobody will.
func (l *live) waitForMending(ctx context.Context, c *Connection, err error, end func()) bool {
	l.options.Log.Error("connection refused", "connection", c.Name, "err", err)
	c.is(refused, l.clock())
	l.leave(end)
	select {
	case <-ctx.Done():
		l.left.Add(1) // it is counted out by who called
		return false
	case <-c.again:
		l.left.Add(1)
		return true
	}
}

// hear hands the engine what happens, from where it had got to.
func (l *live) hear(ctx context.Context, c *Connection) error {
	since, err := l.cursors(ctx, c)
	if err == nil && len(since) == 0 {
		since, err = l.beginning(ctx, c)
	}
	if err != nil {
		return err
	}
	ctx, done := c.listening(ctx, l.clock())
	defer done()
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

// settingBegan is where the cursor stands of the moment at which a connection was first listened to.
const settingBegan = "began"

// beginning gives that cursor, for a connection of which no channel has one; the first time, nothing: then the present
// begins, and is noted.
func (l *live) beginning(ctx context.Context, c *Connection) (map[chat.ChannelID]chat.Cursor, error) {
	marker, ok := c.Adapter.(chat.Marker)
	if !ok {
		return nil, nil
	}
	since := map[chat.ChannelID]chat.Cursor{}
	err := l.options.Turns.Turn(ctx, func(tx *store.Tx) error {
		began, known, err := tx.Setting(c.Name, "", settingBegan)
		if err != nil || known {
			since[""] = chat.Cursor(began)
			return err
		}
		return tx.SetSetting(c.Name, "", settingBegan, string(marker.CursorAt(l.clock())))
	})
	if since[""] == "" {
		return nil, err
	}
	return since, err
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
