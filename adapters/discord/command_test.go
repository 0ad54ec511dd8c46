package discord_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gofirst/gofirst/adapters/discord/discordtest"
	"github.com/gofirst/gofirst/bot/chat"
)

// Commands are registered where they differ from what is there, and only then.
func TestRegisteredByDifference(t *testing.T) {
	t.Parallel()
	w := office(t, discordtest.Options{}, nil)
	changed := append(commands(), chat.Command{Name: "stop", About: "No more for me."})
	for n, step := range []struct {
		commands []chat.Command
		actions  []chat.Action
		puts     int
	}{
		{commands(), actions(), 1}, {commands(), actions(), 1}, {changed, actions(), 2}, {changed, actions()[:1], 3}, {changed, actions()[:1], 3},
	} {
		if err := w.a.Register(t.Context(), chat.SpaceID(w.guild), step.commands, step.actions); err != nil {
			t.Fatal(err)
		}
		if got := w.Registrations(); got != step.puts {
			t.Errorf("after step %d the commands were written %d times, want %d", n, got, step.puts)
		}
	}
	if err := w.adapter(t, nil).Register(t.Context(), chat.SpaceID(w.guild), changed, actions()[:1]); err != nil || w.Registrations() != 3 {
		t.Errorf("after a restart the same commands are written again: %d, %v", w.Registrations(), err)
	}
	other := w.AddGuild("Annex", permissions())
	french := []chat.Command{{Name: "share", About: "Ce sur quoi tu travailles."}}
	if err := w.a.Register(t.Context(), chat.SpaceID(other), french, nil); err != nil || w.Registrations() != 3 {
		t.Errorf("the words of another server replace those of the first: %d, %v", w.Registrations(), err)
	}
}

// What does not fit becomes "more"; what the service would refuse is refused here.
func TestManyCommands(t *testing.T) {
	t.Parallel()
	w := office(t, discordtest.Options{}, nil)
	var many []chat.Command
	for n := range 30 {
		many = append(many, chat.Command{Name: fmt.Sprintf("verb%d", n), About: strings.Repeat("é", 200)})
	}
	if err := w.a.Register(t.Context(), "", many, nil); err != nil {
		t.Fatal(err)
	}
	l := listen(t, w.a, nil, nil)
	w.ready(t)
	w.Invoke(w.room, w.ana, "more", map[string]string{"text": "verb29 with words"})
	if e := first(l, func(chat.CommandInvoked) bool { return true }); e.Text != "verb29 with words" {
		t.Errorf("more arrives as %q", e.Text)
	}
	for what, c := range map[string]struct {
		commands []chat.Command
		actions  []chat.Action
	}{
		"a name with capitals":   {[]chat.Command{{Name: "Share", About: "x"}}, nil},
		"a name of 33 letters":   {[]chat.Command{{Name: strings.Repeat("a", 33), About: "x"}}, nil},
		"an option with a blank": {[]chat.Command{{Name: "share", About: "x", Options: []chat.Option{{Name: "a b"}}}}, nil},
		"six entries of a menu":  {nil, slices.Repeat([]chat.Action{{Name: "x", Label: "X"}}, 6)},
	} {
		wantKind(t, w.a.Register(t.Context(), "", c.commands, c.actions), chat.Refused)
		if w.Registrations() != 1 {
			t.Errorf("%s is sent to the service", what)
		}
	}
}

// The parts of a command become the text that one would type, and whoever is named in it is told.
func TestCommandsArriveAsTyped(t *testing.T) {
	t.Parallel()
	w := office(t, discordtest.Options{}, nil)
	register(t, w, w.a)
	l := listen(t, w.a, nil, nil)
	w.ready(t)
	w.Invoke(w.room, w.ana, "thanks", map[string]string{"what": "the runbook", "who": "<@" + w.zoe + "> and the crew"})
	e := first(l, func(e chat.CommandInvoked) bool { return strings.HasPrefix(e.Text, "thanks") })
	if !strings.HasSuffix(e.Text, " and the crew for the runbook") || len(e.References) != 1 || string(e.References[0].User) != w.zoe {
		t.Errorf("a command that names somebody arrives as %q with %+v", e.Text, e.References)
	}
	w.Invoke(w.room, w.ana, "spread", map[string]string{"room": w.room})
	e = first(l, func(e chat.CommandInvoked) bool { return strings.HasPrefix(e.Text, "spread") })
	if e.Text != "spread in #help" || len(e.References) != 1 || string(e.References[0].Channel) != w.room {
		t.Errorf("a command that names a channel arrives as %q with %+v", e.Text, e.References)
	}
	root := w.Server.Say(w.room, w.ana, "a question")
	thread := w.StartThread(w.room, root, "a question")
	w.Invoke(thread, w.ana, "help", nil)
	e = first(l, func(e chat.CommandInvoked) bool { return e.Text == "help" })
	if e.Place.Thread != chat.MessageID(root) || string(e.Place.Channel) != w.room {
		t.Errorf("a command in a thread comes from %+v", e.Place)
	}
	w.Invoke(w.Direct(w.ana), w.ana, "share", map[string]string{"what": "in private"})
	e = first(l, func(e chat.CommandInvoked) bool { return e.Text == "share in private" })
	if !e.Place.Direct || e.Place.Space != "" {
		t.Errorf("a command in a conversation comes from %+v", e.Place)
	}
}

func TestSuggestions(t *testing.T) {
	t.Parallel()
	w := office(t, discordtest.Options{}, nil)
	register(t, w, w.a)
	listen(t, w.a, nil, nil)
	w.ready(t)
	for typed, want := range map[string][]string{"": {"the runbook", "the night shift", "running twice"}, "RUN": {"running twice", "the runbook"}, "zzz": nil} {
		choices, err := w.Type(patience(t), w.room, w.ana, "thanks", "what", typed)
		var got []string
		for _, c := range choices {
			got = append(got, c.Value)
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("for %q %q is offered, want %q: %v", typed, got, want, err)
		}
	}
}
