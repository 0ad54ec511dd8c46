package mattermost_test

import (
	"bytes"
	"context"
	"strings"
	"sync"

	"github.com/gofirst/gofirst/adapters/adaptertest"
	"github.com/gofirst/gofirst/adapters/mattermost/mattermosttest"
	"github.com/gofirst/gofirst/bot/chat"
)

// What people can do besides speaking, for the suite.
var (
	_ adaptertest.Hands         = (*service)(nil)
	_ adaptertest.Replier       = (*service)(nil)
	_ adaptertest.Namer         = (*service)(nil)
	_ adaptertest.Teller        = (*service)(nil)
	_ adaptertest.Elsewhere     = (*service)(nil)
	_ adaptertest.Joiner        = (*service)(nil)
	_ adaptertest.FormForger    = (*service)(nil)
	_ adaptertest.Permalinker   = (*service)(nil)
	_ adaptertest.Grouped       = (*service)(nil)
	_ adaptertest.Acker         = (*service)(nil)
	_ adaptertest.AnyFailer     = (*service)(nil)
	_ adaptertest.Staller       = (*service)(nil)
	_ adaptertest.Revoker       = (*service)(nil)
	_ adaptertest.Registry      = (*service)(nil)
	_ adaptertest.Logger        = (*service)(nil)
	_ adaptertest.CountedForger = (*service)(nil)
	_ adaptertest.Signer        = (*service)(nil)
)

// people adds who else is there.
func (s *service) people() {
	crew := s.Team("crew")
	bo := s.AddPerson(mattermosttest.User{Username: "bo", FirstName: "Bo"})
	s.guest = s.AddPerson(mattermosttest.User{Username: "gil"})
	elsewhere := s.AddChannel(crew, "elsewhere", true)
	s.room = s.AddChannel(crew, "quiet", false)
	for _, u := range []string{bo, s.guest} {
		s.Server.Join(crew, u)
	}
	for _, u := range []string{s.Self(), s.User("ana")} {
		s.Enter(elsewhere, u)
	}
	s.Enter(s.room, s.User("ana"))
	s.AddGroup("helpers", s.User("ana"))
}

func (s *service) Reply(root chat.MessageID, text string) chat.MessageID {
	id, err := s.Server.Say(s.User("ana"), string(s.Channel()), string(root), text)
	s.done(err)
	return chat.MessageID(id)
}

func (s *service) At(user chat.UserID) string {
	if user == "" {
		return "@gofirst"
	}
	return "@ana"
}

func (s *service) Hash(chat.ChannelID) string { return "~help" }
func (s *service) Other() chat.UserID         { return chat.UserID(s.User("bo")) }
func (s *service) Group() string              { return "helpers" }

func (s *service) Tell(from chat.UserID, text string) chat.MessageID {
	id, err := s.Server.Tell(string(from), text)
	s.done(err)
	return chat.MessageID(id)
}

func (s *service) SayElsewhere(text string) (chat.ChannelID, chat.MessageID) {
	room := s.Server.Channel("elsewhere")
	id, err := s.Server.Say(s.User("ana"), room, "", text)
	s.done(err)
	return chat.ChannelID(room), chat.MessageID(id)
}

func (s *service) Join(self bool) chat.ChannelID {
	if self {
		s.done(s.Invite(s.User("ana"), s.room, s.Self()))
		return chat.ChannelID(s.room)
	}
	s.done(s.Invite(s.User("ana"), string(s.Channel()), s.guest))
	return s.Channel()
}

func (s *service) Leave() { s.done(s.Server.Leave(s.guest, string(s.Channel()))) }

func (s *service) dialog() (mattermosttest.Dialog, bool) {
	all := s.Dialogs(s.User("ana"))
	if len(all) == 0 {
		return mattermosttest.Dialog{}, false
	}
	return all[len(all)-1], true
}

func (s *service) Form() (chat.Form, bool) {
	d, ok := s.dialog()
	form := chat.Form{Title: d.Title, Submit: d.Submit}
	for _, e := range d.Elements {
		f := chat.Field{Name: e.Name, Label: e.DisplayName, Hint: e.HelpText, Value: e.Default, Long: e.Type == "textarea", Optional: e.Optional, Max: e.MaxLength}
		for _, o := range e.Options {
			f.Choices = append(f.Choices, chat.Choice{Value: o.Value, Label: o.Text})
		}
		form.Fields = append(form.Fields, f)
	}
	return form, ok
}

func (s *service) FillForm(values map[string]string) {
	d, _ := s.dialog()
	s.did(func() error { return s.Submit(d, loose(values)) })
}

// ForgeForm submits with a state of one's own, and waits: the suite then fills in the true one.
func (s *service) ForgeForm(values map[string]string) {
	d, _ := s.dialog()
	d.State = "x" + d.State
	if s.Submit(d, loose(values)) == nil {
		panic("a forged form was taken")
	}
}

func loose(values map[string]string) map[string]any {
	all := map[string]any{}
	for name, v := range values {
		if all[name] = v; v == "" {
			all[name] = nil
		}
	}
	return all
}

// Permalink gives the link of a message. Such a link does not name its channel.
func (s *service) Permalink(id chat.MessageID) string { return s.URL() + "/crew/pl/" + string(id) }

func (s *service) Acked(ctx context.Context) error {
	select {
	case <-s.acked:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *service) Revoke()        { s.SetToken("another-token") }
func (s *service) Logged() string { return s.log.String() }

func (s *service) ForgedAs() map[chat.Count]adaptertest.Knock {
	return map[chat.Count]adaptertest.Knock{
		chat.RefusedSignature: s.Forged()["another token"],
		chat.RefusedBody:      s.Sign("action", []byte("{")),
	}
}

// Sign makes a request with the command's token; the other doors have their proof in the body.
func (s *service) Sign(door string, body []byte) adaptertest.Knock {
	r := mattermosttest.Request{URL: "http://bot.example/" + door, ContentType: "application/json", Body: body}
	if door == "command" {
		r.ContentType, r.Authorization = "application/x-www-form-urlencoded", "Token "+s.token
	}
	return s.knock(door, r)
}

// buffer is a log that can be read while it is written.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return strings.Clone(b.b.String())
}
