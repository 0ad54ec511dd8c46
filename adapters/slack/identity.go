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
	bot    string // the bot's own identifier, which its messages carry; empty where Slack did not say
	app    string // empty where Slack did not say, and in Socket Mode
	scopes map[string]bool
	direct *memory[chat.ChannelID, bool] // which conversations are with one person alone, as far as Slack told
	skew   time.Duration                 // how far our clock is ahead of Slack's
	dated  bool                          // skew is known
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
	if who.TeamID == "" || who.UserID == "" {
		return nil, failed(op, chat.Later, "auth.test did not say who the bot is")
	}
	me := &identity{team: who.TeamID, url: who.URL, user: who.UserID, bot: who.BotID, app: who.AppID, scopes: map[string]bool{}, direct: a.kinds}
	for _, s := range strings.Split(header.Get("X-OAuth-Scopes"), ",") {
		if s = strings.TrimSpace(s); s != "" {
			me.scopes[s] = true
		}
	}
	if theirs, err := time.Parse(time.RFC1123, header.Get("Date")); err == nil {
		me.skew, me.dated = a.now().Sub(theirs), true
	}
	switch {
	case a.cfg.socketMode():
		me.app = "" // what comes over a connection is for the app whose token opened it, whatever it is called there
	case me.app == "" && me.bot != "" && me.scopes["users:read"]:
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

// The kinds of a conversation with one person alone, in the field channel_type of messages.
const (
	kindDirect  = "im"
	kindOfOther = "channel"
	kindOfHome  = "app_home" // said in the app's own tab
)

// place is a conversation of a kind. Where a payload does not tell the kind, it is what was told before, and only where
// nothing was, what the identifier's letter usually means.
func (me *identity) place(channel chat.ChannelID, kind string) chat.Place {
	p := chat.Place{Space: me.team, Channel: channel}
	if channel == "" {
		return p
	}
	before, known := me.direct.get(channel)
	switch {
	case kind != "":
		p.Direct = kind == kindDirect || kind == kindOfHome
		if !known || before != p.Direct {
			me.direct.put(channel, p.Direct)
		}
	case known:
		p.Direct = before
	default:
		p.Direct = channel[0] == 'D'
	}
	return p
}

// kindByName is the kind of a conversation that only its name is told of.
func kindByName(name string) string {
	switch name {
	case "":
		return ""
	case "directmessage":
		return kindDirect
	}
	return kindOfOther
}

// kind is a conversation's own.
func (c conversation) kind() string {
	if c.IsIM {
		return kindDirect
	}
	return kindOfOther
}

// slackbot is Slack's own account in every workspace.
const slackbot = "USLACKBOT"
