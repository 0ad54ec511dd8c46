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

// receiveReaction unpacks a reaction. The server tells one again that is set already: that is no event.
func (a *Adapter) receiveReaction(l *lanes, f *frame) {
	var r model.Reaction
	if json.Unmarshal([]byte(f.text("reaction")), &r) != nil || r.PostId == "" || r.UserId == "" || r.EmojiName == "" {
		return
	}
	channel := firstOf(f.Broadcast.ChannelID, r.ChannelId)
	if channel == "" {
		return
	}
	present := f.Event == "reaction_added"
	l.add(channel, item{events: func(ctx context.Context) []chat.Event { return a.reacted(ctx, r, channel, present) }})
}

func (a *Adapter) reacted(ctx context.Context, r model.Reaction, channel string, present bool) []chat.Event {
	place, ok := a.place(ctx, channel, nil)
	if !ok {
		return nil
	}
	if note, ok := a.posts.find(r.PostId); ok {
		place.Thread = chat.MessageID(note.root)
	}
	at := r.CreateAt
	if !present {
		at = max(r.DeleteAt, r.UpdateAt)
	}
	if at == 0 { // old servers do not say when a reaction was taken back
		at = a.now().UnixMilli()
	}
	sign := "-"
	if present {
		sign = "+"
	}
	return a.news(chat.Reaction{
		Header: chat.Header{
			ID:    chat.EventID("r" + r.PostId + r.UserId + sign + strconv.FormatInt(at, 10) + r.EmojiName),
			Place: place, Actor: a.actor(ctx, r.UserId), Time: time.UnixMilli(at),
		},
		Message: chat.MessageID(r.PostId), Emoji: plainEmoji(r.EmojiName), Present: present,
	})
}

// plainEmoji leaves out the colour of a skin.
func plainEmoji(name string) string {
	for _, tone := range []string{"_medium_light_skin_tone", "_medium_dark_skin_tone", "_light_skin_tone", "_medium_skin_tone", "_dark_skin_tone"} {
		name = strings.TrimSuffix(name, tone)
	}
	return name
}

// receiveMember takes what the server tells live of who enters and leaves. The same is told by a system post, which
// can also be read later: whichever comes first is the event.
func (a *Adapter) receiveMember(l *lanes, f *frame) {
	channel := firstOf(f.Broadcast.ChannelID, f.text("channel_id"))
	user := firstOf(f.text("user_id"), f.Broadcast.UserID)
	if channel == "" || user == "" {
		return
	}
	joined := f.Event == "user_added"
	a.rooms.inside.take(channel)
	l.add(channel, item{events: func(ctx context.Context) []chat.Event {
		place, ok := a.place(ctx, channel, nil)
		if !ok || place.Direct {
			return nil
		}
		now := a.now()
		h := chat.Header{ID: chat.EventID(channel + user + strconv.FormatInt(now.UnixMilli(), 10)), Place: place, Time: now}
		return a.entered(ctx, h, user, joined)
	}})
}

// membership tells who joined or left, as a system post has it.
func (a *Adapter) membership(ctx context.Context, p *model.Post, h chat.Header) []chat.Event {
	user, joined := p.UserId, true
	switch p.Type {
	case model.PostTypeJoinChannel, model.PostTypeGuestJoinChannel:
	case model.PostTypeAddToChannel, model.PostTypeAddGuestToChannel:
		user = firstOf(propText(p, model.PostPropsAddedUserId), p.UserId)
	case model.PostTypeJoinTeam, model.PostTypeAddToTeam:
		user = firstOf(propText(p, model.PostPropsAddedUserId), p.UserId)
		h.Place.Channel = ""
	case model.PostTypeLeaveChannel:
		joined = false
	case model.PostTypeRemoveFromChannel:
		user, joined = firstOf(propText(p, "removedUserId"), p.UserId), false
	case model.PostTypeLeaveTeam, model.PostTypeRemoveFromTeam:
		joined = false
		h.Place.Channel = ""
	default:
		return nil
	}
	h.ID, h.Cursor, h.Place.Thread = chat.EventID(p.Id), "", ""
	return a.entered(ctx, h, user, joined)
}

// entered tells a change of membership once.
func (a *Adapter) entered(ctx context.Context, h chat.Header, user string, joined bool) []chat.Event {
	if user == a.selfID() && h.Place.Channel != "" {
		a.rooms.inside.keep(string(h.Place.Channel), joined)
	}
	h.Actor = a.actor(ctx, user)
	if joined {
		h.ID = "j" + h.ID
		return a.news(chat.MemberJoined{Header: h})
	}
	h.ID = "l" + h.ID
	return a.news(chat.MemberLeft{Header: h})
}

// news leaves out what was stored already: that something is as it is.
func (a *Adapter) news(e chat.Event) []chat.Event {
	if thing, present := state(e); thing != "" {
		if before, known := a.present.find(thing); known && before == present {
			return nil
		}
	}
	return []chat.Event{e}
}

// state gives what an event says is so or no longer, empty where it says no such thing.
func state(e chat.Event) (thing string, present bool) {
	member := func(h chat.Header) string {
		return "m " + string(h.Place.Space) + " " + string(h.Place.Channel) + " " + string(h.Actor.User)
	}
	switch e := e.(type) {
	case chat.Reaction:
		return "r " + string(e.Message) + " " + string(e.Actor.User) + " " + e.Emoji, e.Present
	case chat.MemberJoined:
		return member(e.Header), true
	case chat.MemberLeft:
		return member(e.Header), false
	}
	return "", false
}

// receiveTeam makes the next question about teams go to the server where the bot enters or leaves one.
func (a *Adapter) receiveTeam(l *lanes, f *frame) {
	if firstOf(f.text("user_id"), f.Broadcast.UserID) != a.selfID() {
		return
	}
	l.add("", item{events: func(ctx context.Context) []chat.Event {
		if _, err := a.askTeams(ctx, "teams"); err != nil {
			a.log.Warn("the teams could not be asked for", "error", err)
		}
		return nil
	}})
}
