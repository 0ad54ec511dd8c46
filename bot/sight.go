package bot

import (
	"context"
	"slices"

	"github.com/gofirst/gofirst/bot/chat"
)

// sight is what one person may see. It asks the service, and so is never used inside a turn. What it cannot find
// out counts as hidden.
type sight struct {
	directory chat.Directory // nil where the adapter has none
	user      chat.UserID
	here      chat.ChannelID // the room that they write from
	known     map[chat.ChannelID]chat.ChannelInfo
	open      map[chat.ChannelID]bool
}

func (t *turn) sightOf(c *call) *sight {
	see := t.conn.sightOf(c.user)
	see.here = c.place.Channel
	return see
}

// sightOf is what a person may see who writes from nowhere.
func (c *Connection) sightOf(user chat.UserID) *sight {
	directory, _ := c.Adapter.(chat.Directory)
	return &sight{
		directory: directory, user: user,
		known: map[chat.ChannelID]chat.ChannelInfo{}, open: map[chat.ChannelID]bool{},
	}
}

// room gives what the service says of a room; without a word of it the room counts as private.
func (s *sight) room(ctx context.Context, channel chat.ChannelID) chat.ChannelInfo {
	if info, ok := s.known[channel]; ok {
		return info
	}
	info := chat.ChannelInfo{Channel: channel, Private: true}
	if s.directory != nil {
		if found, err := s.directory.Channel(ctx, channel); err == nil {
			info = found
		}
	}
	s.known[channel] = info
	return info
}

// public reports whether a room is open to everybody.
func (s *sight) public(ctx context.Context, channel chat.ChannelID) bool {
	info := s.room(ctx, channel)
	return !info.Private && !info.Direct
}

// sees reports whether the person may read a room: it is public, they are in it, or they write from it.
func (s *sight) sees(ctx context.Context, channel chat.ChannelID) bool {
	if channel == s.here || s.public(ctx, channel) {
		return true
	}
	if seen, ok := s.open[channel]; ok || s.directory == nil || s.room(ctx, channel).Direct {
		return seen
	}
	members, err := s.directory.Members(ctx, channel)
	s.open[channel] = err == nil && slices.Contains(members, s.user)
	return s.open[channel]
}

// inSpace makes a command that is about a space; where that cannot be told, it asks in which room to say it again.
func inSpace(do func(*turn, *call, chat.SpaceID) error) func(*turn, *call) error {
	return func(t *turn, c *call) error {
		space, ok, err := t.spaceFor(c)
		if err != nil {
			return err
		}
		if !ok {
			return t.tellBack(c, "space.which", nil)
		}
		return do(t, c, space)
	}
}

// spaceFor is the space that a command is about: where it was given, else the only one that there is. It is not ok
// where there are several: what is public in one may be hidden from people of another.
func (t *turn) spaceFor(c *call) (only chat.SpaceID, ok bool, err error) {
	if c.place.Space != "" {
		return c.place.Space, true, nil
	}
	places, err := t.tx.Places(t.conn.Name, "")
	if err != nil {
		return "", false, err
	}
	for _, p := range places {
		if p.Space != "" && only != "" && p.Space != only {
			return "", false, nil
		}
		if p.Space != "" {
			only = p.Space
		}
	}
	return only, true, nil
}
