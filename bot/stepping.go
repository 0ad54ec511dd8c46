package bot

import (
	"context"
	"time"
)

// DueUntil does everything that falls due up to a time, each thing at its moment, and gives the time that was reached:
// it is how an engine gets through time that is not the clock's. now is where it stands; a time in the past changes
// nothing.
func (e *Engine) DueUntil(ctx context.Context, now, until time.Time) (time.Time, error) {
	for {
		next, ok := e.NextDue()
		if !ok || next.After(until) {
			break
		}
		if next.After(now) {
			now = next
		}
		if err := e.Due(ctx, now); err != nil {
			return now, err
		}
	}
	if until.After(now) {
		now = until
	}
	return now, nil
}
