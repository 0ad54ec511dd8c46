package bot

import (
	"context"
	"fmt"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// Learn takes something of the past, as a Historian tells it: so that what is open is known, and who has written
// before counts as no newcomer. Nothing is said because of it, now or later, no command in it is obeyed, and what is
// older than 35 days, or is no message of a person in a room, is left out. The same again changes nothing.
func (e *Engine) Learn(ctx context.Context, conn string, ev chat.Event, now time.Time) error {
	c, err := e.connection(conn)
	if err != nil {
		return err
	}
	m, ok := ev.(chat.MessagePosted)
	if !ok || !m.Actor.Human() || m.System || m.Place.Direct || now.Sub(m.Time) > remembered {
		return nil
	}
	err = e.turn(ctx, c, now, func(t *turn) error {
		if _, addressed := t.mentioned(m); addressed {
			return nil
		}
		t.learning = true
		return t.written(m)
	})
	if err != nil {
		return fmt.Errorf("learn: %w", err)
	}
	return nil
}
