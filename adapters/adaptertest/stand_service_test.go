package adaptertest

import (
	"bytes"
	"context"
	"net/http"
	"slices"

	"github.com/gofirst/gofirst/adapters/local"
	"github.com/gofirst/gofirst/bot/chat"
)

// service is what people do in the local chat, and how it misbehaves.
type service struct {
	c *local.Chat
	b *broken
	*Faults
}

func (s *service) Channel() chat.ChannelID { return "help" }
func (s *service) Person() chat.UserID     { return "UANA" }
func (s *service) Secrets() []string       { return []string{secret} }

// Ready waits until Run knows where the present began.
func (s *service) Ready(ctx context.Context) error {
	s.b.mu.Lock()
	online := s.b.online
	s.b.mu.Unlock()
	select {
	case <-online:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *service) Say(who Speaker, text string) chat.MessageID {
	m, err := s.c.Say([]chat.UserID{"UANA", "UCI"}[who], "help", "", text, 0)
	if err != nil {
		panic(err)
	}
	return m.Message
}

func (s *service) Messages() (all []Seen) {
	for _, p := range s.c.Posts() {
		at := slices.IndexFunc(all, func(m Seen) bool { return m.ID == p.Message })
		switch {
		case at >= 0 && p.Kind == local.Edited:
			all[at].Text, all[at].Buttons = p.Text, labels(p)
		case at >= 0 && p.Kind == local.Deleted:
			all = slices.Delete(all, at, at+1)
		case p.Bot && p.Kind == local.Said:
			m := Seen{ID: p.Message, Key: p.Key, For: p.To, Text: p.Text, Alt: s.alt(p.Message)}
			for _, u := range p.Pings {
				m.Pings = append(m.Pings, string(u))
			}
			m.Buttons = labels(p)
			all = append(all, m)
		}
	}
	return all
}

func (s *service) Command(text string) {
	s.did(s.c.Command("UANA", "help", text))
	s.ack()
}

func (s *service) Press(id chat.MessageID, label string) {
	s.did(s.c.Press("UANA", "help", id, label))
	s.ack()
}

func (s *service) Menu(action string, id chat.MessageID) {
	s.did(s.c.Act("UANA", action, "help", id))
	s.ack()
}

func (s *service) ack() {
	if !s.b.ackLate {
		s.b.acked <- struct{}{}
	}
}

func (s *service) Acked(ctx context.Context) error {
	select {
	case <-s.b.acked:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *service) React(id chat.MessageID, emoji string, present bool) {
	s.did(s.c.React("UANA", "help", id, emoji, present))
}

func (s *service) Edit(id chat.MessageID, text string) { s.did(s.c.Edit("UANA", "help", id, text)) }

func (s *service) Delete(id chat.MessageID) { s.did(s.c.Delete("UANA", "help", id)) }

func (s *service) did(_ chat.Event, err error) {
	if err != nil {
		panic(err)
	}
}

func labels(p local.Post) (all []string) {
	for _, b := range p.Buttons {
		all = append(all, b.Label)
	}
	return all
}

func (s *service) alt(id chat.MessageID) string {
	s.b.mu.Lock()
	defer s.b.mu.Unlock()
	return s.b.alts[id]
}

func (s *service) knock(header string) Knock {
	ctx := context.WithValue(context.Background(), speaker{}, func() { s.Say(Person, "through the door") })
	return s.request(ctx, header, nil)
}

func (s *service) request(ctx context.Context, header string, body []byte) Knock {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://bot.example/hooks/events", bytes.NewReader(body))
	if err != nil {
		panic(err)
	}
	r.Header.Set("Authorization", header)
	return Knock{Door: "events", Request: r}
}

func (s *service) Genuine() Knock { return s.knock(secret) }

func (s *service) Forged() map[string]Knock {
	return map[string]Knock{"no secret": s.knock(""), "another secret": s.knock("xoxb-forged")}
}

func (s *service) ForgedAs() map[chat.Count]Knock {
	return map[chat.Count]Knock{chat.RefusedSignature: s.knock("xoxb-forged"), chat.RefusedStale: s.knock(stale)}
}

func (s *service) Sign(_ string, body []byte) Knock {
	return s.request(context.Background(), secret, body)
}
