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
	looking sync.Mutex
	known   map[string]chat.UserID // by what the configuration says
	asked   map[string]time.Time   // what nobody was found for, and when
}

// strangerAge is after how long a name is looked up again that nobody was found for.
const strangerAge = 5 * time.Minute

// meetStewards looks up those whose accounts are not known yet. It does I/O, and so comes before a turn.
func (e *Engine) meetStewards(ctx context.Context, c *Connection, now time.Time) {
	directory, ok := c.Adapter.(chat.Directory)
	if !ok {
		return
	}
	s := &c.stewards
	s.looking.Lock()
	defer s.looking.Unlock()
	for _, steward := range e.stewardNames(c) {
		at, tried := s.asked[steward]
		if s.known[steward] != "" || tried && now.Sub(at) < strangerAge {
			continue
		}
		user, err := directory.Find(ctx, "", steward)
		if err != nil {
			s.missed(steward, now)
			e.options.Log.Info("no steward of this name", "connection", c.Name, "err", err)
			continue
		}
		if s.known == nil {
			s.known = map[string]chat.UserID{}
		}
		s.known[steward] = user
	}
}

func (s *stewards) missed(name string, now time.Time) {
	if s.asked == nil {
		s.asked = map[string]time.Time{}
	}
	s.asked[name] = now
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
	s := &t.conn.stewards
	s.looking.Lock()
	defer s.looking.Unlock()
	for _, known := range s.known {
		if known == user {
			return true
		}
	}
	return slices.Contains(t.stewardNames(t.conn), string(user))
}
