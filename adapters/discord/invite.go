package discord

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"github.com/gofirst/gofirst/bot/chat"
)

// Permission is one that the bot asks for when it is invited.
type Permission struct {
	Name string // as the service's settings call it
	Bit  int64
	Why  string
}

// Permissions lists what the bot asks for: what it uses, and nothing else.
func Permissions() []Permission {
	return []Permission{
		{"View Channels", discordgo.PermissionViewChannel, "to see in which channels it may be of use"},
		{"Send Messages", discordgo.PermissionSendMessages, "to speak where a playbook is turned on"},
		{"Send Messages in Threads", discordgo.PermissionSendMessagesInThreads, "to answer where the question was asked"},
		{"Read Message History", discordgo.PermissionReadMessageHistory, "to answer a message, and to catch up after an outage"},
		{"Add Reactions", discordgo.PermissionAddReactions, "to show that something was noticed without another message"},
		{"Attach Files", discordgo.PermissionAttachFiles, "to show a picture of how a practice spreads"},
	}
}

// Intent is a kind of event that the bot asks the gateway for.
type Intent struct {
	Name       string // as the service's documents call it
	Bit        int
	Privileged bool // has to be switched on in the developer portal
	Why        string
}

// Intents lists what the bot asks for. Without the privileged ones it does less, and says so.
func Intents() []Intent {
	return []Intent{
		{"GUILDS", int(discordgo.IntentGuilds), false, "to know channels, threads and roles"},
		{"GUILD_MESSAGES", int(discordgo.IntentGuildMessages), false, "to know that something was said, where and when"},
		{"GUILD_MESSAGE_REACTIONS", int(discordgo.IntentGuildMessageReactions), false, "to see a question marked as solved"},
		{"DIRECT_MESSAGES", int(discordgo.IntentDirectMessages), false, "to be answered in private"},
		{"DIRECT_MESSAGE_REACTIONS", int(discordgo.IntentDirectMessageReactions), false, "to be answered in private by a reaction"},
		{"MESSAGE_CONTENT", int(discordgo.IntentMessageContent), true, "to tell a question from a remark; without it the bot only hears commands, buttons, mentions and direct messages"},
		{"GUILD_MEMBERS", int(discordgo.IntentGuildMembers), true, "to greet who joins and to know who has a role; without it nobody is greeted and lists of people are written by hand"},
	}
}

// Flags of an application: what it was granted, in full or as a small bot.
const (
	flagMembers, flagMembersLimited = 1 << 14, 1 << 15
	flagContent, flagContentLimited = 1 << 18, 1 << 19
)

// granted gives the intents to ask for, and what they let the bot see.
func granted(told *int) (discordgo.Intent, chat.Sight) {
	flags := flagContent | flagMembers
	if told != nil {
		flags = *told
	}
	sight := chat.Sight{
		Known: true, Messages: flags&(flagContent|flagContentLimited) != 0, Reactions: true, Members: flags&(flagMembers|flagMembersLimited) != 0,
	}
	var intents discordgo.Intent
	for _, i := range Intents() {
		switch discordgo.Intent(i.Bit) {
		case discordgo.IntentMessageContent:
			if !sight.Messages {
				continue
			}
		case discordgo.IntentGuildMembers:
			if !sight.Members {
				continue
			}
		}
		intents |= discordgo.Intent(i.Bit)
	}
	return intents, sight
}

// InviteOptions say what an invitation asks for.
type InviteOptions struct {
	Guild string // where set, the page has this server chosen already
}

// InviteURL gives the page on which a server's administrator lets the bot in.
func InviteURL(applicationID string, o InviteOptions) string {
	var bits int64
	for _, p := range Permissions() {
		bits |= p.Bit
	}
	q := url.Values{"client_id": {applicationID}, "scope": {"bot applications.commands"}, "permissions": {strconv.FormatInt(bits, 10)}}
	if o.Guild != "" {
		q.Set("guild_id", o.Guild)
		q.Set("disable_guild_select", "true")
	}
	return "https://discord.com/oauth2/authorize?" + q.Encode()
}

// Guide tells an administrator how to set the application up, step by step.
func Guide(applicationID string) []byte {
	id := applicationID
	if id == "" {
		id = "APPLICATION_ID"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "gofirst on Discord\n\n1. https://discord.com/developers/applications: make an application, or open yours.\n")
	fmt.Fprintf(&b, "2. General Information: copy the Application ID and, if commands are to come by HTTP, the Public Key.\n")
	fmt.Fprintf(&b, "3. Bot: Reset Token, and store the token in a file that only the bot can read.\n")
	fmt.Fprintf(&b, "4. Bot, Privileged Gateway Intents: switch on what you want the bot to have.\n")
	for _, i := range Intents() {
		if i.Privileged {
			fmt.Fprintf(&b, "   %s: %s.\n", title(i.Name), i.Why)
		}
	}
	fmt.Fprintf(&b, "5. Invite the bot:\n   %s\n   It asks for:\n", InviteURL(id, InviteOptions{}))
	for _, p := range Permissions() {
		fmt.Fprintf(&b, "   %s: %s.\n", p.Name, p.Why)
	}
	fmt.Fprintf(&b, "6. gofirst doctor tells whether everything is set up.\n\n")
	fmt.Fprintf(&b, "Without any privileged intent, /gofirst, buttons, the menus of messages and people, mentions and direct messages work.\nQuestions are then found only where somebody uses a command.\n")
	return []byte(b.String())
}

// title writes an intent as the developer portal does.
func title(intent string) string {
	switch discordgo.Intent(bit(intent)) {
	case discordgo.IntentGuildMembers:
		return "Server Members Intent"
	case discordgo.IntentMessageContent:
		return "Message Content Intent"
	}
	return intent
}

func bit(intent string) int {
	for _, i := range Intents() {
		if i.Name == intent {
			return i.Bit
		}
	}
	return 0
}
