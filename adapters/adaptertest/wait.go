package adaptertest

import (
	"context"
	"slices"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// posted gives the messages among events that match.
func posted(events []chat.Event, match func(chat.MessagePosted) bool) (found []chat.MessagePosted) {
	for _, e := range events {
		if m, ok := e.(chat.MessagePosted); ok && match(m) {
			found = append(found, m)
		}
	}
	return found
}

// is matches one message; among, one of several.
func is(id chat.MessageID) func(chat.MessagePosted) bool { return among([]chat.MessageID{id}) }

func among(ids []chat.MessageID) func(chat.MessagePosted) bool {
	return func(m chat.MessagePosted) bool { return slices.Contains(ids, m.Message) }
}

func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}

// waitFor waits until a channel is closed, but no longer than d.
func waitFor(ended <-chan struct{}, d time.Duration) (closed bool) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ended:
		return true
	case <-t.C:
		return false
	}
}
