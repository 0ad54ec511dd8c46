package main

import (
	"context"
	"strings"
	"time"

	"github.com/gofirst/gofirst/adapters/discord"
	"github.com/gofirst/gofirst/adapters/discord/discordtest"
)

type discordTown struct {
	*discordtest.Server
	guild  string
	people map[string]string
	help   *string // made when the bot comes into it
}

// newDiscordTown makes one in which the bot may be blind for what people write.
func newDiscordTown(now func() time.Time, blind bool) discordTown {
	s := discordtest.New(discordtest.Options{Now: now, WithoutContent: blind})
	var permissions int64
	for _, p := range discord.Permissions() {
		permissions |= p.Bit
	}
	d := discordTown{Server: s, guild: s.AddGuild("town", uint64(permissions)), people: map[string]string{}, help: new(string)}
	s.AddChannel(d.guild, "lobby")
	for _, name := range []string{"tom", "ana", "hal"} {
		d.people[name] = s.AddPerson(name, name, d.guild)
	}
	return d
}

func (d discordTown) name() string { return "discord" }

func (d discordTown) section() string {
	return "discord: {token_file: discord.bot, api: " + d.URL() + "}\n"
}

func (d discordTown) named(who string) string { return who }

func (d discordTown) secrets() map[string]string { return map[string]string{"discord.bot": d.Token()} }

func (d discordTown) ready(ctx context.Context) error {
	return d.wait(ctx, func() bool { return d.Connected() > 0 })
}

func (d discordTown) wait(ctx context.Context, done func() bool) error {
	for {
		changed := d.Changed()
		if done() {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (d discordTown) invite() { *d.help = d.AddChannel(d.guild, "help") }

func (d discordTown) say(who, text string) string {
	return d.Say(*d.help, d.people[who], d.typed(text))
}

func (d discordTown) reply(who, message, text string) {
	d.Reply(*d.help, d.people[who], message, d.typed(text))
}

// typed writes people and rooms as the service's own clients do.
func (d discordTown) typed(text string) string {
	for name, id := range d.people {
		text = strings.ReplaceAll(text, "@"+name, "<@"+id+">")
	}
	return strings.ReplaceAll(text, "#help", "<#"+*d.help+">")
}

// command fills the parts of the subcommand, as a person does who is asked for them one by one.
func (d discordTown) command(who, verb, text string) {
	values := map[string]string{}
	parts, ok := d.parts(verb)
	if !ok {
		verb, text = "more", strings.TrimSpace(verb+" "+text)
		parts, _ = d.parts(verb)
	}
	for i, p := range parts {
		value := text
		if i+1 < len(parts) {
			separator := " "
			if verb == "thanks" {
				separator = " for "
			}
			value, text, _ = strings.Cut(text, separator)
		}
		if value != "" {
			values[p.name] = d.value(p, value)
		}
	}
	d.Invoke(*d.help, d.people[who], verb, values)
}

type discordPart struct {
	name string
	kind float64
}

// channelOption is the type of an option that is a channel: https://docs.discord.com/developers/interactions/application-commands
const channelOption = 7

func (d discordTown) value(p discordPart, text string) string {
	if p.kind == channelOption {
		return *d.help
	}
	return d.typed(text)
}

// parts gives the options of a registered subcommand.
func (d discordTown) parts(verb string) (out []discordPart, ok bool) {
	for _, c := range d.Commands() {
		if c["name"] != "gofirst" {
			continue
		}
		for _, sub := range listOf(c["options"]) {
			if sub["name"] != verb {
				continue
			}
			for _, o := range listOf(sub["options"]) {
				name, _ := o["name"].(string)
				kind, _ := o["type"].(float64)
				out = append(out, discordPart{name, kind})
			}
			return out, true
		}
	}
	return nil, false
}

func listOf(v any) (out []map[string]any) {
	all, _ := v.([]any)
	for _, one := range all {
		if m, ok := one.(map[string]any); ok {
			out = append(out, m)
		}
	}
	return out
}

func (d discordTown) press(who string, on sight, label string) {
	d.Press(on.channel, d.people[who], on.id, label)
}

func (d discordTown) link(message string) string {
	return "https://discord.com/channels/" + d.guild + "/" + *d.help + "/" + message
}

func (d discordTown) sights() (all []sight) {
	for _, p := range d.Posts() {
		one := sight{id: p.ID, channel: p.Channel, to: d.nameOf(p.For), text: d.read(p.Content)}
		for _, b := range p.Buttons {
			one.buttons = append(one.buttons, b.Label)
		}
		all = append(all, one)
	}
	return all
}

func (d discordTown) nameOf(id string) string {
	for name, user := range d.people {
		if user == id {
			return name
		}
	}
	return id
}

// read shows people and rooms by their names, and leaves out the marks of formatting.
func (d discordTown) read(text string) string {
	for name, id := range d.people {
		text = strings.ReplaceAll(text, "<@"+id+">", "@"+name)
	}
	text = strings.ReplaceAll(text, "<#"+*d.help+">", "#help")
	return strings.NewReplacer("`", "", "*", "", "\\", "").Replace(text)
}

func (d discordTown) formsOf(string) int { return 0 }
