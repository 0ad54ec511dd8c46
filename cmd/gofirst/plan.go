package main

import (
	"context"
	"fmt"
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

// plan finds, for each playbook that the configuration turns on, the spaces and rooms that it means.
func (s *server) plan(ctx context.Context) (plan []enabling, err error) {
	for _, on := range s.config.on {
		missing := roomNames(s.config.book(on.id), on.settings)
		for i, c := range s.config.connections {
			directory, ok := s.open[i].adapter.(chat.Directory)
			if !ok {
				continue
			}
			found, named, err := s.config.enablings(ctx, c.name, directory, on)
			if err != nil {
				return nil, fmt.Errorf("connection %s: %w", c.name, err)
			}
			plan = append(plan, found...)
			missing = slices.DeleteFunc(missing, func(room string) bool { return slices.Contains(named, room) })
		}
		if len(missing) > 0 {
			return nil, wrong(fmt.Errorf("%s: %s: no connection has a room called %s", s.config.file, on.id, strings.Join(missing, ", ")))
		}
	}
	return plan, nil
}

// enablings are the spaces of a connection that have a room of a playbook, or all where it speaks of no room; and
// the names of rooms that were found.
func (c *config) enablings(ctx context.Context, name string, d chat.Directory, on turnedOn) (found []enabling, named []string, err error) {
	spaces, err := d.Spaces(ctx)
	if err != nil {
		return nil, nil, err
	}
	book := c.book(on.id)
	for _, space := range spaces {
		settings, here := resolve(ctx, d, space, book, on.settings)
		if len(here) > 0 || len(roomNames(book, on.settings)) == 0 {
			found = append(found, enabling{name, space, on.id, settings})
		}
		named = append(named, here...)
	}
	return found, named, nil
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
func resolve(ctx context.Context, d chat.Directory, space chat.SpaceID, p *playbooks.Playbook, given map[string]any) (settings map[string]any, named []string) {
	settings = map[string]any{}
	for key, raw := range given {
		setting, room, per := strings.Cut(key, "@")
		if per {
			if id, err := d.FindChannel(ctx, space, room); err == nil {
				settings[setting+"@"+string(id)] = raw
			}
			continue
		}
		if p.Setting(key).Type != "channels" {
			settings[key] = raw
			continue
		}
		ids := []string{}
		for _, name := range raw.([]string) {
			if id, err := d.FindChannel(ctx, space, name); err == nil {
				ids, named = append(ids, string(id)), append(named, name)
			}
		}
		settings[key] = ids
	}
	return settings, named
}
