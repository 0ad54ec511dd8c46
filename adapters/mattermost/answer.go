package mattermost

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/mattermost/mattermost/server/public/model"
)

var errSpent = errors.New("this can no longer be answered: half an hour has passed, or five answers were given")

// answer answers a command, a press or a form.
func (a *Adapter) answer(ctx context.Context, op string, d chat.Delivery) (chat.Receipt, error) {
	x, ok := a.replies.find(d.Message.To.Reply)
	if !ok || !x.use() {
		return chat.Receipt{}, failed(op, chat.Gone, errSpent)
	}
	if !d.Message.Private {
		x.show("") // the door need not wait for a public answer
		if x.url != "" && !a.isInside(string(x.place.Channel)) && d.Message.Picture == nil {
			return a.respond(ctx, op, x, d, model.CommandResponseTypeInChannel)
		}
		return a.post(ctx, op, string(x.place.Channel), string(x.place.Thread), d)
	}
	if x.url != "" && d.Message.Picture == nil {
		return a.respond(ctx, op, x, d, model.CommandResponseTypeEphemeral)
	}
	if len(d.Message.Buttons) == 0 && d.Message.Picture == nil {
		text, err := a.words(ctx, op, d.Message)
		if err != nil {
			return chat.Receipt{}, err
		}
		if x.show(text) {
			return chat.Receipt{Channel: x.place.Channel, Time: a.now()}, nil
		}
	}
	channel, err := a.rooms.conversation(ctx, op, x.user)
	if err != nil {
		return chat.Receipt{}, err
	}
	return a.post(ctx, op, channel, "", d)
}

// isInside says whether the bot is known to be in a channel.
func (a *Adapter) isInside(channel string) bool {
	in, ok := a.rooms.inside.find(channel)
	return ok && in
}

// respond uses a command's response URL.
func (a *Adapter) respond(ctx context.Context, op string, x *reply, d chat.Delivery, kind string) (chat.Receipt, error) {
	text, err := a.words(ctx, op, d.Message)
	if err != nil {
		return chat.Receipt{}, err
	}
	r := model.CommandResponse{
		ResponseType: kind, Text: text, SkipSlackParsing: true,
		Attachments: a.attachments(string(x.place.Channel), d.Message.Buttons),
	}
	if err := a.hook(ctx, op, x.url, r); err != nil {
		return chat.Receipt{}, err
	}
	return chat.Receipt{Channel: x.place.Channel, Time: a.now()}, nil
}

// hook posts to a response URL. The URL is a secret: it is in no error.
func (a *Adapter) hook(ctx context.Context, op, url string, r model.CommandResponse) error {
	body, err := json.Marshal(r)
	if err != nil {
		return failed(op, chat.Refused, errors.New("the answer cannot be written"))
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return failed(op, chat.Refused, errors.New("the command came without a response URL that works"))
	}
	req.Header.Set("Content-Type", "application/json")
	answer, err := a.hooks.Do(req)
	if err != nil {
		return failed(op, reached(err), cut(err))
	}
	defer answer.Body.Close()
	said, _ := io.ReadAll(io.LimitReader(answer.Body, 64<<10))
	if answer.StatusCode < 300 {
		return nil
	}
	var app model.AppError
	_ = json.Unmarshal(said, &app) // a proxy's answer has no name
	e := &chat.Error{Op: "mattermost " + op, Kind: meaning(answer.StatusCode, app.Id), Err: answered{answer.StatusCode, app.Id}}
	switch {
	case e.Kind == chat.Later:
		e.Wait = wait(answer.Header)
	case app.Id != "" && answer.StatusCode == http.StatusBadRequest:
		e.Kind = chat.Gone // it was used up, or is too old
	}
	return e
}

// deliverTo shows something to one person alone, by whichever way the reply handle offers.
func (a *Adapter) deliverTo(ctx context.Context, op string, x *reply, text string, buttons func(channel string) []*model.MessageAttachment) error {
	if x.url != "" {
		return a.hook(ctx, op, x.url, model.CommandResponse{
			ResponseType: model.CommandResponseTypeEphemeral, Text: text, SkipSlackParsing: true, Attachments: buttons(string(x.place.Channel)),
		})
	}
	channel, err := a.rooms.conversation(ctx, op, x.user)
	if err != nil {
		return err
	}
	p := &model.Post{ChannelId: channel, Message: text}
	p.AddProp(model.PostPropsAttachments, buttons(channel))
	made, answer, err := a.client.CreatePost(ctx, p)
	if err != nil {
		return failure(op, answer, err)
	}
	if made.Id == "" {
		return failed(op, chat.Unsure, errAnswer)
	}
	return nil
}

// graceful is how long a door waits for the first answer to a press: less than people's patience.
const graceful = 2 * time.Second
