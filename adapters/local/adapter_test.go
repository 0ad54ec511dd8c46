package local_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/adaptertest"
	"github.com/gofirst/gofirst/adapters/local"
	"github.com/gofirst/gofirst/bot/chat"
)

func TestAdapter(t *testing.T) {
	t.Parallel()
	adaptertest.Run(t, harness{})
}

type harness struct{}

func (harness) Not() map[adaptertest.Part]string {
	return map[adaptertest.Part]string{adaptertest.Statuses: "the chat is in this process"}
}

func (harness) Open(testing.TB) (chat.Adapter, adaptertest.Service) {
	c := local.New(local.Options{Now: time.Now})
	furnish(c)
	f := flaky{c.Connect(), &adaptertest.Faults{}}
	return f, service{c, f.Faults}
}

// flaky is the adapter, with a network to blame.
type flaky struct {
	*local.Adapter
	*adaptertest.Faults
}

func (f flaky) Run(ctx context.Context, since map[chat.ChannelID]chat.Cursor, sink chat.Sink) error {
	return f.Faults.Run(ctx, since, sink, f.Adapter.Run)
}

func (f flaky) Send(ctx context.Context, d chat.Delivery) (chat.Receipt, error) {
	return f.Faults.Send(ctx, d, f.Adapter.Send)
}

type service struct {
	c *local.Chat
	*adaptertest.Faults
}

func (s service) Channel() chat.ChannelID     { return "help" }
func (s service) Person() chat.UserID         { return "ana" }
func (s service) Ready(context.Context) error { return nil } // every event is told, whenever Run begins
func (s service) Secrets() []string           { return nil }

func (s service) Say(who adaptertest.Speaker, text string) chat.MessageID {
	user := map[adaptertest.Speaker]chat.UserID{adaptertest.Person: "ana", adaptertest.OtherBot: "ci"}[who]
	m, err := s.c.Say(user, "help", "", text, 0)
	if err != nil {
		panic(err)
	}
	return m.Message
}

func (s service) Command(text string)                   { did(s.c.Command("ana", "help", text)) }
func (s service) Press(id chat.MessageID, label string) { did(s.c.Press("ana", "help", id, label)) }
func (s service) Edit(id chat.MessageID, text string)   { did(s.c.Edit("ana", "help", id, text)) }
func (s service) Delete(id chat.MessageID)              { did(s.c.Delete("ana", "help", id)) }
func (s service) React(id chat.MessageID, e string, on bool) {
	did(s.c.React("ana", "help", id, e, on))
}

func did(_ chat.Event, err error) {
	if err != nil {
		panic(err)
	}
}

// Messages gives what the bot said, as it stands after its edits.
func (s service) Messages() (all []adaptertest.Seen) {
	for _, p := range s.c.Posts() {
		at := slices.IndexFunc(all, func(m adaptertest.Seen) bool { return m.ID == p.Message })
		switch {
		case at >= 0 && p.Kind == local.Edited:
			all[at].Text = p.Text
		case at >= 0 && p.Kind == local.Deleted:
			all = slices.Delete(all, at, at+1)
		case p.Bot && p.Kind == local.Said:
			all = append(all, seen(p))
		}
	}
	return all
}

func seen(p local.Post) adaptertest.Seen {
	m := adaptertest.Seen{ID: p.Message, Key: p.Key, Text: p.Text}
	if p.Private {
		m.For = p.To
	}
	for _, u := range p.Pings {
		m.Pings = append(m.Pings, string(u))
	}
	for _, b := range p.Buttons {
		m.Buttons = append(m.Buttons, b.Label)
	}
	return m
}
