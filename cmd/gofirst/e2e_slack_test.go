package main

import (
	"context"
	"strings"
	"time"

	"github.com/gofirst/gofirst/adapters/slack/slacktest"
)

type slackTown struct{ *slacktest.Server }

// newSlackTown gives the app these scopes; nil stands for all.
func newSlackTown(now func() time.Time, scopes []string) slackTown {
	s := slacktest.New(slacktest.Options{Now: now, Scopes: scopes})
	for _, name := range []string{"tom", "ana", "hal"} {
		s.AddPerson(slacktest.Person{ID: slackUser(name), Handle: name, Name: name, Email: name + "@example.org", Zone: "Etc/UTC", Locale: "en-US"})
	}
	s.AddChannel("C0LOBBY", "lobby", slacktest.BotUser, slackUser("tom"), slackUser("ana"), slackUser("hal"))
	s.AddChannel("C0HELP", "help", slackUser("tom"), slackUser("ana"), slackUser("hal"))
	return slackTown{s}
}

func slackUser(name string) string { return "U0" + strings.ToUpper(name) }

func (s slackTown) name() string { return "slack" }

func (s slackTown) section() string {
	return "slack:\n  - {name: slack, app_token_file: slack.app, bot_token_file: slack.bot, api: " + s.API() + "}\n"
}

func (s slackTown) named(who string) string { return who + "@example.org" }

func (s slackTown) secrets() map[string]string {
	return map[string]string{"slack.app": s.AppToken(), "slack.bot": s.BotToken()}
}

func (s slackTown) ready(ctx context.Context) error { return s.Ready(ctx) }

func (s slackTown) wait(ctx context.Context, done func() bool) error { return s.Await(ctx, done) }

func (s slackTown) invite() { s.Join(slacktest.BotUser, "C0HELP") }

func (s slackTown) say(who, text string) string { return s.Say(slackUser(who), "C0HELP", text) }

func (s slackTown) reply(who, message, text string) {
	s.Reply(slackUser(who), "C0HELP", message, text, false)
}

func (s slackTown) command(who, verb, text string) {
	s.Command(slackUser(who), "C0HELP", strings.TrimSpace(verb+" "+text))
}

func (s slackTown) press(who string, on sight, label string) {
	s.Press(slackUser(who), on.channel, on.id, label)
}

func (s slackTown) link(message string) string {
	return "https://first.slack.com/archives/C0HELP/p" + strings.Replace(message, ".", "", 1)
}

func (s slackTown) sights() (all []sight) {
	for _, p := range s.Posts() {
		one := sight{id: p.TS, channel: p.Channel, thread: p.Thread, to: strings.ToLower(strings.TrimPrefix(p.For, "U0")), text: p.Text}
		for _, b := range p.Buttons {
			one.buttons = append(one.buttons, b.Label)
		}
		all = append(all, one)
	}
	return all
}

func (s slackTown) formsOf(who string) int { return len(s.Forms(slackUser(who))) }
