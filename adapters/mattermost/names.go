package mattermost

import (
	"context"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/mattermost/mattermost/server/public/model"
)

// known names what the adapter has heard of.
type known struct{ a *Adapter }

func (k known) person(u chat.UserID) string { return k.a.people.handle(string(u)) }

func (k known) room(c chat.ChannelID) string {
	if info, ok := k.a.rooms.byID.find(string(c)); ok && info.TeamId != "" {
		return info.Name
	}
	return ""
}

func (k known) permalink(c chat.ChannelID, m chat.MessageID) string {
	if !isID(string(m)) {
		return ""
	}
	team := "_redirect" // leads on to wherever the message is
	if info, ok := k.a.rooms.byID.find(string(c)); ok {
		for _, t := range k.a.ownTeams() {
			if t.Id == info.TeamId {
				team = t.Name
			}
		}
	}
	return k.a.cfg.Server + "/" + team + "/pl/" + string(m)
}

// longest gives names as long as any can be.
type longest struct{ server string }

func (l longest) person(chat.UserID) string  { return strings.Repeat("_", model.UserNameMaxLength) }
func (l longest) room(chat.ChannelID) string { return strings.Repeat("x", model.ChannelNameMaxLength) }
func (l longest) permalink(_ chat.ChannelID, m chat.MessageID) string {
	return l.server + "/" + strings.Repeat("x", model.TeamNameMaxLength) + "/pl/" + string(m)
}

// prepare asks for the names of all that a message mentions, as far as they are not known. Whom nobody knows stays
// without a name.
func (a *Adapter) prepare(ctx context.Context, op string, body []chat.Node) error {
	var people []string
	rooms := map[chat.ChannelID]bool{}
	walk(body, func(n chat.Node) {
		switch n := n.(type) {
		case chat.Mention:
			people = append(people, string(n.User))
		case chat.Room:
			rooms[n.Channel] = true
		case chat.PostLink:
			rooms[n.Channel] = true
		}
	})
	for c := range rooms {
		if _, err := a.rooms.channel(ctx, op, string(c)); err != nil && kind(err) != chat.Gone && kind(err) != chat.Refused {
			return err
		}
	}
	if len(rooms) > 0 {
		if _, err := a.spaces(ctx, op); err != nil {
			return err
		}
	}
	return a.people.names(ctx, op, people)
}

func walk(nodes []chat.Node, visit func(chat.Node)) {
	for _, n := range nodes {
		visit(n)
		switch n := n.(type) {
		case chat.Bold:
			walk(n, visit)
		case chat.Italic:
			walk(n, visit)
		case chat.Quote:
			walk(n, visit)
		case chat.List:
			for _, item := range n {
				walk(item, visit)
			}
		}
	}
}
