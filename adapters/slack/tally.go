package slack

import (
	"maps"
	"sync"

	"github.com/gofirst/gofirst/bot/chat"
)

// tally counts since the process began.
type tally struct {
	mu     sync.Mutex
	counts map[chat.Count]int64
}

func (t *tally) add(c chat.Count) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.counts == nil {
		t.counts = map[chat.Count]int64{}
	}
	t.counts[c]++
}

// Tally counts a gap for each outage, for Slack does not tell afterwards of edits, deletions, reactions and joins, and
// for each room or thread that could not be read again; and each request to a door, or event of a connection, that was turned away.
func (a *Adapter) Tally() map[chat.Count]int64 {
	a.tally.mu.Lock()
	defer a.tally.mu.Unlock()
	counts := maps.Clone(a.tally.counts)
	if counts == nil {
		counts = map[chat.Count]int64{}
	}
	return counts
}
