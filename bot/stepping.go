package bot

import (
	"context"
	"time"
)

// DueUntil does everything that falls due up to a time, each thing at its moment: it is how an engine gets through time
// that is not the clock's. now is where it stands; it is moved along before each thing is done, for whoever reads it
// meanwhile. A time in the past changes nothing.
func (e *Engine) DueUntil(ctx context.Context, now *time.Time, until time.Time) error {
	for {
		next, ok := e.NextDue()
		if !ok || next.After(until) {
			break
		}
		if next.After(*now) {
			*now = next
		}
		if err := e.Due(ctx, *now); err != nil {
			return err
		}
	}
	if until.After(*now) {
		*now = until
	}
	return nil
}
