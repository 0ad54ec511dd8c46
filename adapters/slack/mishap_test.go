package slack_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/slack"
	"github.com/gofirst/gofirst/adapters/slack/slacktest"
	"github.com/gofirst/gofirst/bot/chat"
)

// A room or a thread that Slack refuses to read again is a gap, and no end of the connection.
func TestRecoveryPassesOverARoomOrAThread(t *testing.T) {
	t.Parallel()
	for _, method := range []string{"conversations.history", "conversations.replies"} {
		for _, name := range []string{"access_denied", "channel_not_found", "method_not_supported_for_channel_type", "an_error_of_tomorrow"} {
			s := newServer(t, slacktest.Options{})
			var log lockedBuffer
			a := newAdapter(t, s, func(c *slack.Config) { c.Log = slog.New(slog.NewTextHandler(&log, nil)) })
			h := hear(t, a, nil, nil)
			ready(t, s)
			root := s.Say(ana, help, "a question")
			await(h, said(root))
			h.stop()
			s.Reply(hal, help, root, "an answer", false)
			elsewhere := s.Say(ana, quiet, "meanwhile")
			s.Deny(method, help, name)
			h = hear(t, a, cursors(h.events()), nil)
			await(h, said(elsewhere))
			await(h, said(s.Say(ana, help, "live")))
			if n := a.Tally()[chat.Gaps]; n != 2 {
				t.Errorf("%s %s: %d gaps are counted, want 2", method, name, n)
			}
			if !strings.Contains(log.String(), name) || !strings.Contains(log.String(), help) || strings.Contains(log.String(), ana) {
				t.Errorf("%s %s: the log is %s", method, name, log.String())
			}
		}
	}
}

func TestRecoveryEndsWithTheToken(t *testing.T) {
	t.Parallel()
	s, a, h := opened(t, slacktest.Options{})
	await(h, said(s.Say(ana, help, "before")))
	h.stop()
	s.Deny("conversations.history", help, "token_revoked")
	h = hear(t, a, cursors(h.events()), nil)
	kindIs(t, h.end(), chat.Refused)
}

// What a proxy answers in Slack's place is over when the proxy is.
func TestRunSurvivesAProxysPage(t *testing.T) {
	t.Parallel()
	for _, status := range []int{302, 400, 403, 404, 410} {
		s := newServer(t, slacktest.Options{})
		s.FailNextAny(status, nil)
		kindIs(t, newAdapter(t, s, nil).Run(t.Context(), nil, nil), chat.Later)
	}
	s := newServer(t, slacktest.Options{})
	s.FailNextAny(http.StatusUnauthorized, nil)
	kindIs(t, newAdapter(t, s, nil).Run(t.Context(), nil, nil), chat.Refused)
	s.Deny("auth.test", "", "org_login_required")
	kindIs(t, newAdapter(t, s, nil).Run(t.Context(), nil, nil), chat.Later)
}

// Joins carry no time of their own: it is that of what they came in, and so is their identifier.
func TestEventsWithoutATime(t *testing.T) {
	t.Parallel()
	s, _, h := opened(t, slacktest.Options{})
	before := time.Now().Add(-2 * time.Second)
	s.Join("U0NEW", help)
	one := await(h, func(e chat.MemberJoined) bool { return e.Place.Channel == help })
	s.Redeliver()
	s.Leave("U0NEW", help)
	await[chat.MemberLeft](h, nil)
	s.Join("U0NEW", help)
	two := await(h, func(e chat.MemberJoined) bool { return e.Place.Channel == help && e.ID != one.ID })
	if one.Time.Before(before) || two.Time.Before(before) {
		t.Errorf("the joins are of %v and %v", one.Time, two.Time)
	}
	s.Arrive(slacktest.Person{ID: "U0LATE", Handle: "late", Name: "Late"})
	await(h, func(e chat.MemberJoined) bool { return e.Place.Channel == "" && e.Actor.User == "U0LATE" })
	for what, event := range map[string]map[string]any{
		"without an identifier": {"type": "event_callback", "team_id": s.Team(), "event_time": 1_700_000_000, "event": map[string]any{"type": "team_join", "user": "U0ONE"}},
		"without anything":      {"type": "event_callback", "team_id": s.Team(), "event": map[string]any{"type": "team_join", "user": "U0TWO"}},
	} {
		s.Push("events_api", event)
		user := event["event"].(map[string]any)["user"].(string)
		if e := await(h, func(e chat.MemberJoined) bool { return string(e.Actor.User) == user }); e.ID == "" || e.Time.IsZero() {
			t.Errorf("%s: it arrives as %+v", what, e)
		}
	}
}

// Whatever a response_url answers with success is success, unless it says that it is none.
func TestAnswersOfResponseURLs(t *testing.T) {
	t.Parallel()
	s, a, h := opened(t, slacktest.Options{})
	for i, body := range []string{"", "ok", "{}", `{"ok":true}`, "<html>fine</html>", "null", `{"ok":false,"error":"invalid_blocks"}`} {
		s.AnswerResponses(body)
		text := "help " + strconv.Itoa(i)
		s.Command(ana, help, text)
		c := await(h, func(e chat.CommandInvoked) bool { return e.Text == text })
		_, err := a.Send(t.Context(), answer(c.Reply, true, "x"))
		if (err == nil) != !strings.Contains(body, "false") {
			t.Errorf("%q: Send gives %v", body, err)
		}
	}
}

// What Slack did not tell because there was too much is read afterwards.
func TestRateLimitedMinutesAreCaughtUpWith(t *testing.T) {
	t.Parallel()
	s, a, h := opened(t, slacktest.Options{Events: []string{"message.channels"}})
	await(h, said(s.Say(ana, help, "before")))
	untold := s.DM(ana, "untold")
	minute := time.Now().Add(-2 * time.Minute)
	s.Limited(minute)
	s.Limited(minute)
	await(h, said(untold))
	await(h, said(s.Say(ana, help, "after")))
	if n := a.Tally()[chat.Gaps]; n != 1 {
		t.Errorf("%d gaps are counted, want one", n)
	}
}

// While the sink hangs, what comes to a door takes a place, and beyond the last place nothing waits.
func TestDoorsHoldSoMuchAndNoMore(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	defer close(release)
	s, a, _ := listening(t, func(e chat.Event) error {
		if _, ok := e.(chat.MessagePosted); ok {
			<-release
		}
		return nil
	})
	post := func(n int) int {
		_, body := s.Request("events_api", map[string]any{
			"type": "event_callback", "team_id": s.Team(), "event_id": "Ev" + strconv.Itoa(n),
			"event": map[string]any{"type": "message", "channel": help, "user": ana, "ts": "1700000000." + strconv.Itoa(100000+n), "text": "x"},
		})
		r := httptest.NewRequest(http.MethodPost, "/", bytes.NewReader(body))
		s.Server.Sign(r, body, time.Now())
		return knock(a, "events", r).Code
	}
	const held = 2000
	var all sync.WaitGroup
	for n := range held {
		all.Go(func() { post(n) })
	}
	all.Wait() // each was told to come again, and keeps its place
	begun := time.Now()
	if status := post(held); status != http.StatusServiceUnavailable || time.Since(begun) > time.Second {
		t.Errorf("one more is answered with %d after %v", status, time.Since(begun))
	}
}

// While more comes than there is room for, the connection lives, and what was left out is read afterwards.
func TestConnectionLivesWhileTheSinkHangs(t *testing.T) {
	t.Parallel()
	s := newServer(t, slacktest.Options{})
	a := newAdapter(t, s, nil)
	release := make(chan struct{})
	h := hear(t, a, nil, func(e chat.Event) error {
		if _, ok := e.(chat.MessagePosted); ok {
			<-release
		}
		return nil
	})
	ready(t, s)
	ids := map[string]bool{}
	for range 2100 {
		ids[s.Say(ana, help, "x")] = true
	}
	s.Command(ana, quiet, "help")
	await[chat.CommandInvoked](h, nil)
	close(release)
	await(h, said(s.Say(ana, help, "after")))
	for id := range ids {
		await(h, said(id))
	}
	if n := a.Tally()[chat.Gaps]; n != 1 {
		t.Errorf("%d gaps are counted, want one", n)
	}
}
