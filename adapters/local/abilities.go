package local

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/gofirst/gofirst/bot/chat"
)

// Home is a person's own page, as it was last shown.
type Home struct {
	Body    []chat.Node
	Buttons []chat.Button
}

// Commands gives what the bot registered.
func (c *Chat) Commands() []chat.Command {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.commands)
}

// Actions gives the message actions that the bot registered.
func (c *Chat) Actions() []chat.Action {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.actions)
}

// Home gives a person's page; it is empty where none was shown.
func (c *Chat) Home(user chat.UserID) Home {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.homes[user]
}

// React sets or removes a reaction of the bot.
func (a *Adapter) React(ctx context.Context, in chat.ChannelID, id chat.MessageID, emoji string, present bool) error {
	return a.change(ctx, "local react", in, id, func(ch *channel, m *message) error {
		if _, err := a.c.react(a.c.self, in, m, emoji, present); err != nil {
			return failed("local react", chat.Refused, err)
		}
		return nil
	})
}

// Edit gives a message of the bot other words and buttons. What stands there already is not changed.
func (a *Adapter) Edit(ctx context.Context, in chat.ChannelID, id chat.MessageID, d chat.Delivery) error {
	const op = "local edit"
	d.Message.To, d.Message.Private = chat.To{Channel: in}, false
	r, err := a.c.written(d)
	if err != nil {
		return failed(op, chat.Refused, err)
	}
	return a.change(ctx, op, in, id, func(ch *channel, m *message) error {
		if m.author != a.c.self {
			return failed(op, chat.Refused, errors.New("the message is somebody else's"))
		}
		if m.text == r.Text && slices.Equal(m.buttons, r.Buttons) {
			return nil
		}
		r.Do, r.Channel, r.Message, r.Pings = doEdit, in, id, nil
		return unsure(op, a.c, r)
	})
}

// Delete removes a message of the bot.
func (a *Adapter) Delete(ctx context.Context, in chat.ChannelID, id chat.MessageID) error {
	const op = "local delete"
	return a.change(ctx, op, in, id, func(ch *channel, m *message) error {
		if m.author != a.c.self {
			return failed(op, chat.Refused, errors.New("the message is somebody else's"))
		}
		return unsure(op, a.c, record{Do: doDelete, User: a.c.self, Channel: in, Message: id})
	})
}

// Register replaces the commands and actions that the chat knows of.
func (a *Adapter) Register(ctx context.Context, space chat.SpaceID, commands []chat.Command, actions []chat.Action) error {
	const op = "local register"
	return a.locked(ctx, op, func() error {
		if space != "" && space != a.c.space {
			return failed(op, chat.Gone, fmt.Errorf("there is no space %q", space))
		}
		a.c.commands, a.c.actions = slices.Clone(commands), slices.Clone(actions)
		return nil
	})
}

// OpenForm shows a form to whom a reply handle belongs; Chat.Submit sends it. The trigger is the one
// that came with the handle.
func (a *Adapter) OpenForm(ctx context.Context, handle chat.ReplyHandle, trigger string, form chat.Form) error {
	const op = "local form"
	return a.locked(ctx, op, func() error {
		r := a.c.replies[handle]
		if r == nil || r.trigger != trigger || a.c.now().After(r.until) {
			return failed(op, chat.Gone, fmt.Errorf("the reply handle %q is spent", handle))
		}
		if len(form.Fields) == 0 {
			return failed(op, chat.Refused, errors.New("the form has no fields"))
		}
		r.form = &form
		shown := record{At: a.c.now(), User: a.c.self, Thread: r.thread, only: r.user}
		a.c.post(a.c.channels[r.channel], shown, Post{Kind: FormOpened, Text: plainLine(form.Title), Form: &form, Reply: handle})
		return nil
	})
}

// ShowHome keeps a person's page; Chat.Home gives it.
func (a *Adapter) ShowHome(ctx context.Context, user chat.UserID, body []chat.Node, buttons []chat.Button) error {
	const op = "local home"
	return a.locked(ctx, op, func() error {
		if _, ok := a.c.people[user]; !ok {
			return failed(op, chat.Gone, fmt.Errorf("there is no person %q", user))
		}
		a.c.homes[user] = Home{body, buttons}
		return nil
	})
}

// change does something to a message that is there.
func (a *Adapter) change(ctx context.Context, op string, in chat.ChannelID, id chat.MessageID, do func(*channel, *message) error) error {
	return a.locked(ctx, op, func() error {
		ch, m, err := a.c.standing(in, id)
		if err != nil {
			return failed(op, chat.Gone, err)
		}
		return do(ch, m)
	})
}

func (a *Adapter) locked(ctx context.Context, op string, do func() error) error {
	if err := ctx.Err(); err != nil {
		return failed(op, chat.Later, err)
	}
	defer a.c.announce()
	a.c.mu.Lock()
	defer a.c.mu.Unlock()
	return do()
}

// standing finds a message that was not deleted and is not a private answer.
func (c *Chat) standing(in chat.ChannelID, id chat.MessageID) (*channel, *message, error) {
	ch, err := c.place(in)
	if err != nil {
		return nil, nil, err
	}
	m, err := ch.message(id)
	if err == nil && (m.deleted || m.only != "") {
		err = fmt.Errorf("the message %s is not there", id)
	}
	return ch, m, err
}

func unsure(op string, c *Chat, r record) error {
	if _, err := c.do(r); err != nil {
		return failed(op, chat.Unsure, err)
	}
	return nil
}
