package mattermost_test

import (
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/mattermost"
	"github.com/gofirst/gofirst/adapters/mattermost/mattermosttest"
	"github.com/gofirst/gofirst/bot/chat"
)

// A recent server tells by itself what was missed: reactions too, and nothing is asked for.
func TestRunContinues(t *testing.T) {
	t.Parallel()
	s := open(t, mattermosttest.Options{}, nil)
	e := s.hear(t)
	id := s.Say(0, "before")
	wait(e, 1, says("before"))
	s.Drop()
	if err := e.over(); err == nil {
		t.Fatal("a cut connection is no error")
	}
	s.React(id, "eyes", true)
	asked := s.Requests("GET /api/v4/channels/" + string(s.Channel()) + "/posts")
	again := hear(t, s.a, e.reached(), nil)
	if r := wait(again, 1, anyOf[chat.Reaction]); r.Message != id {
		t.Errorf("the reaction is on %s", r.Message)
	}
	if n := s.Requests("GET /api/v4/channels/" + string(s.Channel()) + "/posts"); n != asked {
		t.Error("the channel was read again")
	}
	if n := s.a.Tally()[chat.Gaps]; n != 0 {
		t.Errorf("%d gaps are counted", n)
	}
}

// A server that has forgotten the connection is asked, and the gap is counted.
func TestRunRecoversWhenForgotten(t *testing.T) {
	t.Parallel()
	s := open(t, mattermosttest.Options{}, nil)
	e := s.hear(t)
	one := s.Say(0, "one")
	two := s.Say(0, "two")
	wait(e, 1, says("two"))
	s.Restart()
	_ = e.over() // that it is lost is tried elsewhere
	s.Edit(one, "one, edited")
	s.Delete(two)
	s.Say(0, "three")
	s.done(s.Pin(string(one)))
	again := hear(t, s.a, e.reached(), nil)
	wait(again, 1, says("three"))
	if x := wait(again, 1, anyOf[chat.MessageEdited]); x.Message != one || x.Text != "one, edited" {
		t.Errorf("the edit is told as %+v", x)
	}
	if x := wait(again, 1, anyOf[chat.MessageDeleted]); x.Message != two {
		t.Errorf("the deletion is told as %+v", x)
	}
	if n := s.a.Tally()[chat.Gaps]; n != 1 {
		t.Errorf("%d gaps are counted, want 1", n)
	}
}

// A process that begins anew tells what lies shortly before the cursor once more, under the same identifier.
func TestRunAfterRestartOverlaps(t *testing.T) {
	t.Parallel()
	s := open(t, mattermosttest.Options{}, nil)
	e := s.hear(t)
	s.Say(0, "one")
	first := wait(e, 1, says("one"))
	s.Say(0, "two")
	wait(e, 1, says("two"))
	_ = e.end()
	s.Say(0, "three")
	other := connect(t, s, "", http.DefaultTransport.(*http.Transport).Clone(), nil)
	again := hear(t, other, e.reached(), nil)
	wait(again, 1, says("three"))
	if x := wait(again, 1, says("one")); x.ID != first.ID {
		t.Errorf("the same message is the event %s and %s", x.ID, first.ID)
	}
	_ = again.end()
}

// An event that got lost on its way shows by the number of the next one.
func TestRunNoticesMissingEvent(t *testing.T) {
	t.Parallel()
	s := open(t, mattermosttest.Options{}, nil)
	e := s.hear(t)
	s.Say(0, "one")
	wait(e, 1, says("one"))
	s.Skip()
	s.Say(0, "two")
	wait(e, 1, says("two"))
	if n := s.a.Tally()[chat.Gaps]; n != 1 {
		t.Errorf("%d gaps are counted, want 1", n)
	}
}

// While one channel hangs, more is said there than is kept. Nothing is lost, nothing comes in another order.
func TestRunReadsAgainWhatDidNotFit(t *testing.T) {
	t.Parallel()
	s := open(t, mattermosttest.Options{Old: true}, nil)
	var closed atomic.Bool
	closed.Store(true)
	e := hear(t, s.a, nil, func(x chat.Event) bool { return closed.Load() && x.Head().Place.Channel == s.Channel() })
	s.connected(t)
	const many = 300
	for i := range many {
		s.Say(0, fmt.Sprint("number ", i))
	}
	room, _ := s.SayElsewhere("here it goes on")
	if m := wait(e, 1, says("here it goes on")); m.Place.Channel != room {
		t.Fatalf("told of %s", m.Place.Channel)
	}
	closed.Store(false)
	wait(e, 1, says(fmt.Sprint("number ", many-1)))
	next := 0
	for _, x := range e.all() {
		if m, ok := x.(chat.MessagePosted); ok && m.Text == fmt.Sprint("number ", next) {
			next++
		}
	}
	if next != many {
		t.Errorf("%d of %d messages came in order", next, many)
	}
}

// A command goes past what the sink refuses, so that somebody can be told that nothing is stored.
func TestCommandGoesPastRefused(t *testing.T) {
	t.Parallel()
	s := open(t, mattermosttest.Options{}, nil)
	e := hear(t, s.a, nil, func(x chat.Event) bool { _, ok := x.(chat.MessagePosted); return ok })
	s.connected(t)
	s.Say(0, "not to be stored")
	s.Command("help")
	wait(e, 1, anyOf[chat.CommandInvoked])
}

// A connection on which nothing comes any more is lost.
func TestRunNoticesSilence(t *testing.T) {
	t.Parallel()
	s := open(t, mattermosttest.Options{}, func(c *mattermost.Config) { c.Heartbeat = 50 * time.Millisecond })
	e := s.hear(t)
	s.Mute(true)
	var lost *chat.Error
	if err := e.over(); !errors.As(err, &lost) || lost.Kind != chat.Later {
		t.Errorf("Run returns %v", err)
	}
}

// A server that limits requests is waited for.
func TestRecoveryWaits(t *testing.T) {
	t.Parallel()
	s := open(t, mattermosttest.Options{Old: true}, nil)
	e := s.hear(t)
	s.Say(0, "one")
	wait(e, 1, says("one"))
	_ = e.end()
	s.Say(0, "two")
	s.Limit("GET /api/v4/channels/"+string(s.Channel())+"/posts", 1)
	wait(hear(t, s.a, e.reached(), nil), 1, says("two"))
}

// More was said than the server tells at once: all of it comes.
func TestRecoveryOfThousands(t *testing.T) {
	t.Parallel()
	s := open(t, mattermosttest.Options{Old: true}, nil)
	e := s.hear(t)
	s.Say(0, "one")
	wait(e, 1, says("one"))
	_ = e.end()
	for i := range 1100 {
		s.Say(0, fmt.Sprint("number ", i))
	}
	again := hear(t, s.a, e.reached(), nil)
	wait(again, 1, says("number 1099"))
	wait(again, 1, says("number 0"))
	if n := len(again.all()); n != 1100 {
		t.Errorf("%d events are told, want 1100", n)
	}
}
