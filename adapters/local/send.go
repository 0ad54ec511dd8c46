package local

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// Send posts a message. A key that was seen within the last five minutes gives the first receipt again.
func (a *Adapter) Send(ctx context.Context, d chat.Delivery) (chat.Receipt, error) {
	const op = "local send"
	if err := ctx.Err(); err != nil {
		return chat.Receipt{}, failed(op, chat.Later, err)
	}
	r, err := a.c.written(d)
	if err != nil {
		return chat.Receipt{}, failed(op, chat.Refused, err)
	}
	c := a.c
	defer c.announce()
	c.mu.Lock()
	defer c.mu.Unlock()
	if first, ok := c.sent[d.Key]; ok && d.Key != "" && c.now().Sub(first.Time) < dedupWindow {
		return first, nil
	}
	if err := c.address(&r, d.Message); err != nil {
		return chat.Receipt{}, failed(op, chat.Gone, err)
	}
	if r.reply != nil {
		r.reply.left--
	}
	if _, err := c.do(r); err != nil {
		return chat.Receipt{}, failed(op, chat.Unsure, err)
	}
	id := chat.MessageID(fmt.Sprintf("%016d", c.last))
	return chat.Receipt{Channel: r.Channel, Message: id, Time: c.posts[len(c.posts)-1].Time}, nil
}

// written renders a delivery into a record without an address, or says why the chat would not take it.
func (c *Chat) written(d chat.Delivery) (record, error) {
	m := d.Message
	p := painter{names: c}
	p.message(m)
	targets := 0
	for _, set := range []bool{m.To.Channel != "", m.To.Person != "", m.To.Reply != ""} {
		if set {
			targets++
		}
	}
	size := (&Adapter{c}).Size(m)
	switch {
	case size > maxSize:
		return record{}, fmt.Errorf("%d characters are too many, %d are allowed", size, maxSize)
	case strings.TrimSpace(p.b.String()) == "" && len(m.Buttons) == 0:
		return record{}, errors.New("the message is empty")
	case targets != 1:
		return record{}, errors.New("the message needs one address: a channel, a person or a reply")
	case m.Private && m.To.Channel != "":
		return record{}, errors.New("nothing is private in a channel")
	case len(d.Key) > 25:
		return record{}, errors.New("the key is longer than 25 characters")
	}
	return record{
		Do: doSay, User: c.self, Text: p.b.String(), Buttons: m.Buttons, Key: d.Key,
		References: p.references, Pings: p.notified(m.To.Person), nodes: m.Body,
	}, nil
}

// address finds where a message goes. Whatever it does not find is gone.
func (c *Chat) address(r *record, m chat.Message) error {
	if m.To.Space != "" && m.To.Space != c.space {
		return fmt.Errorf("there is no space %q", m.To.Space)
	}
	switch {
	case m.To.Reply != "":
		return c.answer(r, m)
	case m.To.Person != "":
		r.Channel = c.DM(m.To.Person)
		if _, err := c.place(r.Channel); err != nil {
			return fmt.Errorf("there is no person %q", m.To.Person)
		}
		return nil
	}
	ch, err := c.place(m.To.Channel)
	if err != nil {
		return err
	}
	r.Channel, r.Thread = ch.id, m.To.Thread
	return ch.threadFor(m.To.Thread)
}

// answer addresses a message to whom a reply handle belongs: in public to the channel and thread where
// it came from, in private to the person alone.
func (c *Chat) answer(r *record, m chat.Message) error {
	a := c.replies[m.To.Reply]
	if a == nil || a.left == 0 || c.now().After(a.until) {
		return fmt.Errorf("the reply handle %q is spent", m.To.Reply)
	}
	ch, err := c.place(a.channel)
	if err != nil {
		return err
	}
	r.reply, r.Channel, r.Thread = a, a.channel, a.thread
	if m.Private {
		r.only, r.Pings = a.user, []chat.UserID{a.user}
		return nil
	}
	return ch.threadFor(a.thread)
}

// threadFor says whether the bot can answer in a thread: only under a root that is still there.
func (ch *channel) threadFor(root chat.MessageID) error {
	if root == "" {
		return nil
	}
	m, err := ch.message(root)
	if err == nil && (m.deleted || m.only != "" || m.thread != "") {
		err = fmt.Errorf("the message %s is not the root of a thread", root)
	}
	return err
}
