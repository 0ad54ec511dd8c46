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
	return map[adaptertest.Part]string{
		adaptertest.Statuses:    "the chat is in this process",
		adaptertest.Present:     "it tells all from the beginning",
		adaptertest.Gapping:     "whatever happens is told, however late",
		adaptertest.Calling:     "commands reach into threads",
		adaptertest.PersonMenus: "people have no menus",
		adaptertest.Homes:       "a page is looked at without telling",
		adaptertest.Adding:      "the bot is in every channel",
		adaptertest.Pictures:    "a terminal shows the words of a picture",
	}
}

func (harness) Open(testing.TB) (chat.Adapter, adaptertest.Service) {
	c := local.New(local.Options{Now: time.Now})
	furnish(c)
	c.AddPerson(chat.Profile{User: "ana", Zone: "Europe/Paris", Language: "fr"})
	c.AddGroup("release", "ana")
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

func (s service) Reply(root chat.MessageID, text string) chat.MessageID {
	m, err := s.c.Say("ana", "help", root, text, 0)
	did(m, err)
	return m.Message
}

func (s service) Other() chat.UserID { return "hal" }

func (s service) Tell(from chat.UserID, text string) chat.MessageID {
	m, err := s.c.Tell(from, text)
	did(m, err)
	return m.Message
}

func (s service) SayElsewhere(text string) (chat.ChannelID, chat.MessageID) {
	m, err := s.c.Say("hal", "platform", "", text, 0)
	did(m, err)
	return "platform", m.Message
}

func (s service) Join(bool) chat.ChannelID {
	s.c.AddPerson(chat.Profile{User: "eve"})
	did(s.c.Join("eve", "help"))
	return "help"
}

func (s service) Leave()                                { did(s.c.Leave("eve", "help")) }
func (s service) Menu(action string, id chat.MessageID) { did(s.c.Act("ana", action, "help", id)) }
func (s service) Group() string                         { return "release" }

// form finds the form that was opened last.
func (s service) form() (p local.Post, ok bool) {
	for _, post := range s.c.Posts() {
		if post.Kind == local.FormOpened {
			p, ok = post, true
		}
	}
	return p, ok
}

func (s service) Form() (chat.Form, bool) {
	p, ok := s.form()
	if !ok {
		return chat.Form{}, false
	}
	f := *p.Form
	f.State = ""
	return f, true
}

func (s service) FillForm(values map[string]string) {
	p, _ := s.form()
	did(s.c.Submit("ana", p.Reply, values))
}

// Messages gives what the bot said, as it stands after its edits.
func (s service) Messages() (all []adaptertest.Seen) {
	for _, p := range s.c.Posts() {
		at := slices.IndexFunc(all, func(m adaptertest.Seen) bool { return m.ID == p.Message })
		switch {
		case at >= 0 && p.Kind == local.Edited:
			all[at].Text, all[at].Buttons = p.Text, seen(p).Buttons
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
