package slack_test

import (
	"bytes"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/gofirst/gofirst/adapters/adaptertest"
	"github.com/gofirst/gofirst/adapters/slack/slacktest"
	"github.com/gofirst/gofirst/bot/chat"
)

// lockedBuffer takes a log from several goroutines.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

const noor = "U0NOOR"

func (s *service) Reply(root chat.MessageID, text string) chat.MessageID {
	return chat.MessageID(s.Server.Reply(ana, help, string(root), text, false))
}

func (s *service) Call(root chat.MessageID, text string) { s.Reply(root, "@gofirst "+text) }

func (s *service) At(user chat.UserID) string {
	return "@" + map[chat.UserID]string{"": "gofirst", ana: "ana", hal: "hal"}[user]
}

func (s *service) Hash(chat.ChannelID) string { return "#help" }

func (s *service) Other() chat.UserID { return hal }

func (s *service) Tell(from chat.UserID, text string) chat.MessageID {
	return chat.MessageID(s.DM(string(from), text))
}

func (s *service) SayElsewhere(text string) (chat.ChannelID, chat.MessageID) {
	return quiet, chat.MessageID(s.Server.Say(ana, quiet, text))
}

func (s *service) Join(self bool) chat.ChannelID {
	if self {
		s.Server.Join(slacktest.BotUser, "C0ELSE")
		return "C0ELSE"
	}
	s.AddPerson(slacktest.Person{ID: noor, Handle: "noor", Name: "Noor"})
	s.Server.Join(noor, help)
	return help
}

func (s *service) Leave() { s.Server.Leave(noor, help) }

func (s *service) Form() (chat.Form, bool) {
	all := s.Forms(ana)
	if len(all) == 0 {
		return chat.Form{}, false
	}
	f := all[len(all)-1]
	form := chat.Form{Title: f.Title, Submit: f.Submit}
	for _, x := range f.Fields {
		field := chat.Field{Name: x.Action, Label: x.Label, Hint: x.Hint, Value: x.Value, Long: x.Long, Optional: x.Optional, Max: x.Max}
		for _, value := range slices.Sorted(maps.Keys(x.Choices)) {
			field.Choices = append(field.Choices, chat.Choice{Value: value, Label: x.Choices[value]})
		}
		form.Fields = append(form.Fields, field)
	}
	return form, true
}

func (s *service) FillForm(values map[string]string) { s.Submit(ana, values) }

func (s *service) Expire() { s.ExpireTriggers() }

func (s *service) Menu(action string, id chat.MessageID) { s.Choose(ana, help, string(id), action) }

func (s *service) OpenHome() { s.Server.OpenHome(ana) }

func (s *service) Home() (adaptertest.Seen, bool) {
	p := s.Server.Home(ana)
	seen := adaptertest.Seen{For: chat.UserID(p.For), Text: p.Text, Pings: p.Pings, Links: p.Links}
	for _, b := range p.Buttons {
		seen.Buttons = append(seen.Buttons, b.Label)
	}
	return seen, p.For != ""
}

func (s *service) Permalink(id chat.MessageID) string {
	return s.Server.Permalink(help, string(id))
}

func (s *service) Group() string { return "crew" }

func (s *httpService) ForgedAs() map[chat.Count]adaptertest.Knock {
	foreign := s.CommandPayload(ana, help, "help")
	foreign["team_id"] = "T0OTHER"
	r, _ := s.Request("slash_commands", foreign)
	forged := s.Forged()
	return map[chat.Count]adaptertest.Knock{
		chat.RefusedSignature: forged["another's secret"],
		chat.RefusedStale:     forged["an old signature"],
		chat.RefusedForeign:   {Door: "commands", Request: r},
		chat.RefusedBody:      s.signed("events", []byte("{")),
	}
}

func (s *httpService) Sign(door string, body []byte) adaptertest.Knock { return s.signed(door, body) }

func (s *service) signed(door string, body []byte) adaptertest.Knock {
	r := &http.Request{
		Method: http.MethodPost, URL: &url.URL{Scheme: "http", Host: "app.example", Path: "/" + door}, Host: "app.example",
		Header: http.Header{"Content-Type": {"application/json"}}, Body: http.NoBody, ContentLength: int64(len(body)),
		ProtoMajor: 1, ProtoMinor: 1,
	}
	if door != "events" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.Body = readCloser{bytes.NewReader(body)}
	s.Server.Sign(r, body, time.Now())
	return adaptertest.Knock{Door: door, Request: r}
}

type readCloser struct{ *bytes.Reader }

func (readCloser) Close() error { return nil }
