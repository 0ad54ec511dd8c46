package mattermost_test

import (
	"strings"
	"testing"

	"github.com/gofirst/gofirst/adapters/mattermost/mattermosttest"
	"github.com/gofirst/gofirst/bot/chat"
)

// Servers that speak Mattermost's language may have identifiers of their own.
func TestOtherIdentifiers(t *testing.T) {
	t.Parallel()
	s := open(t, mattermosttest.Options{ShortIDs: true}, nil)
	e := s.hear(t)
	said := s.Say(0, "good morning")
	m := wait(e, 1, says("good morning"))
	if len(m.Message) == 26 {
		t.Fatal("the identifiers are Mattermost's")
	}
	sent := s.send(t, withButton(s))
	s.Press(sent.Message, "Yes")
	wait(e, 1, anyOf[chat.ButtonPressed])
	s.Command("help")
	c := wait(e, 1, anyOf[chat.CommandInvoked])
	if err := s.a.OpenForm(t.Context(), c.Reply, c.Trigger, share); err != nil {
		t.Fatal(err)
	}
	s.FillForm(map[string]string{"what": "a plan"})
	wait(e, 1, anyOf[chat.FormSubmitted])
	if err := s.a.React(t.Context(), m.Place.Channel, said, "eyes", true); err != nil {
		t.Error(err)
	}
	if text, _, err := s.a.Fetch(t.Context(), m.Place.Channel, said); err != nil || text != "good morning" {
		t.Errorf("Fetch gives %q, %v", text, err)
	}
	if channel, message, ok := s.a.ParseLink(s.Permalink(said)); !ok || channel != m.Place.Channel || message != said {
		t.Errorf("the link leads to %q, %q, %v", channel, message, ok)
	}
	if _, err := s.a.Send(t.Context(), text("../users", "?")); err == nil {
		t.Error("what is no identifier is taken for one")
	}
	if _, err := s.a.Send(t.Context(), text(chat.ChannelID(strings.Repeat("x", 65)), "?")); err == nil {
		t.Error("what is too long for an identifier is taken for one")
	}
}
