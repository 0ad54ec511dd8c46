package bot

import (
	"context"
	"sync"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

const (
	// profileAge is for how long what a service says of a person is believed.
	profileAge = time.Hour
	// meetWithin is for how long a service may think about whom an event names. Without its answer the event is
	// taken all the same.
	meetWithin = 3 * time.Second
)

// profiles remembers in memory what the service says about people: zones, languages, names to show.
type profiles struct {
	directory chat.Directory // nil where the adapter has none
	unchanged bool           // a record says the same each time
	mu        sync.Mutex
	known     map[chat.UserID]profile
}

type profile struct {
	chat.Profile
	asked time.Time
}

func newProfiles(a chat.Adapter) *profiles {
	directory, _ := a.(chat.Directory)
	return &profiles{directory: directory, unchanged: a.Info().Replay, known: map[chat.UserID]profile{}}
}

// of asks the service about a person, at most once an hour. It does I/O and so is never called inside a turn.
// Without an answer the profile is empty but for the identifier.
func (p *profiles) of(ctx context.Context, user chat.UserID, now time.Time) chat.Profile {
	p.mu.Lock()
	k, ok := p.known[user]
	p.mu.Unlock()
	if ok && (p.unchanged || now.Sub(k.asked) < profileAge) || p.directory == nil {
		k.User = user
		return k.Profile
	}
	found, err := p.directory.Person(ctx, user)
	if err != nil {
		found = k.Profile
	}
	found.User = user
	p.mu.Lock()
	defer p.mu.Unlock()
	p.known[user] = profile{found, now}
	return found
}

// remembered gives what is in memory, without I/O: for turns.
func (p *profiles) remembered(user chat.UserID) chat.Profile {
	p.mu.Lock()
	defer p.mu.Unlock()
	found := p.known[user].Profile
	found.User = user
	return found
}

// meet asks about who acts, and about everybody whom a command or an action means, before the turn that needs it.
func (e *Engine) meet(ctx context.Context, c *Connection, ev chat.Event, now time.Time) {
	ctx, cancel := context.WithTimeout(ctx, meetWithin)
	defer cancel()
	if actor := ev.Head().Actor; actor.Human() {
		c.people.of(ctx, actor.User, now)
	}
	c.meetLinks(ctx, ev)
	var named []chat.Reference
	switch ev := ev.(type) {
	case chat.CommandInvoked:
		e.meetStewards(ctx, c, now)
		c.meetRooms(ctx, now)
		named = ev.References
	case chat.ButtonPressed, chat.FormSubmitted:
		e.meetStewards(ctx, c, now)
		c.meetRooms(ctx, now)
	case chat.ActionInvoked:
		named = []chat.Reference{{User: ev.Author.User}}
	case chat.MessagePosted:
		if ev.Place.Direct || len(ev.References) > 0 && c.isSelf(ev.References[0]) {
			e.meetStewards(ctx, c, now)
			c.meetRooms(ctx, now)
			named = ev.References
		}
	}
	for _, r := range named {
		if r.User != "" {
			c.people.of(ctx, r.User, now)
		}
	}
}

// meetMembers asks about everybody who accepted a role, so that their zones and languages are known before a turn
// looks for somebody who is in their hours: after a start, nobody has acted yet.
func (e *Engine) meetMembers(ctx context.Context, now time.Time) error {
	for _, c := range e.list() {
		var members []store.PersonID
		err := e.store.View(ctx, func(tx *store.Tx) (err error) {
			members, err = acceptedAnything(tx, c.Name)
			return err
		})
		if err != nil {
			return err
		}
		for _, id := range members {
			if err := e.meetPerson(ctx, c, id, now); err != nil {
				return err
			}
		}
	}
	return nil
}

func acceptedAnything(tx *store.Tx, conn string) (all []store.PersonID, err error) {
	places, err := tx.Places(conn, "")
	if err != nil {
		return nil, err
	}
	done := map[chat.SpaceID]bool{}
	for _, place := range places {
		if done[place.Space] {
			continue
		}
		done[place.Space] = true
		for _, role := range playbooks.Roles {
			members, err := tx.RoleMembers(conn, place.Space, role, store.Accepted)
			if err != nil {
				return nil, err
			}
			all = append(all, members...)
		}
	}
	return all, nil
}

// meetPerson asks about one person whose account is known, before the turn that needs it.
func (e *Engine) meetPerson(ctx context.Context, c *Connection, id store.PersonID, now time.Time) error {
	if id == 0 || e.options.OneZone {
		return nil
	}
	user, known := c.users.get(id)
	if !known {
		err := e.store.View(ctx, func(tx *store.Tx) (err error) {
			user, known, err = tx.Unseal(id)
			return err
		})
		if err != nil {
			return err
		}
	}
	if known {
		c.people.of(ctx, user, now)
	}
	return nil
}
