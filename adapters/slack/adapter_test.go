package slack_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/adaptertest"
	"github.com/gofirst/gofirst/adapters/slack"
	"github.com/gofirst/gofirst/adapters/slack/slacktest"
	"github.com/gofirst/gofirst/bot/chat"
)

// The people and rooms of the tests.
const (
	ana   = "U0ANA"
	hal   = "U0HAL"
	ci    = "U0CI"
	help  = "C0HELP"
	quiet = "G0QUIET"
)

func TestSocketMode(t *testing.T) {
	t.Parallel()
	adaptertest.Run(t, harness{})
}

func TestEventsAPI(t *testing.T) {
	t.Parallel()
	adaptertest.Run(t, harness{http: true})
}

// harness opens workspaces whose app uses Socket Mode, or the Events API over HTTP.
type harness struct{ http bool }

func (h harness) Not() map[adaptertest.Part]string {
	not := map[adaptertest.Part]string{adaptertest.PersonMenus: "Slack has no menu of a person"}
	if h.http {
		not[adaptertest.Dropping] = "over HTTP there is no connection that could be cut"
		not[adaptertest.Present] = "Slack tells again what nobody took while the bot was away"
	}
	return not
}

func (h harness) Open(t testing.TB) (chat.Adapter, adaptertest.Service) {
	s := newServer(t, slacktest.Options{Retry: 300 * time.Millisecond})
	look := &service{Server: s, secrets: []string{s.BotToken(), s.AppToken(), s.SigningSecret()}}
	log := slog.New(slog.NewTextHandler(&look.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	if !h.http {
		a := newAdapter(t, s, func(c *slack.Config) { c.Log = log })
		return socketOnly{a, a, a, a, a, a, a, a, a, a, a, a, a}, look
	}
	a := newAdapter(t, s, func(c *slack.Config) { c.AppToken, c.Log = nil, log })
	look.hooks = openDoors(t, s, a)
	return a, &httpService{look}
}

// socketOnly is an adapter in Socket Mode, whose doors lead nowhere.
type socketOnly struct {
	chat.Adapter
	chat.Reactor
	chat.Former
	chat.Homer
	chat.Editor
	chat.Directory
	chat.Finder
	chat.Fetcher
	chat.Linker
	chat.Historian
	chat.Seer
	chat.Tallier
	chat.Examiner
}

func newServer(t testing.TB, o slacktest.Options) *slacktest.Server {
	s := slacktest.New(o)
	t.Cleanup(s.Close)
	s.AddPerson(slacktest.Person{ID: ana, Handle: "ana", Name: "Ana", Email: "ana@example.org", Zone: "Europe/Paris", Locale: "fr-FR"})
	s.AddPerson(slacktest.Person{ID: hal, Handle: "hal", Name: "Hal", Zone: "Europe/London", Locale: "en-GB"})
	s.AddPerson(slacktest.Person{ID: ci, Handle: "ci", Name: "CI", Bot: true})
	s.AddChannel(help, "help", ana, hal, ci, slacktest.BotUser)
	s.AddChannel("C0ELSE", "elsewhere", ana, hal)
	s.AddChannel(quiet, "quiet", ana, slacktest.BotUser)
	s.AddGroup("S0CREW", "crew", ana, hal)
	return s
}

func newAdapter(t testing.TB, s *slacktest.Server, change func(*slack.Config)) *slack.Adapter {
	t.Helper()
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	app, bot, signing := s.AppToken(), s.BotToken(), s.SigningSecret()
	c := slack.Config{
		Name: "test", AppToken: func() string { return app }, BotToken: func() string { return bot },
		SigningSecret: func() string { return signing },
		API:           s.API(), HTTP: transport,
	}
	if change != nil {
		change(&c)
	}
	a, err := slack.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// openDoors mounts the doors of an adapter where the workspace calls them.
func openDoors(t testing.TB, s *slacktest.Server, a *slack.Adapter) slacktest.Hooks {
	mux := http.NewServeMux()
	for name, door := range a.Doors() {
		mux.Handle("/"+name, door)
	}
	web := httptest.NewServer(mux)
	t.Cleanup(web.Close)
	h := slacktest.Hooks{Events: web.URL + "/events", Commands: web.URL + "/commands", Interactions: web.URL + "/interactions"}
	s.UseHooks(h)
	return h
}

// service shows the workspace to the suite.
type service struct {
	*slacktest.Server
	hooks   slacktest.Hooks
	secrets []string
	log     lockedBuffer
}

func (s *service) Channel() chat.ChannelID { return help }
func (s *service) Person() chat.UserID     { return ana }
func (s *service) Secrets() []string       { return s.secrets }
func (s *service) Logged() string          { return s.log.String() }

func (s *service) Say(who adaptertest.Speaker, text string) chat.MessageID {
	return chat.MessageID(s.Server.Say(map[adaptertest.Speaker]string{adaptertest.Person: ana, adaptertest.OtherBot: ci}[who], help, text))
}

func (s *service) Command(text string) { s.Server.Command(ana, help, text) }
func (s *service) Press(id chat.MessageID, label string) {
	s.Server.Press(ana, help, string(id), label)
}
func (s *service) Edit(id chat.MessageID, text string) { s.Server.Edit(help, string(id), text) }
func (s *service) Delete(id chat.MessageID)            { s.Server.Delete(help, string(id)) }

func (s *service) React(id chat.MessageID, emoji string, present bool) {
	s.Server.React(ana, help, string(id), emoji, present)
}

func (s *service) Messages() (all []adaptertest.Seen) {
	for _, p := range s.Posts() {
		m := adaptertest.Seen{
			ID: chat.MessageID(p.TS), Key: p.Key, For: chat.UserID(p.For), Text: p.Text, Pings: p.Pings, Links: p.Links,
			Alt: strings.Join(p.Alt, "\n"),
		}
		for _, b := range p.Buttons {
			m.Buttons = append(m.Buttons, b.Label)
		}
		all = append(all, m)
	}
	return all
}

// httpService is a workspace that calls the adapter's doors.
type httpService struct{ *service }

// Ready knocks until the adapter lets an event in that means nothing to it.
func (s *httpService) Ready(ctx context.Context) error {
	for {
		_, body := s.Request("events_api", map[string]any{
			"type": "event_callback", "team_id": s.Team(), "api_app_id": slacktest.AppID, "event": map[string]any{"type": "emoji_changed"},
		})
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.hooks.Events, bytes.NewReader(body))
		if err != nil {
			return err
		}
		s.Server.Sign(r, body, time.Now())
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			return err
		}
		resp.Body.Close()
		if resp.StatusCode == http.StatusOK {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(5 * time.Millisecond):
		}
	}
}

func (s *httpService) Genuine() adaptertest.Knock {
	r, _ := s.Request("slash_commands", s.CommandPayload(ana, help, "help"))
	return adaptertest.Knock{Door: "commands", Request: r}
}

func (s *httpService) Forged() map[string]adaptertest.Knock {
	make := func(forge func(r *http.Request, body []byte)) adaptertest.Knock {
		r, body := s.Request("slash_commands", s.CommandPayload(ana, help, "help"))
		forge(r, body)
		return adaptertest.Knock{Door: "commands", Request: r}
	}
	return map[string]adaptertest.Knock{
		"no signature":       make(func(r *http.Request, _ []byte) { r.Header.Del("X-Slack-Signature") }),
		"no time":            make(func(r *http.Request, _ []byte) { r.Header.Del("X-Slack-Request-Timestamp") }),
		"another's secret":   make(func(r *http.Request, body []byte) { newServerSign(r, body) }),
		"an old signature":   make(func(r *http.Request, body []byte) { s.Server.Sign(r, body, time.Now().Add(-6*time.Minute)) }),
		"a future signature": make(func(r *http.Request, body []byte) { s.Server.Sign(r, body, time.Now().Add(6*time.Minute)) }),
		"a changed body": make(func(r *http.Request, body []byte) {
			r.Body = io.NopCloser(bytes.NewReader(append(body, "&text=stop"...)))
		}),
	}
}

// newServerSign signs with the secret of another app.
func newServerSign(r *http.Request, body []byte) {
	other := slacktest.New(slacktest.Options{})
	defer other.Close()
	other.Sign(r, body, time.Now())
}
