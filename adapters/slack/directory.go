package slack

import (
	"context"
	"net/url"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

const opDirectory = "slack directory"

// account is a person as Slack tells of them.
type account struct {
	ID      chat.UserID `json:"id"`
	Name    string      `json:"name"`
	Deleted bool        `json:"deleted"`
	IsBot   bool        `json:"is_bot"`
	Zone    string      `json:"tz"`
	Locale  string      `json:"locale"`
	Profile struct {
		Shown string `json:"display_name"`
		Real  string `json:"real_name"`
	} `json:"profile"`
}

func (u account) profile() chat.Profile {
	return chat.Profile{
		User: u.ID, Name: orElse(orElse(u.Profile.Shown, u.Profile.Real), u.Name), Handle: u.Name,
		Zone: u.Zone, Language: u.Locale, Bot: u.IsBot || u.ID == slackbot,
	}
}

// conversation is a channel as Slack tells of it.
type conversation struct {
	ID       chat.ChannelID `json:"id"`
	Name     string         `json:"name"`
	User     chat.UserID    `json:"user"`
	IsIM     bool           `json:"is_im"`
	Private  bool           `json:"is_private"`
	Archived bool           `json:"is_archived"`
}

func (c conversation) info(team chat.SpaceID) chat.ChannelInfo {
	return chat.ChannelInfo{Channel: c.ID, Space: team, Name: c.Name, Direct: c.IsIM, Private: c.Private || c.IsIM}
}

// Spaces is the one workspace that the token belongs to.
func (a *Adapter) Spaces(ctx context.Context) ([]chat.SpaceID, error) {
	me, err := a.known(ctx, opDirectory)
	if err != nil {
		return nil, err
	}
	return []chat.SpaceID{me.team}, nil
}

// Person is remembered for an hour.
func (a *Adapter) Person(ctx context.Context, user chat.UserID) (chat.Profile, error) {
	if p, ok := a.people.get(user); ok {
		return p, nil
	}
	if !isID(string(user)) {
		return chat.Profile{}, failed(opDirectory, chat.Gone, "there is no such person")
	}
	var got struct {
		User account `json:"user"`
	}
	if err := a.call(ctx, opDirectory, "users.info", url.Values{"user": {string(user)}, "include_locale": {"true"}}, &got); err != nil {
		return chat.Profile{}, err
	}
	if got.User.Deleted {
		return chat.Profile{}, failed(opDirectory, chat.Gone, "the account was deactivated")
	}
	p := got.User.profile()
	a.people.put(user, p)
	return p, nil
}

// Channel is remembered for an hour.
func (a *Adapter) Channel(ctx context.Context, channel chat.ChannelID) (chat.ChannelInfo, error) {
	if c, ok := a.rooms.get(channel); ok {
		return c, nil
	}
	me, err := a.known(ctx, opDirectory)
	if err != nil {
		return chat.ChannelInfo{}, err
	}
	if !isID(string(channel)) {
		return chat.ChannelInfo{}, failed(opDirectory, chat.Gone, "there is no such channel")
	}
	var got struct {
		Channel conversation `json:"channel"`
	}
	if err := a.call(ctx, opDirectory, "conversations.info", url.Values{"channel": {string(channel)}}, &got); err != nil {
		return chat.ChannelInfo{}, err
	}
	c := got.Channel.info(me.team)
	me.place(channel, got.Channel.kind())
	a.rooms.put(channel, c)
	return c, nil
}

// Channels lists the rooms that the bot is in, public and private.
func (a *Adapter) Channels(ctx context.Context, space chat.SpaceID) ([]chat.ChannelInfo, error) {
	if err := a.inSpace(ctx, space); err != nil {
		return nil, err
	}
	return a.conversations(ctx, opDirectory, "public_channel,private_channel")
}

// conversations lists what the bot is in. Where a scope for some is missing, it lists the others.
func (a *Adapter) conversations(ctx context.Context, op, types string) ([]chat.ChannelInfo, error) {
	me, err := a.known(ctx, op)
	if err != nil {
		return nil, err
	}
	var all []chat.ChannelInfo
	for _, kind := range strings.Split(types, ",") {
		err := a.listed(ctx, op, kind, func(c conversation) {
			me.place(c.ID, c.kind())
			if !c.Archived {
				all = append(all, c.info(me.team))
			}
		})
		if err != nil && !said(err, "missing_scope") {
			return nil, err
		}
	}
	return all, nil
}

func (a *Adapter) listed(ctx context.Context, op, kind string, each func(conversation)) error {
	args := url.Values{"types": {kind}, "exclude_archived": {"true"}, "limit": {pageSize}}
	for {
		var page struct {
			Channels []conversation `json:"channels"`
			Metadata struct {
				NextCursor string `json:"next_cursor"`
			} `json:"response_metadata"`
		}
		if err := a.patiently(ctx, func() error { return a.call(ctx, op, "users.conversations", args, &page) }); err != nil {
			return err
		}
		for _, c := range page.Channels {
			each(c)
		}
		if page.Metadata.NextCursor == "" {
			return nil
		}
		args.Set("cursor", page.Metadata.NextCursor)
	}
}

// Members lists who is in a room, programs too.
func (a *Adapter) Members(ctx context.Context, channel chat.ChannelID) ([]chat.UserID, error) {
	if !isID(string(channel)) {
		return nil, failed(opDirectory, chat.Gone, "there is no such channel")
	}
	var all []chat.UserID
	args := url.Values{"channel": {string(channel)}, "limit": {pageSize}}
	for {
		var page struct {
			Members  []chat.UserID `json:"members"`
			Metadata struct {
				NextCursor string `json:"next_cursor"`
			} `json:"response_metadata"`
		}
		if err := a.patiently(ctx, func() error { return a.call(ctx, opDirectory, "conversations.members", args, &page) }); err != nil {
			return nil, err
		}
		all = append(all, page.Members...)
		if page.Metadata.NextCursor == "" {
			return all, nil
		}
		args.Set("cursor", page.Metadata.NextCursor)
	}
}

// FindChannel looks among the rooms that the bot is in.
func (a *Adapter) FindChannel(ctx context.Context, space chat.SpaceID, name string) (chat.ChannelID, error) {
	all, err := a.Channels(ctx, space)
	if err != nil {
		return "", err
	}
	name = strings.TrimPrefix(name, "#")
	for _, c := range all {
		if string(c.Channel) == name || strings.EqualFold(c.Name, name) {
			return c.Channel, nil
		}
	}
	return "", failed(opDirectory, chat.Gone, "the bot is in no channel of that name; invite it there with /invite")
}

func (a *Adapter) inSpace(ctx context.Context, space chat.SpaceID) error {
	me, err := a.known(ctx, opDirectory)
	if err != nil {
		return err
	}
	if space != "" && space != me.team {
		return failed(opDirectory, chat.Gone, "this connection has no such workspace")
	}
	return nil
}
