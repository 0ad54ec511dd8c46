package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"github.com/gofirst/gofirst/bot/chat"
)

// Limits of the service's documents for commands.
const (
	rootCommand    = "gofirst"
	maxSubcommands = 25
	maxAbout       = 100
	maxName        = 32
	maxCommand     = 8000
	maxMenu        = 5 // entries in the menu of a message, and of a person, that clients show
	anything       = "more"
	freeText       = "text"
)

// Register makes the command and the menus known, if they are not known just so. They are the same in all servers,
// because only such commands work in conversations with the bot; the words are those of the space that came first.
func (a *Adapter) Register(ctx context.Context, space chat.SpaceID, commands []chat.Command, actions []chat.Action) error {
	wanted, err := registration(commands, actions)
	if err != nil {
		return err
	}
	app, err := a.appID(ctx, "register")
	if err != nil || !a.speaks(space) {
		return err
	}
	var there []discordgo.ApplicationCommand
	path := "/applications/" + app + "/commands"
	if err := a.call(ctx, request{op: "register", method: "GET", path: path}, &there); err != nil {
		return err
	}
	a.understand(commands, actions)
	if slices.Equal(shape(wanted), shape(there)) {
		return nil
	}
	return a.call(ctx, request{op: "register", method: "PUT", path: path, body: wanted}, nil)
}

// speaks says whether a space's words are the ones that the commands have.
func (a *Adapter) speaks(space chat.SpaceID) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.speaking == "" {
		a.speaking = space
	}
	return space == "" || a.speaking == space
}

func (a *Adapter) appID(ctx context.Context, op string) (string, error) {
	a.mu.Lock()
	app := a.app
	a.mu.Unlock()
	if app != "" {
		return app, nil
	}
	whole, err := a.application(ctx, op)
	return whole.ID, err
}

// registration makes the service's commands of ours.
func registration(commands []chat.Command, actions []chat.Action) ([]discordgo.ApplicationCommand, error) {
	root := discordgo.ApplicationCommand{Type: discordgo.ChatApplicationCommand, Name: rootCommand, Description: "Share, ask, thank, and find out what this bot does"}
	listed := commands
	if len(commands) > maxSubcommands {
		listed = commands[:maxSubcommands-1]
	}
	for _, c := range listed {
		sub, err := subcommand(c)
		if err != nil {
			return nil, err
		}
		root.Options = append(root.Options, sub)
	}
	if len(listed) < len(commands) {
		var rest []string
		for _, c := range commands[len(listed):] {
			rest = append(rest, c.Name)
		}
		root.Options = append(root.Options, &discordgo.ApplicationCommandOption{
			Type: discordgo.ApplicationCommandOptionSubCommand, Name: anything, Description: cutRunes("Also: "+strings.Join(rest, ", "), maxAbout),
			Options: []*discordgo.ApplicationCommandOption{{Type: discordgo.ApplicationCommandOptionString, Name: freeText, Description: "The whole command", Required: true}},
		})
	}
	all := []discordgo.ApplicationCommand{everywhere(root)}
	if len(root.Options) == 0 {
		all = nil
	}
	if n := weight(root.Name, root.Description, root.Options); n > maxCommand {
		return nil, failed("register", chat.Refused, fmt.Sprintf("the commands have %d characters, %d are allowed", n, maxCommand))
	}
	menus, err := menus(actions)
	return append(all, menus...), err
}

// everywhere lets a command be used in servers and in conversations with the bot, by everybody.
func everywhere(c discordgo.ApplicationCommand) discordgo.ApplicationCommand {
	c.Contexts = &[]discordgo.InteractionContextType{discordgo.InteractionContextGuild, discordgo.InteractionContextBotDM}
	c.IntegrationTypes = &[]discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall}
	return c
}

func menus(actions []chat.Action) (all []discordgo.ApplicationCommand, err error) {
	counts := map[discordgo.ApplicationCommandType]int{}
	for _, x := range actions {
		kind := discordgo.MessageApplicationCommand
		if x.OnPerson {
			kind = discordgo.UserApplicationCommand
		}
		if counts[kind]++; counts[kind] > maxMenu {
			return nil, failed("register", chat.Refused, "there are more than five entries for one menu")
		}
		all = append(all, everywhere(discordgo.ApplicationCommand{Type: kind, Name: orDots(cutRunes(line(x.Label), maxName))}))
	}
	return all, nil
}

func named(name string) bool {
	return regexp.MustCompile(`^[-_\p{L}\p{N}]{1,32}$`).MatchString(name) && strings.ToLower(name) == name
}

func subcommand(c chat.Command) (*discordgo.ApplicationCommandOption, error) {
	if !named(c.Name) {
		return nil, failed("register", chat.Refused, "a command's name is not made of one to 32 small letters")
	}
	sub := &discordgo.ApplicationCommandOption{
		Type: discordgo.ApplicationCommandOptionSubCommand, Name: c.Name, Description: orDots(cutRunes(line(c.About), maxAbout)),
	}
	given := c.Options
	if len(given) == 0 {
		given = []chat.Option{{Name: freeText, About: orDots(line(c.Hint))}}
	}
	for _, o := range given {
		if !named(o.Name) {
			return nil, failed("register", chat.Refused, "an option's name is not made of one to 32 small letters")
		}
		one := &discordgo.ApplicationCommandOption{
			Type: discordgo.ApplicationCommandOptionString, Name: o.Name, Description: orDots(cutRunes(line(o.About), maxAbout)),
			Required: o.Needed, Autocomplete: len(o.Suggest) > 0 && o.Kind != chat.Rooms,
		}
		if o.Kind == chat.Rooms {
			one.Type = discordgo.ApplicationCommandOptionChannel
		}
		sub.Options = append(sub.Options, one)
	}
	// The service wants what is needed to come first; the order of the text is kept elsewhere.
	slices.SortStableFunc(sub.Options, func(x, y *discordgo.ApplicationCommandOption) int {
		return rank(x.Required) - rank(y.Required)
	})
	return sub, nil
}

func rank(needed bool) int {
	if needed {
		return 0
	}
	return 1
}

// weight counts the characters that the service limits.
func weight(name, about string, options []*discordgo.ApplicationCommandOption) int {
	n := utf8.RuneCountInString(name) + utf8.RuneCountInString(about)
	for _, o := range options {
		n += weight(o.Name, o.Description, o.Options)
	}
	return n
}

// shape writes what the bot decides of commands in a form that can be compared, without what the service adds.
func shape(all []discordgo.ApplicationCommand) []string {
	var out []string
	for _, c := range all {
		ours := discordgo.ApplicationCommand{
			Type: c.Type, Name: c.Name, Description: c.Description, Contexts: c.Contexts, IntegrationTypes: c.IntegrationTypes, Options: bare(c.Options),
		}
		b, err := json.Marshal(ours)
		if err != nil {
			b = nil // it was decoded from JSON, or made of plain values
		}
		out = append(out, string(b))
	}
	slices.Sort(out)
	return out
}

func bare(all []*discordgo.ApplicationCommandOption) []*discordgo.ApplicationCommandOption {
	var out []*discordgo.ApplicationCommandOption
	for _, o := range all {
		out = append(out, &discordgo.ApplicationCommandOption{
			Type: o.Type, Name: o.Name, Description: o.Description, Required: o.Required, Autocomplete: o.Autocomplete, Options: bare(o.Options),
		})
	}
	return out
}
