package discord

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/gofirst/gofirst/bot/chat"
)

func (a *Adapter) actor(u wireUser, webhook string) chat.Actor {
	self := u.ID == a.me()
	return chat.Actor{User: chat.UserID(u.ID), Bot: u.Bot || self || webhook != "", Self: self}
}

// contributed says that somebody wrote a message, and not the service itself.
func contributed(t discordgo.MessageType) bool {
	switch t {
	case discordgo.MessageTypeDefault, discordgo.MessageTypeReply, discordgo.MessageTypeChatInputCommand, discordgo.MessageTypeContextMenuCommand:
		return true
	}
	return false
}

// posted makes an event of a message. It may have to ask for the root of a chain of replies.
func (a *Adapter) posted(ctx context.Context, m wireMessage, r room) chat.MessagePosted {
	a.learn(m)
	e := chat.MessagePosted{
		Header: chat.Header{
			ID: eventID(m.Channel, m.ID, "posted"), Place: place(r, m.ID), Actor: a.actor(m.Author, m.Webhook), Time: m.at(),
		},
		Message: messageID(r, m.ID), Attachments: len(m.Attachments), System: !contributed(m.Type),
	}
	e.Text, e.References = a.reader(m.Mentions).read(m.Content)
	if e.Actor.Self {
		e.Key = m.key()
	}
	if m.Type == discordgo.MessageTypeReply && m.Refers != nil && e.Place.Thread == "" && m.Refers.Channel == m.Channel {
		root, orphan := a.root(ctx, m)
		e.Place.Thread, e.OrphanThread = messageID(r, root), orphan
	}
	return e
}

func eventID(channel, message, kind string) chat.EventID {
	return chat.EventID(channel + "." + message + "." + kind)
}

// learn remembers what people are called.
func (a *Adapter) learn(m wireMessage) {
	for _, u := range append([]wireUser{m.Author}, m.Mentions...) {
		if u.ID != "" {
			a.names.put(u.ID, u.name())
		}
	}
}

// hops is how far a chain of replies is followed by asking.
const hops = 5

// root finds what a chain of replies began with: the first that is known. orphan says that what is answered is gone.
func (a *Adapter) root(ctx context.Context, m wireMessage) (root string, orphan bool) {
	to := m.Refers.Message
	if known, ok := a.roots.get(to); ok {
		a.roots.put(m.ID, known)
		return known, false
	}
	parent, root := m.Referenced, to
	for range hops {
		if parent == nil {
			orphan = root == to
			break
		}
		root = parent.ID
		if parent.Type != discordgo.MessageTypeReply && (parent.Refers == nil || parent.Refers.Channel != m.Channel) || parent.Refers == nil {
			break
		}
		if known, ok := a.roots.get(parent.Refers.Message); ok {
			root = known
			break
		}
		var next wireMessage
		if a.call(ctx, request{op: "reply", method: "GET", path: "/channels/" + m.Channel + "/messages/" + parent.Refers.Message}, &next) != nil {
			root = parent.Refers.Message
			break
		}
		parent = &next
	}
	a.roots.put(m.ID, root)
	return root, orphan
}

// edited makes an event of an update; ok is false where no words changed.
func (a *Adapter) edited(m wireMessage, r room) (e chat.MessageEdited, ok bool) {
	if m.Edited == nil || m.ID == "" || !contributed(m.Type) {
		return e, false
	}
	e.Header = chat.Header{
		ID: eventID(m.Channel, m.ID, fmt.Sprintf("edited.%d", m.Edited.UnixMicro())), Place: place(r, m.ID), Actor: a.actor(m.Author, m.Webhook), Time: m.Edited.UTC(),
	}
	if m.Refers != nil && e.Place.Thread == "" {
		if root, known := a.roots.get(m.ID); known {
			e.Place.Thread = messageID(r, root)
		}
	}
	e.Message = messageID(r, m.ID)
	e.Text, e.References = a.reader(m.Mentions).read(m.Content)
	return e, true
}

func (a *Adapter) deleted(id string, r room, now time.Time) chat.MessageDeleted {
	e := chat.MessageDeleted{Header: chat.Header{ID: eventID(r.id, id, "deleted"), Place: place(r, id), Time: now}, Message: messageID(r, id)}
	if root, known := a.roots.get(id); known && e.Place.Thread == "" {
		e.Place.Thread = messageID(r, root)
	}
	return e
}

type wireReaction struct {
	User    string      `json:"user_id"`
	Channel string      `json:"channel_id"`
	Message string      `json:"message_id"`
	Guild   string      `json:"guild_id"`
	Member  *wireMember `json:"member"`
	Emoji   struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	} `json:"emoji"`
}

// reaction makes an event of a reaction. The service tells no time of it, so it is told apart from the same one later by
// its number in the gateway's session, which a RESUME repeats.
func (a *Adapter) reaction(x wireReaction, r room, present bool, number string, now time.Time) chat.Reaction {
	u := wireUser{ID: x.User}
	if x.Member != nil {
		u = x.Member.User
		u.ID = x.User
	}
	name := emojiName(x.Emoji.Name)
	if x.Emoji.ID != "" {
		name = x.Emoji.Name
	}
	kind := strings.Join([]string{"reaction", x.User, name, fmt.Sprint(present), number}, ".")
	return chat.Reaction{
		Header:  chat.Header{ID: eventID(x.Channel, x.Message, kind), Place: place(r, x.Message), Actor: a.actor(u, ""), Time: now},
		Message: messageID(r, x.Message), Emoji: name, Present: present,
	}
}

func (a *Adapter) joined(guild string, m wireMember) chat.MemberJoined {
	return chat.MemberJoined{Header: chat.Header{
		ID: eventID(guild, m.User.ID, fmt.Sprintf("joined.%d", m.Joined.UnixMicro())), Place: chat.Place{Space: chat.SpaceID(guild)},
		Actor: a.actor(m.User, ""), Time: m.Joined.UTC(),
	}}
}

func (a *Adapter) left(guild string, u wireUser, number string, now time.Time) chat.MemberLeft {
	return chat.MemberLeft{Header: chat.Header{
		ID: eventID(guild, u.ID, "left."+number), Place: chat.Place{Space: chat.SpaceID(guild)}, Actor: a.actor(u, ""), Time: now,
	}}
}
