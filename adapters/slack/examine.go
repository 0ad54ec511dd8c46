package slack

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// clockSlack is how far the clocks may differ before it is worth a word.
const clockSlack = 30 * time.Second

// Examine looks at the tokens, the scopes, the clock, the way by which events come, and the rooms.
func (a *Adapter) Examine(ctx context.Context) []chat.Finding {
	me, err := a.identify(ctx, "slack examine")
	if err != nil {
		return []chat.Finding{ill("bot token", err)}
	}
	all := []chat.Finding{{What: "bot token", Why: "it is valid for " + me.url}, a.clock(me)}
	if a.cfg.socketMode() {
		all = append(all, a.socketFinding(ctx))
	} else {
		all = append(all, a.doorFinding())
	}
	all = append(all, granted(me.scopes)...)
	return append(all, a.roomFinding(ctx))
}

// ill tells of a failure, with what is known to help against it.
func ill(what string, err error) chat.Finding {
	f := chat.Finding{What: what, State: chat.Ill, Why: err.Error(), Do: "see whether this machine reaches slack.com, through the proxy where there is one"}
	var named *apiError
	if errors.As(err, &named) {
		f.Do = orElse(remedy(named.name), "look the error up in Slack's documentation of the method, and compare the app's settings with the manifest")
	}
	return f
}

func (a *Adapter) clock(me *identity) chat.Finding {
	f := chat.Finding{What: "clock", Why: "it goes with Slack's"}
	off := me.skew.Abs()
	switch {
	case !me.dated:
		return chat.Finding{What: "clock", State: chat.Limited, Why: "Slack's answer has no date to compare with", Do: "see whether a proxy takes headers away"}
	case off > maxSkew && !a.cfg.socketMode():
		f.State, f.Why = chat.Ill, fmt.Sprintf("it is %v off: requests from Slack are refused as stale", off.Round(time.Second))
	case off > clockSlack:
		f.State, f.Why = chat.Limited, fmt.Sprintf("it is %v off", off.Round(time.Second))
	default:
		return f
	}
	f.Do = "let the machine set its clock by NTP"
	return f
}

// socketFinding asks for a connection, and does not take it.
func (a *Adapter) socketFinding(ctx context.Context) chat.Finding {
	if _, err := a.ask(ctx, "slack examine", "apps.connections.open", a.cfg.AppToken, nil, nil); err != nil {
		f := ill("app token", err)
		if said(err, "missing_scope", "invalid_auth", "not_authed", "not_allowed_token_type", "token_revoked") {
			f.Do = "make an app-level token with the scope connections:write under Basic Information, App-Level Tokens, of the app's pages"
		}
		if said(err, "forbidden", "socket_mode_not_enabled", "app_missing_action_url") {
			f.Do = "turn Socket Mode on under Socket Mode of the app's pages"
		}
		return f
	}
	return chat.Finding{What: "app token", Why: "Socket Mode opens with it"}
}

func (a *Adapter) doorFinding() chat.Finding {
	switch {
	case a.cfg.SigningSecret() == "":
		return chat.Finding{What: "signing secret", State: chat.Ill, Why: "it is empty: every request is refused",
			Do: "copy it from Basic Information, App Credentials, of the app's pages"}
	case !a.knocked.Load():
		return chat.Finding{What: "request URLs", State: chat.Limited, Why: "no signed request of Slack's has come since the bot started",
			Do: "press Retry beside the Request URL under Event Subscriptions of the app's pages, and compare the URLs under Interactivity & Shortcuts and Slash Commands"}
	}
	return chat.Finding{What: "request URLs", Why: "Slack calls, and signs with the secret that is configured"}
}

func (a *Adapter) roomFinding(ctx context.Context) chat.Finding {
	rooms, err := a.Channels(ctx, "")
	switch {
	case err != nil:
		return ill("rooms", err)
	case len(rooms) == 0:
		return chat.Finding{What: "rooms", State: chat.Limited, Why: "the bot is in no channel", Do: "invite it with /invite in the channels where it should help"}
	}
	return chat.Finding{What: "rooms", Why: fmt.Sprintf("the bot is in %d channels", len(rooms))}
}
