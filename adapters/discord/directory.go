package discord

import (
	"context"

	"github.com/bwmarrin/discordgo"

	"github.com/gofirst/gofirst/bot/chat"
)

type asking func(context.Context, request, any) error

// ownGuilds lists the servers that the bot is in.
func (a *Adapter) ownGuilds(ctx context.Context, op string, ask asking) ([]wireGuild, error) {
	var all []wireGuild
	for after := "0"; ; {
		var page []wireGuild
		if err := ask(ctx, request{op: op, method: "GET", path: "/users/@me/guilds?limit=200&after=" + after}, &page); err != nil {
			return nil, err
		}
		all = append(all, page...)
		if len(page) < 200 {
			break
		}
		after = page[len(page)-1].ID
	}
	if a.me() != "" {
		return all, nil
	}
	_, err := a.application(ctx, op)
	return all, err
}

// Spaces lists the servers.
func (a *Adapter) Spaces(ctx context.Context) ([]chat.SpaceID, error) {
	all, err := a.ownGuilds(ctx, "spaces", a.call)
	var ids []chat.SpaceID
	for _, g := range all {
		ids = append(ids, chat.SpaceID(g.ID))
	}
	return ids, err
}

// Person tells what the service tells of everybody: no time zone, and a language only after somebody used a command.
func (a *Adapter) Person(ctx context.Context, user chat.UserID) (chat.Profile, error) {
	if snowflake(string(user)) == 0 {
		return chat.Profile{}, failed("person", chat.Gone, "there is no such person")
	}
	var u wireUser
	if err := a.call(ctx, request{op: "person", method: "GET", path: "/users/" + string(user)}, &u); err != nil {
		return chat.Profile{}, err
	}
	a.names.put(u.ID, u.name())
	language, _ := a.locales.get(u.ID)
	return chat.Profile{User: chat.UserID(u.ID), Name: u.name(), Handle: u.Username, Language: language, Bot: u.Bot}, nil
}

// Channel tells of a channel, a thread's parent being told as itself.
func (a *Adapter) Channel(ctx context.Context, channel chat.ChannelID) (chat.ChannelInfo, error) {
	if snowflake(string(channel)) == 0 {
		return chat.ChannelInfo{}, failed("channel", chat.Gone, "there is no such channel")
	}
	var c wireChannel
	if err := a.call(ctx, request{op: "channel", method: "GET", path: "/channels/" + string(channel)}, &c); err != nil {
		return chat.ChannelInfo{}, err
	}
	a.learnRoom(c)
	return info(c), nil
}

func info(c wireChannel) chat.ChannelInfo {
	i := chat.ChannelInfo{Channel: chat.ChannelID(c.ID), Space: chat.SpaceID(c.Guild), Name: c.Name, Direct: roomOf(c).direct(), Private: roomOf(c).direct()}
	for _, o := range c.Overwrites {
		if o.ID == c.Guild && o.Deny&discordgo.PermissionViewChannel != 0 {
			i.Private = true
		}
	}
	return i
}

// Channels lists the channels that the bot can see: a bot is in all of them.
func (a *Adapter) Channels(ctx context.Context, space chat.SpaceID) ([]chat.ChannelInfo, error) {
	spaces := []chat.SpaceID{space}
	if space == "" {
		var err error
		if spaces, err = a.Spaces(ctx); err != nil {
			return nil, err
		}
	}
	var all []chat.ChannelInfo
	for _, g := range spaces {
		s, err := a.visible(ctx, "channels", g)
		if err != nil {
			return nil, err
		}
		for _, c := range s.channels {
			if s.may[c.ID]&discordgo.PermissionViewChannel != 0 && (roomOf(c).spoken() || roomOf(c).forum()) {
				all = append(all, info(c))
			}
		}
	}
	return all, nil
}

func (a *Adapter) visible(ctx context.Context, op string, space chat.SpaceID) (survey, error) {
	if snowflake(string(space)) == 0 {
		return survey{}, failed(op, chat.Gone, "there is no such server")
	}
	if a.me() == "" {
		if _, err := a.application(ctx, op); err != nil {
			return survey{}, err
		}
	}
	return a.survey(ctx, op, string(space), a.call)
}
