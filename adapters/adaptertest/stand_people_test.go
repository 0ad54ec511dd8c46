package adaptertest

import (
	"fmt"
	"net/http"

	"github.com/gofirst/gofirst/adapters/local"
	"github.com/gofirst/gofirst/bot/chat"
)

func (s *service) Reply(root chat.MessageID, text string) chat.MessageID {
	m, err := s.c.Say("UANA", "help", root, text, 0)
	s.did(m, err)
	return m.Message
}

func (s *service) Call(root chat.MessageID, text string) {
	s.did(s.c.CommandIn("UANA", "help", root, text))
}

func (s *service) At(user chat.UserID) string {
	if user == "" {
		user = s.c.Self()
	}
	return "@" + s.c.PersonName(user)
}

func (s *service) Hash(channel chat.ChannelID) string { return "#" + s.c.ChannelName(channel) }

func (s *service) Other() chat.UserID { return "UBOB" }

func (s *service) Tell(from chat.UserID, text string) chat.MessageID {
	m, err := s.c.Tell(from, text)
	s.did(m, err)
	return m.Message
}

func (s *service) SayElsewhere(text string) (chat.ChannelID, chat.MessageID) {
	m, err := s.c.Say("UANA", "build", "", text, 0)
	s.did(m, err)
	return "build", m.Message
}

func (s *service) Join(self bool) chat.ChannelID {
	if self {
		s.b.injected <- chat.MemberJoined{Header: s.b.header(s.c.Self(), "new")}
		return "new"
	}
	s.c.AddPerson(chat.Profile{User: "UEVE", Handle: "eve"})
	s.did(s.c.Join("UEVE", "help"))
	return "help"
}

func (s *service) Leave() { s.did(s.c.Leave("UEVE", "help")) }

// form finds the form that was opened last.
func (s *service) form() (p local.Post, ok bool) {
	for _, post := range s.c.Posts() {
		if post.Kind == local.FormOpened {
			p, ok = post, true
		}
	}
	return p, ok
}

func (s *service) Form() (chat.Form, bool) {
	p, ok := s.form()
	if !ok {
		return chat.Form{}, false
	}
	f := *p.Form
	f.State = ""
	return f, true
}

func (s *service) FillForm(values map[string]string) {
	p, ok := s.form()
	if !ok {
		panic("no form is open")
	}
	s.did(s.c.Submit("UANA", p.Reply, values))
}

func (s *service) Expire() { s.b.expired.Store(true) }

// ForgeForm does nothing: what would not be heard need not be told.
func (s *service) ForgeForm(map[string]string) {}

func (s *service) PersonMenu(action string, user chat.UserID) {
	s.b.injected <- chat.ActionInvoked{Header: s.b.header("UANA", "help"), Action: action, Author: chat.Actor{User: user}, Reply: "r"}
}

func (s *service) OpenHome() { s.b.injected <- chat.HomeOpened{Header: s.b.header("UANA", "")} }

func (s *service) Home() (Seen, bool) {
	h := s.c.Home("UANA")
	page := Seen{Text: local.Render(chat.Message{Body: h.Body}, s.c)}
	for _, b := range h.Buttons {
		page.Buttons = append(page.Buttons, b.Label)
	}
	return page, len(h.Body) > 0
}

func (s *service) Permalink(id chat.MessageID) string { return fmt.Sprintf("%shelp/%s", stem, id) }

func (s *service) Group() string { return "release" }

func (s *service) FailNextAny(status int, header http.Header) { s.FailNext(status, header) }

func (s *service) Revoke() { s.b.revoked.Store(true) }

func (s *service) Registrations() int { return int(s.b.writes.Load()) }

func (s *service) Logged() string {
	s.b.mu.Lock()
	defer s.b.mu.Unlock()
	return s.b.log.String()
}
