package adaptertest

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/local"
	"github.com/gofirst/gofirst/bot/chat"
)

const secret = "xoxb-secret"

// stand is a harness over the local chat that pretends to HTTP statuses, a secret and doors, and whose
// adapter can be broken.
type stand struct {
	breaks func(*broken)
	not    map[Part]string
}

func (h stand) Not() map[Part]string { return h.not }

func (h stand) Open(t testing.TB) (chat.Adapter, Service) {
	c := local.New(local.Options{Now: time.Now})
	c.AddPerson(chat.Profile{User: "UANA", Handle: "ana", Name: "Ana"})
	c.AddPerson(chat.Profile{User: "UCI", Handle: "ci", Bot: true})
	c.AddChannel("help", "UANA", "UCI")
	b := &broken{Adapter: c.Connect(), Faults: &Faults{}, over: make(chan struct{})}
	t.Cleanup(func() { close(b.over) })
	if h.breaks != nil {
		h.breaks(b)
	}
	return b, &service{c: c, Faults: b.Faults}
}

// broken is a sound adapter whose parts can be replaced.
type broken struct {
	*local.Adapter
	*Faults
	over chan struct{} // closed at the end of the check

	info     func(chat.Info) chat.Info
	size     func(int) int
	run      func(listening) error
	send     func(call, chat.Delivery) (chat.Receipt, error)
	able     func(op string, sound error) error
	found    func(bool) bool
	text     func(string) string
	person   func(chat.Profile) chat.Profile
	channel  func(chat.ChannelInfo) chat.ChannelInfo
	admitted func(*http.Request) bool
}

// listening is one call of Run, call one of Send, with what a sound adapter would do.
type listening struct {
	ctx   context.Context
	since map[chat.ChannelID]chat.Cursor
	sink  chat.Sink
	sound func(context.Context, map[chat.ChannelID]chat.Cursor, chat.Sink) error
}

type call struct {
	ctx   context.Context
	sound func(context.Context, chat.Delivery) (chat.Receipt, error)
}

func (b *broken) Info() chat.Info {
	if b.info != nil {
		return b.info(b.Adapter.Info())
	}
	return b.Adapter.Info()
}

func (b *broken) Size(m chat.Message) int {
	if b.size != nil {
		return b.size(b.Adapter.Size(m))
	}
	return b.Adapter.Size(m)
}

func (b *broken) Run(ctx context.Context, since map[chat.ChannelID]chat.Cursor, sink chat.Sink) error {
	sound := func(ctx context.Context, since map[chat.ChannelID]chat.Cursor, sink chat.Sink) error {
		return b.Faults.Run(ctx, since, sink, b.Adapter.Run)
	}
	if b.run != nil {
		return b.run(listening{ctx, since, sink, sound})
	}
	return sound(ctx, since, sink)
}

func (b *broken) Send(ctx context.Context, d chat.Delivery) (chat.Receipt, error) {
	sound := func(ctx context.Context, d chat.Delivery) (chat.Receipt, error) {
		return b.Faults.Send(ctx, d, b.Adapter.Send)
	}
	if b.send != nil {
		return b.send(call{ctx, sound}, d)
	}
	return sound(ctx, d)
}

func (b *broken) abled(op string, err error) error {
	if b.able != nil {
		return b.able(op, err)
	}
	return err
}

func (b *broken) React(ctx context.Context, in chat.ChannelID, id chat.MessageID, emoji string, present bool) error {
	return b.abled("react", b.Adapter.React(ctx, in, id, emoji, present))
}

func (b *broken) Edit(ctx context.Context, in chat.ChannelID, id chat.MessageID, d chat.Delivery) error {
	return b.abled("edit", b.Adapter.Edit(ctx, in, id, d))
}

func (b *broken) Delete(ctx context.Context, in chat.ChannelID, id chat.MessageID) error {
	return b.abled("delete", b.Adapter.Delete(ctx, in, id))
}

func (b *broken) Register(ctx context.Context, space chat.SpaceID, c []chat.Command, a []chat.Action) error {
	return b.abled("register", b.Adapter.Register(ctx, space, c, a))
}

func (b *broken) OpenForm(ctx context.Context, r chat.ReplyHandle, trigger string, f chat.Form) error {
	return b.abled("form", b.Adapter.OpenForm(ctx, r, trigger, f))
}

func (b *broken) ShowHome(ctx context.Context, u chat.UserID, body []chat.Node, buttons []chat.Button) error {
	return b.abled("home", b.Adapter.ShowHome(ctx, u, body, buttons))
}

func (b *broken) FindSent(ctx context.Context, to chat.To, key string) (chat.Receipt, bool, error) {
	r, found, err := b.Adapter.FindSent(ctx, to, key)
	if b.found != nil {
		found = b.found(found)
	}
	return r, found, err
}

func (b *broken) Fetch(ctx context.Context, in chat.ChannelID, id chat.MessageID) (string, chat.Actor, error) {
	text, author, err := b.Adapter.Fetch(ctx, in, id)
	if b.text != nil {
		text = b.text(text)
	}
	return text, author, err
}

func (b *broken) Person(ctx context.Context, u chat.UserID) (chat.Profile, error) {
	p, err := b.Adapter.Person(ctx, u)
	if b.person != nil {
		p = b.person(p)
	}
	return p, err
}

func (b *broken) Channel(ctx context.Context, id chat.ChannelID) (chat.ChannelInfo, error) {
	info, err := b.Adapter.Channel(ctx, id)
	if b.channel != nil {
		info = b.channel(info)
	}
	return info, err
}

// Doors has one door, through which ana speaks who knows the secret.
func (b *broken) Doors() map[string]http.Handler {
	return map[string]http.Handler{"events": http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		admitted := r.Header.Get("Authorization") == secret
		if b.admitted != nil {
			admitted = b.admitted(r)
		}
		if !admitted {
			http.Error(w, "no", http.StatusForbidden)
			return
		}
		r.Context().Value(speaker{}).(func())()
	})}
}

// speaker is the key of what happens in the chat when a request is let in.
type speaker struct{}

type service struct {
	c *local.Chat
	*Faults
}

func (s *service) Channel() chat.ChannelID     { return "help" }
func (s *service) Person() chat.UserID         { return "UANA" }
func (s *service) Ready(context.Context) error { return nil }
func (s *service) Secrets() []string           { return []string{secret} }

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
			all[at].Text = p.Text
		case at >= 0 && p.Kind == local.Deleted:
			all = slices.Delete(all, at, at+1)
		case p.Bot && p.Kind == local.Said:
			m := Seen{ID: p.Message, Key: p.Key, For: p.To, Text: p.Text}
			for _, u := range p.Pings {
				m.Pings = append(m.Pings, string(u))
			}
			for _, b := range p.Buttons {
				m.Buttons = append(m.Buttons, b.Label)
			}
			all = append(all, m)
		}
	}
	return all
}

func (s *service) Command(text string) { s.did(s.c.Command("UANA", "help", text)) }

func (s *service) Press(id chat.MessageID, label string) { s.did(s.c.Press("UANA", "help", id, label)) }

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

func (s *service) knock(header string) Knock {
	ctx := context.WithValue(context.Background(), speaker{}, func() { s.Say(Person, "through the door") })
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://bot.example/hooks/events", nil)
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

var errBroken = errors.New("broken on purpose")
