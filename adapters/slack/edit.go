package slack

import (
	"context"
	"net/url"

	"github.com/gofirst/gofirst/bot/chat"
)

// Edit gives a message of the bot other words, buttons and picture. Its key stays with it.
func (a *Adapter) Edit(ctx context.Context, channel chat.ChannelID, id chat.MessageID, d chat.Delivery) error {
	const op = "slack edit"
	if err := standing(op, channel, id); err != nil {
		return err
	}
	d.Message.To = chat.To{Channel: channel}
	me, err := a.known(ctx, op)
	if err != nil {
		return err
	}
	d.Message.Private = me.place(channel, "").Direct
	r, err := a.render(ctx, op, d.Message)
	if err != nil {
		return err
	}
	args := r.arguments()
	args.Del("unfurl_links")
	args.Del("unfurl_media")
	args.Set("channel", string(channel))
	args.Set("ts", string(id))
	if d.Key != "" {
		args.Set("metadata", keyed(d.Key))
	}
	return a.call(ctx, op, "chat.update", args, nil)
}

// Delete removes a message of the bot.
func (a *Adapter) Delete(ctx context.Context, channel chat.ChannelID, id chat.MessageID) error {
	const op = "slack delete"
	if err := standing(op, channel, id); err != nil {
		return err
	}
	return a.call(ctx, op, "chat.delete", url.Values{"channel": {string(channel)}, "ts": {string(id)}}, nil)
}

// React sets or removes a reaction of the bot.
func (a *Adapter) React(ctx context.Context, channel chat.ChannelID, id chat.MessageID, emoji string, present bool) error {
	const op = "slack react"
	if err := standing(op, channel, id); err != nil {
		return err
	}
	method, already := "reactions.add", "already_reacted"
	if !present {
		method, already = "reactions.remove", "no_reaction"
	}
	args := url.Values{"channel": {string(channel)}, "timestamp": {string(id)}, "name": {emoji}}
	err := a.call(ctx, op, method, args, nil)
	if said(err, already) {
		return nil
	}
	return err
}

// standing says whether a message can exist.
func standing(op string, channel chat.ChannelID, id chat.MessageID) error {
	if !isID(string(channel)) || !isMessage(id) {
		return failed(op, chat.Gone, "there is no such message")
	}
	return nil
}
