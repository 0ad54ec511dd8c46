package mattermost

import (
	"context"
	"errors"
	"net/http"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/mattermost/mattermost/server/public/model"
)

// React sets or takes back a reaction of the bot.
func (a *Adapter) React(ctx context.Context, channel chat.ChannelID, message chat.MessageID, emoji string, present bool) error {
	const op = "react"
	ctx, cancel, err := a.begin(ctx, op, message)
	if err != nil {
		return err
	}
	defer cancel()
	me, err := a.account(ctx, op)
	if err != nil {
		return unsent(err)
	}
	r := &model.Reaction{UserId: me.Id, PostId: string(message), EmojiName: emoji}
	if !present {
		answer, err := a.client.DeleteReaction(ctx, r)
		return failure(op, answer, err)
	}
	_, answer, err := a.client.SaveReaction(ctx, r)
	return failure(op, answer, err)
}

// begin bounds an operation on a message in time.
func (a *Adapter) begin(ctx context.Context, op string, message chat.MessageID) (context.Context, context.CancelFunc, error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, failed(op, chat.Later, err)
	}
	if !isID(string(message)) {
		return nil, nil, failed(op, chat.Gone, errNoPost)
	}
	ctx, cancel := context.WithTimeout(ctx, httpTimeout)
	return ctx, cancel, nil
}

// Edit gives a message of the bot other words and buttons. Its picture stays.
func (a *Adapter) Edit(ctx context.Context, channel chat.ChannelID, message chat.MessageID, d chat.Delivery) error {
	const op = "edit"
	ctx, cancel, err := a.begin(ctx, op, message)
	if err != nil {
		return err
	}
	defer cancel()
	p, err := a.composed(ctx, op, string(channel), d)
	if err != nil {
		return err
	}
	props := p.GetProps()
	made, answer, err := a.client.PatchPost(ctx, string(message), &model.PostPatch{Message: &p.Message, Props: &props})
	if err != nil {
		return a.goneIfSo(ctx, op, message, answer, failure(op, answer, err))
	}
	if made.Id != string(message) {
		return failed(op, chat.Unsure, errAnswer)
	}
	return nil
}

// goneIfSo looks why a message could not be changed: the server forbids it in the same words for a message that is
// not there and for somebody else's.
func (a *Adapter) goneIfSo(ctx context.Context, op string, message chat.MessageID, answer *model.Response, err error) error {
	if answer == nil || answer.StatusCode != http.StatusForbidden {
		return err
	}
	p, answer, asked := a.client.GetPost(ctx, string(message), "")
	switch {
	case asked != nil && answer != nil && answer.StatusCode == http.StatusNotFound, asked == nil && p.DeleteAt > 0:
		return failed(op, chat.Gone, errNoPost)
	case asked == nil && p.UserId != a.selfID():
		return failed(op, chat.Refused, errors.New("the message is somebody else's"))
	}
	return err
}

// Delete removes a message of the bot.
func (a *Adapter) Delete(ctx context.Context, channel chat.ChannelID, message chat.MessageID) error {
	const op = "delete"
	ctx, cancel, err := a.begin(ctx, op, message)
	if err != nil {
		return err
	}
	defer cancel()
	answer, err := a.client.DeletePost(ctx, string(message))
	if err != nil {
		return a.goneIfSo(ctx, op, message, answer, failure(op, answer, err))
	}
	return nil
}

// FindSent looks through the latest posts of the place for the bot's own with this key.
func (a *Adapter) FindSent(ctx context.Context, to chat.To, key string) (chat.Receipt, bool, error) {
	const op = "find"
	ctx, cancel := context.WithTimeout(ctx, httpTimeout)
	defer cancel()
	channel := string(to.Channel)
	if to.Person != "" {
		var err error
		if channel, err = a.rooms.conversation(ctx, op, to.Person); err != nil {
			return chat.Receipt{}, false, err
		}
	}
	if key == "" || !isID(channel) {
		return chat.Receipt{}, false, nil
	}
	me, err := a.account(ctx, op)
	if err != nil {
		return chat.Receipt{}, false, err
	}
	for page := range 3 {
		list, answer, err := a.client.GetPostsForChannel(ctx, channel, page, perPage, "", false, false)
		if err != nil {
			return chat.Receipt{}, false, failure(op, answer, err)
		}
		for _, id := range list.Order {
			if p := list.Posts[id]; p != nil && p.UserId == me.Id && propText(p, propKey) == key {
				return receipt(p), true, nil
			}
		}
		if len(list.Order) < perPage {
			break
		}
	}
	return chat.Receipt{}, false, nil
}

// Fetch gives the text of a message.
func (a *Adapter) Fetch(ctx context.Context, channel chat.ChannelID, message chat.MessageID) (string, chat.Actor, error) {
	const op = "fetch"
	ctx, cancel, err := a.begin(ctx, op, message)
	if err != nil {
		return "", chat.Actor{}, err
	}
	defer cancel()
	if _, err := a.account(ctx, op); err != nil {
		return "", chat.Actor{}, err
	}
	p, answer, err := a.client.GetPost(ctx, string(message), "")
	if err != nil {
		return "", chat.Actor{}, failure(op, answer, err)
	}
	if p.Id == "" || p.DeleteAt > 0 || channel != "" && p.ChannelId != string(channel) {
		return "", chat.Actor{}, failed(op, chat.Gone, errNoPost)
	}
	a.posts.keep(p.Id, postNote{p.ChannelId, p.RootId})
	r := reader{src: a.asWritten(p)}
	r.read()
	return r.out.String(), a.author(p), nil
}

// asWritten gives a post's text as its author meant it.
func (a *Adapter) asWritten(p *model.Post) string {
	if p.UserId == a.selfID() {
		return ownWords(p.Message)
	}
	return p.Message
}
