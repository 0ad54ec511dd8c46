package local

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofirst/gofirst/bot/chat"
)

// A reply handle can be used as long as on Discord and as often as on Slack: the narrower of both.
const (
	replyLife = 15 * time.Minute
	replyUses = 5
)

// reply is an open reply handle: where its answers go, and the form that it opened.
type reply struct {
	id      chat.ReplyHandle
	trigger string
	user    chat.UserID
	channel chat.ChannelID
	thread  chat.MessageID
	until   time.Time
	left    int
	form    *chat.Form
}

func (r *reply) handle() chat.ReplyHandle {
	if r == nil {
		return ""
	}
	return r.id
}

// Command gives the bot a command: the text is what follows "/gofirst".
func (c *Chat) Command(user chat.UserID, in chat.ChannelID, text string) (chat.CommandInvoked, error) {
	return c.CommandIn(user, in, "", text)
}

// CommandIn gives a command inside a thread.
func (c *Chat) CommandIn(user chat.UserID, in chat.ChannelID, thread chat.MessageID, text string) (chat.CommandInvoked, error) {
	return act[chat.CommandInvoked](c, func() (record, error) {
		ch, err := c.inside(user, in)
		if err != nil {
			return record{}, err
		}
		root, err := ch.root(thread)
		return record{Do: doCommand, User: user, Channel: in, Thread: root, Text: strings.TrimSpace(text)}, err
	})
}

// Press presses a button of a message, named by its value, its label, or its number from 1.
func (c *Chat) Press(user chat.UserID, in chat.ChannelID, id chat.MessageID, button string) (chat.ButtonPressed, error) {
	return act[chat.ButtonPressed](c, func() (record, error) {
		_, m, err := c.sees(user, in, id)
		if err != nil {
			return record{}, err
		}
		b, err := pick(m.buttons, button)
		return record{Do: doPress, User: user, Channel: in, Message: id, Text: b.Value, Buttons: []chat.Button{b}, only: m.only}, err
	})
}

// Submit sends the form that was opened on a reply handle. Fields that are missing keep what stood there.
func (c *Chat) Submit(user chat.UserID, handle chat.ReplyHandle, values map[string]string) (chat.FormSubmitted, error) {
	return act[chat.FormSubmitted](c, func() (record, error) {
		r := c.replies[handle]
		if r == nil || r.form == nil || r.user != user {
			return record{}, fmt.Errorf("%s has no such form open", user)
		}
		filled, err := fill(*r.form, values)
		if err != nil {
			return record{}, err
		}
		return record{Do: doSubmit, User: user, Channel: r.channel, Thread: r.thread, Text: r.form.State, Values: filled, reply: r}, nil
	})
}

// Act takes an action from a message's menu.
func (c *Chat) Act(user chat.UserID, action string, in chat.ChannelID, id chat.MessageID) (chat.ActionInvoked, error) {
	return act[chat.ActionInvoked](c, func() (record, error) {
		_, err := c.shared(user, in, id)
		if err == nil && action == "" {
			err = errors.New("no action was given")
		}
		return record{Do: doAct, User: user, Channel: in, Message: id, Text: action}, err
	})
}

func (c *Chat) applyCommand(ch *channel, r record) chat.Event {
	a := c.answerable(r)
	c.post(ch, r, Post{Kind: Commanded, Text: strings.TrimSpace("/" + string(c.self) + " " + r.Text), Reply: a.id})
	return c.happened(r.ID, ch, chat.CommandInvoked{
		Header: c.header(r, ch, r.Thread), Text: r.Text, References: c.references(r), Reply: a.id, Trigger: a.trigger,
	})
}

func (c *Chat) applyPress(ch *channel, m *message, r record) chat.Event {
	r.Thread = m.thread
	a := c.answerable(r)
	c.post(ch, r, Post{Kind: Pressed, Buttons: r.Buttons, Reply: a.id})
	return c.happened(r.ID, ch, chat.ButtonPressed{
		Header: c.header(r, ch, m.thread), Value: r.Text, Message: m.id, Reply: a.id, Trigger: a.trigger,
	})
}

func (c *Chat) applySubmit(ch *channel, r record) chat.Event {
	if r.reply != nil {
		r.reply.form = nil
	}
	a := c.answerable(r)
	c.post(ch, r, Post{Kind: Submitted, Reply: a.id})
	return c.happened(r.ID, ch, chat.FormSubmitted{
		Header: c.header(r, ch, r.Thread), State: r.Text, Values: r.Values, Reply: a.id,
	})
}

func (c *Chat) applyAct(ch *channel, m *message, r record) chat.Event {
	r.Thread = m.thread
	a := c.answerable(r)
	c.post(ch, r, Post{Kind: Acted, Text: r.Text, Reply: a.id})
	return c.happened(r.ID, ch, chat.ActionInvoked{
		Header: c.header(r, ch, m.thread), Action: r.Text, Message: m.id, Author: c.actor(m.author), Reply: a.id, Trigger: a.trigger,
	})
}

// answerable makes the reply handle of a command, press, form or action. Spent ones are thrown away.
func (c *Chat) answerable(r record) *reply {
	for id, old := range c.replies {
		if r.At.After(old.until) {
			delete(c.replies, id)
		}
	}
	a := &reply{
		id: chat.ReplyHandle("r" + r.name()), trigger: "t" + r.name(), user: r.User,
		channel: r.Channel, thread: r.Thread, until: r.At.Add(replyLife), left: replyUses,
	}
	c.replies[a.id] = a
	return a
}

// pick finds the button that a person means.
func pick(buttons []chat.Button, name string) (chat.Button, error) {
	for _, b := range buttons {
		if b.Value == name {
			return b, nil
		}
	}
	for _, b := range buttons {
		if strings.EqualFold(b.Label, name) {
			return b, nil
		}
	}
	if n, err := strconv.Atoi(name); err == nil && n >= 1 && n <= len(buttons) {
		return buttons[n-1], nil
	}
	return chat.Button{}, fmt.Errorf("the message has no button %q", name)
}

// fill checks a form's answers as a service would, and adds what stood there already.
func fill(f chat.Form, values map[string]string) (map[string]string, error) {
	filled := map[string]string{}
	for _, field := range f.Fields {
		v, given := values[field.Name]
		if !given {
			v = field.Value
		}
		if err := accepts(field, v); err != nil {
			return nil, err
		}
		filled[field.Name] = v
	}
	for name := range values {
		if !slices.ContainsFunc(f.Fields, func(x chat.Field) bool { return x.Name == name }) {
			return nil, fmt.Errorf("the form has no field %q", name)
		}
	}
	return filled, nil
}

func accepts(f chat.Field, v string) error {
	switch {
	case v == "" && f.Optional:
		return nil
	case v == "":
		return fmt.Errorf("%q needs an answer", f.Label)
	case f.Max > 0 && utf8.RuneCountInString(v) > f.Max:
		return fmt.Errorf("%q takes at most %d characters", f.Label, f.Max)
	case len(f.Choices) > 0 && !slices.ContainsFunc(f.Choices, func(c chat.Choice) bool { return c.Value == v }):
		return fmt.Errorf("%q has no choice %q", f.Label, v)
	}
	return nil
}
