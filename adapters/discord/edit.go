package discord

import (
	"context"
	"net/url"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// Edit gives a message of the bot other words and buttons. It notifies nobody.
func (a *Adapter) Edit(ctx context.Context, channel chat.ChannelID, message chat.MessageID, d chat.Delivery) error {
	d.Message.To, d.Message.Private = chat.To{Channel: channel}, false
	if err := a.refusable(d); err != nil {
		return err
	}
	c, id, err := a.address(ctx, "edit", channel, message)
	if err != nil {
		return err
	}
	body, files := a.outgoing(d)
	body.Mentions.Users = []string{}
	return a.call(ctx, request{op: "edit", method: "PATCH", path: "/channels/" + c.id + "/messages/" + id, body: body, files: files}, nil)
}

// Delete removes a message of the bot.
func (a *Adapter) Delete(ctx context.Context, channel chat.ChannelID, message chat.MessageID) error {
	c, id, err := a.address(ctx, "delete", channel, message)
	if err != nil {
		return err
	}
	return a.call(ctx, request{op: "delete", method: "DELETE", path: "/channels/" + c.id + "/messages/" + id}, nil)
}

// React sets or removes a reaction of the bot. An emoji of a server's own is given as "name:id".
func (a *Adapter) React(ctx context.Context, channel chat.ChannelID, message chat.MessageID, emoji string, present bool) error {
	c, id, err := a.address(ctx, "react", channel, message)
	if err != nil {
		return err
	}
	shown := emojiShown(strings.Trim(emoji, ":"))
	method := "PUT"
	if !present {
		method = "DELETE"
	}
	return a.call(ctx, request{op: "react", method: method, path: "/channels/" + c.id + "/messages/" + id + "/reactions/" + url.PathEscape(shown) + "/@me"}, nil)
}

// Fetch gives a message's plain text and its author.
func (a *Adapter) Fetch(ctx context.Context, channel chat.ChannelID, message chat.MessageID) (string, chat.Actor, error) {
	c, id, err := a.address(ctx, "fetch", channel, message)
	if err != nil {
		return "", chat.Actor{}, err
	}
	if a.me() == "" {
		if _, err := a.application(ctx, "fetch"); err != nil {
			return "", chat.Actor{}, err
		}
	}
	var m wireMessage
	if err := a.call(ctx, request{op: "fetch", method: "GET", path: "/channels/" + c.id + "/messages/" + id}, &m); err != nil {
		return "", chat.Actor{}, err
	}
	a.learn(m)
	text, _ := a.reader(m.Mentions).read(m.Content)
	return text, a.actor(m.Author, m.Webhook), nil
}
