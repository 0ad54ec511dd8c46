package local

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// Person tells what is known of a person.
func (a *Adapter) Person(ctx context.Context, user chat.UserID) (p chat.Profile, err error) {
	err = a.look(ctx, "local person", func() error {
		var ok bool
		if p, ok = a.c.people[user]; !ok {
			return fmt.Errorf("there is no person %q", user)
		}
		return nil
	})
	return p, err
}

// Channel tells what is known of a channel.
func (a *Adapter) Channel(ctx context.Context, id chat.ChannelID) (info chat.ChannelInfo, err error) {
	err = a.look(ctx, "local channel", func() error {
		ch, err := a.c.place(id)
		if err != nil {
			return err
		}
		info = a.c.info(ch)
		return nil
	})
	return info, err
}

// Spaces lists the one space that there is.
func (a *Adapter) Spaces(ctx context.Context) (all []chat.SpaceID, err error) {
	err = a.look(ctx, "local spaces", func() error {
		all = []chat.SpaceID{a.c.space}
		return nil
	})
	return all, err
}

// Channels lists the channels that are no direct conversations, in the order in which they were made.
func (a *Adapter) Channels(ctx context.Context, space chat.SpaceID) (all []chat.ChannelInfo, err error) {
	err = a.look(ctx, "local channels", func() error {
		if err := a.c.outside(space); err != nil {
			return err
		}
		for _, ch := range a.c.order {
			if ch.direct == "" {
				all = append(all, a.c.info(ch))
			}
		}
		return nil
	})
	return all, err
}

// Members lists who is in a channel, without the bot, which is in all of them.
func (a *Adapter) Members(ctx context.Context, id chat.ChannelID) (members []chat.UserID, err error) {
	err = a.look(ctx, "local members", func() error {
		ch, err := a.c.place(id)
		if err != nil {
			return err
		}
		members = slices.Clone(ch.members)
		return nil
	})
	return members, err
}

// Group lists the members of a group, which is named with or without "@".
func (a *Adapter) Group(ctx context.Context, space chat.SpaceID, name string) (members []chat.UserID, err error) {
	err = a.look(ctx, "local group", func() error {
		group, ok := a.c.groups[chat.GroupID(strings.TrimPrefix(name, "@"))]
		if !ok {
			return fmt.Errorf("there is no group %q", name)
		}
		members = slices.Clone(group)
		return a.c.outside(space)
	})
	return members, err
}

// Find looks up a person by handle, with or without "@", or by identifier.
func (a *Adapter) Find(ctx context.Context, space chat.SpaceID, name string) (user chat.UserID, err error) {
	err = a.look(ctx, "local find", func() error {
		var ok bool
		if user, ok = a.c.handles[fold(strings.TrimPrefix(name, "@"))]; ok {
			return a.c.outside(space)
		}
		if _, ok = a.c.people[chat.UserID(name)]; !ok {
			return fmt.Errorf("there is no person %q", name)
		}
		user = chat.UserID(name)
		return a.c.outside(space)
	})
	return user, err
}

// FindChannel looks up a channel by its name.
func (a *Adapter) FindChannel(ctx context.Context, space chat.SpaceID, name string) (id chat.ChannelID, err error) {
	err = a.look(ctx, "local find channel", func() error {
		var ok bool
		if id, ok = a.c.channelNamed(strings.TrimPrefix(name, "#")); !ok {
			return fmt.Errorf("there is no channel %q", name)
		}
		return a.c.outside(space)
	})
	return id, err
}

// FindSent looks for a message of the bot by its key, however old.
func (a *Adapter) FindSent(ctx context.Context, to chat.To, key string) (r chat.Receipt, found bool, err error) {
	err = a.look(ctx, "local find sent", func() error {
		r, found = a.c.sent[key]
		return nil
	})
	return r, found, err
}

// Fetch gives the text of a message.
func (a *Adapter) Fetch(ctx context.Context, in chat.ChannelID, id chat.MessageID) (text string, author chat.Actor, err error) {
	err = a.look(ctx, "local fetch", func() error {
		_, m, err := a.c.standing(in, id)
		if err != nil {
			return err
		}
		text, author = m.text, a.c.actor(m.author)
		return nil
	})
	return text, author, err
}

// look reads under the lock; what is not there is Gone.
func (a *Adapter) look(ctx context.Context, op string, read func() error) error {
	return a.locked(ctx, op, func() error {
		if err := read(); err != nil {
			return failed(op, chat.Gone, err)
		}
		return nil
	})
}

func (c *Chat) info(ch *channel) chat.ChannelInfo {
	return chat.ChannelInfo{Channel: ch.id, Space: c.space, Name: ch.name, Direct: ch.direct != "", Private: ch.direct != ""}
}

func (c *Chat) outside(space chat.SpaceID) error {
	if space == "" || space == c.space {
		return nil
	}
	return fmt.Errorf("there is no space %q", space)
}
