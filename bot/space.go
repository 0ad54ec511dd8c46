package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

type spaceKey struct {
	conn  string
	space chat.SpaceID
}

// space is what is turned on in one space, ready to be matched. It is made anew when a steward changes something.
type space struct {
	index     *playbooks.Index
	instances map[string]*playbooks.Instance
	shadows   map[string]*playbooks.Instance // they decide beside those that are on, and say nothing
	since     map[string]time.Time
}

// space gives the playbooks that are on in a place's space.
func (t *turn) space(place store.Place) (*space, error) {
	return t.spaceOf(spaceKey{t.conn.Name, place.Space})
}

func (t *turn) spaceOf(key spaceKey) (*space, error) {
	t.mu.RLock()
	s := t.spaces[key]
	t.mu.RUnlock()
	if s != nil {
		return s, nil
	}
	s, err := t.loadSpace(key)
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.spaces[key] = s
	return s, nil
}

func (t *turn) loadSpace(key spaceKey) (*space, error) {
	rows, err := t.tx.Instances(key.conn, key.space)
	if err != nil {
		return nil, err
	}
	s := &space{instances: map[string]*playbooks.Instance{}, shadows: map[string]*playbooks.Instance{}, since: map[string]time.Time{}}
	var on []*playbooks.Instance
	for _, row := range rows {
		book := t.books[row.Playbook]
		if !row.Enabled {
			continue
		}
		instance, err := t.readInstance(key.space, book, row)
		if err != nil {
			return nil, err
		}
		if instance == nil {
			continue
		}
		on = append(on, instance)
		s.instances[book.ID] = instance
		s.since[book.ID] = row.Since
	}
	shadows, err := t.loadShadows(key, s)
	if err != nil {
		return nil, err
	}
	s.index = playbooks.NewIndex(append(on, shadows...))
	return s, nil
}

// readInstance is an instance as it stands in the store; nil where its file or its settings cannot be read, of which
// the stewards are told.
func (t *turn) readInstance(space chat.SpaceID, book *playbooks.Playbook, row store.Instance) (*playbooks.Instance, error) {
	lacking := breakage{what: brokenPlaybook, about: row.Playbook, place: store.Place{Conn: row.Conn, Space: space}, reason: chat.PlaybookOff}
	if book == nil {
		return nil, t.broken(lacking)
	}
	instance, err := t.instance(space, book, row.Settings)
	if err != nil {
		t.options.Log.Error("playbook is off: its settings cannot be read", "playbook", row.Playbook, "err", err)
		return nil, t.broken(lacking)
	}
	return instance, t.mended(brokenPlaybook, book.ID, space)
}

// instance fills a playbook's settings with what is stored and what is fixed.
func (t *turn) instance(space chat.SpaceID, book *playbooks.Playbook, stored string) (*playbooks.Instance, error) {
	given := map[string]any{}
	if stored != "" {
		if err := json.Unmarshal([]byte(stored), &given); err != nil {
			return nil, fmt.Errorf("read the settings of %s: %w", book.ID, err)
		}
	}
	maps.Copy(given, t.fixed(space, book))
	values, err := book.Fill(given)
	if err != nil {
		return nil, err
	}
	return &playbooks.Instance{Playbook: book, Settings: values}, nil
}

// fixedKey names a playbook whose settings a configuration file fixes.
type fixedKey struct {
	spaceKey
	playbook string
}

// Fix says that a configuration file turns a playbook on in a space, and which of its settings it thereby fixes: from
// then on commands change neither. Rooms stand in it as the service names them.
func (e *Engine) Fix(conn string, space chat.SpaceID, playbook string, settings map[string]any) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if settings == nil {
		settings = map[string]any{}
	}
	e.fixes[fixedKey{spaceKey{conn, space}, playbook}] = settings
	delete(e.current.Load().spaces, spaceKey{conn, space})
	e.timers, e.timersMade = nil, false
}

// fixed are the settings of a playbook that commands may not change; nil where it is not the file that turns it on.
func (t *turn) fixed(space chat.SpaceID, book *playbooks.Playbook) map[string]any {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.fixes[fixedKey{spaceKey{t.conn.Name, space}, book.ID}]
}

// changed forgets what was made ready for a space, once the turn that changed it is stored.
func (t *turn) changed(key spaceKey) {
	forget := func(context.Context) {
		t.mu.Lock()
		defer t.mu.Unlock()
		delete(t.spaces, key)
		delete(t.current.Load().spaces, key)
		t.timers, t.timersMade = nil, false
	}
	forget(t.ctx)
	t.onStored(forget)
	t.wake(&t.slots, t.now)
}

func (s *space) match(kind playbooks.Kind, name string, place store.Place) []playbooks.Bound {
	return s.index.Match(nil, playbooks.Occasion{Kind: kind, Name: name, Channel: string(place.Channel)})
}
