package replay

import (
	"context"
	"time"

	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/chat"
)

// Driver moves an engine through time: it is the clock of every run that is not live. Not for concurrent use.
type Driver struct {
	Engine *bot.Engine
	Conn   string
	now    time.Time
}

// Start sets the time at which the engine begins to plan.
func (d *Driver) Start(ctx context.Context, at time.Time) error {
	d.now = at
	return d.Engine.Due(ctx, at)
}

// Now is the time that has been reached.
func (d *Driver) Now() time.Time { return d.now }

// Take does everything that falls due before the event, in order, and then the event.
func (d *Driver) Take(ctx context.Context, ev chat.Event) error {
	if err := d.Until(ctx, ev.Head().Time); err != nil {
		return err
	}
	if err := d.Engine.Take(ctx, d.Conn, ev, d.now); err != nil {
		return err
	}
	return d.Until(ctx, d.now)
}

// Until does everything that falls due up to a time, and stands there. A time in the past changes nothing.
func (d *Driver) Until(ctx context.Context, t time.Time) error {
	if d.now.IsZero() {
		if err := d.Start(ctx, t); err != nil {
			return err
		}
	}
	return d.Engine.DueUntil(ctx, &d.now, t)
}
