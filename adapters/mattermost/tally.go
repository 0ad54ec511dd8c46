package mattermost

import (
	"maps"
	"sync"

	"github.com/gofirst/gofirst/bot/chat"
)

// tally counts what was missed and what was turned away.
type tally struct {
	mu sync.Mutex
	n  map[chat.Count]int64
}

func (t *tally) add(what chat.Count) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.n == nil {
		t.n = map[chat.Count]int64{}
	}
	t.n[what]++
}

// Tally gives the counts since the process began.
func (a *Adapter) Tally() map[chat.Count]int64 {
	a.tally.mu.Lock()
	defer a.tally.mu.Unlock()
	n := maps.Clone(a.tally.n)
	if n == nil {
		n = map[chat.Count]int64{}
	}
	return n
}
