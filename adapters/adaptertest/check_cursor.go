package adaptertest

import (
	"fmt"
	"slices"

	"github.com/gofirst/gofirst/bot/chat"
)

func cursorChecks() []check {
	return []check{
		{"a long outage loses nothing", []Part{Resuming}, longOutage},
		{"stopping while catching up loses nothing", []Part{Resuming, Refusing}, stopsCatchingUp},
		{"every cursor continues where it stands", []Part{Resuming}, everyCursorContinues},
		{"what happens to an old message moves no cursor back", []Part{Resuming}, oldMessageKeepsCursor},
	}
}

// once gives the messages in the order in which each first came, and objects where one came as two events.
func (t *trial) once(all []chat.MessagePosted) (ids []chat.MessageID) {
	t.Helper()
	events := map[chat.MessageID]chat.EventID{}
	for _, m := range all {
		id, twice := events[m.Message]
		if twice && id != m.ID {
			t.Errorf("the message %s came as the event %s, and then as %s", m.Message, id, m.ID)
		}
		if !twice {
			ids = append(ids, m.Message)
		}
		events[m.Message] = m.ID
	}
	return ids
}

// distinct waits for all of several messages, each however often, and gives them in the order in which they came.
func (l *listener) distinct(what string, ids []chat.MessageID) (found []chat.MessagePosted) {
	l.t.Helper()
	l.wait(func() bool {
		found = posted(l.taken, among(ids))
		seen := map[chat.MessageID]bool{}
		for _, m := range found {
			seen[m.Message] = true
		}
		return len(seen) == len(ids)
	}, func() {
		l.t.Fatalf("%s: %d messages of %d have come; Run returned %v", what, len(found), len(ids), l.returned())
	})
	return found
}

// hearsOne lets the adapter hear one message and stops it: the cursors from which an outage begins.
func (t *trial) hearsOne(a chat.Adapter, s Service) map[chat.ChannelID]chat.Cursor {
	t.Helper()
	l, ids := t.told(a, s, Person, "before the outage")
	l.await("a message", 1, is(ids[0]))
	l.stop()
	return l.reached()
}

// many says a number of things.
func many(s Service, n int) (ids []chat.MessageID) {
	for i := range n {
		ids = append(ids, s.Say(Person, fmt.Sprintf("number %d", i)))
	}
	return ids
}

// longOutage lasts longer than a page of any service's history.
func longOutage(t *trial) {
	a, s := t.open()
	since := t.hearsOne(a, s)
	ids := many(s, 250)
	got := t.once(t.listen(a, since, nil).distinct("what was said during a long outage", ids))
	if !slices.Equal(got, ids) {
		t.Errorf("what was said during a long outage\n%v comes in the order\n%v", ids, got)
	}
}

// stopsCatchingUp stops after ten of forty that were missed, while more is being said.
func stopsCatchingUp(t *trial) {
	a, s := t.open()
	since := t.hearsOne(a, s)
	missed := many(s, 40)
	taken := 0
	l := t.listen(a, since, func(e chat.Event) bool {
		if m, ok := e.(chat.MessagePosted); !ok || !among(missed)(m) {
			return taken >= 10
		}
		taken++
		return taken > 10
	})
	first := l.await("the first ten", 10, among(missed))
	live := s.Say(Person, "live")
	l.until("a refused message", 11, among(missed), func() []chat.Event { return l.tried })
	l.stop()
	rest := slices.DeleteFunc(append(missed, live), func(id chat.MessageID) bool {
		return slices.ContainsFunc(first, func(m chat.MessagePosted) bool { return m.Message == id })
	})
	got := t.once(t.listen(a, l.reached(), nil).distinct("what was not yet caught up with", rest))
	if !slices.Equal(got, rest) {
		t.Errorf("what was not yet caught up with\n%v comes in the order\n%v", rest, got)
	}
}

// everyCursorContinues runs from each cursor: all that came after it must come, and nothing that came before.
func everyCursorContinues(t *trial) {
	a, s := t.open()
	l, ids := t.told(a, s, Person, "one", "two", "three", "four", "five")
	all := l.await("all", len(ids), among(ids))
	l.stop()
	for i, m := range all[:len(all)-1] {
		l := t.listen(a, map[chat.ChannelID]chat.Cursor{m.Place.Channel: m.Cursor}, nil)
		if got := t.once(l.distinct("what came after a cursor", ids[i+1:])); !slices.Equal(got, ids[i+1:]) {
			t.Errorf("from the cursor of %s on\n%v comes in the order\n%v", m.Message, ids[i+1:], got)
		}
		for _, old := range l.await("", 0, among(ids[:i])) {
			t.Errorf("from the cursor of %s on, the message %s before it came again", m.Message, old.Message)
		}
		l.stop()
	}
}

func oldMessageKeepsCursor(t *trial) {
	for what, deed := range map[string]func(Hands, *listener, chat.MessageID){
		"edited": func(h Hands, l *listener, id chat.MessageID) {
			h.Edit(id, "one, but better")
			first(l, func(e chat.MessageEdited) bool { return e.Message == id })
		},
		"reacted to": func(h Hands, l *listener, id chat.MessageID) {
			h.React(id, "eyes", true)
			first(l, func(e chat.Reaction) bool { return e.Message == id })
		},
	} {
		a, s := t.open()
		h := has[Hands](t, s)
		l, ids := t.told(a, s, Person, "one", "two", "three")
		l.await("all", 3, among(ids))
		deed(h, l, ids[0])
		l.stop()
		missed := s.Say(Person, "four")
		after := t.listen(a, l.reached(), nil)
		after.await("what was said after an old message was "+what, 1, is(missed))
		for _, m := range after.await("", 0, among(ids[:2])) {
			t.Errorf("after an old message was %s, the message %s came again: the cursor was moved back", what, m.Message)
		}
	}
}
