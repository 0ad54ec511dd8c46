package adaptertest

import (
	"reflect"

	"github.com/gofirst/gofirst/bot/chat"
)

func abilityChecks() []check {
	needs := []Part{Sending}
	return []check{
		{"Reactor: setting what is set is no error", needs, reactsTwice},
		{"Finder: found or unknown", needs, finds},
		{"Finder: in threads and conversations", needs, findsElsewhere},
		{"Fetcher: the text of a message", nil, fetches},
		{"Commander: registers twice", needs, registers},
		{"Commander: registering what is there changes nothing", needs, registersOnce},
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

// findsElsewhere looks where the history of a channel does not reach.
func findsElsewhere(t *trial) {
	a, s := t.open()
	f := ability[chat.Finder](t, a)
	places := map[string]chat.To{"a conversation": {Person: s.Person()}}
	if a.Info().Threads {
		places["a thread"] = chat.To{Channel: s.Channel(), Thread: s.Say(Person, "a question")}
	}
	number := 0
	for what, to := range places {
		number++
		d := note(s, number, "hello")
		d.Message.To, d.Message.Private = to, to.Person != ""
		sent := t.send(a, d)
		r, found, err := f.FindSent(t.Context(), to, d.Key)
		if err != nil || !found || r.Message != sent.Message || r.Channel != sent.Channel {
			t.Errorf("FindSent in %s gives %+v, %v, %v, want %+v", what, r, found, err, sent)
		}
	}
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

func registersOnce(t *trial) {
	a, s := t.open()
	c, r := ability[chat.Commander](t, a), has[Registry](t, s)
	space := t.space(a, s)
	var writes []int
	for _, about := range []string{"What you work on.", "What you work on.", "What you learned."} {
		commands := []chat.Command{{Name: "share", Hint: "what", About: about}, {Name: "ask", Hint: "how", About: "A question."}}
		t.fine("Register", c.Register(t.Context(), space, commands, []chat.Action{{Name: "example", Label: "Mark as example"}}))
		writes = append(writes, r.Registrations())
	}
	if writes[0] == 0 || writes[1] != writes[0] || writes[2] == writes[1] {
		t.Errorf("registering, registering the same, and registering something else make %v changes in all", writes)
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
