package mattermost_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/mattermost"
	"github.com/gofirst/gofirst/adapters/mattermost/mattermosttest"
	"github.com/gofirst/gofirst/bot/chat"
)

func to(reply chat.ReplyHandle, private bool, text string) chat.Delivery {
	return chat.Delivery{Message: chat.Message{To: chat.To{Reply: reply}, Private: private, Body: []chat.Node{chat.Text(text)}}}
}

func (s *service) send(t testing.TB, d chat.Delivery) chat.Receipt {
	t.Helper()
	r, err := s.a.Send(t.Context(), d)
	if err != nil {
		t.Fatalf("Send: %v", err)
	}
	return r
}

func isKind(err error, k chat.Kind) bool {
	var e *chat.Error
	return errors.As(err, &e) && e.Kind == k
}

// A reply handle works five times, and not after half an hour.
func TestReplyIsSpent(t *testing.T) {
	t.Parallel()
	s := open(t, mattermosttest.Options{}, nil)
	e := s.hear(t)
	s.Command("help")
	c := wait(e, 1, anyOf[chat.CommandInvoked])
	for range 5 {
		s.send(t, to(c.Reply, true, "an answer"))
	}
	if _, err := s.a.Send(t.Context(), to(c.Reply, true, "one more")); !isKind(err, chat.Gone) {
		t.Errorf("the sixth answer gives %v", err)
	}
	if n := len(s.Posts()); n != 5 {
		t.Errorf("%d answers are seen", n)
	}
}

func TestReplyIsTooOld(t *testing.T) {
	t.Parallel()
	var ahead atomic.Int64
	s := open(t, mattermosttest.Options{}, func(c *mattermost.Config) {
		c.Now = func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }
	})
	e := s.hear(t)
	s.Command("help")
	c := wait(e, 1, anyOf[chat.CommandInvoked])
	ahead.Store(int64(31 * time.Minute))
	if _, err := s.a.Send(t.Context(), to(c.Reply, true, "late")); !isKind(err, chat.Gone) {
		t.Errorf("an answer after half an hour gives %v", err)
	}
}

// The first private answer to a press is shown in the channel, to the one who pressed; the next comes as a
// conversation; a public one stands in the channel.
func TestPressIsAnswered(t *testing.T) {
	t.Parallel()
	s := open(t, mattermosttest.Options{}, nil)
	e := s.hear(t)
	sent := s.send(t, withButton(s))
	s.Press(sent.Message, "Yes")
	p := wait(e, 1, anyOf[chat.ButtonPressed])
	s.send(t, to(p.Reply, true, "first"))
	<-s.acked
	s.send(t, to(p.Reply, true, "second"))
	s.send(t, to(p.Reply, false, "to all"))
	var seen []string
	for _, m := range s.Posts()[1:] {
		where := "conversation"
		if m.Channel == string(s.Channel()) {
			where = "channel"
		}
		whom := "all"
		if m.For == s.User("ana") {
			whom = "ana"
		}
		seen = append(seen, m.Text+" in the "+where+" for "+whom)
	}
	want := "first in the channel for ana, second in the conversation for ana, to all in the channel for all"
	if got := strings.Join(seen, ", "); got != want {
		t.Errorf("the answers stand as\n%s, want\n%s", got, want)
	}
}

func withButton(s *service) chat.Delivery {
	return chat.Delivery{Key: "aaaaaaaaaaaaaaaaaaaaaaaaa", Message: chat.Message{
		To: chat.To{Channel: s.Channel()}, Body: []chat.Node{chat.Text("Shall I?")}, Buttons: []chat.Button{{Label: "Yes", Value: "k.yes.m"}},
	}}
}

// A button that was shown before a restart is taken by the adapter that comes after; that of another key is not.
func TestPressAfterRestart(t *testing.T) {
	t.Parallel()
	s := open(t, mattermosttest.Options{}, nil)
	sent := s.send(t, withButton(s))
	press, err := s.PressRequest(s.User("ana"), string(sent.Message), "Yes")
	s.done(err)
	for name, test := range map[string]struct {
		change func(*mattermost.Config)
		status int
	}{
		"the same":           {func(*mattermost.Config) {}, 200},
		"another connection": {func(c *mattermost.Config) { c.Name = "other" }, 403},
		"another key":        {func(c *mattermost.Config) { c.Key = []byte("quite another key of the tests") }, 403},
	} {
		a := connect(t, s, strings.TrimSuffix(press.URL, "/action"), http.DefaultTransport.(*http.Transport).Clone(), test.change)
		e := hear(t, a, nil, nil)
		if test.status == 200 {
			go func() {
				p := wait(e, 1, anyOf[chat.ButtonPressed])
				_, _ = a.Send(context.Background(), to(p.Reply, true, "noted")) // lets the door answer at once
			}()
		}
		if got := knockUntil(t, a, "action", press, func(code int) bool { return code != 503 }); got != test.status {
			t.Errorf("%s: the press gets the status %d, want %d", name, got, test.status)
		}
		_ = e.end()
	}
}

// knockUntil knocks until the door gives an answer that counts: an adapter takes a while to listen.
func knockUntil(t testing.TB, a *mattermost.Adapter, door string, r mattermosttest.Request, counts func(int) bool) int {
	t.Helper()
	for range 500 {
		req, err := r.HTTP()
		if err != nil {
			t.Fatal(err)
		}
		w := httptest.NewRecorder()
		a.Doors()[door].ServeHTTP(w, req)
		if counts(w.Code) {
			return w.Code
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatal("the door is never open")
	return 0
}

// A button that leads elsewhere than to the channel where it stands is refused.
func TestPressElsewhereIsRefused(t *testing.T) {
	t.Parallel()
	s := open(t, mattermosttest.Options{}, nil)
	s.hear(t)
	sent := s.send(t, withButton(s))
	press, err := s.PressRequest(s.User("ana"), string(sent.Message), "Yes")
	s.done(err)
	press.Body = []byte(strings.ReplaceAll(string(press.Body), string(s.Channel()), s.Server.Channel("elsewhere")))
	if got := knockUntil(t, s.a, "action", press, func(int) bool { return true }); got != 403 {
		t.Errorf("the press gets the status %d, want 403", got)
	}
	if n := s.a.Tally()[chat.RefusedSignature]; n != 1 {
		t.Errorf("%d are counted", n)
	}
}

// A door answers at once, while the sink takes its time; and nothing is lost.
func TestCommandWhileSinkHangs(t *testing.T) {
	t.Parallel()
	s := open(t, mattermosttest.Options{}, nil)
	release := make(chan struct{})
	e := hear(t, s.a, nil, func(x chat.Event) bool {
		if _, ok := x.(chat.CommandInvoked); ok {
			<-release
		}
		return false
	})
	s.connected(t)
	began := time.Now()
	s.done(s.Server.Command(s.User("ana"), string(s.Channel()), "help"))
	if d := time.Since(began); d > 2*time.Second {
		t.Errorf("the door answers after %v", d)
	}
	close(release)
	c := wait(e, 1, anyOf[chat.CommandInvoked])
	s.send(t, to(c.Reply, true, "late, but here"))
	if p := s.Posts(); len(p) != 1 || p[0].For != s.User("ana") {
		t.Errorf("the answer is seen as %+v", p)
	}
}

// Nobody listens: a person is told so by the server, instead of waiting for nothing.
func TestDoorWithoutRun(t *testing.T) {
	t.Parallel()
	s := open(t, mattermosttest.Options{}, nil)
	if err := s.Server.Command(s.User("ana"), string(s.Channel()), "help"); err == nil || !strings.Contains(err.Error(), "503") {
		t.Errorf("the command gives %v", err)
	}
}
