package local

import (
	"context"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

var _ chat.Historian = (*Adapter)(nil)

// History tells what people and robots said since a time in the channels, one channel after the other.
func (a *Adapter) History(ctx context.Context, since time.Time, sink chat.Sink) error {
	const op = "local history"
	for _, ev := range a.c.Events() {
		if err := ctx.Err(); err != nil {
			return failed(op, chat.Later, err)
		}
		m, ok := ev.(chat.MessagePosted)
		if !ok || m.Place.Direct || m.Time.Before(since) {
			continue
		}
		m.Cursor = ""
		if err := sink(ctx, m); err != nil {
			return failed(op, chat.Later, err)
		}
	}
	return nil
}
