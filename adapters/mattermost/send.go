package mattermost

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
	"unicode/utf8"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/mattermost/mattermost/server/public/model"
)

// pendingWait is when to ask again for a message that is being saved.
const pendingWait = time.Second

// Size counts the characters of the post. What people and channels are called is not known here and counted at
// its longest.
func (a *Adapter) Size(m chat.Message) int {
	return utf8.RuneCountInString(render(m, longest{a.cfg.Server}))
}

// Send posts as the bot. A command's private answer goes to its response URL, that of a press into the answer that the
// server waits for; where there is no such way, into the conversation with the person.
func (a *Adapter) Send(ctx context.Context, d chat.Delivery) (chat.Receipt, error) {
	const op = "send"
	if err := ctx.Err(); err != nil {
		return chat.Receipt{}, failed(op, chat.Later, err)
	}
	ctx, cancel := context.WithTimeout(ctx, httpTimeout)
	defer cancel()
	if err := check(d); err != nil {
		return chat.Receipt{}, failed(op, chat.Refused, err)
	}
	to := d.Message.To
	switch {
	case to.Reply != "":
		return a.answer(ctx, op, d)
	case to.Person != "":
		channel, err := a.rooms.conversation(ctx, op, to.Person)
		if err != nil {
			return chat.Receipt{}, err
		}
		return a.post(ctx, op, channel, "", d)
	}
	if !isID(string(to.Channel)) || to.Thread != "" && !isID(string(to.Thread)) {
		return chat.Receipt{}, failed(op, chat.Gone, errNoRoom)
	}
	return a.post(ctx, op, string(to.Channel), string(to.Thread), d)
}

// check refuses what can be refused without asking.
func check(d chat.Delivery) error {
	m, targets := d.Message, 0
	for _, set := range []bool{m.To.Channel != "", m.To.Person != "", m.To.Reply != ""} {
		if set {
			targets++
		}
	}
	switch {
	case targets != 1:
		return errors.New("the message needs one address: a channel, a person or a reply")
	case m.Private && m.To.Channel != "":
		return errors.New("nothing is private in a channel")
	case len(m.Body) == 0 && len(m.Buttons) == 0 && m.Picture == nil:
		return errors.New("the message is empty")
	case len(d.Key) > 25:
		return errors.New("the key is longer than 25 characters")
	}
	return nil
}

// post makes one post in a channel.
func (a *Adapter) post(ctx context.Context, op, channel, root string, d chat.Delivery) (chat.Receipt, error) {
	p, err := a.composed(ctx, op, channel, d)
	if err != nil {
		return chat.Receipt{}, err
	}
	p.RootId = root
	if d.Key != "" {
		p.PendingPostId = a.sign("pending", d.Key)
	}
	if d.Message.Picture != nil {
		if p.FileIds, err = a.upload(ctx, op, channel, *d.Message.Picture); err != nil {
			return chat.Receipt{}, unsent(err)
		}
	}
	made, answer, err := a.client.CreatePost(ctx, p)
	if err != nil {
		return chat.Receipt{}, pending(failure(op, answer, err))
	}
	if made == nil || made.Id == "" || made.ChannelId == "" || answer.StatusCode == http.StatusNotModified {
		return chat.Receipt{}, failed(op, chat.Unsure, errAnswer)
	}
	a.posts.keep(made.Id, postNote{made.ChannelId, made.RootId})
	return receipt(made), nil
}

// pending gives a time to wait to what is being saved.
func pending(err error) error {
	var e *chat.Error
	if errors.As(err, &e) && e.Kind == chat.Later {
		e.Wait = max(e.Wait, pendingWait)
	}
	return err
}

func receipt(p *model.Post) chat.Receipt {
	return chat.Receipt{Channel: chat.ChannelID(p.ChannelId), Message: chat.MessageID(p.Id), Time: time.UnixMilli(p.CreateAt)}
}

// composed renders a message for a channel. What it names is asked for where it is not known.
func (a *Adapter) composed(ctx context.Context, op, channel string, d chat.Delivery) (*model.Post, error) {
	text, err := a.words(ctx, op, d.Message)
	if err != nil {
		return nil, err
	}
	p := &model.Post{ChannelId: channel, Message: text}
	if d.Key != "" {
		p.AddProp(propKey, d.Key)
	}
	if buttons := a.attachments(channel, d.Message.Buttons); buttons != nil {
		p.AddProp(model.PostPropsAttachments, buttons)
	}
	return p, nil
}

// words renders a message's text, or says why the server would not take it.
func (a *Adapter) words(ctx context.Context, op string, m chat.Message) (string, error) {
	if err := a.prepare(ctx, op, m.Body); err != nil {
		return "", unsent(err)
	}
	text := render(m, known{a})
	if n := max(utf8.RuneCountInString(text), a.Size(m)); n > maxSize {
		return "", failed(op, chat.Refused, fmt.Errorf("%d characters are too many, %d are allowed", n, maxSize))
	}
	return text, nil
}

// upload sends a picture ahead of the post that shows it.
func (a *Adapter) upload(ctx context.Context, op, channel string, p chat.Picture) (model.StringArray, error) {
	files, answer, err := a.client.UploadFile(ctx, p.PNG, channel, "picture.png")
	if err != nil {
		return nil, failure(op, answer, err)
	}
	if files == nil || len(files.FileInfos) != 1 {
		return nil, failed(op, chat.Later, errAnswer)
	}
	return model.StringArray{files.FileInfos[0].Id}, nil
}
