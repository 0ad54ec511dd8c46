package local_test

import (
	"context"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/local"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/google/go-cmp/cmp"
)

// clock is a time that stands still until it is moved.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func monday() *clock { return &clock{time.Date(2026, 9, 7, 9, 0, 0, 0, time.UTC)} }

// office is a chat with three people, another bot and two channels.
func office(t testing.TB) (*local.Chat, *clock) {
	t.Helper()
	at := monday()
	c := local.New(local.Options{Now: at.now})
	furnish(c)
	return c, at
}

func furnish(c *local.Chat) {
	for _, p := range []chat.Profile{
		{Handle: "ana", Name: "Ana"}, {Handle: "hal", Name: "Hal", Zone: "Europe/Paris"}, {Handle: "zoe", Name: "Zoé"},
		{Handle: "ci", Name: "CI", Bot: true},
	} {
		c.AddPerson(p)
	}
	c.AddChannel("help", "ana", "hal", "zoe", "ci")
	c.AddChannel("platform", "hal")
	c.AddGroup("release-crew", "hal", "zoe")
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func TestPeopleActAndEventsCome(t *testing.T) {
	t.Parallel()
	c, _ := office(t)
	q := must(c.Say("ana", "help", "", "How do I rotate the key? @hal, @release-crew., see #platform", 1))(t)
	r := must(c.Say("hal", "help", q.Message, "Twice.", 0))(t)
	deeper := must(c.Say("ana", "help", r.Message, "`@hal` thanks", 0))(t)
	must(c.React("zoe", "help", q.Message, ":eyes:", true))(t)
	if again := must(c.React("zoe", "help", q.Message, "eyes", true))(t); again != nil {
		t.Errorf("a reaction that was set already made the event %v", again)
	}
	must(c.Edit("ana", "help", q.Message, "Solved"))(t)
	must(c.Delete("ana", "help", q.Message))(t)
	orphan := must(c.Say("zoe", "help", r.Message, "What was it?", 0))(t)
	must(c.Tell("zoe", "hello"))(t)
	must(c.Leave("zoe", "help"))(t)
	must(c.Join("zoe", "platform"))(t)

	wanted := []chat.Reference{{At: 25, Len: 4, User: "hal"}, {At: 31, Len: 13, Group: "release-crew"}, {At: 51, Len: 9, Channel: "platform"}}
	if diff := cmp.Diff(wanted, q.References); diff != "" {
		t.Errorf("references (-want +got):\n%s", diff)
	}
	if deeper.Place.Thread != q.Message || deeper.References != nil {
		t.Errorf("a reply to a reply is in the thread %q with references %v", deeper.Place.Thread, deeper.References)
	}
	if !orphan.OrphanThread || r.OrphanThread {
		t.Errorf("orphans: %v, before %v", orphan.OrphanThread, r.OrphanThread)
	}
	events := c.Events()
	if len(events) != 10 || len(c.Posts()) != 10 {
		t.Fatalf("%d events, %d posts; want 10 of both", len(events), len(c.Posts()))
	}
	seen := map[chat.EventID]bool{}
	for i, e := range events {
		h := e.Head()
		if seen[h.ID] || i > 0 && h.Cursor <= events[i-1].Head().Cursor {
			t.Errorf("event %d: the identifier or cursor does not go up: %+v", i, h)
		}
		seen[h.ID] = true
	}
	if dm := events[7].Head().Place; !dm.Direct || dm.Channel != c.DM("zoe") {
		t.Errorf("a direct message came from %+v", dm)
	}
}

func TestCommandButtonForm(t *testing.T) {
	t.Parallel()
	c, at := office(t)
	a, ctx := c.Connect(), context.Background()
	cmd := must(c.Command("ana", "help", "thanks @hal for the runbook"))(t)
	if cmd.References[0].At != 7 {
		t.Errorf("references: %+v", cmd.References)
	}
	body := chat.Message{To: chat.To{Reply: cmd.Reply}, Private: true, Body: []chat.Node{chat.Text("Thank Hal?")},
		Buttons: []chat.Button{{Label: "Yes", Value: "k.yes.m"}}}
	sent := must(a.Send(ctx, chat.Delivery{Message: body}))(t)
	if _, err := c.Press("hal", "help", sent.Message, "Yes"); err == nil {
		t.Error("hal pressed a button that only ana can see")
	}
	press := must(c.Press("ana", "help", sent.Message, "1"))(t)
	if press.Value != "k.yes.m" {
		t.Errorf("the press carries %q", press.Value)
	}
	form := chat.Form{Title: "Thanks", State: "s", Fields: []chat.Field{{Name: "why", Label: "Why"}, {Name: "who", Value: "hal"}}}
	if err := a.OpenForm(ctx, press.Reply, press.Trigger, form); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Submit("ana", press.Reply, nil); err == nil {
		t.Error("a form was sent without a required field")
	}
	filled := must(c.Submit("ana", press.Reply, map[string]string{"why": "saved me"}))(t)
	if diff := cmp.Diff(map[string]string{"why": "saved me", "who": "hal"}, filled.Values); diff != "" || filled.State != "s" {
		t.Error(filled.State, diff)
	}
	if _, err := c.Submit("ana", press.Reply, nil); err == nil {
		t.Error("a form was sent twice")
	}
	at.at = at.at.Add(time.Hour)
	_, err := a.Send(ctx, chat.Delivery{Message: body})
	wantKind(t, err, chat.Gone)
}
