package local

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// act lets one deed of a person happen: check, called under the lock, makes the record or says no.
func act[E chat.Event](c *Chat, check func() (record, error)) (E, error) {
	defer c.announce()
	c.mu.Lock()
	defer c.mu.Unlock()
	var none E
	r, err := check()
	if err != nil {
		return none, fmt.Errorf("local: %w", err)
	}
	e, err := c.do(r)
	if err != nil {
		return none, fmt.Errorf("local: %w", err)
	}
	return e.(E), nil
}

// Say posts a message in a channel that the person is in, in a thread where one is given: the thread of
// that message, be it the root or a reply. "@handle" and "#channel" become references.
func (c *Chat) Say(user chat.UserID, in chat.ChannelID, thread chat.MessageID, text string, attachments int) (chat.MessagePosted, error) {
	return act[chat.MessagePosted](c, func() (record, error) {
		ch, err := c.inside(user, in)
		if err != nil {
			return record{}, err
		}
		if text == "" && attachments == 0 {
			return record{}, errors.New("there is nothing to say")
		}
		root, err := ch.root(thread)
		return record{Do: doSay, User: user, Channel: in, Thread: root, Text: text, Attachments: attachments}, err
	})
}

// Tell says something to the bot in private.
func (c *Chat) Tell(user chat.UserID, text string) (chat.MessagePosted, error) {
	return c.Say(user, c.DM(user), "", text, 0)
}

// Edit changes the text of a person's own message.
func (c *Chat) Edit(user chat.UserID, in chat.ChannelID, id chat.MessageID, text string) (chat.MessageEdited, error) {
	return act[chat.MessageEdited](c, func() (record, error) {
		_, err := c.owns(user, in, id)
		return record{Do: doEdit, User: user, Channel: in, Message: id, Text: text}, err
	})
}

// Delete removes a person's own message. The replies to it stay.
func (c *Chat) Delete(user chat.UserID, in chat.ChannelID, id chat.MessageID) (chat.MessageDeleted, error) {
	return act[chat.MessageDeleted](c, func() (record, error) {
		_, err := c.owns(user, in, id)
		return record{Do: doDelete, User: user, Channel: in, Message: id}, err
	})
}

// React sets or removes a reaction, named without colons. Where it is so already, the event is nil.
func (c *Chat) React(user chat.UserID, in chat.ChannelID, id chat.MessageID, emoji string, present bool) (chat.Event, error) {
	defer c.announce()
	c.mu.Lock()
	defer c.mu.Unlock()
	m, err := c.shared(user, in, id)
	if err != nil {
		return nil, fmt.Errorf("local: %w", err)
	}
	e, err := c.react(user, in, m, emoji, present)
	if err != nil {
		return nil, fmt.Errorf("local: %w", err)
	}
	return e, nil
}

// Reactions tells who has reacted how to a message, in the order in which they did.
func (c *Chat) Reactions(in chat.ChannelID, id chat.MessageID) []Reacted {
	c.mu.Lock()
	defer c.mu.Unlock()
	if ch := c.channels[in]; ch != nil && ch.messages[id] != nil {
		return slices.Clone(ch.messages[id].reactions)
	}
	return nil
}

func (c *Chat) react(user chat.UserID, in chat.ChannelID, m *message, emoji string, present bool) (chat.Event, error) {
	if emoji = strings.Trim(emoji, ":"); emoji == "" {
		return nil, errors.New("no emoji was given")
	}
	if slices.Contains(m.reactions, Reacted{user, emoji}) == present {
		return nil, nil
	}
	r := record{Do: doReact, User: user, Channel: in, Message: m.id, Text: emoji}
	if !present {
		r.Do = doUnreact
	}
	return c.do(r)
}

func (c *Chat) applySay(ch *channel, r record) chat.Event {
	m := &message{id: chat.MessageID(r.name()), author: r.User, thread: r.Thread, text: r.Text, buttons: r.Buttons, only: r.only}
	ch.messages[m.id] = m
	r.Message = m.id
	c.post(ch, r, Post{Kind: Said, Text: r.Text, Nodes: r.nodes, Buttons: r.Buttons, Pings: r.Pings, Key: r.Key, Reply: r.reply.handle()})
	if r.Key != "" {
		c.sent[r.Key] = chat.Receipt{Channel: ch.id, Message: m.id, Time: r.At}
	}
	if r.only != "" {
		return nil
	}
	root := ch.messages[r.Thread]
	return c.happened(r.ID, ch, chat.MessagePosted{
		Header: c.header(r, ch, r.Thread), Message: m.id, Text: r.Text, References: c.references(r),
		Attachments: r.Attachments, OrphanThread: r.Thread != "" && (root == nil || root.deleted), Key: r.Key,
	})
}

func (c *Chat) applyEdit(ch *channel, m *message, r record) chat.Event {
	m.text, m.buttons = r.Text, r.Buttons
	c.post(ch, r, Post{Kind: Edited, Text: r.Text, Nodes: r.nodes, Buttons: r.Buttons, Key: r.Key})
	return c.happened(r.ID, ch, chat.MessageEdited{
		Header: c.header(r, ch, m.thread), Message: m.id, Text: r.Text, References: c.references(r),
	})
}

func (c *Chat) applyDelete(ch *channel, m *message, r record) chat.Event {
	m.deleted, m.text, m.buttons, m.reactions = true, "", nil, nil
	c.post(ch, r, Post{Kind: Deleted})
	return c.happened(r.ID, ch, chat.MessageDeleted{Header: c.header(r, ch, m.thread), Message: m.id})
}

func (c *Chat) applyReaction(ch *channel, m *message, r record) chat.Event {
	one, kind := Reacted{r.User, r.Text}, ReactionSet
	if r.Do == doReact {
		m.reactions = append(m.reactions, one)
	} else {
		kind = ReactionRemoved
		m.reactions = slices.DeleteFunc(m.reactions, func(x Reacted) bool { return x == one })
	}
	c.post(ch, r, Post{Kind: kind, Text: fmt.Sprintf(":%s:", r.Text)})
	return c.happened(r.ID, ch, chat.Reaction{
		Header: c.header(r, ch, m.thread), Message: m.id, Emoji: r.Text, Present: r.Do == doReact,
	})
}
