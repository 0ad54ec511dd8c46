package slack

import (
	"slices"

	"github.com/gofirst/gofirst/bot/chat"
)

// permission is a scope, what it is for, and what goes by it. It is the one table from which the manifest is written
// and the workspace is examined.
type permission struct {
	scope   string
	purpose string   // ends the sentence "the bot can …"
	methods []string // of the Web API
	events  []string // as the app's settings call them
	needed  bool     // without it, the bot is of no use
	reads   bool     // what people write in rooms: left out where commands are to be all
}

// permissions are all the scopes of the bot token.
func permissions() []permission {
	history := []string{"conversations.history", "conversations.replies"}
	lists := []string{"users.conversations", "conversations.info", "conversations.members"}
	moves := []string{"member_joined_channel", "member_left_channel"}
	return []permission{
		{scope: "chat:write", purpose: "post, and change or delete its own messages", needed: true,
			methods: []string{"chat.postMessage", "chat.postEphemeral", "chat.update", "chat.delete"}},
		{scope: "im:write", purpose: "begin a conversation with a person whom it has something to tell alone", methods: []string{"conversations.open"}},
		{scope: "commands", purpose: "be called by its slash command and from the menu of a message", needed: true},
		{scope: "app_mentions:read", purpose: "hear where it is mentioned", events: []string{"app_mention"}},
		{scope: "im:history", purpose: "hear what people write to it directly", methods: history, events: []string{"message.im"}},
		{scope: "im:read", purpose: "find its direct conversations again after an outage", methods: lists},
		{scope: "channels:history", purpose: "hear questions in the public channels that it was invited to", methods: history, events: []string{"message.channels"}, reads: true},
		{scope: "groups:history", purpose: "hear questions in the private channels that it was invited to", methods: history, events: []string{"message.groups"}, reads: true},
		{scope: "channels:read", purpose: "know the public channels that it is in, and who is there", methods: lists, events: moves},
		{scope: "groups:read", purpose: "know the private channels that it is in, and who is there", methods: lists, events: moves},
		{scope: "reactions:read", purpose: "see reactions, which settle questions", events: []string{"reaction_added", "reaction_removed"}},
		{scope: "reactions:write", purpose: "react", methods: []string{"reactions.add", "reactions.remove"}},
		{scope: "users:read", purpose: "know names, time zones and languages", methods: []string{"users.info", "users.list", "bots.info"}, events: []string{"team_join"}},
		{scope: "users:read.email", purpose: "find people whom an administrator names by e-mail address", methods: []string{"users.lookupByEmail"}},
		{scope: "usergroups:read", purpose: "know who is in a user group that an administrator names", methods: []string{"usergroups.list", "usergroups.users.list"}},
		{scope: "files:write", purpose: "upload the pictures that it draws", methods: []string{"files.getUploadURLExternal", "files.completeUploadExternal"}},
	}
}

// Permission is a scope of the bot token, and what the bot can do with it.
type Permission struct{ Name, Why string }

// Permissions lists the scopes that the app asks for: what it uses, and nothing else. Why begins with "to".
func Permissions() (list []Permission) {
	for _, p := range permissions() {
		list = append(list, Permission{p.scope, "to " + p.purpose})
	}
	return list
}

// unscoped are the events that need no scope.
func unscoped() []string { return []string{"app_home_opened", "app_uninstalled", "tokens_revoked"} }

// botEvents are the events to subscribe to, each once.
func botEvents(of []permission) []string {
	events := unscoped()
	for _, p := range of {
		events = append(events, p.events...)
	}
	slices.Sort(events)
	return slices.Compact(events)
}

// granted says which permissions a token has, as findings.
func granted(scopes map[string]bool) []chat.Finding {
	var all []chat.Finding
	for _, p := range permissions() {
		f := chat.Finding{What: "scope " + p.scope, Why: "the bot can " + p.purpose}
		if !scopes[p.scope] {
			f.State, f.Why = chat.Limited, "without it the bot cannot "+p.purpose
			f.Do = "if it should, add " + p.scope + " under OAuth & Permissions, Bot Token Scopes, of the app's pages and install the app again"
			if p.needed {
				f.State = chat.Ill
			}
		}
		all = append(all, f)
	}
	return all
}
