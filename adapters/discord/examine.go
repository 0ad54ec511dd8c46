package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/gofirst/gofirst/bot/chat"
)

// skew is how far the clocks may be apart before signatures of the door are in danger.
const skew = time.Minute

// portal is where most of it is set.
const portal = "in the developer portal (https://discord.com/developers/applications), "

// Examine asks the service about the application, the servers, the rooms and the commands. It changes nothing.
func (a *Adapter) Examine(ctx context.Context) []chat.Finding {
	header, app, err := a.examineToken(ctx)
	if err != nil {
		return []chat.Finding{{What: "bot token", State: chat.Ill, Why: err.Error(),
			Do: portal + "open Bot, reset the token, and store the new one; if the service cannot be reached, look at the network"}}
	}
	all := []chat.Finding{{What: "bot token", Why: "the service knows the bot"}, a.examineClock(header)}
	all = append(all, examineIntents(app)...)
	all = append(all, a.examineDoor(app), a.examineCommands(ctx, app))
	return append(all, a.examineServers(ctx)...)
}

func (a *Adapter) examineToken(ctx context.Context) (http.Header, wireApplication, error) {
	var me wireUser
	header, err := a.exchange(ctx, request{op: "examine", method: "GET", path: "/users/@me"}, &me)
	if err != nil {
		return nil, wireApplication{}, err
	}
	app, err := a.application(ctx, "examine")
	return header, app, err
}

func (a *Adapter) examineClock(header http.Header) chat.Finding {
	f := chat.Finding{What: "clock", Why: "this machine's clock agrees with the service's"}
	at, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		f.Why = "the service does not tell the time"
		return f
	}
	if off := a.cfg.Now().Sub(at).Round(time.Second); off > skew || off < -skew {
		f.State, f.Why, f.Do = chat.Limited, fmt.Sprintf("this machine's clock is %v off", off), "set up time synchronisation (NTP) on this machine"
		if off > maxSkew || off < -maxSkew {
			f.State = chat.Ill
		}
	}
	return f
}

// examineIntents finds what is not granted limited, not ill: the bot then does less, which may be meant so.
func examineIntents(app wireApplication) (all []chat.Finding) {
	_, sight := granted(app.Flags)
	for _, i := range Intents() {
		if !i.Privileged {
			continue
		}
		f := chat.Finding{What: "intent " + i.Name, Why: "it is switched on"}
		on := sight.Messages
		if discordgo.Intent(i.Bit) == discordgo.IntentGuildMembers {
			on = sight.Members
		}
		if !on {
			f.State, f.Why = chat.Limited, "it is off; it serves "+i.Why
			f.Do = portal + "open Bot, Privileged Gateway Intents, and switch on " + title(i.Name)
		}
		all = append(all, f)
	}
	return all
}

// examineDoor compares where interactions are sent with where they are awaited.
func (a *Adapter) examineDoor(app wireApplication) chat.Finding {
	f := chat.Finding{What: "interactions"}
	own := strings.EqualFold(app.Key, a.cfg.PublicKey)
	switch {
	case app.Endpoint == "" && a.key == nil:
		f.Why = "they come over the gateway"
	case app.Endpoint == "" && !own, app.Endpoint != "" && a.key != nil && !own:
		f.State, f.Why = chat.Ill, "the public key is not this application's"
		f.Do = portal + "open General Information, copy the Public Key, and set it as public_key"
	case app.Endpoint == "":
		f.Why = "they come over the gateway; the door is there, and not used"
	case a.key == nil:
		f.State, f.Why = chat.Ill, "the service sends them to an address, and no public key is set here"
		f.Do = portal + "open General Information and either empty Interactions Endpoint URL or copy the Public Key and set it as public_key"
	default:
		f.Why = "they come by HTTP, signed with the public key that is set"
	}
	return f
}

func (a *Adapter) examineCommands(ctx context.Context, app wireApplication) chat.Finding {
	f := chat.Finding{What: "commands"}
	var there []discordgo.ApplicationCommand
	if err := a.call(ctx, request{op: "examine", method: "GET", path: "/applications/" + app.ID + "/commands"}, &there); err != nil {
		f.State, f.Why, f.Do = chat.Ill, err.Error(), "invite the bot again with the link of gofirst manifest discord, which has the scope applications.commands"
		return f
	}
	for _, c := range there {
		if c.Name == rootCommand && c.Type == discordgo.ChatApplicationCommand {
			f.Why = fmt.Sprintf("/%s is registered with %d subcommands, and %d entries of menus", rootCommand, len(c.Options), len(there)-1)
			return f
		}
	}
	f.State, f.Why, f.Do = chat.Limited, "/"+rootCommand+" is not registered yet", "start the bot once with gofirst serve: it registers its commands by itself"
	return f
}

func (a *Adapter) examineServers(ctx context.Context) []chat.Finding {
	f := chat.Finding{What: "servers"}
	guilds, err := a.ownGuilds(ctx, "examine", a.call)
	if err != nil {
		f.State, f.Why, f.Do = chat.Ill, err.Error(), "try again; if it stays so, look at https://discordstatus.com"
		return []chat.Finding{f}
	}
	if len(guilds) == 0 {
		f.State, f.Why, f.Do = chat.Ill, "nobody has invited the bot yet", "open the link that gofirst manifest discord prints, and choose a server"
		return []chat.Finding{f}
	}
	f.Why = fmt.Sprintf("the bot is in %d", len(guilds))
	all := []chat.Finding{f}
	for _, g := range guilds {
		all = append(all, a.examineRooms(ctx, g))
	}
	return all
}

// examineRooms looks at what the bot may do in a server's channels. Channels that it may not see are nobody's fault.
func (a *Adapter) examineRooms(ctx context.Context, g wireGuild) chat.Finding {
	f := chat.Finding{What: "permissions in the server " + g.ID}
	s, err := a.survey(ctx, "examine", g.ID, a.call)
	var e *chat.Error
	if errors.As(err, &e) {
		f.State, f.Why, f.Do = chat.Ill, e.Error(), "invite the bot again with the link of gofirst manifest discord"
		return f
	}
	seen, lacking := 0, map[string]int{}
	for _, c := range s.channels {
		may := s.may[c.ID]
		if may&discordgo.PermissionViewChannel == 0 || !roomOf(c).spoken() && !roomOf(c).forum() {
			continue
		}
		seen++
		for _, p := range Permissions() {
			if may&uint64(p.Bit) == 0 {
				lacking[p.Name]++
			}
		}
	}
	switch {
	case seen == 0:
		f.State, f.Why, f.Do = chat.Ill, "the bot sees no channel", "in the server's settings, Roles, give the bot's role View Channels, or add it to the channels where it is wanted"
	case len(lacking) > 0:
		f.State, f.Why = chat.Limited, fmt.Sprintf("of %d channels that the bot sees, ", seen)+counted(lacking)
		f.Do = "in the server's settings, Roles, give the bot's role what is missing, or allow it in the channels where it is wanted"
	default:
		f.Why = fmt.Sprintf("the bot has all that it asks for in the %d channels that it sees", seen)
	}
	return f
}

// counted lists what is lacking in the order of Permissions.
func counted(lacking map[string]int) string {
	var parts []string
	for _, p := range Permissions() {
		if n := lacking[p.Name]; n > 0 {
			parts = append(parts, fmt.Sprintf("%q is missing in %d", p.Name, n))
		}
	}
	return strings.Join(parts, ", ")
}
