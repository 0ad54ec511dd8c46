package mattermost_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/mattermost"
	"github.com/gofirst/gofirst/adapters/mattermost/mattermosttest"
	"github.com/gofirst/gofirst/bot/chat"
)

var share = chat.Form{Title: "Share", Submit: "Send", State: "the.state", Fields: []chat.Field{{Name: "what", Label: "What is it?"}}}

// A trigger that is too old is made good by a button, which the person alone sees and can press.
func TestFormByButton(t *testing.T) {
	t.Parallel()
	for _, byPress := range []bool{false, true} {
		var ahead atomic.Int64
		s := open(t, mattermosttest.Options{Old: true, Now: func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }}, nil)
		e := s.hear(t)
		reply, trigger := s.deed(t, e, byPress)
		ahead.Store(int64(4 * time.Second))
		if err := s.a.OpenForm(t.Context(), reply, trigger, share); err != nil {
			t.Fatal(err)
		}
		if len(s.Dialogs(s.User("ana"))) != 0 {
			t.Fatal("the form is open already")
		}
		posts := s.Posts()
		offer := posts[len(posts)-1]
		if offer.For != s.User("ana") || len(offer.Buttons) != 1 || offer.Buttons[0] != "Share" {
			t.Fatalf("the offer is %+v", offer)
		}
		s.done(s.Server.Press(s.User("ana"), offer.ID, "Share"))
		s.FillForm(map[string]string{"what": "a plan"})
		if f := wait(e, 1, anyOf[chat.FormSubmitted]); f.State != "the.state" || f.Values["what"] != "a plan" {
			t.Errorf("the form comes back as %+v", f)
		}
		if err := e.end(); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
}

// deed lets ana give a command or press a button.
func (s *service) deed(t testing.TB, e *ear, byPress bool) (chat.ReplyHandle, string) {
	t.Helper()
	if !byPress {
		s.Command("share")
		c := wait(e, 1, anyOf[chat.CommandInvoked])
		return c.Reply, c.Trigger
	}
	s.Press(s.send(t, withButton(s)).Message, "Yes")
	p := wait(e, 1, anyOf[chat.ButtonPressed])
	return p.Reply, p.Trigger
}

// A form can be sent by the one for whom it was opened, with answers that it allows, and in its time.
func TestFormIsChecked(t *testing.T) {
	t.Parallel()
	var ahead atomic.Int64
	s := open(t, mattermosttest.Options{}, func(c *mattermost.Config) {
		c.Now = func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }
	})
	e := s.hear(t)
	reply, trigger := s.deed(t, e, false)
	form := chat.Form{Title: "Share", State: "s", Fields: []chat.Field{
		{Name: "what", Label: "What?", Max: 5}, {Name: "room", Label: "Where?", Choices: []chat.Choice{{Value: "here", Label: "Here"}}},
	}}
	if err := s.a.OpenForm(t.Context(), reply, trigger, form); err != nil {
		t.Fatal(err)
	}
	d, _ := s.dialog()
	good := map[string]any{"what": "a", "room": "here"}
	other := d
	other.User = s.User("bo")
	for name, test := range map[string]struct {
		r     mattermosttest.Request
		count chat.Count
	}{
		"another person": {s.DialogRequest(other, good, false), chat.RefusedForeign},
		"too long":       {s.DialogRequest(d, map[string]any{"what": "too long", "room": "here"}, false), chat.RefusedBody},
		"no such choice": {s.DialogRequest(d, map[string]any{"what": "a", "room": "there"}, false), chat.RefusedBody},
		"no word":        {s.DialogRequest(d, map[string]any{"what": 7, "room": "here"}, false), chat.RefusedBody},
	} {
		before := s.a.Tally()[test.count]
		code := knockUntil(t, s.a, "dialog", test.r, func(int) bool { return true })
		if code < 400 || code > 499 || s.a.Tally()[test.count] != before+1 {
			t.Errorf("%s: status %d, counted %d as %s", name, code, s.a.Tally()[test.count]-before, test.count)
		}
	}
	ahead.Store(int64(13 * time.Hour))
	if knockUntil(t, s.a, "dialog", s.DialogRequest(d, good, false), func(int) bool { return true }); s.a.Tally()[chat.RefusedStale] != 1 {
		t.Error("a form of yesterday is taken")
	}
	ahead.Store(0)
	if code := knockUntil(t, s.a, "dialog", s.DialogRequest(d, good, false), func(int) bool { return true }); code != 200 {
		t.Errorf("a good form gets the status %d", code)
	}
	wait(e, 1, anyOf[chat.FormSubmitted])
}

// Whatever the server has against a trigger: the button is offered. What it has against the form itself is an error.
func TestFormWithBadTrigger(t *testing.T) {
	t.Parallel()
	s := open(t, mattermosttest.Options{}, nil)
	e := s.hear(t)
	reply, trigger := s.deed(t, e, false)
	if err := s.a.OpenForm(t.Context(), reply, "bm9uZQ==", share); err != nil {
		t.Error(err)
	}
	for _, offered := range []string{"Invalid or missing trigger_id in request body.", "Invalid or missing url in request body."} {
		s.RefuseDialog("api.context.invalid_body_param.app_error", offered)
		err := s.a.OpenForm(t.Context(), reply, trigger, share)
		if (err == nil) != strings.Contains(offered, "trigger_id") {
			t.Errorf("told %q, OpenForm returns %v", offered, err)
		}
	}
	for _, p := range s.Posts() {
		if p.For != s.User("ana") || len(p.Buttons) != 1 || p.Buttons[0] != "Share" {
			t.Errorf("the offer is %+v", p)
		}
	}
	if n := len(s.Posts()); n != 2 {
		t.Errorf("%d buttons are offered, want 2", n)
	}
}
