package bot

import (
	"sync"
	"time"
)

// alarm is the time at which something is due next, as far as this process knows. It may ring too early, never too
// late: whoever plans something tells it. A new alarm rings at once.
type alarm struct {
	mu    sync.Mutex
	at    time.Time
	quiet bool // nothing is planned
}

// rings reports whether the time has come. Once asked and true, the alarm is quiet until it is told of something.
func (a *alarm) rings(now time.Time) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.quiet || a.at.After(now) {
		return false
	}
	a.quiet = true
	return true
}

// earlier tells the alarm of something planned.
func (a *alarm) earlier(at time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.quiet || at.Before(a.at) {
		a.at, a.quiet = at, false
	}
}

// set replaces what the alarm knows.
func (a *alarm) set(at time.Time, planned bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.at, a.quiet = at, !planned
}

func (a *alarm) get() (at time.Time, planned bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.at, !a.quiet
}
