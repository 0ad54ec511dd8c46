package mattermost

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/mattermost/mattermost/server/public/model"
)

// maxSkew is how far clocks may be apart before times in digests look wrong.
const maxSkew = 30 * time.Second

// Examine looks at everything that has to be set up, from the token to the way back from the server.
func (a *Adapter) Examine(ctx context.Context) []chat.Finding {
	e := &examination{a: a}
	if !e.token(ctx) {
		return e.all
	}
	e.version()
	e.clock()
	e.teams(ctx)
	e.channels(ctx)
	e.socket(ctx)
	e.config(ctx)
	e.roles(ctx)
	e.hooks(ctx)
	e.command(ctx)
	return e.all
}

type examination struct {
	a     *Adapter
	me    *model.User
	found []*model.Team
	all   []chat.Finding
}

func (e *examination) well(what, why string) { e.add(what, chat.Well, why, "") }

func (e *examination) add(what string, h chat.Health, why, do string) {
	e.all = append(e.all, chat.Finding{What: what, State: h, Why: why, Do: do})
}

func (e *examination) token(ctx context.Context) bool {
	me, answer, err := e.a.client.GetMe(ctx, "")
	switch {
	case err != nil && answer != nil && answer.StatusCode == http.StatusUnauthorized:
		e.add("bot token", chat.Ill, "the server does not know it", "make a new token: Integrations > Bot Accounts > the bot > Create New Token, and put it into the file that token_file names")
		return false
	case err != nil:
		e.add("server", chat.Ill, failure("examine", answer, err).Error(), "look whether the server's address is right and can be reached from here")
		return false
	case !me.IsBot:
		e.add("bot token", chat.Limited, "it belongs to a person's account", "make a bot account: System Console > Integrations > Bot Accounts, then Integrations > Bot Accounts > Add Bot Account")
	default:
		e.well("bot token", "the server knows the bot as @"+me.Username)
	}
	e.me = me
	e.a.people.keep(me)
	return true
}

func (e *examination) version() {
	version, _, _ := e.a.courier.known()
	parts := strings.SplitN(version, ".", 3)
	if len(parts) < 3 {
		e.add("server version", chat.Limited, "the server does not tell it", "look in System Console > About whether it is 5.37 or later")
		return
	}
	major, _ := strconv.Atoi(parts[0])
	minor, _ := strconv.Atoi(parts[1])
	if major < 5 || major == 5 && minor < 37 {
		e.add("server version", chat.Limited, "it is "+parts[0]+"."+parts[1], "update the server: this was tried with 5.37 and later")
		return
	}
	e.well("server version", "it is "+parts[0]+"."+parts[1])
}

func (e *examination) clock() {
	_, skew, dated := e.a.courier.known()
	switch {
	case !dated:
		e.add("clock", chat.Limited, "the server does not tell the time", "look whether a proxy takes away the Date header")
	case skew.Abs() > maxSkew:
		e.add("clock", chat.Limited, fmt.Sprintf("this machine and the server are %v apart", skew.Abs().Round(time.Second)), "let both machines follow a time server")
	default:
		e.well("clock", "this machine and the server agree")
	}
}

func (e *examination) teams(ctx context.Context) {
	all, answer, err := e.a.client.GetTeamsForUser(ctx, e.me.Id, "")
	if err != nil {
		e.add("teams", chat.Ill, failure("examine", answer, err).Error(), "look at the server's log")
		return
	}
	var names []string
	for _, t := range all {
		if names = append(names, t.Name); len(e.a.cfg.Teams) == 0 || slices.Contains(e.a.cfg.Teams, t.Name) {
			e.found = append(e.found, t)
		}
	}
	for _, want := range e.a.cfg.Teams {
		if !slices.Contains(names, want) {
			e.add("team "+want, chat.Ill, "the bot is not in it", "add it: the team's menu > Invite People > the bot's name, or: mmctl team users add "+want+" "+e.me.Username)
		}
	}
	switch {
	case len(e.found) == 0:
		e.add("teams", chat.Ill, "the bot is in no team", "add it: the team's menu > Invite People > the bot's name")
	default:
		e.well("teams", fmt.Sprintf("the bot works in %d", len(e.found)))
	}
}

func (e *examination) channels(ctx context.Context) {
	rooms := 0
	for _, t := range e.found {
		all, answer, err := e.a.client.GetChannelsForTeamForUser(ctx, t.Id, e.me.Id, false, "")
		if err != nil {
			e.add("channels", chat.Ill, failure("examine", answer, err).Error(), "look at the server's log")
			return
		}
		for _, c := range all {
			if c.TeamId != "" {
				rooms++
			}
		}
	}
	if rooms == 0 && len(e.found) > 0 {
		e.add("channels", chat.Limited, "the bot is in no channel", "invite it where it is wanted: /invite @"+e.me.Username)
		return
	}
	e.well("channels", fmt.Sprintf("the bot is in %d", rooms))
}

func (e *examination) config(ctx context.Context) {
	config, _, err := e.a.client.GetClientConfig(ctx, "")
	if err != nil {
		return // the server tells it or not; nothing depends on it
	}
	if n, err := strconv.Atoi(config["MaxPostSize"]); err == nil && n < maxSize {
		e.add("length of posts", chat.Limited, fmt.Sprintf("the database takes %d characters of %d", n, maxSize), "migrate the column Posts.Message, as the upgrade notes of Mattermost 5.0 say")
	}
}
