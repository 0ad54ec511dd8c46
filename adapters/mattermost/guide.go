package mattermost

import (
	"bytes"
	_ "embed" // the page is a file of its own, for it is read as one
	"net/url"
	"strings"
	"text/template"
)

//go:embed guide.md
var guidePage string

// GuideOptions are what the page for administrators is filled in with. What is empty stands as an example.
type GuideOptions struct {
	Server string   // "https://chat.example.org"
	Hooks  string   // "https://bot.example.org/hooks/mattermost"
	Teams  []string // names of teams
}

// Permission is something that the bot's role allows, and what for.
type Permission struct {
	Name    string // as the System Console's documentation and the server name it
	Why     string
	Needed  bool
	Without string // what is missing without; empty where it is needed
}

// Permissions tells all that the bot account needs, and nothing that it does not use.
func Permissions() []Permission {
	return []Permission{
		{Name: "create_post", Why: "it answers, where it was invited", Needed: true},
		{Name: "read_channel", Why: "it hears what is said in the channels that it was invited to, and catches up after an outage", Needed: true},
		{Name: "create_direct_channel", Why: "it asks people in private", Needed: true},
		{Name: "edit_post", Why: "it corrects its own messages when what they say has changed", Without: "they stay as they were"},
		{Name: "delete_post", Why: "it removes its own messages when somebody undoes what they were about", Without: "they stay"},
		{Name: "add_reaction", Why: "it marks what it has understood", Without: "it marks nothing"},
		{Name: "remove_reaction", Why: "it takes such a mark back", Without: "marks stay"},
		{Name: "upload_file", Why: "it shows a picture of how practices spread", Without: "the figures come without a picture"},
		{Name: "view_team", Why: "it finds the team's channels and people by their names", Needed: true},
		{Name: "manage_slash_commands", Why: "it creates its slash command", Without: "an administrator creates it by hand"},
	}
}

// Guide gives the page that leads an administrator through the set-up, in Markdown.
func Guide(o GuideOptions) []byte {
	o.Server = orElse(strings.TrimRight(o.Server, "/"), "https://chat.example.org")
	o.Hooks = orElse(strings.TrimRight(o.Hooks, "/"), "https://bot.example.org/hooks/mattermost")
	host, root := "bot.example.org", "https://bot.example.org"
	if u, err := url.Parse(o.Hooks); err == nil && u.Hostname() != "" {
		host, root = u.Hostname(), u.Scheme+"://"+u.Host
		if at := strings.Index(u.Path, "/hooks/"); at > 0 {
			root += u.Path[:at]
		}
	}
	var b bytes.Buffer
	err := template.Must(template.New("guide").Parse(guidePage)).Execute(&b, struct {
		GuideOptions
		HooksHost, Root, Command, TeamList string
		Permissions                        []Permission
	}{o, host, root, commandWord, strings.Join(o.Teams, ", "), Permissions()})
	if err != nil {
		return []byte(err.Error()) // the page is part of the program, and tried by a test
	}
	return b.Bytes()
}
