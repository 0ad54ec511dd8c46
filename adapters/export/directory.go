package export

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// directory is who and what an export names. It is filled by Open, or once by fill, and only read afterwards.
type directory struct {
	people  map[chat.UserID]chat.Profile
	called  map[string][]chat.UserID // by folded handle, name, address
	rooms   map[chat.ChannelID]chat.ChannelInfo
	order   []chat.ChannelID
	members map[chat.ChannelID][]chat.UserID
	spaces  []chat.SpaceID
	fill    func() // completes the people where Open has not read them; nil where it has
}

func newDirectory() directory {
	return directory{
		people:  map[chat.UserID]chat.Profile{},
		called:  map[string][]chat.UserID{},
		rooms:   map[chat.ChannelID]chat.ChannelInfo{},
		members: map[chat.ChannelID][]chat.UserID{},
	}
}

// addPerson takes a profile and the further names under which the person may be looked up.
func (d *directory) addPerson(p chat.Profile, also ...string) {
	if _, known := d.people[p.User]; known {
		return
	}
	d.people[p.User] = p
	for _, name := range append(also, p.Handle, p.Name) {
		key := fold(name)
		if key != "" && !slices.Contains(d.called[key], p.User) {
			d.called[key] = append(d.called[key], p.User)
		}
	}
}

func (d *directory) addChannel(c chat.ChannelInfo, members []chat.UserID) {
	if _, known := d.rooms[c.Channel]; !known {
		d.order = append(d.order, c.Channel)
	}
	d.rooms[c.Channel] = c
	d.members[c.Channel] = members
	if !slices.Contains(d.spaces, c.Space) {
		d.spaces = append(d.spaces, c.Space)
	}
}

// Spaces lists the spaces whose channels the export holds.
func (d *directory) Spaces(context.Context) ([]chat.SpaceID, error) {
	return slices.Clone(d.spaces), nil
}

// complete must come before people or members are read.
func (d *directory) complete() {
	if d.fill != nil {
		d.fill()
	}
}

// Person tells what the export says of a person.
func (d *directory) Person(_ context.Context, user chat.UserID) (chat.Profile, error) {
	d.complete()
	if p, ok := d.people[user]; ok {
		return p, nil
	}
	return chat.Profile{}, gone("person", "the export does not name this person")
}

// Channel tells what the export says of a channel.
func (d *directory) Channel(_ context.Context, channel chat.ChannelID) (chat.ChannelInfo, error) {
	if c, ok := d.rooms[channel]; ok {
		return c, nil
	}
	return chat.ChannelInfo{}, gone("channel", "the export does not name this channel")
}

// Channels lists the channels of a space in the order of the export; of all spaces where space is empty.
func (d *directory) Channels(_ context.Context, space chat.SpaceID) ([]chat.ChannelInfo, error) {
	var all []chat.ChannelInfo
	for _, id := range d.order {
		if c := d.rooms[id]; space == "" || c.Space == space {
			all = append(all, c)
		}
	}
	return all, nil
}

// Members lists who was in a channel when the export was made.
func (d *directory) Members(_ context.Context, channel chat.ChannelID) ([]chat.UserID, error) {
	d.complete()
	if _, ok := d.rooms[channel]; !ok {
		return nil, gone("members", "the export does not name this channel")
	}
	return slices.Clone(d.members[channel]), nil
}

// Group refuses: exports do not say who is in a user group.
func (d *directory) Group(context.Context, chat.SpaceID, string) ([]chat.UserID, error) {
	return nil, refused("group", "an export does not tell who is in a group")
}

// Find looks a person up by identifier, handle, address, or shown name. A name that several people bear is refused.
func (d *directory) Find(_ context.Context, _ chat.SpaceID, name string) (chat.UserID, error) {
	d.complete()
	id := chat.UserID(strings.TrimPrefix(strings.TrimSpace(name), "@"))
	if _, ok := d.people[id]; ok {
		return id, nil
	}
	found := d.called[fold(name)]
	for _, user := range found {
		if fold(d.people[user].Handle) == fold(name) {
			return user, nil
		}
	}
	switch len(found) {
	case 0:
		return "", gone("find", fmt.Sprintf("the export names nobody as %q", name))
	case 1:
		return found[0], nil
	}
	return "", refused("find", fmt.Sprintf("%d people are called %q: use the handle", len(found), name))
}

// FindChannel looks a channel up by name, with or without "#", or by identifier. An empty space means any.
func (d *directory) FindChannel(_ context.Context, space chat.SpaceID, name string) (chat.ChannelID, error) {
	want := strings.TrimPrefix(fold(name), "#")
	for _, id := range d.order {
		c := d.rooms[id]
		if (space == "" || c.Space == space) && (fold(c.Name) == want || string(id) == name) {
			return id, nil
		}
	}
	return "", gone("find channel", fmt.Sprintf("the export has no channel %q", name))
}

// shown is the name by which a text calls a person; empty for one who is not known.
func (d *directory) shown(user chat.UserID) string {
	p := d.people[user]
	if p.Name != "" {
		return p.Name
	}
	return p.Handle
}

// fold makes names comparable: no "@" before it, no outer space, no case.
func fold(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.TrimSpace(name), "@"))
}

func gone(op, what string) error {
	return &chat.Error{Op: op, Kind: chat.Gone, Err: fmt.Errorf("%s", what)}
}

func refused(op, what string) error {
	return &chat.Error{Op: op, Kind: chat.Refused, Err: fmt.Errorf("%s", what)}
}
