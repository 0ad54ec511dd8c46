package mattermost

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/mattermost/mattermost/server/public/model"
)

// propKey is the property of the bot's own posts that holds the delivery key. Whoever may read a post may read it.
const propKey = "gofirst_key"

// placeTries is how often it is asked where something happens: for about six seconds.
const placeTries = 7

// receive sorts a live event into its channel's lane. What the bot has no use for is let go.
func (a *Adapter) receive(l *lanes, f *frame) {
	switch f.Event {
	case "posted", "post_edited", "post_deleted":
		a.receivePost(l, f)
	case "reaction_added", "reaction_removed":
		a.receiveReaction(l, f)
	case "user_added", "user_removed":
		a.receiveMember(l, f)
	case "channel_updated", "channel_converted", "channel_deleted", "channel_restored":
		a.rooms.forget(firstOf(f.Broadcast.ChannelID, f.text("channel_id")))
	case "added_to_team", "leave_team":
		a.receiveTeam(l, f)
	}
}

// receivePost unpacks a post. It comes as JSON inside a string.
func (a *Adapter) receivePost(l *lanes, f *frame) {
	p, ok := decodePost(f.text("post"))
	if !ok || p.OriginalId != "" {
		return
	}
	switch f.Event {
	case "posted":
		info := &model.Channel{Id: p.ChannelId, TeamId: firstOf(f.text("team_id"), f.Broadcast.TeamID), Name: f.text("channel_name"), Type: model.ChannelType(f.text("channel_type"))}
		if info.Type == "" {
			info = nil // an old server, or a strange one
		}
		l.add(p.ChannelId, item{at: p.CreateAt, events: func(ctx context.Context) []chat.Event { return a.posted(ctx, p, info) }})
	case "post_edited":
		if p.EditAt > 0 { // a pin or a preview is no edit
			l.add(p.ChannelId, item{at: p.EditAt, events: func(ctx context.Context) []chat.Event { return a.edited(ctx, p) }})
		}
	case "post_deleted":
		by := firstOf(f.text("delete_by"), f.text("deleteBy"))
		l.add(p.ChannelId, item{at: p.DeleteAt, events: func(ctx context.Context) []chat.Event { return a.deleted(ctx, p, by) }})
	}
}

func decodePost(text string) (*model.Post, bool) {
	var p model.Post
	if json.Unmarshal([]byte(text), &p) != nil || p.Id == "" || p.ChannelId == "" {
		return nil, false
	}
	return &p, true
}

// posted tells a post, and who joined or left where that is what the server posts.
func (a *Adapter) posted(ctx context.Context, p *model.Post, info *model.Channel) []chat.Event {
	place, ok := a.place(ctx, p.ChannelId, info)
	if !ok {
		return nil
	}
	place.Thread = chat.MessageID(p.RootId)
	a.posts.keep(p.Id, postNote{p.ChannelId, p.RootId})
	m := chat.MessagePosted{
		Header:  a.header(p, place, "p", p.CreateAt),
		Message: chat.MessageID(p.Id), Attachments: len(p.FileIds), System: strings.HasPrefix(p.Type, model.PostSystemMessagePrefix),
	}
	m.Text, m.References = a.plain(ctx, a.asWritten(p), string(place.Space), nil)
	if m.Actor.Self {
		m.Key, _ = p.GetProp(propKey).(string)
	}
	events := []chat.Event{m}
	if m.System {
		events = append(events, a.membership(ctx, p, m.Header)...)
	}
	return events
}

// header is that of an event about a post.
func (a *Adapter) header(p *model.Post, place chat.Place, sign string, at int64) chat.Header {
	return chat.Header{
		ID: chat.EventID(sign + p.Id), Place: place, Actor: a.author(p), Time: time.UnixMilli(at), Cursor: cursor(at),
	}
}

// author says who wrote a post. What a program posts in a person's name is a program's: the answer to a slash
// command, a webhook, a plugin, another application.
func (a *Adapter) author(p *model.Post) chat.Actor {
	who := chat.Actor{User: chat.UserID(p.UserId)}
	program := strings.HasPrefix(p.Type, model.PostCustomTypePrefix)
	for _, prop := range []string{model.PostPropsFromBot, model.PostPropsFromWebhook, model.PostPropsFromPlugin, model.PostPropsFromOAuthApp} {
		v := p.GetProp(prop)
		program = program || v == "true" || v == true
	}
	who.Self = p.UserId == a.selfID()
	who.Bot = program || who.Self
	if u, ok := a.people.byID.find(p.UserId); ok && u.IsBot {
		who.Bot = true
	}
	return who
}

func (a *Adapter) edited(ctx context.Context, p *model.Post) []chat.Event {
	place, ok := a.place(ctx, p.ChannelId, nil)
	if !ok {
		return nil
	}
	place.Thread = chat.MessageID(p.RootId)
	e := chat.MessageEdited{Header: a.header(p, place, "e", p.EditAt), Message: chat.MessageID(p.Id)}
	e.ID += chat.EventID(":" + strconv.FormatInt(p.EditAt, 10))
	e.Text, e.References = a.plain(ctx, a.asWritten(p), string(place.Space), nil)
	return []chat.Event{e}
}

// deleted tells that a post is gone, by whom where the server says so.
func (a *Adapter) deleted(ctx context.Context, p *model.Post, by string) []chat.Event {
	place, ok := a.place(ctx, p.ChannelId, nil)
	if !ok {
		return nil
	}
	place.Thread = chat.MessageID(p.RootId)
	at := p.DeleteAt
	if at == 0 {
		at = a.now().UnixMilli()
	}
	e := chat.MessageDeleted{Header: a.header(p, place, "d", at), Message: chat.MessageID(p.Id)}
	if by = firstOf(by, propText(p, model.PostPropsDeleteBy)); by != "" {
		e.Actor = a.actor(ctx, by)
	}
	if p.DeleteAt == 0 {
		e.Cursor = "" // only the server's time is one to continue from
	}
	return []chat.Event{e}
}

// place says where something happens; false where the bot is not to work there.
func (a *Adapter) place(ctx context.Context, channel string, info *model.Channel) (chat.Place, bool) {
	place := chat.Place{Channel: chat.ChannelID(channel)}
	if info == nil {
		var err error
		if info, err = a.certainly(ctx, channel); err != nil {
			return place, true // told without its space rather than not at all
		}
	}
	place.Space = chat.SpaceID(info.TeamId)
	place.Direct = info.Type == model.ChannelTypeDirect && (info.Name == "" || a.withSelf(info.Name))
	return place, a.works(info.TeamId)
}

// certainly asks for a channel again where the server does not answer, for a while: a conversation in private that is
// told as if it were in a room would be answered as if it were.
func (a *Adapter) certainly(ctx context.Context, channel string) (c *model.Channel, err error) {
	wait := firstPause
	for range placeTries {
		if c, err = a.rooms.channel(ctx, "channel", channel); err == nil || denied(err) || ctx.Err() != nil {
			break
		}
		pause(ctx, wait)
		wait *= 2
	}
	return c, err
}

func propText(p *model.Post, name string) string {
	s, _ := p.GetProp(name).(string)
	return s
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
