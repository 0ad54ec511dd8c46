package mattermost

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/mattermost/mattermost/server/public/model"
)

var (
	errNobody = errors.New("there is no such person")
	errNoRoom = errors.New("there is no such channel")
	errNoPost = errors.New("there is no such message")
	errNoTeam = errors.New("there is no such team")
	errAnswer = errors.New("the server's answer makes no sense")
)

// rooms knows channels by identifier and by name, for a while, and the bot's conversations.
type rooms struct {
	a      *Adapter
	byID   *cache[string, *model.Channel]
	byName *cache[[2]string, string] // team and name; empty: there is none
	direct *cache[chat.UserID, string]
	inside *cache[string, bool]   // whether the bot is in a channel
	groups *cache[string, string] // by name
}

func newRooms(a *Adapter) *rooms {
	return &rooms{
		a:      a,
		byID:   newCache[string, *model.Channel](a.now, 10*time.Minute, 20_000),
		byName: newCache[[2]string, string](a.now, 10*time.Minute, 20_000),
		direct: newCache[chat.UserID, string](a.now, 24*time.Hour, 20_000),
		inside: newCache[string, bool](a.now, 10*time.Minute, 20_000),
		groups: newCache[string, string](a.now, 24*time.Hour, 2_000),
	}
}

func (r *rooms) keep(c *model.Channel) {
	r.byID.keep(c.Id, c)
	if c.TeamId != "" {
		r.byName.keep([2]string{c.TeamId, c.Name}, c.Id)
	}
}

// forget makes the next question about a channel go to the server.
func (r *rooms) forget(id string) {
	r.byID.take(id)
	r.inside.take(id)
}

// channel gives a channel.
func (r *rooms) channel(ctx context.Context, op, id string) (*model.Channel, error) {
	if c, ok := r.byID.find(id); ok {
		return c, nil
	}
	if !isID(id) {
		return nil, failed(op, chat.Gone, errNoRoom)
	}
	c, answer, err := r.a.client.GetChannel(ctx, id)
	if err != nil {
		return nil, failure(op, answer, err)
	}
	if c.Id != id {
		return nil, failed(op, chat.Unsure, errAnswer)
	}
	r.keep(c)
	return c, nil
}

// named finds a channel of a team by its name, and remembers where there is none.
func (r *rooms) named(ctx context.Context, op, team, name string) (string, error) {
	key := [2]string{team, name}
	if id, ok := r.byName.find(key); ok {
		if id == "" {
			return "", failed(op, chat.Gone, errNoRoom)
		}
		return id, nil
	}
	c, answer, err := r.a.client.GetChannelByName(ctx, name, team, "")
	if err != nil {
		err = failure(op, answer, err)
		if k := kind(err); k == chat.Gone || k == chat.Refused {
			r.byName.keep(key, "")
		}
		return "", err
	}
	r.keep(c)
	return c.Id, nil
}

// conversation gives the channel of the bot's conversation with a person, opening it where there is none yet.
func (r *rooms) conversation(ctx context.Context, op string, user chat.UserID) (string, error) {
	if id, ok := r.direct.find(user); ok {
		return id, nil
	}
	if !isID(string(user)) {
		return "", failed(op, chat.Gone, errNobody)
	}
	self, err := r.a.account(ctx, op)
	if err != nil {
		return "", unsent(err)
	}
	c, answer, err := r.a.client.CreateDirectChannel(ctx, self.Id, string(user))
	if err != nil {
		return "", unsent(failure(op, answer, err))
	}
	if c.Id == "" {
		return "", failed(op, chat.Later, errAnswer)
	}
	r.direct.keep(user, c.Id)
	r.inside.keep(c.Id, true)
	r.keep(c)
	return c.Id, nil
}

// withSelf says whether a direct channel is one between a person and the bot.
func (a *Adapter) withSelf(name string) bool {
	self := a.selfID()
	return self != "" && slices.Contains(strings.Split(name, "__"), self)
}

// account gives the bot's own account, and asks for it where no connection has yet.
func (a *Adapter) account(ctx context.Context, op string) (*model.User, error) {
	if me := a.me(); me != nil {
		return me, nil
	}
	me, answer, err := a.client.GetMe(ctx, "")
	if err != nil {
		return nil, failure(op, answer, err)
	}
	if !isID(me.Id) {
		return nil, failed(op, chat.Unsure, errAnswer)
	}
	a.people.keep(me)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.self = me
	return me, nil
}

// spaces gives the teams to work in, and asks for them where they are not known yet.
func (a *Adapter) spaces(ctx context.Context, op string) ([]*model.Team, error) {
	if teams := a.ownTeams(); teams != nil {
		return teams, nil
	}
	return a.askTeams(ctx, op)
}

func (a *Adapter) askTeams(ctx context.Context, op string) ([]*model.Team, error) {
	me, err := a.account(ctx, op)
	if err != nil {
		return nil, err
	}
	all, answer, err := a.client.GetTeamsForUser(ctx, me.Id, "")
	if err != nil {
		return nil, failure(op, answer, err)
	}
	teams := make([]*model.Team, 0, len(all))
	for _, t := range all {
		if len(a.cfg.Teams) == 0 || slices.Contains(a.cfg.Teams, t.Name) {
			teams = append(teams, t)
		}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.teams = teams
	return teams, nil
}

// works says whether the bot is to work in a team; what belongs to no team is nobody's business but the person's.
func (a *Adapter) works(team string) bool {
	if team == "" || len(a.cfg.Teams) == 0 {
		return true
	}
	return slices.ContainsFunc(a.ownTeams(), func(t *model.Team) bool { return t.Id == team })
}

// joined gives the channels that the bot is in, each once.
func (a *Adapter) joined(ctx context.Context, op string) ([]*model.Channel, error) {
	teams, err := a.spaces(ctx, op)
	if err != nil {
		return nil, err
	}
	var all []*model.Channel
	seen := map[string]bool{}
	for _, t := range teams {
		some, answer, err := a.client.GetChannelsForTeamForUser(ctx, t.Id, a.selfID(), false, "")
		if err != nil {
			return nil, failure(op, answer, err)
		}
		for _, c := range some {
			if seen[c.Id] || c.DeleteAt != 0 || !a.works(c.TeamId) {
				continue
			}
			seen[c.Id] = true
			a.rooms.keep(c)
			a.rooms.inside.keep(c.Id, true)
			all = append(all, c)
		}
	}
	return all, nil
}
