package local

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// The checks below say no in words that the console can show to the person who typed.

// place finds a channel. A person's conversation with the bot comes into being when it is first looked for.
func (c *Chat) place(id chat.ChannelID) (*channel, error) {
	if ch := c.channels[id]; ch != nil {
		return ch, nil
	}
	user, isDM := strings.CutPrefix(string(id), "@")
	if p, ok := c.people[chat.UserID(user)]; isDM && ok && !p.Bot {
		u := chat.UserID(user)
		return c.open(&channel{id: id, name: p.Handle, direct: u, members: []chat.UserID{u}}), nil
	}
	return nil, fmt.Errorf("there is no channel %q", id)
}

// room finds a channel that is not a direct conversation, for a known person.
func (c *Chat) room(user chat.UserID, id chat.ChannelID) (*channel, error) {
	if _, ok := c.people[user]; !ok {
		return nil, fmt.Errorf("there is no person %q", user)
	}
	ch, err := c.place(id)
	if err == nil && ch.direct != "" {
		return nil, fmt.Errorf("%s is a conversation with the bot, not a channel", id)
	}
	return ch, err
}

// inside finds a channel that a person is in.
func (c *Chat) inside(user chat.UserID, id chat.ChannelID) (*channel, error) {
	if _, ok := c.people[user]; !ok {
		return nil, fmt.Errorf("there is no person %q", user)
	}
	ch, err := c.place(id)
	if err != nil {
		return nil, err
	}
	return ch, ch.holds(user)
}

// sees finds a message that a person can see and that is still there.
func (c *Chat) sees(user chat.UserID, in chat.ChannelID, id chat.MessageID) (*channel, *message, error) {
	ch, err := c.inside(user, in)
	if err != nil {
		return nil, nil, err
	}
	m, err := ch.message(id)
	if err == nil && (m.deleted || m.only != "" && m.only != user) {
		err = fmt.Errorf("the message %s is not there", id)
	}
	return ch, m, err
}

// shared finds a message that a person can see and others too.
func (c *Chat) shared(user chat.UserID, in chat.ChannelID, id chat.MessageID) (*message, error) {
	_, m, err := c.sees(user, in, id)
	if err == nil && m.only != "" {
		err = fmt.Errorf("nobody else sees the message %s", id)
	}
	return m, err
}

// owns finds a message that a person wrote.
func (c *Chat) owns(user chat.UserID, in chat.ChannelID, id chat.MessageID) (*message, error) {
	_, m, err := c.sees(user, in, id)
	if err == nil && m.author != user {
		err = fmt.Errorf("the message %s is not by %s", id, user)
	}
	return m, err
}

func (ch *channel) holds(user chat.UserID) error {
	if slices.Contains(ch.members, user) {
		return nil
	}
	return fmt.Errorf("%s is not in %s", user, ch.shown())
}

func (ch *channel) shown() string {
	if ch.direct != "" {
		return string(ch.id)
	}
	return "#" + ch.name
}

func (ch *channel) message(id chat.MessageID) (*message, error) {
	if m := ch.messages[id]; m != nil {
		return m, nil
	}
	return nil, fmt.Errorf("there is no message %q in %s", id, ch.shown())
}

// root gives the thread that a reply to the message belongs to.
func (ch *channel) root(id chat.MessageID) (chat.MessageID, error) {
	if id == "" {
		return "", nil
	}
	m, err := ch.message(id)
	if err != nil {
		return "", err
	}
	if m.only != "" {
		return "", fmt.Errorf("nobody else sees the message %s", id)
	}
	if m.thread != "" {
		return m.thread, nil
	}
	return m.id, nil
}

// firstRoom finds a room that a person is in, or else the conversation with the bot.
func (c *Chat) firstRoom(user chat.UserID) chat.ChannelID {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, ch := range c.order {
		if ch.direct == "" && ch.holds(user) == nil {
			return ch.id
		}
	}
	return c.DM(user)
}

// visible says whether a person may see a post.
func (c *Chat) visible(p Post, user chat.UserID) bool {
	if p.Private {
		return user == p.To || user == p.From
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	ch := c.channels[p.Channel]
	return p.From == user || ch != nil && ch.holds(user) == nil
}
