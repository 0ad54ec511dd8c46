package main

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/playbooks"
)

// enabling is a playbook to be turned on in one space.
type enabling struct {
	connection string
	space      chat.SpaceID
	playbook   string
	settings   map[string]any // rooms stand in it as the service names them
}

// settle turns on, on one connection, what the configuration says of it, as soon as its service can be asked for its
// rooms. The engine calls it again where it failed.
func (s *server) settle(ctx context.Context, name string) error {
	at := slices.IndexFunc(s.config.connections, func(c connecting) bool { return c.name == name })
	if directory, ok := s.open[at].adapter.(chat.Directory); ok {
		plan, err := s.config.planFor(ctx, name, directory)
		if err != nil {
			return err
		}
		for _, e := range plan.on {
			s.engine.Fix(e.connection, e.space, e.playbook, e.settings)
			if err := s.engine.Enable(ctx, e.connection, e.space, e.playbook, e.settings, s.clock()); err != nil {
				return err
			}
		}
		s.noteRooms(name, plan.found)
	}
	s.log.Info("ready", "connection", name, "playbooks", len(s.config.on))
	return nil
}

// noteRooms warns of rooms that are nowhere, once every connection has been asked.
func (s *server) noteRooms(name string, found []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rooms[name] = found
	if len(s.rooms) < len(s.config.connections) {
		return
	}
	for _, on := range s.config.on {
		for _, room := range roomNames(s.config.book(on.id), on.settings) {
			if !slices.ContainsFunc(keys(s.rooms), func(conn string) bool { return slices.Contains(s.rooms[conn], room) }) {
				s.log.Warn("no connection has this room", "playbook", on.id, "room", room)
			}
		}
	}
}

// plan is what the configuration turns on, on one connection, and which of the rooms that it names are there.
type plan struct {
	spaces []chat.SpaceID
	on     []enabling
	found  []string
}

func (c *config) planFor(ctx context.Context, name string, d chat.Directory) (p plan, err error) {
	if p.spaces, err = d.Spaces(ctx); err != nil {
		return p, err
	}
	for _, on := range c.on {
		for _, space := range p.spaces {
			settings, here, err := resolve(ctx, d, space, c.book(on.id), on.settings)
			if err != nil {
				return p, err
			}
			if len(here) > 0 || len(roomNames(c.book(on.id), on.settings)) == 0 {
				p.on = append(p.on, enabling{name, space, on.id, settings})
			}
			p.found = append(p.found, here...)
		}
	}
	return p, nil
}

func (c *config) book(id string) *playbooks.Playbook {
	at := slices.IndexFunc(c.books, func(b book) bool { return b.ID == id })
	return c.books[at].Playbook
}

// roomNames lists the rooms that settings name.
func roomNames(p *playbooks.Playbook, settings map[string]any) []string {
	var out []string
	for _, s := range p.Settings {
		if rooms, ok := settings[s.Name].([]string); ok && s.Type == "channels" {
			out = append(out, rooms...)
		}
	}
	return out
}

// resolve gives the settings with the rooms of one space by their identifiers, and the names that it has.
func resolve(ctx context.Context, d chat.Directory, space chat.SpaceID, p *playbooks.Playbook, given map[string]any) (settings map[string]any, named []string, err error) {
	settings = map[string]any{}
	for key, raw := range given {
		setting, room, per := strings.Cut(key, "@")
		rooms, isRooms := raw.([]string)
		switch {
		case per:
			ids, _, err := findRooms(ctx, d, space, []string{room})
			if err != nil {
				return nil, nil, err
			}
			for _, id := range ids {
				settings[setting+"@"+id] = raw
			}
		case isRooms && p.Setting(key).Type == "channels":
			ids, here, err := findRooms(ctx, d, space, rooms)
			if err != nil {
				return nil, nil, err
			}
			settings[key], named = ids, append(named, here...)
		default:
			settings[key] = raw
		}
	}
	return settings, named, nil
}

// findRooms gives the identifiers of those rooms that a space has. An error says that it could not be asked.
func findRooms(ctx context.Context, d chat.Directory, space chat.SpaceID, rooms []string) (ids, named []string, err error) {
	ids = []string{}
	for _, room := range rooms {
		id, err := d.FindChannel(ctx, space, room)
		switch {
		case err == nil:
			ids, named = append(ids, string(id)), append(named, room)
		case !isNot(err):
			return nil, nil, err
		}
	}
	return ids, named, nil
}

// isNot reports whether a service answered, and the answer is no.
func isNot(err error) bool {
	var failed *chat.Error
	return errors.As(err, &failed) && (failed.Kind == chat.Gone || failed.Kind == chat.Refused)
}
