package adaptertest

import (
	"slices"

	"github.com/gofirst/gofirst/bot/chat"
)

func handChecks() []check {
	return []check{
		{"a command arrives and is answered in private", []Part{Sending}, commandAnswered},
		{"a button carries its value back", []Part{Sending, Buttons}, buttonCarries},
		{"an answer in public is seen by all and pings nobody", []Part{Sending}, answeredInPublic},
		{"a reaction is a state", nil, reactionIsState},
		{"a reaction that is set again is no other event", nil, reactionSetAgain},
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
	t.offer(a, s)
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

func answeredInPublic(t *trial) {
	a, s, h, l := t.hands()
	h.Command("share a draft")
	e := first(l, func(chat.CommandInvoked) bool { return true })
	const words = "for <!channel>, @everyone & *all*"
	answer := chat.Message{To: chat.To{Reply: e.Reply}, Body: []chat.Node{chat.Text(words)}}
	if !t.not(Buttons) {
		answer.Buttons = buttoned(s).Message.Buttons
	}
	r := t.send(a, chat.Delivery{Message: answer})
	for _, m := range s.Messages() {
		if same(m.Text, words) && m.For == "" && len(m.Pings) == 0 && len(m.Buttons) == len(answer.Buttons) {
			return
		}
	}
	t.Errorf("the public answer %+v stands as %+v", r, s.Messages())
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

// reactionSetAgain sets a reaction twice, takes it back and sets it once more: three events, though a service may
// tell the second time too, as the first event.
func reactionSetAgain(t *trial) {
	_, s, h, l := t.hands()
	id := s.Say(Person, "a question")
	for _, present := range []bool{true, true, false, true} {
		h.React(id, "eyes", present)
	}
	events := map[chat.EventID]bool{}
	var states []bool
	l.wait(func() bool {
		clear(events)
		states = nil
		for _, e := range l.taken {
			if r, ok := e.(chat.Reaction); ok && !events[r.ID] {
				events[r.ID] = true
				states = append(states, r.Present)
			}
		}
		return len(states) >= 3
	}, func() { t.Fatalf("a reaction that was set, removed and set again is told as %v", states) })
	if !slices.Equal(states, []bool{true, false, true}) {
		t.Errorf("a reaction that was set twice, removed and set again is told as %v", states)
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
