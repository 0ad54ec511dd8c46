package discord

import (
	"context"
	"errors"
	"strings"

	"github.com/bwmarrin/discordgo"

	"github.com/gofirst/gofirst/bot/chat"
)

// room is a channel or a thread, as far as an address needs it.
type room struct {
	id, guild, parent, name string
	kind                    discordgo.ChannelType
	none                    bool // asked for, and not there
}

func roomOf(c wireChannel) room {
	return room{id: c.ID, guild: c.Guild, parent: c.Parent, name: c.Name, kind: c.Type}
}

func (r room) thread() bool {
	return r.kind == discordgo.ChannelTypeGuildPublicThread || r.kind == discordgo.ChannelTypeGuildPrivateThread || r.kind == discordgo.ChannelTypeGuildNewsThread
}

func (r room) direct() bool {
	return r.kind == discordgo.ChannelTypeDM || r.kind == discordgo.ChannelTypeGroupDM
}

// forum says that the room consists of threads alone.
func (r room) forum() bool {
	return r.kind == discordgo.ChannelTypeGuildForum || r.kind == discordgo.ChannelTypeGuildMedia
}

// spoken says that people write in it.
func (r room) spoken() bool {
	switch r.kind {
	case discordgo.ChannelTypeGuildText, discordgo.ChannelTypeGuildNews, discordgo.ChannelTypeGuildVoice, discordgo.ChannelTypeGuildStageVoice:
		return true
	}
	return r.thread() || r.direct()
}

// learnRoom remembers a channel. Where it is told without its server, the server is the one that it had.
func (a *Adapter) learnRoom(c wireChannel) room {
	if known, ok := a.rooms.get(c.ID); ok && c.Guild == "" {
		c.Guild = known.guild
	}
	r := roomOf(c)
	a.rooms.put(c.ID, r)
	return r
}

// learnRooms remembers a server's channels, which are told without it.
func (a *Adapter) learnRooms(guild string, all []wireChannel) {
	for _, c := range all {
		if guild != "" {
			c.Guild = guild
		}
		a.learnRoom(c)
	}
}

// room finds a channel, in memory or by asking.
func (a *Adapter) room(ctx context.Context, op, id string) (room, error) {
	if r, ok := a.rooms.get(id); ok {
		if r.none {
			return room{}, failed(op, chat.Gone, "the channel is no longer there")
		}
		return r, nil
	}
	if snowflake(id) == 0 {
		return room{}, failed(op, chat.Gone, "there is no such channel")
	}
	var c wireChannel
	if err := a.call(ctx, request{op: op, method: "GET", path: "/channels/" + id}, &c); err != nil {
		return room{}, err
	}
	return a.learnRoom(c), nil
}

// A message is named by its identifier and, inside a thread, by that of the thread before it: the service needs the
// thread's to find it, while its place is the thread's parent.
func messageID(r room, id string) chat.MessageID {
	if r.thread() && !(id == r.id) {
		return chat.MessageID(r.id + "." + id)
	}
	return chat.MessageID(id)
}

// address finds the service's channel and identifier of a message.
func (a *Adapter) address(ctx context.Context, op string, channel chat.ChannelID, message chat.MessageID) (inside room, id string, err error) {
	if thread, id, inThread := strings.Cut(string(message), "."); inThread {
		if snowflake(id) == 0 {
			return room{}, "", failed(op, chat.Gone, "there is no such message")
		}
		r, err := a.room(ctx, op, thread)
		return r, id, err
	}
	if snowflake(string(message)) == 0 {
		return room{}, "", failed(op, chat.Gone, "there is no such message")
	}
	r, err := a.room(ctx, op, string(channel))
	if err == nil && r.forum() { // the first message of a post stands in the post
		r, err = a.room(ctx, op, string(message))
	}
	return r, string(message), err
}

// threadUnder finds the thread that belongs to a root: it has the root's identifier. Whether there is one is asked once.
func (a *Adapter) threadUnder(ctx context.Context, op string, root chat.MessageID) (room, bool, error) {
	id, _, _ := strings.Cut(string(root), ".")
	r, err := a.room(ctx, op, id)
	var e *chat.Error
	switch {
	case err == nil:
		return r, r.thread(), nil
	case errors.As(err, &e) && e.Kind == chat.Gone:
		if snowflake(id) != 0 {
			a.rooms.put(id, room{id: id, none: true})
		}
		return room{}, false, nil
	}
	return room{}, false, err
}

// place says where in the bot's terms something happens. A thread belongs to its parent; its root is the message that
// has its identifier, whether that stands in the parent or, in a forum, in the thread.
func place(r room, message string) chat.Place {
	switch {
	case r.direct():
		return chat.Place{Channel: chat.ChannelID(r.id), Direct: true}
	case r.thread() && message == r.id:
		return chat.Place{Space: chat.SpaceID(r.guild), Channel: chat.ChannelID(r.parent)}
	case r.thread():
		return chat.Place{Space: chat.SpaceID(r.guild), Channel: chat.ChannelID(r.parent), Thread: chat.MessageID(r.id)}
	}
	return chat.Place{Space: chat.SpaceID(r.guild), Channel: chat.ChannelID(r.id)}
}
