package slack_test

import (
	"context"
	"strconv"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/slack/slacktest"
	"github.com/gofirst/gofirst/bot/chat"
)

// cursors gives those that the bot would have stored.
func cursors(events []chat.Event) map[chat.ChannelID]chat.Cursor {
	all := map[chat.ChannelID]chat.Cursor{}
	for _, e := range events {
		if h := e.Head(); h.Cursor != "" && h.Place.Direct {
			all[""] = h.Cursor
		} else if h.Cursor != "" {
			all[h.Place.Channel] = h.Cursor
		}
	}
	return all
}

func TestRecoveryTellsThreadsInOrder(t *testing.T) {
	t.Parallel()
	s, a, h := opened(t, slacktest.Options{})
	root := s.Say(ana, help, "a question")
	await(h, said(root))
	h.stop()
	since := cursors(h.events())
	want := []string{
		s.Reply(hal, help, root, "an answer", false), s.Say(ana, help, "something else"),
		s.Reply(hal, help, root, "for all", true), s.Say(ana, help, "and more"),
	}
	h = hear(t, a, since, nil)
	await(h, said(want[3]))
	var got []string
	for _, e := range h.events() {
		if m, ok := e.(chat.MessagePosted); ok && string(m.Message) != root {
			got = append(got, string(m.Message))
			if m.Broadcast != (string(m.Message) == want[2]) || (m.Place.Thread != "") != (m.Text == "an answer" || m.Text == "for all") {
				t.Errorf("recovered as %+v", m)
			}
		}
	}
	if len(got) != 4 || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] || got[3] != want[3] {
		t.Errorf("recovered %v, want %v", got, want)
	}
	if n := a.Tally()[chat.Gaps]; n != 1 {
		t.Errorf("%d gaps are counted", n)
	}
}

func TestRecoveryOfAThreadWithoutItsRoot(t *testing.T) {
	t.Parallel()
	s, a, h := opened(t, slacktest.Options{})
	root := s.Say(ana, help, "a question")
	await(h, said(s.Reply(hal, help, root, "an answer", false)))
	s.Delete(help, root)
	if d := await[chat.MessageDeleted](h, nil); string(d.Message) != root {
		t.Errorf("the deletion of a root arrives as %+v", d)
	}
	h.stop()
	late := s.Reply(hal, help, root, "another", false)
	h = hear(t, a, cursors(h.events()), nil)
	if m := await(h, said(late)); !m.OrphanThread || string(m.Place.Thread) != root {
		t.Errorf("recovered as %+v", m)
	}
}

// Reading waits where Slack says so, goes through pages, and passes over rooms that cannot be read.
func TestRecoveryIsPatient(t *testing.T) {
	t.Parallel()
	s, a, h := opened(t, slacktest.Options{})
	await(h, said(s.Say(ana, help, "before")))
	h.stop()
	var last string
	for i := range 450 {
		last = s.Say(ana, help, strconv.Itoa(i))
	}
	s.Archive(quiet)
	s.Limit("conversations.history", 1)
	h = hear(t, a, cursors(h.events()), nil)
	await(h, said(last))
	if n := len(h.events()); n != 451 && n != 450 {
		t.Errorf("%d events are recovered, want 450, or one more", n)
	}
}

// What is said while recovery goes on comes after what was missed.
func TestLiveWaitsForRecovery(t *testing.T) {
	t.Parallel()
	s, a, h := opened(t, slacktest.Options{})
	await(h, said(s.Say(ana, help, "before")))
	h.stop()
	until(t, s, "the end of the connection", func() bool { return s.Connections() == 0 })
	missed := s.Say(ana, help, "missed")
	s.Limit("conversations.history", 1) // a second
	h = hear(t, a, cursors(h.events()), nil)
	ready(t, s)
	live := s.Say(ana, help, "live")
	s.Command(ana, help, "help")
	await[chat.CommandInvoked](h, nil)
	if h.posted(missed)+h.posted(live) != 0 {
		t.Error("the command waits for the recovery")
	}
	await(h, said(live))
	var order []string
	for _, e := range h.events() {
		if m, ok := e.(chat.MessagePosted); ok && m.Text != "before" {
			order = append(order, m.Text)
		}
	}
	if len(order) != 2 || order[0] != "missed" || order[1] != "live" {
		t.Errorf("they come as %q", order)
	}
}

func TestDirectCursorsTellATimeAlone(t *testing.T) {
	t.Parallel()
	s, _, h := opened(t, slacktest.Options{})
	m := await(h, said(s.DM(ana, "between us")))
	if m.Cursor == "" || string(m.Cursor) == string(m.Message) || m.Cursor[len(m.Cursor)-6:] != "000000" {
		t.Errorf("the cursor of the message %s is %s", m.Message, m.Cursor)
	}
}

func TestRunRefusesAStrangeCursor(t *testing.T) {
	t.Parallel()
	a := newAdapter(t, newServer(t, slacktest.Options{}), nil)
	for _, c := range []chat.Cursor{"x", "17.1", "-1.000000", "1.0000000"} {
		kindIs(t, a.Run(t.Context(), map[chat.ChannelID]chat.Cursor{help: c}, nil), chat.Refused)
	}
}

// Previews, topics and reply counts are nobody's edits and nobody's words.
func TestWhatIsNoContribution(t *testing.T) {
	t.Parallel()
	s, _, h := opened(t, slacktest.Options{})
	id := s.Say(ana, help, "see https://example.org")
	s.Unfurl(help, id)
	topic := s.SayAs(ana, help, "channel_topic", "set the topic")
	hook := s.SayAs("", help, "bot_message", "build passed")
	shrug := s.SayAs(ana, help, "me_message", "shrugs")
	await(h, said(shrug))
	for _, e := range h.events() {
		switch e := e.(type) {
		case chat.MessageEdited:
			t.Errorf("a preview is told as an edit: %+v", e)
		case chat.MessagePosted:
			if e.System != (string(e.Message) == topic) || e.Actor.Human() == (string(e.Message) == hook) {
				t.Errorf("%q is told with System %v, by %+v", e.Text, e.System, e.Actor)
			}
		}
	}
	if m := await(h, said(id)); m.Text != "see https://example.org" {
		t.Errorf("the link arrives as %q", m.Text)
	}
	s.Edit(help, id, "once")
	s.Edit(help, id, "twice")
	one := await(h, func(e chat.MessageEdited) bool { return e.Text == "once" })
	two := await(h, func(e chat.MessageEdited) bool { return e.Text == "twice" })
	if one.ID == two.ID {
		t.Error("two edits are one event")
	}
}

func TestReactionsAreThreeEvents(t *testing.T) {
	t.Parallel()
	s, _, h := opened(t, slacktest.Options{})
	id := s.Say(ana, help, "x")
	s.React(hal, help, id, "eyes::skin-tone-3", true)
	s.React(hal, help, id, "eyes::skin-tone-3", false)
	s.React(hal, help, id, "eyes::skin-tone-3", true)
	await(h, said(s.Say(ana, help, "after")))
	ids := map[chat.EventID]bool{}
	for _, e := range h.events() {
		if r, ok := e.(chat.Reaction); ok {
			ids[r.ID] = true
			if r.Emoji != "eyes" {
				t.Errorf("the emoji is %q", r.Emoji)
			}
		}
	}
	if len(ids) != 3 {
		t.Errorf("adding, removing and adding again are %d events", len(ids))
	}
}

// Without the scopes for history the bot hears mentions, commands and what is said to it, and says so.
func TestCommandOnly(t *testing.T) {
	t.Parallel()
	s, a, h := opened(t, slacktest.Options{Scopes: commandScopes()})
	s.Say(ana, help, "nobody's business")
	mention := s.Say(ana, help, "ask @gofirst")
	if m := await(h, said(mention)); len(m.References) != 1 || !m.References[0].Self {
		t.Errorf("the mention arrives as %+v", m)
	}
	await(h, said(s.DM(ana, "hello")))
	s.Command(ana, help, "help")
	await[chat.CommandInvoked](h, nil)
	if n := len(h.events()); n != 3 {
		t.Errorf("%d events are heard, want 3", n)
	}
	if sight := a.Sees(); !sight.Known || sight.Messages || !sight.Reactions || !sight.Members {
		t.Errorf("it says that it sees %+v", sight)
	}
	for _, f := range a.Examine(t.Context()) {
		if f.State == chat.Ill {
			t.Errorf("this is ill: %+v", f)
		}
	}
	if _, found, err := a.FindSent(t.Context(), chat.To{Channel: help}, "aaaa"); found || err != nil {
		t.Errorf("FindSent gives %v, %v, want unknown", found, err)
	}
	h.stop()
	missed := s.DM(ana, "meanwhile")
	h = hear(t, a, cursors(h.events()), nil)
	await(h, said(missed))
}

// The key comes back with the message where Slack leaves it there, and is found again in any case.
func TestKeys(t *testing.T) {
	t.Parallel()
	for _, payloads := range []bool{false, true} {
		s, a, h := opened(t, slacktest.Options{Payloads: payloads})
		root := s.Say(ana, help, "a question")
		for what, to := range map[string]chat.To{"c": {Channel: help}, "t": {Channel: help, Thread: chat.MessageID(root)}, "d": {Person: ana}} {
			key := "aaaa" + what
			r, err := a.Send(t.Context(), chat.Delivery{Key: key, Message: chat.Message{To: to, Body: []chat.Node{chat.Text("x")}}})
			if err != nil {
				t.Fatal(err)
			}
			m := await(h, said(string(r.Message)))
			if want := map[bool]string{true: key}[payloads]; m.Key != want || !m.Actor.Self {
				t.Errorf("the echo carries %q, want %q: %+v", m.Key, want, m.Actor)
			}
			b := newAdapter(t, s, nil) // which remembers nothing
			if got, found, err := b.FindSent(t.Context(), to, key); err != nil || !found || got.Message != r.Message || got.Channel != r.Channel {
				t.Errorf("FindSent gives %+v, %v, %v", got, found, err)
			}
		}
	}
}

func TestHistoryLeavesCommandsOut(t *testing.T) {
	t.Parallel()
	s := newServer(t, slacktest.Options{})
	a := newAdapter(t, s, nil)
	s.Say(ana, help, "@gofirst help")
	s.Say(ana, help, "a question")
	var got []string
	err := a.History(t.Context(), time.Now().Add(-time.Hour), func(_ context.Context, e chat.Event) error {
		got = append(got, e.(chat.MessagePosted).Text)
		return nil
	})
	if err != nil || len(got) != 1 || got[0] != "a question" {
		t.Errorf("the history is %q, %v", got, err)
	}
}
