package adaptertest

import "github.com/gofirst/gofirst/bot/chat"

func handChecks() []check {
	return []check{
		{"a command arrives and is answered in private", []Part{Sending}, commandAnswered},
		{"a button carries its value back", []Part{Sending}, buttonCarries},
		{"a reaction is a state", nil, reactionIsState},
		{"edits and deletions arrive", nil, editsArrive},
	}
}

// hands opens a service in which people do more than speak, and listens; or it skips the check.
func (t *trial) hands() (chat.Adapter, Service, Hands, *listener) {
	t.Helper()
	a, s := t.open()
	h, ok := s.(Hands)
	if !ok {
		t.Skip("the harness's Service is no Hands")
	}
	l := t.listen(a, nil, nil)
	t.ready(s)
	return a, s, h, l
}

// first waits for the first event of a type.
func first[E chat.Event](l *listener, match func(E) bool) (found E) {
	l.t.Helper()
	l.wait(func() bool {
		for _, e := range l.taken {
			if x, ok := e.(E); ok && match(x) {
				found = x
				return true
			}
		}
		return false
	}, func() { l.t.Fatalf("no %T has come; Run returned %v", found, l.returned()) })
	return found
}

func (t *trial) whole(what string, e chat.Event, s Service) {
	t.Helper()
	h := e.Head()
	if h.ID == "" || h.Time.IsZero() || h.Place.Channel != s.Channel() || h.Actor.User != s.Person() || !h.Actor.Human() {
		t.Errorf("%s: the event is not whole: %+v", what, h)
	}
}

func commandAnswered(t *trial) {
	a, s, h, l := t.hands()
	h.Command("thanks @nobody for 5 < 6")
	e := first(l, func(chat.CommandInvoked) bool { return true })
	t.whole("a command", e, s)
	if e.Text != "thanks @nobody for 5 < 6" || e.Reply == "" {
		t.Errorf("the command arrives as %q with the reply handle %q", e.Text, e.Reply)
	}
	r := t.send(a, chat.Delivery{Message: chat.Message{To: chat.To{Reply: e.Reply}, Private: true, Body: []chat.Node{chat.Text("noted")}}})
	for _, m := range s.Messages() {
		if same(m.Text, "noted") && m.For == s.Person() {
			return
		}
	}
	t.Errorf("the private answer %+v is not seen by %s alone: %+v", r, s.Person(), s.Messages())
}

func buttonCarries(t *trial) {
	a, s, h, l := t.hands()
	d := note(s, 1, "Shall I?")
	value := d.Key + ".found.abcdefghijklmnop"
	d.Message.Buttons = []chat.Button{{Label: "Yes", Value: d.Key + ".yes.abcdefghijklmnop"}, {Label: "I found it", Value: value}}
	r := t.send(a, d)
	h.Press(r.Message, "I found it")
	e := first(l, func(chat.ButtonPressed) bool { return true })
	t.whole("a press", e, s)
	if e.Value != value || e.Message != r.Message || e.Reply == "" {
		t.Errorf("the press carries %q on the message %s with the reply handle %q, want %q on %s", e.Value, e.Message, e.Reply, value, r.Message)
	}
}

func reactionIsState(t *trial) {
	_, s, h, l := t.hands()
	id := s.Say(Person, "a question")
	for _, present := range []bool{true, false} {
		h.React(id, "eyes", present)
		e := first(l, func(e chat.Reaction) bool { return e.Present == present })
		t.whole("a reaction", e, s)
		if e.Message != id || e.Emoji != "eyes" {
			t.Errorf("the reaction arrives as %q on %s, want eyes on %s", e.Emoji, e.Message, id)
		}
	}
}

func editsArrive(t *trial) {
	_, s, h, l := t.hands()
	id := s.Say(Person, "before")
	h.Edit(id, "after, 5 < 6")
	edited := first(l, func(e chat.MessageEdited) bool { return e.Message == id })
	t.whole("an edit", edited, s)
	if edited.Text != "after, 5 < 6" {
		t.Errorf("the edit arrives as %q", edited.Text)
	}
	h.Delete(id)
	deleted := first(l, func(e chat.MessageDeleted) bool { return e.Message == id })
	if deleted.ID == "" || deleted.ID == edited.ID || deleted.Place.Channel != s.Channel() {
		t.Errorf("the deletion arrives as %+v", deleted)
	}
}
