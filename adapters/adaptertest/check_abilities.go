package adaptertest

import (
	"reflect"

	"github.com/gofirst/gofirst/bot/chat"
)

func abilityChecks() []check {
	needs := []Part{Sending}
	return []check{
		{"Reactor: setting what is set is no error", needs, reactsTwice},
		{"Editor: edit and delete, twice", needs, editsTwice},
		{"Editor: gone is Gone", needs, editsGone},
		{"Finder: found or unknown", needs, finds},
		{"Fetcher: the text of a message", nil, fetches},
		{"Commander: registers twice", needs, registers},
		{"Former: a form needs a reply handle", needs, formNeedsReply},
		{"Homer: shows a page", needs, showsHome},
	}
}

// ability gives what an adapter can do besides, or skips the check.
func ability[A any](t *trial, a chat.Adapter) A {
	t.Helper()
	x, ok := a.(A)
	if !ok {
		t.Skipf("the adapter is no %v", reflect.TypeFor[A]())
	}
	return x
}

func (t *trial) fine(what string, err error) {
	t.Helper()
	if err != nil {
		t.Errorf("%s: %v", what, err)
	}
}

func reactsTwice(t *trial) {
	a, s := t.open()
	r := ability[chat.Reactor](t, a)
	id := s.Say(Person, "a question")
	for _, present := range []bool{true, true, false, false} {
		t.fine("React", r.React(t.Context(), s.Channel(), id, "eyes", present))
	}
	t.kind(r.React(t.Context(), s.Channel(), "no-such-message", "eyes", true), "React to no message", chat.Gone, chat.Refused)
}

func editsTwice(t *trial) {
	a, s := t.open()
	e := ability[chat.Editor](t, a)
	sent := t.send(a, note(s, 1, "before"))
	for range 2 {
		t.fine("Edit", e.Edit(t.Context(), sent.Channel, sent.Message, note(s, 1, "after")))
	}
	if m := t.seen(s, sent.Message); !same(m.Text, "after") {
		t.Errorf("after Edit people see %q", m.Text)
	}
	t.stands(s, 1)
	t.fine("Delete", e.Delete(t.Context(), sent.Channel, sent.Message))
	if err := e.Delete(t.Context(), sent.Channel, sent.Message); err != nil {
		t.kind(err, "a second Delete", chat.Gone)
	}
	t.stands(s, 0)
}

func editsGone(t *trial) {
	a, s := t.open()
	e := ability[chat.Editor](t, a)
	sent := t.send(a, note(s, 1, "before"))
	t.fine("Delete", e.Delete(t.Context(), sent.Channel, sent.Message))
	t.kind(e.Edit(t.Context(), sent.Channel, sent.Message, note(s, 1, "after")), "Edit of a deleted message", chat.Gone)
	t.kind(e.Edit(t.Context(), s.Channel(), "no-such-message", note(s, 1, "after")), "Edit of no message", chat.Gone, chat.Refused)
	t.stands(s, 0)
}

func finds(t *trial) {
	a, s := t.open()
	f := ability[chat.Finder](t, a)
	d := note(s, 1, "hello")
	if _, found, err := f.FindSent(t.Context(), d.Message.To, d.Key); found || err != nil {
		t.Errorf("FindSent of what was not sent: found %v, error %v", found, err)
	}
	sent := t.send(a, d)
	r, found, err := f.FindSent(t.Context(), d.Message.To, d.Key)
	if err != nil || !found || r.Message != sent.Message || r.Channel != sent.Channel {
		t.Errorf("FindSent gives %+v, %v, %v, want the message %s", r, found, err, sent.Message)
	}
	if _, found, err := f.FindSent(t.Context(), d.Message.To, note(s, 2, "").Key); found || err != nil {
		t.Errorf("FindSent of another key: found %v, error %v", found, err)
	}
}

func fetches(t *trial) {
	a, s := t.open()
	f := ability[chat.Fetcher](t, a)
	id := s.Say(Person, "5 < 6 & 7")
	text, author, err := f.Fetch(t.Context(), s.Channel(), id)
	if err != nil || text != "5 < 6 & 7" || author.User != s.Person() || !author.Human() {
		t.Errorf("Fetch gives %q by %+v, %v", text, author, err)
	}
	_, _, err = f.Fetch(t.Context(), s.Channel(), "no-such-message")
	t.kind(err, "Fetch of no message", chat.Gone, chat.Refused)
}

func registers(t *trial) {
	a, s := t.open()
	c := ability[chat.Commander](t, a)
	commands := []chat.Command{{Name: "share", Hint: "what", About: "What you are working on.", Aliases: []string{"partage"}}}
	for range 2 {
		t.fine("Register", c.Register(t.Context(), t.space(a, s), commands, []chat.Action{{Name: "example", Label: "Mark as example"}}))
	}
}

func formNeedsReply(t *trial) {
	a, _ := t.open()
	f := ability[chat.Former](t, a)
	form := chat.Form{Title: "Share", State: "state", Fields: []chat.Field{{Name: "what", Label: "What?"}}}
	t.kind(f.OpenForm(t.Context(), "no-such-reply", "no-such-trigger", form), "OpenForm without a reply handle", chat.Gone, chat.Refused)
}

func showsHome(t *trial) {
	a, s := t.open()
	h := ability[chat.Homer](t, a)
	for range 2 {
		t.fine("ShowHome", h.ShowHome(t.Context(), s.Person(), []chat.Node{chat.Text("hello")}, []chat.Button{{Label: "Stop", Value: "k.stop.m"}}))
	}
	t.kind(h.ShowHome(t.Context(), "no-such-person", []chat.Node{chat.Text("hello")}, nil), "ShowHome to nobody", chat.Gone, chat.Refused)
}

// space finds out the space of the channel, where the adapter can tell.
func (t *trial) space(a chat.Adapter, s Service) chat.SpaceID {
	t.Helper()
	d, ok := a.(chat.Directory)
	if !ok {
		return ""
	}
	info, err := d.Channel(t.Context(), s.Channel())
	t.fine("Channel", err)
	return info.Space
}
