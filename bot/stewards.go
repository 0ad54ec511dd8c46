package bot

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// stewards are the accounts of a connection that the configuration names. What it says (an address, a handle) is looked
// up once, and from then on the account counts: names can be changed by whoever bears them.
type stewards struct {
	looking sync.Mutex             // one look-up at a time
	mu      sync.Mutex             // guards what follows, and is never held while a service is asked
	known   map[string]chat.UserID // by what the configuration says
	asked   map[string]time.Time   // what nobody was found for, and when
}

// strangerAge is after how long a name is looked up again that nobody was found for.
const strangerAge = 5 * time.Minute

// meetStewards looks up those whose accounts are not known yet. It does I/O, and so comes before a turn.
func (e *Engine) meetStewards(ctx context.Context, c *Connection, now time.Time) {
	directory, ok := c.Adapter.(chat.Directory)
	names := c.runBy.strangers(e.stewardNames(c), now)
	if !ok || len(names) == 0 {
		return
	}
	c.runBy.looking.Lock()
	defer c.runBy.looking.Unlock()
	spaces, err := directory.Spaces(ctx)
	if err != nil {
		return // nobody was asked for: it is tried again with the next command
	}
	for _, name := range c.runBy.strangers(names, now) {
		user, err := findIn(ctx, directory, spaces, name)
		if err != nil {
			e.options.Log.Info("no steward of this name", "connection", c.Name, "err", err)
		}
		c.runBy.found(name, user, now)
	}
}

// strangers are the names whose accounts are not known and were not asked for of late.
func (s *stewards) strangers(names []string, now time.Time) (out []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, name := range names {
		at, tried := s.asked[name]
		if s.known[name] == "" && (!tried || now.Sub(at) >= strangerAge) {
			out = append(out, name)
		}
	}
	return out
}

// findIn looks for a person in one space after the other.
func findIn(ctx context.Context, d chat.Directory, spaces []chat.SpaceID, name string) (user chat.UserID, err error) {
	for _, space := range spaces {
		if user, err = d.Find(ctx, space, name); err == nil {
			return user, nil
		}
	}
	return "", err
}

func (s *stewards) found(name string, user chat.UserID, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known == nil {
		s.known, s.asked = map[string]chat.UserID{}, map[string]time.Time{}
	}
	s.asked[name] = now
	if user != "" {
		s.known[name] = user
	}
}

// stewardNames are the stewards of a connection as the configuration says them.
func (e *Engine) stewardNames(c *Connection) (names []string) {
	for _, s := range e.options.Stewards {
		if s.Connection == "" || s.Connection == c.Name {
			names = append(names, s.Name)
		}
	}
	return names
}

// isSteward reports whether the configuration names this account: stewards are never made by command.
func (t *turn) isSteward(user chat.UserID) bool {
	s := &t.conn.runBy
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, known := range s.known {
		if known == user {
			return true
		}
	}
	return slices.Contains(t.stewardNames(t.conn), string(user))
}
