package mattermost_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/adaptertest"
	"github.com/gofirst/gofirst/adapters/mattermost"
	"github.com/gofirst/gofirst/adapters/mattermost/mattermosttest"
	"github.com/gofirst/gofirst/bot/chat"
)

func TestAdapter(t *testing.T) {
	t.Parallel()
	adaptertest.Run(t, harness{mattermosttest.Options{Groups: true}})
}

// The contract holds on servers that continue no connection, too.
func TestAdapterOnOldServer(t *testing.T) {
	t.Parallel()
	adaptertest.Run(t, harness{mattermosttest.Options{Old: true, Groups: true}})
}

type harness struct{ options mattermosttest.Options }

func (h harness) Not() map[adaptertest.Part]string {
	not := map[adaptertest.Part]string{
		adaptertest.Calling:     "what begins with the bot's name is a message that names it; the bot reads it as a command",
		adaptertest.Menus:       "only plugins can add to the menu of a message",
		adaptertest.PersonMenus: "people have no menu",
	}
	if !h.options.Old {
		not[adaptertest.Gapping] = "the server tells what was missed, whatever it is"
	}
	return not
}

func (h harness) Open(t testing.TB) (chat.Adapter, adaptertest.Service) {
	s := open(t, h.options, nil)
	return s.a, s
}

// service is a stand-in and the adapter that speaks with it.
type service struct {
	*mattermosttest.Server
	t     testing.TB
	a     *mattermost.Adapter
	token string // of the slash command
	hands sync.WaitGroup
	acked chan struct{}
	log   buffer
	guest string // who joined last
	room  string // where
}

var key = []byte("a key of the tests, long enough")

// open starts a server with a slash command, and an adapter whose doors it can reach.
func open(t testing.TB, options mattermosttest.Options, change func(*mattermost.Config)) *service {
	t.Helper()
	server := mattermosttest.New(options)
	s := &service{Server: server, t: t, acked: make(chan struct{}, 100)}
	s.people()
	var doors http.ServeMux
	web := httptest.NewServer(http.StripPrefix("/hooks/mattermost", &doors))
	s.token = server.AddCommand(server.Team("crew"), "gofirst", web.URL+"/hooks/mattermost/command")
	transport := http.DefaultTransport.(*http.Transport).Clone()
	s.a = connect(t, s, web.URL+"/hooks/mattermost", transport, change)
	for name, door := range s.a.Doors() {
		doors.Handle("/"+name, door)
	}
	t.Cleanup(func() {
		server.Close()
		s.hands.Wait()
		web.Close()
		transport.CloseIdleConnections()
	})
	return s
}

// connect makes an adapter for a server that is there.
func connect(t testing.TB, s *service, hooks string, transport *http.Transport, change func(*mattermost.Config)) *mattermost.Adapter {
	t.Helper()
	token := s.Token()
	c := mattermost.Config{
		Name: "test", Server: s.URL(), Token: func() string { return token }, Key: key, Hooks: hooks, HTTP: transport,
		CommandToken: func() string { return s.token }, Log: slog.New(slog.NewTextHandler(&s.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	if change != nil {
		change(&c)
	}
	a, err := mattermost.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (s *service) Channel() chat.ChannelID         { return chat.ChannelID(s.Server.Channel("help")) }
func (s *service) Person() chat.UserID             { return chat.UserID(s.User("ana")) }
func (s *service) Ready(ctx context.Context) error { return s.Connected(ctx) }
func (s *service) Secrets() []string {
	return []string{"bot-token-of-the-stand-in", s.token, string(key)}
}
func (s *service) FailNext(status int, h http.Header) { s.Server.FailNext(status, h) }

func (s *service) Say(who adaptertest.Speaker, text string) chat.MessageID {
	user := map[adaptertest.Speaker]string{adaptertest.Person: "ana", adaptertest.OtherBot: "ci"}[who]
	id, err := s.Server.Say(s.User(user), string(s.Channel()), "", text)
	s.done(err)
	return chat.MessageID(id)
}

// did lets a hand move that waits for the bot's answer.
func (s *service) did(f func() error) {
	s.hands.Go(func() {
		defer func() { s.acked <- struct{}{} }()
		if err := f(); err != nil && !strings.Contains(err.Error(), "cannot be reached") {
			s.t.Log(err) // the check that waits for the event fails
		}
	})
}

func (s *service) done(err error) {
	if err != nil {
		panic(err)
	}
}

func (s *service) Command(text string) {
	s.did(func() error { return s.Server.Command(s.User("ana"), string(s.Channel()), text) })
}

func (s *service) Press(id chat.MessageID, label string) {
	s.did(func() error { return s.Server.Press(s.User("ana"), string(id), label) })
}

func (s *service) React(id chat.MessageID, emoji string, present bool) {
	s.done(s.Server.React(s.User("ana"), string(id), emoji, present))
}

func (s *service) Edit(id chat.MessageID, text string) {
	s.done(s.Server.Edit(s.User("ana"), string(id), text))
}
func (s *service) Delete(id chat.MessageID) { s.done(s.Server.Delete(s.User("ana"), string(id))) }

func (s *service) Messages() (all []adaptertest.Seen) {
	for _, p := range s.Posts() {
		all = append(all, adaptertest.Seen{
			ID: chat.MessageID(p.ID), Key: p.Key, For: chat.UserID(p.For), Text: p.Text, Buttons: p.Buttons, Links: p.Links,
			Pings: p.Pings, Alt: alt(p),
		})
	}
	return all
}

// alt gives the line below which a picture stands.
func alt(p mattermosttest.Seen) string {
	if p.Files == 0 {
		return ""
	}
	return p.Text[strings.LastIndexByte(p.Text, '\n')+1:]
}

func (s *service) Genuine() adaptertest.Knock {
	r, err := s.CommandRequest(s.User("ana"), string(s.Channel()), "help")
	s.done(err)
	return s.knock("command", r)
}

func (s *service) knock(door string, r mattermosttest.Request) adaptertest.Knock {
	req, err := r.HTTP()
	s.done(err)
	return adaptertest.Knock{Door: door, Request: req}
}

// Forged knocks at every door without proof, or with somebody else's.
func (s *service) Forged() map[string]adaptertest.Knock {
	forged := map[string]adaptertest.Knock{}
	command, err := s.CommandRequest(s.User("ana"), string(s.Channel()), "help")
	s.done(err)
	other := command
	other.Body = []byte(strings.Replace(string(command.Body), s.token, strings.Repeat("x", len(s.token)), 1))
	other.Authorization = "Token wrong"
	forged["another token"] = s.knock("command", other)
	none := command
	none.Body, none.Authorization = []byte(strings.Replace(string(command.Body), "token="+s.token, "", 1)), ""
	forged["no token"] = s.knock("command", none)
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	sent, err := s.a.Send(ctx, chat.Delivery{Message: chat.Message{
		To: chat.To{Channel: s.Channel()}, Body: []chat.Node{chat.Text("?")}, Buttons: []chat.Button{{Label: "Yes", Value: "k.yes.m"}},
	}})
	s.done(err)
	press, err := s.PressRequest(s.User("ana"), string(sent.Message), "Yes")
	s.done(err)
	changed := press
	changed.Body = []byte(strings.Replace(string(press.Body), "k.yes.m", "k.no.m", 1))
	forged["another value on a button"] = s.knock("action", changed)
	bare := press
	bare.Body = []byte(strings.Replace(string(press.Body), `"m":`, `"n":`, 1))
	forged["a button without a signature"] = s.knock("action", bare)
	forged["a dialog of nobody"] = s.knock("dialog", mattermosttest.Request{
		URL: press.URL, ContentType: "application/json",
		Body: []byte(`{"user_id":"` + s.User("ana") + `","state":"a.b.c","submission":{}}`),
	})
	return forged
}
