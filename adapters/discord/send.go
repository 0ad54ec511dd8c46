package discord

import (
	"context"
	"errors"
	"fmt"

	"github.com/bwmarrin/discordgo"

	"github.com/gofirst/gofirst/bot/chat"
)

// outgoing is a message as the service wants it.
type outgoing struct {
	Content      string                 `json:"content"`
	Nonce        string                 `json:"nonce,omitempty"`
	EnforceNonce bool                   `json:"enforce_nonce,omitempty"`
	Flags        discordgo.MessageFlags `json:"flags"`
	Components   []component            `json:"components"`
	Mentions     allowedMentions        `json:"allowed_mentions"`
	Reference    *outgoingReference     `json:"message_reference,omitempty"`
	Attachments  []attachment           `json:"attachments,omitempty"`
}

// allowedMentions says who is notified: those named here and nobody else.
type allowedMentions struct {
	Parse       []string `json:"parse"`
	Users       []string `json:"users"`
	RepliedUser bool     `json:"replied_user"`
}

// outgoingReference makes a message an answer. What is answered must still be there.
type outgoingReference struct {
	Message         string `json:"message_id"`
	FailIfNotExists bool   `json:"fail_if_not_exists"`
}

type attachment struct {
	ID          int    `json:"id"`
	Filename    string `json:"filename"`
	Description string `json:"description"`
}

// Send posts a message, or answers an interaction.
func (a *Adapter) Send(ctx context.Context, d chat.Delivery) (chat.Receipt, error) {
	const op = "send"
	if err := ctx.Err(); err != nil {
		return chat.Receipt{}, &chat.Error{Op: "discord " + op, Kind: chat.Later, Err: err}
	}
	if err := a.refusable(d); err != nil {
		return chat.Receipt{}, err
	}
	to := d.Message.To
	switch {
	case to.Reply != "":
		return a.answer(ctx, to.Reply, d)
	case to.Person != "":
		channel, err := a.conversation(ctx, string(to.Person))
		if err != nil {
			return chat.Receipt{}, err
		}
		return a.post(ctx, channel, "", d)
	}
	c, err := a.room(ctx, op, string(to.Channel))
	if err != nil {
		return chat.Receipt{}, err
	}
	if to.Thread != "" {
		t, ok, err := a.threadUnder(ctx, op, to.Thread)
		if err != nil {
			return chat.Receipt{}, err
		}
		if ok {
			return a.post(ctx, t, "", d)
		}
	}
	return a.post(ctx, c, to.Thread, d)
}

// refusable finds what the service would not take.
func (a *Adapter) refusable(d chat.Delivery) error {
	m, targets := d.Message, 0
	for _, set := range []bool{m.To.Channel != "", m.To.Person != "", m.To.Reply != ""} {
		if set {
			targets++
		}
	}
	size := a.Size(m)
	switch {
	case targets != 1:
		return failed("send", chat.Refused, "the message needs one address: a channel, a person or a reply")
	case m.Private && m.To.Channel != "":
		return failed("send", chat.Refused, "nothing is private in a channel")
	case size > maxContent:
		return failed("send", chat.Refused, fmt.Sprintf("%d characters are too many, %d are allowed", size, maxContent))
	case size == 0 && m.Picture == nil:
		return failed("send", chat.Refused, "the message is empty")
	case len(d.Key) > 25:
		return failed("send", chat.Refused, "the key is longer than 25 characters")
	case m.Picture != nil && (len(m.Picture.PNG) == 0 || m.Picture.Alt == ""):
		return failed("send", chat.Refused, "the picture has no content or no description")
	}
	return checkButtons(m.Buttons)
}

// outgoing makes the body of a message.
func (a *Adapter) outgoing(d chat.Delivery) (outgoing, []upload) {
	r := a.render(d.Message)
	o := outgoing{
		Content: r.content, Components: rows(d.Message.Buttons), Flags: discordgo.MessageFlagsSuppressEmbeds,
		Mentions: allowedMentions{Parse: []string{}, Users: unique(r.pings)},
	}
	if d.Message.Picture == nil {
		return o, nil
	}
	o.Attachments = []attachment{{0, "picture.png", cutRunes(line(d.Message.Picture.Alt), 1024)}}
	return o, []upload{{"picture.png", d.Message.Picture.PNG}}
}

// post sends a message to a channel, as an answer to one of its messages where root is set.
func (a *Adapter) post(ctx context.Context, c room, root chat.MessageID, d chat.Delivery) (chat.Receipt, error) {
	body, files := a.outgoing(d)
	body.Nonce, body.EnforceNonce = d.Key, d.Key != ""
	if len(body.Mentions.Users) == 0 && !c.direct() {
		body.Flags |= discordgo.MessageFlagsSuppressNotifications
	}
	if root != "" {
		if snowflake(string(root)) == 0 {
			return chat.Receipt{}, failed("send", chat.Gone, "what the message answers is no longer there")
		}
		body.Reference = &outgoingReference{Message: string(root), FailIfNotExists: true}
	}
	var sent wireMessage
	err := a.call(ctx, request{op: "send", method: "POST", path: "/channels/" + c.id + "/messages", body: body, files: files}, &sent)
	if err != nil {
		return chat.Receipt{}, err
	}
	return a.receipt(c, sent)
}

func (a *Adapter) receipt(c room, sent wireMessage) (chat.Receipt, error) {
	if snowflake(sent.ID) == 0 {
		return chat.Receipt{}, failed("send", chat.Unsure, "the service's answer names no message")
	}
	return chat.Receipt{Channel: place(c, sent.ID).Channel, Message: messageID(c, sent.ID), Time: sent.at()}, nil
}

// conversation gives the direct channel with a person. It is asked for once.
func (a *Adapter) conversation(ctx context.Context, person string) (room, error) {
	if snowflake(person) == 0 {
		return room{}, failed("send", chat.Gone, "there is no such person")
	}
	if id, ok := a.direct.get(person); ok {
		if r, ok := a.rooms.get(id); ok {
			return r, nil
		}
	}
	var c wireChannel
	err := a.call(ctx, request{op: "send", method: "POST", path: "/users/@me/channels", body: map[string]string{"recipient_id": person}}, &c)
	if err != nil {
		var e *chat.Error
		if errors.As(err, &e) && e.Kind == chat.Unsure {
			e.Kind = chat.Later // no message was sent yet
		}
		return room{}, err
	}
	a.direct.put(person, c.ID)
	return a.learnRoom(c), nil
}

func unique(all []string) []string {
	out := []string{}
	seen := map[string]bool{}
	for _, s := range all {
		if !seen[s] && len(out) < 100 { // more the service does not take
			out = append(out, s)
		}
		seen[s] = true
	}
	return out
}
