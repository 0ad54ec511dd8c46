package discord

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/bwmarrin/discordgo"

	"github.com/gofirst/gofirst/bot/chat"
)

// wireInteraction is what a person did, as the service tells it.
type wireInteraction struct {
	ID      string                    `json:"id"`
	App     string                    `json:"application_id"`
	Type    discordgo.InteractionType `json:"type"`
	Token   string                    `json:"token"`
	Guild   string                    `json:"guild_id"`
	Channel wireChannel               `json:"channel"`
	At      string                    `json:"channel_id"`
	Member  *wireMember               `json:"member"`
	User    *wireUser                 `json:"user"`
	Locale  string                    `json:"locale"`
	Message *wireMessage              `json:"message"`
	Data    struct {
		Name       string       `json:"name"`
		Type       int          `json:"type"`
		Target     string       `json:"target_id"`
		ID         string       `json:"custom_id"`
		Options    []wireOption `json:"options"`
		Components []wireInput  `json:"components"`
		Resolved   struct {
			Users    map[string]wireUser    `json:"users"`
			Messages map[string]wireMessage `json:"messages"`
		} `json:"resolved"`
	} `json:"data"`
}

type wireOption struct {
	Name    string          `json:"name"`
	Type    int             `json:"type"`
	Value   json.RawMessage `json:"value"`
	Focused bool            `json:"focused"`
	Options []wireOption    `json:"options"`
}

// text gives an option's value as it was typed.
func (o wireOption) text() string {
	var s string
	if json.Unmarshal(o.Value, &s) == nil {
		return s
	}
	return string(o.Value)
}

// wireInput is a label, an action row, or the input inside it.
type wireInput struct {
	ID        string     `json:"custom_id"`
	Value     string     `json:"value"`
	Values    []string   `json:"values"`
	Component *wireInput `json:"component"`
	// Components are the inputs of an action row, in which older clients send them.
	Components []wireInput `json:"components"`
}

func (x wireInteraction) who() wireUser {
	switch {
	case x.Member != nil:
		return x.Member.User
	case x.User != nil:
		return *x.User
	}
	return wireUser{}
}

// interact takes what the gateway or the door told. Its error says that it makes no sense.
func (a *Adapter) interact(body json.RawMessage) error {
	var x wireInteraction
	if err := json.Unmarshal(body, &x); err != nil {
		return err
	}
	return a.handle(x)
}

// sound says that an interaction names who did it, where, and how to answer. Its token becomes part of an address.
func (x wireInteraction) sound() bool {
	return snowflake(x.ID) != 0 && snowflake(x.who().ID) != 0 && x.Token != "" && !strings.ContainsAny(x.Token, "/?#%") &&
		(snowflake(x.Channel.ID) != 0 || snowflake(x.At) != 0)
}

// handle lets the person be answered, whatever the bot does meanwhile.
func (a *Adapter) handle(x wireInteraction) error {
	if !x.sound() {
		return errNonsense
	}
	who, c := x.who(), a.whereabouts(x)
	a.names.put(who.ID, who.name())
	if x.Locale != "" {
		a.locales.put(who.ID, x.Locale)
	}
	run := a.running()
	if run == nil {
		return nil // nobody listens; the service tells the person that nothing answers
	}
	r := &reply{id: x.ID, token: x.Token, user: who.ID, room: c, at: a.cfg.Now(), form: x.Type == discordgo.InteractionModalSubmit}
	if x.Type == discordgo.InteractionApplicationCommandAutocomplete {
		run.spawn(func() { a.offer(run.ctx, r, x) })
		return nil
	}
	if form, ok := a.behind(x, who.ID); ok {
		run.spawn(func() { a.reopen(run.ctx, r, form) })
		return nil
	}
	e := a.deed(x, r)
	if e == nil {
		return errNonsense
	}
	over := make(chan struct{})
	run.spawn(func() { a.attend(run.ctx, r, over) })
	run.laneOf(c).push(item{once: true, make: func(context.Context) chat.Event { return e }, done: func() { close(over) }})
	return nil
}

// whereabouts gives the channel of an interaction, as it is known or as the interaction tells it.
func (a *Adapter) whereabouts(x wireInteraction) room {
	if x.Channel.ID == "" {
		x.Channel.ID = x.At
	}
	if known, ok := a.rooms.get(x.Channel.ID); ok && !known.none {
		return known
	}
	x.Channel.Guild = x.Guild
	return a.learnRoom(x.Channel)
}

// deed makes an event of an interaction; nil where it is none that the bot knows.
func (a *Adapter) deed(x wireInteraction, r *reply) chat.Event {
	head := chat.Header{
		ID: eventID(r.room.id, x.ID, "interaction"), Place: place(r.room, ""), Actor: a.actor(x.who(), ""), Time: told(x.ID),
	}
	if x.Message != nil && x.Message.Refers != nil && head.Place.Thread == "" {
		if root, ok := a.roots.get(x.Message.ID); ok {
			head.Place.Thread = messageID(r.room, root)
		}
	}
	switch x.Type {
	case discordgo.InteractionApplicationCommand:
		if x.Data.Type > 1 {
			return a.taken(head, x, r)
		}
		text, refs := a.reader(nil).read(a.typed(x.Data.Options))
		return chat.CommandInvoked{Header: head, Text: text, References: refs, Reply: a.keep(r)}
	case discordgo.InteractionMessageComponent:
		if x.Message == nil {
			return nil
		}
		return chat.ButtonPressed{Header: head, Value: x.Data.ID, Message: messageID(r.room, x.Message.ID), Reply: a.keep(r)}
	case discordgo.InteractionModalSubmit:
		return a.submitted(head, x, r)
	}
	return nil
}

// taken is an entry of a menu that somebody chose.
func (a *Adapter) taken(head chat.Header, x wireInteraction, r *reply) chat.Event {
	e := chat.ActionInvoked{Header: head, Action: a.action(x.Data.Name, x.Data.Type)}
	if m, ok := x.Data.Resolved.Messages[x.Data.Target]; ok {
		e.Message, e.Author = messageID(r.room, m.ID), a.actor(m.Author, m.Webhook)
	} else if u, ok := x.Data.Resolved.Users[x.Data.Target]; ok {
		e.Author = a.actor(u, "")
	} else {
		return nil
	}
	e.Reply = a.keep(r)
	return e
}
