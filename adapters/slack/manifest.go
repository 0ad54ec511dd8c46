package slack

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// ManifestOptions say what an administrator wants to install.
type ManifestOptions struct {
	// Name is what the app and its bot are called: at most 35 characters; empty stands for "gofirst".
	Name string
	// About is one sentence for the app's page: at most 140 characters.
	About string
	// Actions become entries in the menu of a message. Those on a person are left out: Slack has no such menu.
	Actions []chat.Action
	// Hooks is the https address under which the adapter's doors are mounted, such as
	// "https://bot.example.org/hooks/slack". Where it is empty, the app uses Socket Mode.
	Hooks string
	// CommandOnly leaves out all by which the bot would hear what people write in rooms.
	CommandOnly bool
}

// Manifest writes the app manifest, YAML, from which an administrator creates the app under
// https://api.slack.com/apps. It asks for the scopes that the adapter uses and for no others, and says of each what it
// is for.
//
// The command is escaped, so that a person or a channel in its text comes as an identifier and not as words.
func Manifest(o ManifestOptions) ([]byte, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	var m manifest
	asked := o.asked()
	m.head(o)
	m.features(o)
	m.scopes(asked)
	m.settings(o, botEvents(asked))
	return []byte(m.String()), nil
}

func (o *ManifestOptions) check() error {
	o.Name = orElse(o.Name, "gofirst")
	o.About = orElse(o.About, "Helps questions find a person and examples find followers.")
	u, err := url.Parse(o.Hooks)
	switch {
	case units(o.Name) > 35:
		return errors.New("slack manifest: the name is longer than 35 characters")
	case units(o.About) > 140:
		return errors.New("slack manifest: the description is longer than 140 characters")
	case err != nil || o.Hooks != "" && (u.Scheme != "https" || u.Host == ""):
		return errors.New("slack manifest: the address of the hooks has to begin with https://")
	}
	for _, a := range o.Actions {
		if a.Name == "" || len(a.Name) > 255 || a.Label == "" || units(a.Label) > 24 {
			return fmt.Errorf("slack manifest: the label of the action %q is empty or longer than 24 characters", a.Name)
		}
	}
	o.Hooks = strings.TrimSuffix(o.Hooks, "/")
	return nil
}

// asked are the permissions that the options call for.
func (o *ManifestOptions) asked() (asked []permission) {
	for _, p := range permissions() {
		if !p.reads || !o.CommandOnly {
			asked = append(asked, p)
		}
	}
	return asked
}

// manifest is the text as it grows.
type manifest struct{ strings.Builder }

func (m *manifest) line(indent int, format string, args ...any) {
	m.WriteString(strings.Repeat("  ", indent))
	fmt.Fprintf(m, format, args...)
	m.WriteByte('\n')
}

func (m *manifest) head(o ManifestOptions) {
	m.line(0, "display_information:")
	m.line(1, "name: %s", quoted(o.Name))
	m.line(1, "description: %s", quoted(o.About))
}

func (m *manifest) features(o ManifestOptions) {
	m.line(0, "features:")
	m.line(1, "app_home:")
	m.line(2, "home_tab_enabled: true")
	m.line(2, "messages_tab_enabled: true")
	m.line(2, "messages_tab_read_only_enabled: false")
	m.line(1, "bot_user:")
	m.line(2, "display_name: %s", quoted(o.Name))
	m.line(2, "always_online: false")
	m.shortcuts(o.Actions)
	m.line(1, "slash_commands:")
	m.line(2, "- command: /gofirst")
	if o.Hooks != "" {
		m.line(3, "url: %s", quoted(o.Hooks+"/commands"))
	}
	m.line(3, "description: \"Share, ask, thank, and see what the bot does\"")
	m.line(3, "usage_hint: \"help\"")
	m.line(3, "# People and channels in the text come as identifiers.")
	m.line(3, "should_escape: true")
}

func (m *manifest) shortcuts(actions []chat.Action) {
	begun := false
	for _, a := range actions {
		if a.OnPerson {
			continue
		}
		if !begun {
			m.line(1, "shortcuts:")
			begun = true
		}
		m.line(2, "- name: %s", quoted(a.Label))
		m.line(3, "type: message")
		m.line(3, "callback_id: %s", quoted(a.Name))
		m.line(3, "description: %s", quoted(a.Label))
	}
}

func (m *manifest) scopes(asked []permission) {
	m.line(0, "oauth_config:")
	m.line(1, "scopes:")
	m.line(2, "bot:")
	for _, p := range asked {
		m.line(3, "# With this the bot can %s.", p.purpose)
		m.line(3, "- %s", p.scope)
	}
}

func (m *manifest) settings(o ManifestOptions, events []string) {
	m.line(0, "settings:")
	m.line(1, "event_subscriptions:")
	if o.Hooks != "" {
		m.line(2, "request_url: %s", quoted(o.Hooks+"/events"))
	}
	m.line(2, "bot_events:")
	for _, e := range events {
		m.line(3, "- %s", e)
	}
	m.line(1, "interactivity:")
	m.line(2, "is_enabled: true")
	if o.Hooks != "" {
		m.line(2, "request_url: %s", quoted(o.Hooks+"/interactions"))
	}
	m.line(1, "org_deploy_enabled: false")
	m.line(1, "socket_mode_enabled: %t", o.Hooks == "")
	m.line(1, "token_rotation_enabled: false")
}

// quoted gives a string that YAML reads as it is.
func quoted(s string) string { return strconv.Quote(tidy(s)) }
