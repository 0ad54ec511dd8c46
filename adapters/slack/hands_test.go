package slack_test

import (
	"bytes"
	"image"
	"image/png"
	"maps"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/slack"
	"github.com/gofirst/gofirst/adapters/slack/slacktest"
	"github.com/gofirst/gofirst/bot/chat"
)

func answer(reply chat.ReplyHandle, private bool, text string) chat.Delivery {
	return chat.Delivery{Message: chat.Message{To: chat.To{Reply: reply}, Private: private, Body: []chat.Node{chat.Text(text)}}}
}

func TestCommandNamesPeopleAndRooms(t *testing.T) {
	t.Parallel()
	s, _, h := opened(t, slacktest.Options{})
	s.Command(ana, help, "thanks @hal in #help for 5 < 6")
	e := await[chat.CommandInvoked](h, nil)
	if len(e.References) != 2 || e.References[0].User != hal || e.References[1].Channel != help {
		t.Fatalf("%q names %+v", e.Text, e.References)
	}
	if r := e.References[1]; e.Text[r.At:r.At+r.Len] != "#help" || !strings.HasSuffix(e.Text, " for 5 < 6") {
		t.Errorf("the command arrives as %q", e.Text)
	}
}

func TestReplyHandlesAreSpent(t *testing.T) {
	t.Parallel()
	s, a, h := opened(t, slacktest.Options{})
	s.Command(ana, help, "help")
	e := await[chat.CommandInvoked](h, nil)
	for i := range 5 {
		if _, err := a.Send(t.Context(), answer(e.Reply, i%2 == 0, "one of five")); err != nil {
			t.Fatalf("answer %d: %v", i+1, err)
		}
	}
	_, err := a.Send(t.Context(), answer(e.Reply, true, "the sixth"))
	kindIs(t, err, chat.Gone)
	alone := 0
	for _, p := range s.Posts() {
		if p.For == ana {
			alone++
		}
	}
	if alone != 3 || len(s.Posts()) != 5 {
		t.Errorf("%d of %d answers are for the person alone, want 3 of 5", alone, len(s.Posts()))
	}
	s.Command(ana, help, "again")
	e = await(h, func(e chat.CommandInvoked) bool { return e.Text == "again" })
	s.ExpireAnswers()
	_, err = a.Send(t.Context(), answer(e.Reply, true, "too late"))
	kindIs(t, err, chat.Gone)
}

func TestReplyHandlesExpire(t *testing.T) {
	t.Parallel()
	clock := newClock()
	s := newServer(t, slacktest.Options{})
	a := newAdapter(t, s, func(c *slack.Config) { c.Now = clock.now })
	h := hear(t, a, nil, nil)
	ready(t, s)
	s.Command(ana, help, "help")
	e := await[chat.CommandInvoked](h, nil)
	clock.pass(31 * time.Minute)
	_, err := a.Send(t.Context(), answer(e.Reply, true, "too late"))
	kindIs(t, err, chat.Gone)
	if s.Calls("chat.postMessage")+s.Calls("chat.postEphemeral") != 0 || len(s.Posts()) != 0 {
		t.Error("something was posted")
	}
}

// clock is a clock that a test moves.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func newClock() *clock { return &clock{at: time.Now()} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

func sheet(state string) chat.Form {
	return chat.Form{Title: "Share what you are working on", Submit: "Share", State: state, Fields: []chat.Field{
		{Name: "what", Label: "What?", Long: true, Max: 500}, {Name: "link", Label: "Link", Optional: true},
	}}
}

// A form whose trigger is too old is offered by a button, which opens it for the same person and for nobody else.
func TestFormAfterItsTime(t *testing.T) {
	t.Parallel()
	for what, late := range map[string]func(*slacktest.Server, *clock){
		"by our clock": func(_ *slacktest.Server, c *clock) { c.pass(4 * time.Second) },
		"by Slack's":   func(s *slacktest.Server, _ *clock) { s.ExpireTriggers() },
	} {
		clock := newClock()
		s := newServer(t, slacktest.Options{})
		a := newAdapter(t, s, func(c *slack.Config) { c.Now = clock.now })
		h := hear(t, a, nil, nil)
		ready(t, s)
		s.Command(ana, help, "share")
		e := await[chat.CommandInvoked](h, nil)
		late(s, clock)
		if err := a.OpenForm(t.Context(), e.Reply, e.Trigger, sheet("state")); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		posts := s.Posts()
		if len(s.Forms(ana)) != 0 || len(posts) != 1 || posts[0].For != ana || len(posts[0].Buttons) != 1 || posts[0].Buttons[0].Label != sheet("").Title {
			t.Fatalf("%s: people see %+v", what, posts)
		}
		s.Press(hal, help, posts[0].TS, sheet("").Title)
		s.Press(ana, help, posts[0].TS, sheet("").Title)
		until(t, s, "the form", func() bool { return len(s.Forms(ana)) == 1 })
		if len(s.Forms(hal)) != 0 {
			t.Errorf("%s: somebody else gets the form", what)
		}
		s.Submit(ana, map[string]string{"what": "a plan"})
		f := await[chat.FormSubmitted](h, nil)
		if f.State != "state" || f.Values["what"] != "a plan" || f.Place.Channel != help {
			t.Errorf("%s: the form arrives as %+v", what, f)
		}
		if len(h.events()) != 2 {
			t.Errorf("%s: the press of the form's own button is told: %+v", what, h.events())
		}
	}
}

// A state that is too long for Slack waits here; one that travels survives a restart.
func TestFormStates(t *testing.T) {
	t.Parallel()
	s, a, h := opened(t, slacktest.Options{})
	long := strings.Repeat("state ", 2000)
	s.Command(ana, help, "share")
	e := await[chat.CommandInvoked](h, nil)
	if err := a.OpenForm(t.Context(), e.Reply, e.Trigger, sheet(long)); err != nil {
		t.Fatal(err)
	}
	s.Submit(ana, map[string]string{"what": "a plan"})
	if f := await[chat.FormSubmitted](h, nil); f.State != long {
		t.Errorf("a state of %d bytes comes back with %d", len(long), len(f.State))
	}
	s.Command(ana, help, "again")
	e = await(h, func(e chat.CommandInvoked) bool { return e.Text == "again" })
	if err := a.OpenForm(t.Context(), e.Reply, e.Trigger, sheet("short")); err != nil {
		t.Fatal(err)
	}
	b, h := restarted(t, s, h)
	s.Submit(ana, map[string]string{"what": "after the restart"})
	f := await[chat.FormSubmitted](h, nil)
	if f.State != "short" || !maps.Equal(f.Values, map[string]string{"what": "after the restart", "link": ""}) {
		t.Errorf("after a restart the form arrives as %+v", f)
	}
	if _, err := b.Send(t.Context(), answer(f.Reply, true, "noted")); err != nil {
		t.Fatal(err)
	}
	if posts := s.Posts(); len(posts) != 1 || posts[0].For != ana {
		t.Errorf("the answer stands as %+v", posts)
	}
}

func TestForgedFormStateIsCounted(t *testing.T) {
	t.Parallel()
	s, a, h := opened(t, slacktest.Options{})
	s.Push("interactive", map[string]any{
		"type": "view_submission", "team": map[string]any{"id": s.Team()}, "user": map[string]any{"id": ana}, "api_app_id": slacktest.AppID,
		"view": map[string]any{"id": "V1", "callback_id": "gofirst_form", "private_metadata": `{"r":"x","s":"forged","m":"00"}`},
	})
	await(h, said(s.Say(ana, help, "after")))
	if n := len(h.events()); n != 1 || a.Tally()[chat.RefusedBody] != 1 {
		t.Errorf("%d events are heard, the tally is %v", n, a.Tally())
	}
}

func TestPressAfterARestart(t *testing.T) {
	t.Parallel()
	s, a, h := opened(t, slacktest.Options{})
	r, err := a.Send(t.Context(), chat.Delivery{Key: "aaaa", Message: chat.Message{
		To: chat.To{Channel: help}, Body: []chat.Node{chat.Text("Shall I?")}, Buttons: []chat.Button{{Label: "Yes", Value: "aaaa.yes.m"}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	b, h := restarted(t, s, h)
	s.Press(ana, help, string(r.Message), "Yes")
	e := await[chat.ButtonPressed](h, nil)
	if e.Value != "aaaa.yes.m" || e.Message != r.Message {
		t.Errorf("the press arrives as %+v", e)
	}
	if _, err := b.Send(t.Context(), answer(e.Reply, true, "noted")); err != nil {
		t.Error(err)
	}
}

func TestHomeButtons(t *testing.T) {
	t.Parallel()
	s, a, h := opened(t, slacktest.Options{})
	if err := a.ShowHome(t.Context(), ana, []chat.Node{chat.Text("What I keep of you")}, []chat.Button{{Label: "Stop", Value: "k.stop.m"}}); err != nil {
		t.Fatal(err)
	}
	s.PressHome(ana, "Stop")
	e := await[chat.ButtonPressed](h, nil)
	if e.Value != "k.stop.m" || e.Place.Channel != "" || e.Actor.User != ana {
		t.Errorf("the press arrives as %+v", e)
	}
	if _, err := a.Send(t.Context(), answer(e.Reply, true, "stopped")); err != nil {
		t.Fatal(err)
	}
	if posts := s.Posts(); len(posts) != 1 || posts[0].For != ana {
		t.Errorf("the answer stands as %+v", posts)
	}
}

// A call by name in a thread, in a channel with and without the right to read, is one command; it is answered in the
// thread, to the caller alone.
func TestCallInAThread(t *testing.T) {
	t.Parallel()
	for what, o := range map[string]slacktest.Options{"all scopes": {}, "commands only": {Scopes: commandScopes()}} {
		s, a, h := opened(t, o)
		root := s.Say(hal, help, "a question")
		s.Reply(ana, help, root, "@gofirst take", false)
		e := await[chat.CommandInvoked](h, nil)
		if e.Text != "take" || string(e.Place.Thread) != root {
			t.Errorf("%s: the call arrives as %+v", what, e)
		}
		if _, err := a.Send(t.Context(), answer(e.Reply, true, "noted")); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if posts := s.Posts(); len(posts) != 1 || posts[0].For != ana || posts[0].Thread != root {
			t.Errorf("%s: the answer stands as %+v", what, posts)
		}
		await(h, said(s.DM(ana, "after")))
		calls := 0
		for _, e := range h.events() {
			if _, ok := e.(chat.CommandInvoked); ok {
				calls++
			}
		}
		if calls != 1 {
			t.Errorf("%s: the call is told %d times", what, calls)
		}
	}
}

// restarted is another process in the place of the one that listened.
func restarted(t testing.TB, s *slacktest.Server, h *hearing) (*slack.Adapter, *hearing) {
	h.stop()
	until(t, s, "the end of the first connection", func() bool { return s.Connections() == 0 })
	b := newAdapter(t, s, nil)
	h = hear(t, b, nil, nil)
	ready(t, s)
	return b, h
}

func drawing() []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 4, 4))); err != nil {
		panic(err) // sixteen grey points can be drawn
	}
	return b.Bytes()
}

// A picture is uploaded once, also where the message that shows it has to be sent again.
func TestPictureIsUploadedOnce(t *testing.T) {
	t.Parallel()
	s := newServer(t, slacktest.Options{})
	a := newAdapter(t, s, nil)
	d := chat.Delivery{Message: chat.Message{To: chat.To{Channel: help}, Picture: &chat.Picture{PNG: drawing(), Alt: "four by four"}}}
	s.FailNext(500, nil)
	_, err := a.Send(t.Context(), d)
	kindIs(t, err, chat.Unsure)
	if _, err = a.Send(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if n := s.Calls("files.completeUploadExternal"); n != 1 {
		t.Errorf("the picture was uploaded %d times", n)
	}
	s.HoldFiles(1)
	_, err = a.Send(t.Context(), d)
	kindIs(t, err, chat.Later) // Slack is not done with the picture
	s = newServer(t, slacktest.Options{})
	a = newAdapter(t, s, nil)
	s.FailNextAny(502, nil)
	_, err = a.Send(t.Context(), d)
	kindIs(t, err, chat.Later) // the message itself was not sent
}
