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

// What was edited stands twice in the server's answer, and counts twice: none of what did not fit is lost.
func TestRecoveryOfHundredsEdited(t *testing.T) {
	t.Parallel()
	s := open(t, mattermosttest.Options{Old: true}, nil)
	e := s.hear(t)
	s.Say(0, "one")
	wait(e, 1, says("one"))
	_ = e.end()
	const many = 600
	for i := range many {
		s.Edit(s.Say(0, "a word"), fmt.Sprint("number ", i))
	}
	again := hear(t, s.a, e.reached(), nil)
	for i := range many {
		wait(again, 1, says(fmt.Sprint("number ", i)))
	}
}

// What a proxy answers in the server's place does not mean that there is nothing to tell.
func TestRecoveryOutlastsProxy(t *testing.T) {
	t.Parallel()
	for _, status := range []int{302, 400, 403, 404} {
		s := open(t, mattermosttest.Options{Old: true}, nil)
		e := s.hear(t)
		s.Say(0, "one")
		wait(e, 1, says("one"))
		_ = e.end()
		s.Say(0, "two")
		s.Block("GET /api/v4/channels/"+string(s.Channel())+"/posts", status, 1)
		again := hear(t, s.a, e.reached(), nil)
		wait(again, 1, says("two"))
		_ = again.end()
	}
}

// A channel that the server itself refuses is a gap; the others are told.
func TestRecoveryOfRefusedChannel(t *testing.T) {
	t.Parallel()
	s := open(t, mattermosttest.Options{Old: true}, nil)
	e := s.hear(t)
	s.Say(0, "one")
	wait(e, 1, says("one"))
	_ = e.end()
	s.Say(0, "two")
	s.SayElsewhere("three")
	s.Hide(string(s.Channel()))
	before := s.a.Tally()[chat.Gaps]
	again := hear(t, s.a, e.reached(), nil)
	wait(again, 1, says("three"))
	s.connected(t)
	room, _ := s.SayElsewhere("four")
	if m := wait(again, 1, says("four")); m.Place.Channel != room {
		t.Errorf("told of %s", m.Place.Channel)
	}
	if n := s.a.Tally()[chat.Gaps] - before; n != 2 {
		t.Errorf("%d gaps are counted, want that of the connection and that of the channel", n)
	}
}

// Only a token that the server does not know ends a connection for good.
func TestRunRefusedByTokenAlone(t *testing.T) {
	t.Parallel()
	for status, kind := range map[int]chat.Kind{302: chat.Later, 403: chat.Later, 404: chat.Later, 503: chat.Later, 401: chat.Refused} {
		s := open(t, mattermosttest.Options{Old: true}, nil)
		s.Block("GET /api/v4/users/me", status, 1)
		var lost *chat.Error
		if err := hear(t, s.a, nil, nil).over(); !errors.As(err, &lost) || lost.Kind != kind {
			t.Errorf("at status %d Run returns %v", status, err)
		}
	}
}

// A token that is taken away while a channel is read again ends the connection, too.
func TestRecoveryWithoutToken(t *testing.T) {
	t.Parallel()
	s := open(t, mattermosttest.Options{Old: true}, nil)
	e := s.hear(t)
	s.Say(0, "one")
	wait(e, 1, says("one"))
	_ = e.end()
	s.Say(0, "two")
	s.Block("GET /api/v4/channels/"+string(s.Channel())+"/posts", 401, 1)
	again := hear(t, s.a, e.reached(), nil)
	var lost *chat.Error
	if err := again.over(); !errors.As(err, &lost) || lost.Kind != chat.Refused {
		t.Errorf("Run returns %v", err)
	}
	wait(hear(t, s.a, e.reached(), nil), 1, says("two"))
}

// A connection that is lost before anything was told is made good from where it began, and no earlier.
func TestRunTellsNothingFromBefore(t *testing.T) {
	t.Parallel()
	var ahead atomic.Int64
	s := open(t, mattermosttest.Options{Old: true, Now: func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }}, nil)
	s.Say(0, "long before")
	ahead.Store(int64(time.Minute))
	e := s.hear(t)
	s.Drop()
	_ = e.over() // that it is lost is tried elsewhere
	s.Say(0, "meanwhile")
	again := hear(t, s.a, nil, nil)
	wait(again, 1, says("meanwhile"))
	if all := again.all(); len(all) != 1 {
		t.Errorf("told is also %+v", all)
	}
}

// Where the server does not say at once what a channel is, a conversation in private is not taken for a room.
func TestPlaceIsCertain(t *testing.T) {
	t.Parallel()
	s := open(t, mattermosttest.Options{}, nil)
	id := s.Tell(s.Person(), "in private")
	e := s.hear(t)
	s.Block("GET /api/v4/channels/", 502, 3)
	s.Edit(id, "in private, edited")
	if m := wait(e, 1, anyOf[chat.MessageEdited]); !m.Place.Direct {
		t.Errorf("told is the place %+v", m.Place)
	}
}

// The server goes on at the first event that was not stored. That something was heard of does not make it told.
func TestRunGoesOnAtFirstUntold(t *testing.T) {
	t.Parallel()
	s := open(t, mattermosttest.Options{}, nil)
	refused := make(chan struct{}, 100)
	e := hear(t, s.a, nil, func(x chat.Event) bool {
		_, ok := x.(chat.Reaction)
		if ok {
			refused <- struct{}{}
		}
		return ok
	})
	s.connected(t)
	id := s.Say(0, "before")
	wait(e, 1, says("before"))
	s.React(id, "eyes", true)
	select {
	case <-refused:
	case <-time.After(10 * time.Second):
		t.Fatal("the reaction is not told")
	}
	s.SayElsewhere("after")
	wait(e, 1, says("after"))
	s.Drop()
	_ = e.over() // that it is lost is tried elsewhere
	asked := s.Requests("GET /api/v4/channels/" + string(s.Channel()) + "/posts")
	again := hear(t, s.a, e.reached(), nil)
	if r := wait(again, 1, anyOf[chat.Reaction]); r.Message != id || !r.Present {
		t.Errorf("told is %+v", r)
	}
	if n := s.Requests("GET /api/v4/channels/" + string(s.Channel()) + "/posts"); n != asked {
		t.Error("the channel was read again")
	}
	if n := s.a.Tally()[chat.Gaps]; n != 0 {
		t.Errorf("%d gaps are counted", n)
	}
}

// What was not stored lies further back than the server keeps events: the channels are read again.
func TestRunRecoversFromFurtherBack(t *testing.T) {
	t.Parallel()
	s := open(t, mattermosttest.Options{}, nil)
	e := hear(t, s.a, nil, func(x chat.Event) bool {
		m, ok := x.(chat.MessagePosted)
		return ok && m.Text == "not yet"
	})
	s.connected(t)
	s.Say(0, "before")
	wait(e, 1, says("before"))
	s.Say(0, "not yet")
	for i := range 200 {
		s.SayElsewhere(fmt.Sprint("number ", i))
	}
	wait(e, 1, says("number 199"))
	s.Drop()
	_ = e.over() // that it is lost is tried elsewhere
	again := hear(t, s.a, e.reached(), nil)
	wait(again, 1, says("not yet"))
	if n := s.a.Tally()[chat.Gaps]; n != 1 {
		t.Errorf("%d gaps are counted, want 1", n)
	}
}
