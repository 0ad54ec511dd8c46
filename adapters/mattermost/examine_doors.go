package mattermost

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/mattermost/mattermost/server/public/model"
)

// roles looks whether the bot could notify whole channels. It never does; without the right it never can.
func (e *examination) roles(ctx context.Context) {
	roles, _, err := e.a.client.GetRolesByNames(ctx, append(strings.Fields(e.me.Roles), "channel_user"))
	if err != nil {
		return
	}
	for _, r := range roles {
		if slices.Contains(r.Permissions, model.PermissionUseChannelMentions.Id) {
			e.add("channel mentions", chat.Limited, "the bot's role allows @channel and @all, which it never uses", "where a license allows it, take use_channel_mentions from the bot's role: System Console > User Management > Permissions")
			return
		}
	}
	e.well("channel mentions", "the bot's role does not allow them")
}

// hooks looks whether the bot's doors can be reached, from here. Only the server knows whether it reaches them.
func (e *examination) hooks(ctx context.Context) {
	const what = "doors"
	if e.a.cfg.Hooks == "" {
		e.add(what, chat.Limited, "url is not set: there are no buttons, forms and slash command", "set url in gofirst.yaml to the address under which the server reaches the bot")
		return
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, e.a.cfg.Hooks+"/"+doorAction, nil)
	if err != nil {
		e.add(what, chat.Ill, "url is no address", "set url in gofirst.yaml to the address under which the server reaches the bot")
		return
	}
	answer, err := e.a.hooks.Do(req)
	if err != nil {
		e.add(what, chat.Limited, "they cannot be reached from here", "look whether the bot runs and its address leads to it; on a private address, allow it in System Console > Environment > Developer > Allow untrusted internal connections")
		return
	}
	answer.Body.Close()
	switch {
	case answer.StatusCode != http.StatusMethodNotAllowed:
		e.add(what, chat.Ill, fmt.Sprintf("something else answers there, with the status %d", answer.StatusCode), "look where the proxy leads the address to")
	case strings.HasPrefix(e.a.cfg.Hooks, "http://") && strings.HasPrefix(e.a.cfg.Server, "https://"):
		e.add(what, chat.Limited, "they answer, but without encryption", "let url begin with https://")
	default:
		e.well(what, "they answer")
	}
}

func (e *examination) command(ctx context.Context) {
	if e.a.cfg.Hooks == "" {
		return
	}
	for _, t := range e.found {
		what := "slash command in " + t.Name
		byHand := e.a.cfg.CommandToken != nil && e.a.cfg.CommandToken() != ""
		all, _, err := e.a.client.ListCommands(ctx, t.Id, true)
		at := slices.IndexFunc(all, func(c *model.Command) bool { return strings.EqualFold(c.Trigger, commandWord) })
		switch {
		case err != nil && byHand:
			e.well(what, "a token was given; the bot may not look further")
		case err != nil:
			e.add(what, chat.Limited, "the bot may not create or see slash commands", "create /"+commandWord+" by hand in Integrations > Slash Commands, with the request URL "+e.a.commandURL()+", and give the bot its token")
		case at < 0:
			e.add(what, chat.Limited, "there is none yet", "start the bot, which creates it, or create /"+commandWord+" by hand in Integrations > Slash Commands")
		case all[at].URL != e.a.commandURL():
			e.add(what, chat.Ill, "it calls another address", "change the request URL of /"+commandWord+" in Integrations > Slash Commands to "+e.a.commandURL())
		default:
			e.well(what, "it calls this bot")
		}
	}
}

// socket opens a live connection and waits until the server has let the bot in.
func (e *examination) socket(ctx context.Context) {
	s, err := e.a.dial(ctx, resumption{})
	for err == nil {
		var f *frame
		if f, err = s.read(); err == nil && (f.Event == "hello" || f.SeqReply == 2 && f.Status == "OK") {
			break
		}
	}
	if s != nil {
		s.conn.Close()
	}
	if err != nil {
		e.add("websocket", chat.Ill, "no live connection: "+cutWord(err), "let the proxy before the server pass on the headers Upgrade and Connection for /api/v4/websocket")
		return
	}
	e.well("websocket", "the live connection opens")
}

func cutWord(err error) string {
	var e *chat.Error
	if errors.As(err, &e) && e.Err != nil {
		return e.Err.Error()
	}
	return "it was closed"
}
