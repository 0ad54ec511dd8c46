package slack_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/slack"
	"github.com/gofirst/gofirst/adapters/slack/slacktest"
	"github.com/gofirst/gofirst/bot/chat"
)

func TestManifest(t *testing.T) {
	t.Parallel()
	actions := []chat.Action{{Name: "example", Label: "Mark as example"}, {Name: "thank", Label: "Thank", OnPerson: true}}
	for name, o := range map[string]slack.ManifestOptions{
		"manifest":          {Actions: actions},
		"manifest-http":     {Name: "helper", About: "Says \"hello\": twice.", Hooks: "https://bot.example.org/hooks/slack/", Actions: actions},
		"manifest-commands": {CommandOnly: true},
	} {
		got, err := slack.Manifest(o)
		if err != nil {
			t.Fatal(err)
		}
		golden(t, name, string(got))
	}
}

func TestManifestRefuses(t *testing.T) {
	t.Parallel()
	for what, o := range map[string]slack.ManifestOptions{
		"a long name":    {Name: strings.Repeat("n", 36)},
		"a long text":    {About: strings.Repeat("n", 141)},
		"plain http":     {Hooks: "http://bot.example.org"},
		"a long label":   {Actions: []chat.Action{{Name: "x", Label: strings.Repeat("l", 25)}}},
		"a missing name": {Actions: []chat.Action{{Label: "x"}}},
	} {
		if _, err := slack.Manifest(o); err == nil {
			t.Errorf("%s is taken", what)
		}
	}
}

// listed gives the entries of the YAML list below a key.
func listed(manifest, key string) (all []string) {
	_, rest, _ := strings.Cut(manifest, key+":\n")
	for _, line := range strings.Split(rest, "\n") {
		entry := strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(entry, "#"):
		case strings.HasPrefix(entry, "- "):
			all = append(all, entry[2:])
		default:
			return all
		}
	}
	return all
}

// The manifest asks for just the scopes that the workspace's own table wants for the methods and events in use.
func TestManifestScopesAreThoseOfTheWorkspace(t *testing.T) {
	t.Parallel()
	for only, want := range map[bool][]string{false: allScopes(), true: commandScopes()} {
		m, err := slack.Manifest(slack.ManifestOptions{CommandOnly: only})
		if err != nil {
			t.Fatal(err)
		}
		scopes, events := listed(string(m), "bot"), listed(string(m), "bot_events")
		slices.Sort(scopes)
		slices.Sort(want)
		if !slices.Equal(scopes, want) {
			t.Errorf("command only %v: the scopes are %v, want %v", only, scopes, want)
		}
		known := slacktest.Events()
		for _, e := range events {
			needs, ok := known[e]
			if !ok || len(needs) > 0 && !slices.ContainsFunc(needs, func(x string) bool { return slices.Contains(scopes, x) }) {
				t.Errorf("command only %v: the event %s is subscribed to without a scope", only, e)
			}
			delete(known, e)
		}
		if only {
			delete(known, "message.channels")
			delete(known, "message.groups")
		}
		if len(known) != 0 {
			t.Errorf("command only %v: these events are not subscribed to: %v", only, known)
		}
	}
}

func finding(t *testing.T, all []chat.Finding, what string) chat.Finding {
	t.Helper()
	i := slices.IndexFunc(all, func(f chat.Finding) bool { return f.What == what })
	if i < 0 {
		t.Fatalf("there is no finding on %q among %+v", what, all)
	}
	return all[i]
}

func TestExamine(t *testing.T) {
	t.Parallel()
	s := newServer(t, slacktest.Options{})
	bad := slacktest.Options{Scopes: []string{"commands", "channels:read", "groups:read"}, AppScopes: []string{"none"}}
	poor := newServer(t, bad)
	lonely := slacktest.New(slacktest.Options{})
	t.Cleanup(lonely.Close)
	late := func(d time.Duration) func(*slack.Config) {
		return func(c *slack.Config) { c.Now = func() time.Time { return time.Now().Add(d) } }
	}
	for what, x := range map[string]struct {
		s      *slacktest.Server
		change func(*slack.Config)
		want   chat.Health
	}{
		"bot token":              {s, nil, chat.Well},
		"clock":                  {s, nil, chat.Well},
		"app token":              {s, nil, chat.Well},
		"scope channels:history": {s, nil, chat.Well},
		"rooms":                  {s, nil, chat.Well},
		"scope chat:write":       {poor, nil, chat.Ill},
		"scope reactions:read":   {poor, nil, chat.Limited},
		"app token ":             {poor, nil, chat.Ill},
		"rooms ":                 {lonely, nil, chat.Limited},
		"clock ":                 {s, late(time.Minute), chat.Limited},
		"clock  ":                {s, func(c *slack.Config) { late(-time.Hour)(c); c.AppToken = nil }, chat.Ill},
		"bot token ":             {s, func(c *slack.Config) { c.BotToken = func() string { return "xoxb-none" } }, chat.Ill},
		"bot token  ":            {s, func(c *slack.Config) { c.API = "http://127.0.0.1:1/api/" }, chat.Ill},
		"signing secret":         {s, func(c *slack.Config) { c.AppToken, c.SigningSecret = nil, func() string { return "" } }, chat.Ill},
		"request URLs":           {s, func(c *slack.Config) { c.AppToken = nil }, chat.Limited},
	} {
		f := finding(t, newAdapter(t, x.s, x.change).Examine(t.Context()), strings.TrimSpace(what))
		if f.State != x.want || (f.Do == "") != (f.State == chat.Well) {
			t.Errorf("%q is found %+v, want the state %v", what, f, x.want)
		}
	}
}

func TestDirectory(t *testing.T) {
	t.Parallel()
	s := newServer(t, slacktest.Options{})
	a := newAdapter(t, s, nil)
	for name, want := range map[string]chat.UserID{"ana@example.org": ana, "@hal": hal, "ANA": ana, hal: hal} {
		if got, err := a.Find(t.Context(), "", name); err != nil || got != want {
			t.Errorf("Find(%q) gives %q, %v", name, got, err)
		}
	}
	_, err := a.Find(t.Context(), "", "nobody@example.org")
	kindIs(t, err, chat.Gone)
	p, err := a.Person(t.Context(), ana)
	if want := (chat.Profile{User: ana, Name: "Ana", Handle: "ana", Zone: "Europe/Paris", Language: "fr-FR"}); err != nil || p != want {
		t.Errorf("Person gives %+v, %v", p, err)
	}
	for _, name := range []string{"crew", "@crew", "S0CREW"} {
		if users, err := a.Group(t.Context(), "", name); err != nil || len(users) != 2 {
			t.Errorf("Group(%q) gives %v, %v", name, users, err)
		}
	}
	rooms, err := a.Channels(t.Context(), "")
	if err != nil || len(rooms) != 2 || rooms[0].Private || !rooms[1].Private {
		t.Errorf("Channels gives %+v, %v", rooms, err)
	}
	_, err = a.Channels(t.Context(), "T0OTHER")
	kindIs(t, err, chat.Gone)
	if n := s.Calls("users.info"); n > 2 {
		t.Errorf("two people are asked for %d times", n)
	}
}

// What is refused says what to do.
func TestErrorsSayWhatToDo(t *testing.T) {
	t.Parallel()
	s := newServer(t, slacktest.Options{Scopes: []string{"users:read"}})
	_, err := newAdapter(t, s, nil).Send(t.Context(), chat.Delivery{Message: chat.Message{To: chat.To{Channel: help}, Body: []chat.Node{chat.Text("x")}}})
	if e := kindIs(t, err, chat.Refused); !strings.Contains(e.Error(), "chat:write") || !strings.Contains(e.Error(), "OAuth & Permissions") {
		t.Errorf("the error does not say which scope and where: %v", e)
	}
	s = newServer(t, slacktest.Options{})
	_, err = newAdapter(t, s, nil).Send(t.Context(), chat.Delivery{Message: chat.Message{To: chat.To{Channel: "C0ELSE"}, Body: []chat.Node{chat.Text("x")}}})
	if e := kindIs(t, err, chat.Refused); !strings.Contains(e.Error(), "/invite") {
		t.Errorf("the error does not say to invite the bot: %v", e)
	}
	s.Archive(help)
	_, err = newAdapter(t, s, nil).Send(t.Context(), chat.Delivery{Message: chat.Message{To: chat.To{Channel: help}, Body: []chat.Node{chat.Text("x")}}})
	kindIs(t, err, chat.Gone)
}
