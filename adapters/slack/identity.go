package slack

import (
	"context"
	"net/url"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// identity is who the bot is, as Slack said when the token was last looked at.
type identity struct {
	team   chat.SpaceID
	url    string // of the workspace, with a slash at its end
	user   chat.UserID
	bot    string // the bot's own identifier, which its messages carry
	app    string // empty where Slack did not say
	scopes map[string]bool
	skew   time.Duration // how far our clock is ahead of Slack's
	dated  bool          // skew is known
}

// identify asks Slack who the bot is.
func (a *Adapter) identify(ctx context.Context, op string) (*identity, error) {
	var who struct {
		URL    string       `json:"url"`
		TeamID chat.SpaceID `json:"team_id"`
		UserID chat.UserID  `json:"user_id"`
		BotID  string       `json:"bot_id"`
		AppID  string       `json:"app_id"`
	}
	header, err := a.ask(ctx, op, "auth.test", a.cfg.BotToken, nil, &who)
	if err != nil {
		return nil, err
	}
	if who.TeamID == "" || who.UserID == "" || who.BotID == "" {
		return nil, failed(op, chat.Refused, "the bot token is not a bot's: copy the Bot User OAuth Token from OAuth & Permissions of the app's pages")
	}
	me := &identity{team: who.TeamID, url: who.URL, user: who.UserID, bot: who.BotID, app: who.AppID, scopes: map[string]bool{}}
	for _, s := range strings.Split(header.Get("X-OAuth-Scopes"), ",") {
		if s = strings.TrimSpace(s); s != "" {
			me.scopes[s] = true
		}
	}
	if theirs, err := time.Parse(time.RFC1123, header.Get("Date")); err == nil {
		me.skew, me.dated = a.now().Sub(theirs), true
	}
	if !a.cfg.socketMode() && me.app == "" && me.scopes["users:read"] {
		me.app = a.appOf(ctx, op, me.bot)
	}
	a.me.Store(me)
	return me, nil
}

// appOf finds out which app the bot belongs to; empty where that cannot be had.
func (a *Adapter) appOf(ctx context.Context, op, bot string) string {
	var about struct {
		Bot struct {
			AppID string `json:"app_id"`
		} `json:"bot"`
	}
	if err := a.call(ctx, op, "bots.info", url.Values{"bot": {bot}}, &about); err != nil {
		return ""
	}
	return about.Bot.AppID
}

// known gives who the bot is, and asks only where that is not known yet.
func (a *Adapter) known(ctx context.Context, op string) (*identity, error) {
	if me := a.me.Load(); me != nil {
		return me, nil
	}
	a.knowing.Lock()
	defer a.knowing.Unlock()
	if me := a.me.Load(); me != nil {
		return me, nil
	}
	return a.identify(ctx, op)
}

// Sees tells what the scopes allow that Slack named when the bot last connected.
func (a *Adapter) Sees() chat.Sight {
	me := a.me.Load()
	if me == nil {
		return chat.Sight{}
	}
	return chat.Sight{
		Known:     true,
		Messages:  me.scopes["channels:history"] || me.scopes["groups:history"],
		Reactions: me.scopes["reactions:read"],
		Members:   me.scopes["channels:read"] || me.scopes["groups:read"],
	}
}

// actor tells who stands behind an account or a bot's identifier.
func (me *identity) actor(user chat.UserID, bot string) chat.Actor {
	self := user != "" && user == me.user || bot != "" && bot == me.bot
	switch {
	case self:
		return chat.Actor{User: me.user, Bot: true, Self: true}
	case bot != "" && user == "":
		return chat.Actor{User: chat.UserID(bot), Bot: true}
	case bot != "" || user == slackbot:
		return chat.Actor{User: user, Bot: true}
	}
	return chat.Actor{User: user}
}

// slackbot is Slack's own account in every workspace.
const slackbot = "USLACKBOT"
