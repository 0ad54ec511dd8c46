package discord

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"github.com/gofirst/gofirst/bot/chat"
)

// Members lists who can see a channel. The service tells it only where the Server Members Intent is granted.
func (a *Adapter) Members(ctx context.Context, channel chat.ChannelID) ([]chat.UserID, error) {
	var c wireChannel
	if snowflake(string(channel)) == 0 {
		return nil, failed("members", chat.Gone, "there is no such channel")
	}
	if err := a.call(ctx, request{op: "members", method: "GET", path: "/channels/" + string(channel)}, &c); err != nil {
		return nil, err
	}
	if roomOf(c).direct() {
		var all []chat.UserID
		for _, u := range c.Recipients {
			all = append(all, chat.UserID(u.ID))
		}
		return all, nil
	}
	if c.Parent != "" && roomOf(c).thread() {
		return a.Members(ctx, chat.ChannelID(c.Parent))
	}
	return a.members(ctx, "members", c.Guild, func(m wireMember, roles []wireRole) bool {
		return permissions(c.Guild, m.User.ID, roles, m.Roles, c.Overwrites)&discordgo.PermissionViewChannel != 0
	})
}

// members lists a server's people of whom something holds.
func (a *Adapter) members(ctx context.Context, op, guild string, is func(wireMember, []wireRole) bool) ([]chat.UserID, error) {
	if s := a.Sees(); s.Known && !s.Members {
		return nil, failed(op, chat.Refused, "the Server Members Intent is off; switch it on on the application's Bot page")
	}
	var roles []wireRole
	if err := a.call(ctx, request{op: op, method: "GET", path: "/guilds/" + guild + "/roles"}, &roles); err != nil {
		return nil, err
	}
	var all []chat.UserID
	for after := "0"; ; {
		var page []wireMember
		if err := a.call(ctx, request{op: op, method: "GET", path: "/guilds/" + guild + "/members?limit=1000&after=" + after}, &page); err != nil {
			return nil, err
		}
		for _, m := range page {
			if is(m, roles) {
				all = append(all, chat.UserID(m.User.ID))
			}
		}
		if len(page) < 1000 {
			return all, nil
		}
		after = page[len(page)-1].User.ID
	}
}

// Group lists who has a role, given by its name or identifier.
func (a *Adapter) Group(ctx context.Context, space chat.SpaceID, name string) ([]chat.UserID, error) {
	if snowflake(string(space)) == 0 {
		return nil, failed("group", chat.Gone, "there is no such server")
	}
	var roles []wireRole
	if err := a.call(ctx, request{op: "group", method: "GET", path: "/guilds/" + string(space) + "/roles"}, &roles); err != nil {
		return nil, err
	}
	name = strings.TrimPrefix(strings.Trim(strings.TrimSpace(name), "<>"), "@")
	name = strings.TrimPrefix(name, "&")
	for _, r := range roles {
		if r.ID == name || strings.EqualFold(strings.TrimPrefix(r.Name, "@"), name) {
			return a.members(ctx, "group", string(space), func(m wireMember, _ []wireRole) bool {
				return r.ID == string(space) || slices.Contains(m.Roles, r.ID)
			})
		}
	}
	return nil, failed("group", chat.Gone, "there is no such role")
}

// idDigits are those of the shortest identifier that a person can have; a shorter number is a name.
const idDigits = 15

// Find looks a person up by identifier, mention, user name, or the name that others see, if only one person has it.
func (a *Adapter) Find(ctx context.Context, space chat.SpaceID, name string) (chat.UserID, error) {
	name = strings.TrimPrefix(strings.Trim(strings.TrimSpace(name), "<>"), "@")
	if id := strings.TrimPrefix(name, "!"); len(id) >= idDigits && snowflake(id) != 0 {
		p, err := a.Person(ctx, chat.UserID(id))
		return p.User, err
	}
	if name == "" || snowflake(string(space)) == 0 {
		return "", failed("find", chat.Gone, "there is no such person")
	}
	var found []wireMember
	path := "/guilds/" + string(space) + "/members/search?limit=100&query=" + url.QueryEscape(name)
	if err := a.call(ctx, request{op: "find", method: "GET", path: path}, &found); err != nil {
		return "", err
	}
	var shown []string
	for _, m := range found {
		switch {
		case strings.EqualFold(m.User.Username, name):
			return chat.UserID(m.User.ID), nil
		case strings.EqualFold(m.User.Display, name), strings.EqualFold(m.Nick, name):
			shown = append(shown, m.User.ID)
		}
	}
	switch len(shown) {
	case 0:
		return "", failed("find", chat.Gone, "there is no such person")
	case 1:
		return chat.UserID(shown[0]), nil
	}
	return "", failed("find", chat.Refused, "several people have this name; give the user name")
}

// FindChannel looks a channel up by its name or identifier.
func (a *Adapter) FindChannel(ctx context.Context, space chat.SpaceID, name string) (chat.ChannelID, error) {
	name = strings.TrimPrefix(strings.Trim(strings.TrimSpace(name), "<>"), "#")
	s, err := a.visible(ctx, "channel", space)
	if err != nil {
		return "", err
	}
	for _, c := range s.channels {
		if s.may[c.ID]&discordgo.PermissionViewChannel != 0 && (c.ID == name || strings.EqualFold(c.Name, name)) && (roomOf(c).spoken() || roomOf(c).forum()) {
			return chat.ChannelID(c.ID), nil
		}
	}
	return "", failed("channel", chat.Gone, "there is no such channel")
}
