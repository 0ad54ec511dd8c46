package mattermost

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/mattermost/mattermost/server/public/model"
)

// Spaces lists the teams that the bot works in.
func (a *Adapter) Spaces(ctx context.Context) ([]chat.SpaceID, error) {
	teams, err := a.askTeams(ctx, "spaces")
	var ids []chat.SpaceID
	for _, t := range teams {
		ids = append(ids, chat.SpaceID(t.Id))
	}
	return ids, err
}

// Person tells of an account what its owner shows to all.
func (a *Adapter) Person(ctx context.Context, user chat.UserID) (chat.Profile, error) {
	u, err := a.people.person(ctx, "person", string(user))
	if err != nil {
		return chat.Profile{}, err
	}
	return chat.Profile{
		User: user, Name: orElse(u.Nickname, orElse(strings.TrimSpace(u.FirstName+" "+u.LastName), u.Username)), Handle: u.Username,
		Zone: zone(u.Timezone), Language: u.Locale, Bot: u.IsBot,
	}, nil
}

// zone reads a profile's time zone: that of the person's device unless another was chosen.
func zone(z model.StringMap) string {
	if z["useAutomaticTimezone"] == "false" {
		return z["manualTimezone"]
	}
	return orElse(z["automaticTimezone"], z["manualTimezone"])
}

// Channel tells of a channel that the bot may see.
func (a *Adapter) Channel(ctx context.Context, channel chat.ChannelID) (chat.ChannelInfo, error) {
	c, err := a.rooms.channel(ctx, "channel", string(channel))
	if err != nil {
		return chat.ChannelInfo{}, err
	}
	return a.info(c), nil
}

func (a *Adapter) info(c *model.Channel) chat.ChannelInfo {
	return chat.ChannelInfo{
		Channel: chat.ChannelID(c.Id), Space: chat.SpaceID(c.TeamId), Name: c.Name,
		Direct:  c.Type == model.ChannelTypeDirect && a.withSelf(c.Name),
		Private: c.Type != model.ChannelTypeOpen,
	}
}

// Channels lists the rooms that the bot is in.
func (a *Adapter) Channels(ctx context.Context, space chat.SpaceID) ([]chat.ChannelInfo, error) {
	joined, err := a.joined(ctx, "channels")
	var all []chat.ChannelInfo
	for _, c := range joined {
		if c.TeamId != "" && (space == "" || c.TeamId == string(space)) {
			all = append(all, a.info(c))
		}
	}
	return all, err
}

// Members lists who is in a channel.
func (a *Adapter) Members(ctx context.Context, channel chat.ChannelID) ([]chat.UserID, error) {
	const op = "members"
	if !isID(string(channel)) {
		return nil, failed(op, chat.Gone, errNoRoom)
	}
	var all []chat.UserID
	for page := 0; ; page++ {
		some, answer, err := a.client.GetChannelMembers(ctx, string(channel), page, perPage, "")
		if err != nil {
			return nil, failure(op, answer, err)
		}
		for _, m := range some {
			all = append(all, chat.UserID(m.UserId))
		}
		if len(some) < perPage {
			return all, nil
		}
	}
}

// Group lists who is in a group. Servers without a license for groups have none.
func (a *Adapter) Group(ctx context.Context, _ chat.SpaceID, name string) ([]chat.UserID, error) {
	const op = "group"
	groups, answer, err := a.client.GetGroups(ctx, model.GroupSearchOpts{Q: strings.TrimPrefix(name, "@"), PageOpts: &model.PageOpts{PerPage: perPage}})
	if err != nil {
		if answer != nil && (answer.StatusCode == http.StatusNotImplemented || answer.StatusCode == http.StatusForbidden) {
			return nil, failed(op, chat.Refused, errors.New(`this server lets the bot see no groups: name the people, or the members of a channel`))
		}
		return nil, failure(op, answer, err)
	}
	for _, g := range groups {
		if g.Id == name || g.Name != nil && strings.EqualFold(*g.Name, strings.TrimPrefix(name, "@")) {
			return a.grouped(ctx, op, g.Id)
		}
	}
	return nil, failed(op, chat.Gone, errors.New("there is no such group"))
}

func (a *Adapter) grouped(ctx context.Context, op, group string) ([]chat.UserID, error) {
	var all []chat.UserID
	for page := 0; ; page++ {
		some, answer, err := a.client.GetUsersInGroup(ctx, group, page, perPage, "")
		if err != nil {
			return nil, failure(op, answer, err)
		}
		for _, u := range some {
			a.people.keep(u)
			all = append(all, chat.UserID(u.Id))
		}
		if len(some) < perPage {
			return all, nil
		}
	}
}

// Find looks up a person by name, address or identifier.
func (a *Adapter) Find(ctx context.Context, _ chat.SpaceID, name string) (chat.UserID, error) {
	const op = "find"
	name = strings.TrimPrefix(strings.TrimSpace(name), "@")
	if model.IsValidId(name) {
		if u, err := a.people.person(ctx, op, name); err == nil {
			return chat.UserID(u.Id), nil
		}
	}
	var u *model.User
	var answer *model.Response
	var err error
	if strings.Contains(name, "@") {
		u, answer, err = a.client.GetUserByEmail(ctx, name, "")
	} else if model.IsValidUsername(strings.ToLower(name)) {
		u, answer, err = a.client.GetUserByUsername(ctx, strings.ToLower(name), "")
	} else {
		return "", failed(op, chat.Gone, errNobody)
	}
	if err != nil {
		return "", failure(op, answer, err)
	}
	a.people.keep(u)
	return chat.UserID(u.Id), nil
}

// FindChannel looks up a channel by its name as it stands in its address.
func (a *Adapter) FindChannel(ctx context.Context, space chat.SpaceID, name string) (chat.ChannelID, error) {
	const op = "find channel"
	name = strings.ToLower(strings.TrimLeft(strings.TrimSpace(name), "#~"))
	if !isID(string(space)) || !model.IsValidChannelIdentifier(name) {
		return "", failed(op, chat.Gone, errNoRoom)
	}
	id, err := a.rooms.named(ctx, op, string(space), name)
	return chat.ChannelID(id), err
}

// group finds a group that can be mentioned, as far as it is known: groups need a license, and most servers have none.
func (r *rooms) group(name string) (string, bool) {
	id, ok := r.groups.find(name)
	return id, ok
}

// learnGroups asks which groups can be mentioned. A server that has none says so.
func (a *Adapter) learnGroups(ctx context.Context) {
	groups, _, err := a.client.GetGroups(ctx, model.GroupSearchOpts{FilterAllowReference: true, PageOpts: &model.PageOpts{PerPage: perPage}})
	if err != nil {
		return
	}
	for _, g := range groups {
		if g.Name != nil {
			a.rooms.groups.keep(strings.ToLower(*g.Name), g.Id)
		}
	}
}
