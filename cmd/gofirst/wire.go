package main

import (
	"context"
	"errors"
	"regexp"
	"time"

	"github.com/gofirst/gofirst/adapters/discord"
	"github.com/gofirst/gofirst/adapters/export"
	"github.com/gofirst/gofirst/adapters/local"
	"github.com/gofirst/gofirst/adapters/mattermost"
	"github.com/gofirst/gofirst/adapters/slack"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/replay"
)

// This file alone names the adapters. Each kind of connection has one line in kinds.

// kinds are the kinds of chat that a configuration can connect to, by the key of their section.
func kinds() map[string]kind {
	return map[string]kind{
		"local":      func(s *section) opener { return openLocal(readLocalChat(s)) },
		"slack":      func(s *section) opener { return openSlack(s, readSlack(s)) },
		"discord":    func(s *section) opener { return openDiscord(s, readDiscord(s)) },
		"mattermost": func(s *section) opener { return openMattermost(s, readMattermost(s)) },
	}
}

func openSlack(s *section, l slackChat) opener {
	return func(_ context.Context, o opening) (*connection, error) {
		return remote(slack.New(slack.Config{
			Name: s.name, AppToken: l.app.optional(), BotToken: l.bot.value, SigningSecret: l.signing.optional(),
			API: l.api, Log: o.log, Now: o.clock,
		}))
	}
}

func openDiscord(s *section, d discordChat) opener {
	return func(_ context.Context, o opening) (*connection, error) {
		return remote(discord.New(discord.Config{
			Name: s.name, Token: d.token.value, PublicKey: d.publicKey, API: d.api, Log: o.log, Now: o.clock,
		}))
	}
}

func openMattermost(s *section, m mattermostChat) opener {
	return func(_ context.Context, o opening) (*connection, error) {
		return remote(mattermost.New(mattermost.Config{
			Name: s.name, Server: s.server, Token: m.token.value, CommandToken: m.command.optional(), Teams: s.teams,
			Hooks: s.config.hooks(s.name), Key: o.key, Log: o.log, Now: o.clock,
		}))
	}
}

// manifests say how the bot is made known to a service.
func manifests() map[string]func(context.Context, manifest) ([]byte, error) {
	return map[string]func(context.Context, manifest) ([]byte, error){
		"slack":      manifestSlack,
		"discord":    func(_ context.Context, m manifest) ([]byte, error) { return discord.Guide(m.application), nil },
		"mattermost": manifestMattermost,
	}
}

func manifestSlack(_ context.Context, m manifest) ([]byte, error) {
	o := slack.ManifestOptions{Actions: m.actions, CommandOnly: m.commandOnly}
	if m.http {
		o.Hooks = m.hooks()
	}
	return slack.Manifest(o)
}

func manifestMattermost(_ context.Context, m manifest) ([]byte, error) {
	return mattermost.Guide(mattermost.GuideOptions{Server: m.server, Hooks: m.hooks(), Teams: m.teams}), nil
}

// services are those that the bot can be connected to, by kind: what each is called, and what it is asked for.
func services() map[string]service {
	return map[string]service{
		"local":      {title: "local"},
		"slack":      {title: "Slack", asks: slackAsks()},
		"discord":    {title: "Discord", asks: discordAsks(), everywhere: true},
		"mattermost": {title: "Mattermost", asks: mattermostAsks()},
	}
}

func slackAsks() (all []ask) {
	for _, p := range slack.Permissions() {
		all = append(all, ask{name: p.Name, why: p.Why})
	}
	return all
}

func discordAsks() (all []ask) {
	for _, p := range discord.Permissions() {
		all = append(all, ask{name: p.Name, why: p.Why, plain: true})
	}
	for _, i := range discord.Intents() {
		all = append(all, ask{kind: "intent", name: i.Name, why: i.Why, byHand: i.Privileged})
	}
	return all
}

func mattermostAsks() (all []ask) {
	for _, p := range mattermost.Permissions() {
		all = append(all, ask{name: p.Name, why: p.Why, without: p.Without})
	}
	return all
}

// botName is the bot's handle in a local chat.
const botName = "gofirst"

// nameForm is what can be typed after "#" or "@" in a local chat.
func nameForm() *regexp.Regexp { return regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}_.-]*$`) }

// openLocal opens the chat in this process. Who is new in the configuration enters all rooms; a new room has
// everybody; who left a room stays outside.
func openLocal(l localChat) opener {
	return func(ctx context.Context, o opening) (*connection, error) {
		unlock, err := lock(l.file)
		if err != nil {
			return nil, err
		}
		room, torn, err := local.Open(l.file, local.Options{Bot: botName, Now: func() time.Time { return o.clock().In(o.zone) }})
		if err != nil {
			return nil, errors.Join(err, unlock())
		}
		if torn > 0 {
			o.log.Warn("the chat's last line was not written to its end and is cut off", "file", l.file, "bytes", torn)
		}
		furnish(ctx, room, l)
		return &connection{
			adapter: room.Connect(),
			console: func(s seat) console { return sitDown(room, l, s) },
			close:   func() error { return errors.Join(room.Close(), unlock()) },
		}, nil
	}
}

func furnish(ctx context.Context, c *local.Chat, l localChat) {
	known := c.Connect()
	var everybody, fresh []chat.UserID
	for _, p := range l.people {
		user := chat.UserID(p.Handle)
		if _, err := known.Person(ctx, user); err != nil {
			fresh = append(fresh, user)
		}
		everybody = append(everybody, c.AddPerson(p))
	}
	for _, name := range l.rooms {
		members := fresh
		if _, err := known.FindChannel(ctx, "", name); err != nil {
			members = everybody
		}
		c.AddChannel(name, members...)
	}
}

func sitDown(c *local.Chat, l localChat, s seat) console {
	if s.as == "" {
		s.as = l.me
	}
	o := local.ConsoleOptions{Plain: s.plain}
	if !s.plain {
		o.History = 10
	}
	return local.NewConsole(c, chat.UserID(s.as), s.in, s.out, o)
}

// stage is a local chat as transcripts and explanations see it.
type stage struct{ *local.Chat }

func newStage(now func() time.Time) replay.Stage {
	return stage{local.New(local.Options{Bot: botName, Now: now})}
}

// Adapter is the bot's end.
func (s stage) Adapter() chat.Adapter { return s.Connect() }

// Said is what the bot said.
func (s stage) Said() (all []replay.Said) {
	for _, p := range s.Posts() {
		form := p.Kind == local.FormOpened
		if !p.Bot || p.Kind != local.Said && !form {
			continue
		}
		all = append(all, replay.Said{
			At: p.Time, To: p.To, Channel: p.Channel, Message: p.Message, Under: p.Answers,
			Answer: p.Key == "" && !form, Form: form, Reply: p.Reply, Text: p.Text, Buttons: p.Buttons,
		})
	}
	return all
}

// The columns at which a line of the demo goes on: below who speaks.
const demoHang = 11

// line shows a line of the demo as the chat shows its own.
func (s stage) line(l replay.DemoLine, o showing) string {
	f := local.Format{Names: s, Width: o.width, Plain: o.plain, Hang: demoHang, Language: o.language}
	if l.Quiet {
		return local.FormatNote(l.At, l.Text, f)
	}
	p := local.Post{
		Kind: local.Said, Time: l.At, From: l.From, Bot: l.Bot, Self: s.Self(), To: l.To, Private: l.To != "",
		Channel: l.Channel, Answers: l.Under, Text: l.Text, Buttons: l.Buttons,
	}
	if l.Text == "" {
		p.Kind = local.Pressed
	}
	return local.FormatPost(p, f)
}

// visitor seats somebody in the chat of the demo; skip moves its clock.
func (s stage) visitor(as chat.UserID, room chat.ChannelID, from seat, o showing, skip func(context.Context, time.Duration) error) notingConsole {
	return local.NewConsole(s.Chat, as, from.in, from.out, local.ConsoleOptions{
		Room: room, Width: o.width, Plain: o.plain, Hang: demoHang, Language: o.language, Skip: skip,
	})
}

// record is a source of history that a command reads, and closes.
type record interface {
	replay.Record
	replay.Counted
	Close() error
}

// openRecord opens the export of any service, by its content.
func openRecord(path string) (record, error) {
	a, err := export.Open(path)
	if err != nil {
		return nil, err
	}
	return counted{a}, nil
}

// counted lets a rehearsal see what an export could not tell.
type counted struct{ *export.Adapter }

// Tally gives the counts of the reading so far.
func (c counted) Tally() (messages int, skipped map[string]int, about map[string]string) {
	counts := c.Counts()
	about = map[string]string{}
	for reason := range counts.Skipped {
		about[reason] = export.Explain(reason)
	}
	return counts.Rows, counts.Skipped, about
}
