package slack_test

import (
	"testing"

	"github.com/gofirst/gofirst/adapters/slack/slacktest"
	"github.com/gofirst/gofirst/bot/chat"
)

// Identifiers may be short, in lower case, and of any letter.
func TestIdentifiersOfAnyShape(t *testing.T) {
	t.Parallel()
	for _, x := range []struct{ person, room string }{{"U1", "C1"}, {"u1", "c1"}, {"max.power-2_x", "room.one-2_x"}, {"9", "8"}} {
		s, a, h := opened(t, slacktest.Options{})
		s.AddPerson(slacktest.Person{ID: x.person, Handle: "max", Name: "Max"})
		s.AddChannel(x.room, "short", x.person, slacktest.BotUser)
		m := await(h, said(s.Say(x.person, x.room, "@max in #short")))
		if len(m.References) != 2 || string(m.References[0].User) != x.person || string(m.References[1].Channel) != x.room || m.Place.Direct {
			t.Errorf("%+v: the message arrives as %+v", x, m)
		}
		for _, to := range []chat.To{{Channel: chat.ChannelID(x.room)}, {Person: chat.UserID(x.person)}} {
			d := chat.Delivery{Message: chat.Message{To: to, Body: []chat.Node{chat.Text("hello")}}}
			if _, err := a.Send(t.Context(), d); err != nil {
				t.Errorf("%+v: Send to %+v: %v", x, to, err)
			}
		}
		link := "https://first.slack.com/archives/" + x.room + "/p1700000000000100"
		if channel, _, ok := a.ParseLink(link); !ok || string(channel) != x.room {
			t.Errorf("%s is read as %q, %v", link, channel, ok)
		}
		if user, err := a.Find(t.Context(), "", x.person); err != nil || string(user) != x.person {
			t.Errorf("Find(%q) gives %q, %v", x.person, user, err)
		}
	}
}

// A word in capitals is a handle first, an identifier only where nobody has it.
func TestFindTellsHandlesFromIdentifiers(t *testing.T) {
	t.Parallel()
	s := newServer(t, slacktest.Options{})
	a := newAdapter(t, s, nil)
	s.AddPerson(slacktest.Person{ID: "WALTER", Handle: "other", Name: "Other"})
	s.AddPerson(slacktest.Person{ID: "U0WALT", Handle: "walter", Name: "Walter"})
	s.AddPerson(slacktest.Person{ID: "UNDERSTOOD", Handle: "third", Name: "Third"})
	for name, want := range map[string]chat.UserID{
		"WALTER": "U0WALT", "@walter": "U0WALT", "UNDERSTOOD": "UNDERSTOOD", "U0WALT": "U0WALT", "ana@example.org": ana,
	} {
		if got, err := a.Find(t.Context(), "", name); err != nil || got != want {
			t.Errorf("Find(%q) gives %q, %v, want %q", name, got, err, want)
		}
	}
	for _, name := range []string{"nobody", "U0NOBODY", "a b", "@"} {
		if got, err := a.Find(t.Context(), "", name); err == nil {
			t.Errorf("Find(%q) gives %q", name, got)
		}
	}
}

// Whether a conversation is with one person alone, Slack says; the letter does not.
func TestDirectByKindAndNotByLetter(t *testing.T) {
	t.Parallel()
	s, a, h := opened(t, slacktest.Options{})
	s.AddDirect("X0ANA", ana)
	s.AddChannel("D0ROOM", "room", ana, slacktest.BotUser)
	id := s.DM(ana, "between us")
	if m := await(h, said(id)); !m.Place.Direct {
		t.Errorf("a direct message stands in %+v", m.Place)
	}
	if m := await(h, said(s.Say(ana, "D0ROOM", "in a room"))); m.Place.Direct {
		t.Errorf("a message in a room stands in %+v", m.Place)
	}
	s.React(ana, "X0ANA", id, "eyes", true)
	if r := await[chat.Reaction](h, nil); !r.Place.Direct {
		t.Errorf("a reaction to a direct message stands in %+v", r.Place)
	}
	s.Command(ana, "D0ROOM", "help")
	if c := await[chat.CommandInvoked](h, nil); c.Place.Direct {
		t.Errorf("a command in a room stands in %+v", c.Place)
	}
	h.stop()
	missed := s.DM(ana, "meanwhile")
	h = hear(t, newAdapter(t, s, nil), cursors(h.events()), nil)
	if m := await(h, said(missed)); !m.Place.Direct {
		t.Errorf("recovered in %+v", m.Place)
	}
	if _, found, err := a.FindSent(t.Context(), chat.To{Person: ana}, "none"); found || err != nil {
		t.Errorf("FindSent gives %v, %v", found, err)
	}
}

// Where a person's identifier is taken for no channel, the conversation is opened, once.
func TestDirectConversationIsOpened(t *testing.T) {
	t.Parallel()
	s := newServer(t, slacktest.Options{ByConversation: true})
	a := newAdapter(t, s, nil)
	d := chat.Delivery{Key: "k", Message: chat.Message{To: chat.To{Person: ana}, Body: []chat.Node{chat.Text("hello")}}}
	for range 2 {
		r, err := a.Send(t.Context(), d)
		if err != nil || string(r.Channel) != s.Direct(ana) {
			t.Fatalf("Send gives %+v, %v", r, err)
		}
	}
	if n := s.Calls("conversations.open"); n != 1 || len(s.Posts()) != 2 || s.Calls("chat.postMessage") != 3 {
		t.Errorf("%d conversations were opened, %d messages stand there", n, len(s.Posts()))
	}
	d.Message.To.Person = "U0NOBODY"
	_, err := a.Send(t.Context(), d)
	kindIs(t, err, chat.Gone)
	d.Message.To.Person = hal
	s.FailNext(500, nil) // of the post itself, of which nobody knows whether it stands
	_, err = a.Send(t.Context(), d)
	kindIs(t, err, chat.Unsure)
}
