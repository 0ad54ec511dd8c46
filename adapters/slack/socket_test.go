package slack_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/slack"
	"github.com/gofirst/gofirst/adapters/slack/slacktest"
	"github.com/gofirst/gofirst/bot/chat"
)

func TestPlannedRefreshIsNoOutage(t *testing.T) {
	t.Parallel()
	for _, reason := range []string{"warning", "refresh_requested"} {
		s, a, h := opened(t, slacktest.Options{})
		s.Refresh(reason, time.Minute)
		until(t, s, "a new connection", func() bool { return s.Connections() == 1 })
		await(h, said(s.Say(ana, help, "after the refresh")))
		if n := a.Tally()[chat.Gaps]; n != 0 {
			t.Errorf("%s: %d gaps are counted", reason, n)
		}
		if err := h.stop(); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: Run ends with %v", reason, err)
		}
	}
}

// Where Slack cuts the line before there is another, what was said meanwhile is caught up with in the same Run.
func TestHastyRefreshLosesNothing(t *testing.T) {
	t.Parallel()
	s, a, h := opened(t, slacktest.Options{})
	await(h, said(s.Say(ana, help, "before")))
	s.Refresh("refresh_requested", 0)
	during := s.Say(ana, help, "meanwhile")
	await(h, said(during))
	until(t, s, "a new connection", func() bool { return s.Connections() == 1 })
	await(h, said(s.Say(ana, help, "after")))
	if n := a.Tally()[chat.Gaps]; n != 1 {
		t.Errorf("%d gaps are counted, want one", n)
	}
}

func TestSocketModeOffIsRefused(t *testing.T) {
	t.Parallel()
	s, _, h := opened(t, slacktest.Options{})
	s.Refresh("link_disabled", time.Minute)
	if e := kindIs(t, h.end(), chat.Refused); !strings.Contains(e.Error(), "Socket Mode") {
		t.Errorf("the error does not say what to do: %v", e)
	}
}

func TestRevokedWhileRunning(t *testing.T) {
	t.Parallel()
	s, _, h := opened(t, slacktest.Options{})
	s.Revoke()
	kindIs(t, h.end(), chat.Refused)
	s, _, h = opened(t, slacktest.Options{})
	s.Tell(map[string]any{"type": "app_uninstalled"})
	kindIs(t, h.end(), chat.Refused)
	s, _, h = opened(t, slacktest.Options{})
	s.Tell(map[string]any{"type": "tokens_revoked", "tokens": map[string]any{"bot": []string{"U0OTHERBOT"}}})
	await(h, said(s.Say(ana, help, "somebody else's token")))
}

// An event is acknowledged once it is stored and not before; told again meanwhile, it is stored once.
func TestEventsWaitForTheSink(t *testing.T) {
	t.Parallel()
	s := newServer(t, slacktest.Options{Retry: 50 * time.Millisecond})
	a := newAdapter(t, s, nil)
	var store atomic.Bool
	h := hear(t, a, nil, func(e chat.Event) error {
		if e.Head().Place.Channel != help || store.Load() {
			return nil
		}
		return errNo
	})
	ready(t, s)
	id := s.Say(ana, help, "one")
	until(t, s, "the last attempt", func() bool { return s.Attempts() >= 3 })
	await(h, said(s.Say(ana, quiet, "what came before this was read")))
	if n := s.Unacknowledged(); n == 0 {
		t.Error("what is not stored is acknowledged")
	}
	store.Store(true)
	await(h, said(id))
	after := s.Say(ana, help, "two")
	await(h, said(after))
	if n := h.posted(id); n != 1 {
		t.Errorf("the event is stored %d times", n)
	}
}

// A message that the sink refuses holds up what is said after it, but no command of the same room.
func TestCommandsOvertakeWhatIsRefused(t *testing.T) {
	t.Parallel()
	s := newServer(t, slacktest.Options{})
	a := newAdapter(t, s, nil)
	tried := make(chan struct{}, 1)
	h := hear(t, a, nil, func(e chat.Event) error {
		if _, ok := e.(chat.MessagePosted); !ok {
			return nil
		}
		select {
		case tried <- struct{}{}:
		default:
		}
		return errNo
	})
	ready(t, s)
	s.Say(ana, help, "one")
	<-tried
	s.Command(ana, help, "help")
	if e := await[chat.CommandInvoked](h, nil); e.Text != "help" {
		t.Errorf("the command arrives as %q", e.Text)
	}
}

// While the sink hangs for longer than Slack waits, commands are acknowledged, and answered afterwards.
func TestCommandsAreAcknowledgedWhileTheSinkHangs(t *testing.T) {
	t.Parallel()
	s := newServer(t, slacktest.Options{})
	a := newAdapter(t, s, nil)
	release := make(chan struct{})
	h := hear(t, a, nil, func(chat.Event) error { <-release; return nil })
	ready(t, s)
	s.Command(ana, help, "help")
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
	defer cancel()
	if err := s.Acked(ctx); err != nil {
		t.Error("the command is not acknowledged within Slack's three seconds")
	}
	close(release)
	await[chat.CommandInvoked](h, nil)
}

func TestForeignEnvelopesAreLeftAlone(t *testing.T) {
	t.Parallel()
	s, a, h := opened(t, slacktest.Options{})
	event := map[string]any{"type": "message", "channel": help, "user": ana, "ts": "1700000000.000100", "text": "x"}
	s.Push("events_api", map[string]any{"type": "event_callback", "team_id": "T0OTHER", "api_app_id": slacktest.AppID, "event": event})
	command := s.CommandPayload(ana, help, "help")
	command["team_id"] = "T0OTHER"
	s.Push("slash_commands", command)
	await(h, said(s.Say(ana, help, "ours")))
	if n := len(h.events()); n != 1 {
		t.Errorf("%d events are heard, want ours alone", n)
	}
	if n := a.Tally()[chat.RefusedForeign]; n != 2 {
		t.Errorf("%d are counted as foreign, want 2", n)
	}
	until(t, s, "the acknowledgement of ours alone", func() bool { return s.Unacknowledged() == 2 })
}

// A connection over which nothing comes any more, not even an answer to our own pings, is noticed.
func TestSilentConnectionIsLost(t *testing.T) {
	t.Parallel()
	s := newServer(t, slacktest.Options{})
	a := newAdapter(t, s, nil)
	a.TakeForLost(500 * time.Millisecond)
	h := hear(t, a, nil, nil)
	ready(t, s)
	alive := time.After(time.Second) // twice as long: pings keep it alive
	<-alive
	await(h, said(s.Say(ana, help, "still there?")))
	s.Silence(true)
	kindIs(t, h.end(), chat.Later)
}

func TestTwoWorkspaces(t *testing.T) {
	t.Parallel()
	one, a, h1 := opened(t, slacktest.Options{Team: "T0ONE"})
	two, b, h2 := opened(t, slacktest.Options{Team: "T0TWO"})
	if m := await(h1, said(one.Say(ana, help, "one"))); m.Place.Space != "T0ONE" {
		t.Errorf("the message comes from %+v", m.Place)
	}
	if m := await(h2, said(two.Say(ana, help, "two"))); m.Place.Space != "T0TWO" {
		t.Errorf("the message comes from %+v", m.Place)
	}
	_, err := a.Send(t.Context(), chat.Delivery{Message: chat.Message{To: chat.To{Space: "T0TWO", Channel: help}, Body: []chat.Node{chat.Text("x")}}})
	kindIs(t, err, chat.Gone)
	if spaces, err := b.Spaces(t.Context()); err != nil || len(spaces) != 1 || spaces[0] != "T0TWO" {
		t.Errorf("the spaces are %v, %v", spaces, err)
	}
}

func TestTooManyConnections(t *testing.T) {
	t.Parallel()
	s := newServer(t, slacktest.Options{})
	for range 10 {
		hear(t, newAdapter(t, s, nil), nil, nil)
	}
	until(t, s, "the tenth connection", func() bool { return s.Connections() == 10 })
	e := kindIs(t, newAdapter(t, s, nil).Run(t.Context(), nil, nil), chat.Later)
	if !strings.Contains(e.Error(), "too many") {
		t.Errorf("the error does not say why: %v", e)
	}
}

func TestRunWithWrongTokens(t *testing.T) {
	t.Parallel()
	s := newServer(t, slacktest.Options{})
	for what, change := range map[string]func(*slack.Config){
		"a bot token that is none":     func(c *slack.Config) { c.BotToken = func() string { return "xoxb-none" } },
		"no bot token":                 func(c *slack.Config) { c.BotToken = func() string { return "" } },
		"an app token that is none":    func(c *slack.Config) { c.AppToken = func() string { return "xapp-none" } },
		"a bot token for an app token": func(c *slack.Config) { c.AppToken = c.BotToken },
	} {
		err := newAdapter(t, s, change).Run(t.Context(), nil, nil)
		if e := kindIs(t, err, chat.Refused); strings.Contains(e.Error(), "none") {
			t.Errorf("%s: the error holds the token: %v", what, e)
		}
	}
}

func TestConfig(t *testing.T) {
	t.Parallel()
	secret := func() string { return "x" }
	for what, c := range map[string]slack.Config{
		"nothing":          {},
		"no bot token":     {AppToken: secret},
		"no way to listen": {BotToken: secret},
		"an odd address":   {BotToken: secret, AppToken: secret, API: "ftp://x"},
		"a secret address": {BotToken: secret, AppToken: secret, API: "https://a:b@x"},
	} {
		if _, err := slack.New(c); err == nil {
			t.Errorf("%s is taken", what)
		}
	}
	a, err := slack.New(slack.Config{BotToken: secret, SigningSecret: secret})
	if err != nil || len(a.Doors()) != 3 {
		t.Errorf("without an app token there are %d doors, %v", len(a.Doors()), err)
	}
	if a, err = slack.New(slack.Config{BotToken: secret, AppToken: secret, HTTP: &http.Transport{}}); err != nil || len(a.Doors()) != 0 {
		t.Errorf("in Socket Mode there are %d doors, %v", len(a.Doors()), err)
	}
}
