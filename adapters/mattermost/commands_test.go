package mattermost_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/gofirst/gofirst/adapters/mattermost"
	"github.com/gofirst/gofirst/adapters/mattermost/mattermosttest"
	"github.com/gofirst/gofirst/bot/chat"
)

var commands = []chat.Command{{Name: "share", Hint: "what", About: "What you are working on."}}

const hooks = "https://bot.example.org/hooks/mattermost"

// bare is an adapter on a server where nobody made a command by hand.
func bare(t *testing.T, options mattermosttest.Options) (*mattermosttest.Server, *mattermost.Adapter) {
	t.Helper()
	server := mattermosttest.New(options)
	t.Cleanup(server.Close)
	transport := http.DefaultTransport.(*http.Transport).Clone()
	t.Cleanup(transport.CloseIdleConnections)
	a, err := mattermost.New(mattermost.Config{Server: server.URL(), Token: server.Token, Key: key, Hooks: hooks, HTTP: transport})
	if err != nil {
		t.Fatal(err)
	}
	return server, a
}

// The command is created in every team, changed where it differs, and left alone where it does not.
func TestRegisterByDifference(t *testing.T) {
	t.Parallel()
	s, a := bare(t, mattermosttest.Options{SubPath: "/chat"})
	second := s.AddTeam("second")
	s.Join(second, s.Self())
	for i, want := range []int{2, 2, 4} {
		list := commands
		if i == 2 {
			list = append(list, chat.Command{Name: "thanks", About: "Who."})
		}
		if err := a.Register(t.Context(), "", list, nil); err != nil {
			t.Fatal(err)
		}
		if n := s.Registrations(); n != want {
			t.Errorf("after %d times there are %d changes, want %d", i+1, n, want)
		}
	}
	for _, team := range []string{s.Team("crew"), second} {
		all := s.Commands(team)
		if len(all) != 1 || all[0].URL != hooks+"/command" || all[0].Method != "P" || !all[0].AutoComplete || all[0].Hint != "[share|thanks]" {
			t.Errorf("a team has the commands %+v", all)
		}
	}
	if err := a.Register(t.Context(), "no-such-team", commands, nil); !isKind(err, chat.Gone) {
		t.Errorf("in no team: %v", err)
	}
}

// Where the bot may not, an administrator reads what to do; with a token from the configuration it is done.
func TestRegisterForbidden(t *testing.T) {
	t.Parallel()
	s, a := bare(t, mattermosttest.Options{NoCommands: true})
	err := a.Register(t.Context(), chat.SpaceID(s.Team("crew")), commands, nil)
	if !isKind(err, chat.Refused) {
		t.Fatalf("Register gives %v", err)
	}
	for _, word := range []string{"Integrations > Slash Commands", hooks + "/command", "POST", "gofirst", "crew"} {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%q does not say %q", err, word)
		}
	}
	given := open(t, mattermosttest.Options{NoCommands: true}, nil)
	if err := given.a.Register(t.Context(), "", commands, nil); err != nil {
		t.Errorf("with a token: %v", err)
	}
}

// The token of the bot's own command is learned from the server, after a restart too.
func TestOwnCommandIsHeard(t *testing.T) {
	t.Parallel()
	s := open(t, mattermosttest.Options{}, func(c *mattermost.Config) { c.CommandToken = nil })
	e := s.hear(t)
	s.Command("help")
	if c := wait(e, 1, anyOf[chat.CommandInvoked]); c.Text != "help" {
		t.Errorf("the command arrives as %+v", c)
	}
}

// The bot works in the teams that it was told, and hears nothing of others.
func TestTeams(t *testing.T) {
	t.Parallel()
	s := open(t, mattermosttest.Options{}, func(c *mattermost.Config) { c.Teams = []string{"crew"} })
	second := s.AddTeam("second")
	room := s.AddChannel(second, "help", true)
	for _, u := range []string{s.Self(), s.User("ana")} {
		s.Server.Join(second, u)
		s.Enter(room, u)
	}
	e := s.hear(t)
	if _, err := s.Server.Say(s.User("ana"), room, "", "not for you"); err != nil {
		t.Fatal(err)
	}
	s.Say(0, "for you")
	wait(e, 1, says("for you"))
	if n := len(e.all()); n != 1 {
		t.Errorf("%d events are told: %+v", n, e.all())
	}
	if spaces, err := s.a.Spaces(t.Context()); err != nil || len(spaces) != 1 {
		t.Errorf("the spaces are %v, %v", spaces, err)
	}
}

// Whom and what a command names is known from the server where it says so, and else asked for.
func TestCommandReferences(t *testing.T) {
	t.Parallel()
	for _, old := range []bool{false, true} {
		s := open(t, mattermosttest.Options{Old: old}, nil)
		e := s.hear(t)
		s.Command("thanks @bo, and @nobody in ~help for `@ana`")
		c := wait(e, 1, anyOf[chat.CommandInvoked])
		if len(c.References) != 2 || c.References[0].User != s.Other() || c.References[1].Channel != s.Channel() {
			t.Errorf("old %v: %q names %+v", old, c.Text, c.References)
		}
	}
}

func TestGuide(t *testing.T) {
	t.Parallel()
	page := string(mattermost.Guide(mattermost.GuideOptions{Server: "https://chat.acme.test", Hooks: "https://bot.acme.test:8443/hooks/mm/", Teams: []string{"crew"}}))
	for _, word := range []string{"https://chat.acme.test", "https://bot.acme.test:8443/hooks/mm/command", "add `bot.acme.test`", "in crew", "docs.mattermost.com", "/invite @gofirst"} {
		if !strings.Contains(page, word) {
			t.Errorf("the page does not say %q", word)
		}
	}
	for _, p := range mattermost.Permissions() {
		if !strings.Contains(page, "`"+p.Name+"`: "+p.Why) || p.Needed != (p.Without == "") {
			t.Errorf("the permission %+v is not explained", p)
		}
	}
	if strings.Contains(page, "{{") || strings.Contains(page, "<no value>") {
		t.Error("the page is not filled in")
	}
}

func TestConfigIsChecked(t *testing.T) {
	t.Parallel()
	good := mattermost.Config{Server: "https://chat.example.org", Token: func() string { return "secret" }, Key: key}
	if _, err := mattermost.New(good); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*mattermost.Config){
		"no server":   func(c *mattermost.Config) { c.Server = "" },
		"a word":      func(c *mattermost.Config) { c.Server = "chat" },
		"a password":  func(c *mattermost.Config) { c.Server = "https://a:hunter2@chat.example.org" },
		"a question":  func(c *mattermost.Config) { c.Hooks = "https://bot.example.org/?x=hunter2" },
		"no token":    func(c *mattermost.Config) { c.Token = nil },
		"a short key": func(c *mattermost.Config) { c.Key = []byte("hunter2") },
	} {
		c := good
		change(&c)
		if _, err := mattermost.New(c); err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
