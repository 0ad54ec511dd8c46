package adaptertest

import (
	"errors"
	"slices"

	"github.com/gofirst/gofirst/bot/chat"
)

func resumingChecks() []check {
	return []check{
		{"Run resumes from a cursor without loss or doubling", []Part{Resuming}, resumes},
		{"a refused event is behind the cursor", []Part{Resuming, Refusing}, refusedIsNotPassed},
		{"a cut connection loses nothing", []Part{Resuming, Dropping}, survivesDrop},
	}
}

// resumes lets the adapter hear three messages, miss two, and hear one more. What it had told before the
// last event that was stored must not come again; that one may, as itself.
func resumes(t *trial) {
	a, s := t.open()
	before, old := t.told(a, s, Person, "one", "two", "three")
	last := before.await("the first messages", 3, among(old))[2]
	before.stop()
	if last.Cursor == "" {
		t.Fatal("the events have no cursor, and the harness does not say that resuming does not apply")
	}
	missed := []chat.MessageID{s.Say(Person, "four"), s.Say(Person, "five")}
	after := t.listen(a, before.reached(), nil)
	if !a.Info().Replay {
		t.ready(s)
		missed = append(missed, s.Say(Person, "six"))
	}
	var got []chat.MessageID
	for _, m := range after.await("what was missed", len(missed), among(missed)) {
		got = append(got, m.Message)
	}
	if !slices.Equal(got, missed) {
		t.Errorf("after the cursor %v come, want %v", got, missed)
	}
	for _, m := range after.await("", 0, among(old)) {
		if m.Message != last.Message || m.ID != last.ID {
			t.Errorf("the event %s came again, though the cursor lies behind it", m.ID)
		}
	}
}

// refusedIsNotPassed stops while an event is refused: with the cursors so far it must come.
func refusedIsNotPassed(t *trial) {
	a, s := t.open()
	l := t.listen(a, nil, func(e chat.Event) bool {
		m, ok := e.(chat.MessagePosted)
		return ok && m.Text == "two"
	})
	t.ready(s)
	one, two := s.Say(Person, "one"), s.Say(Person, "two")
	l.await("the first", 1, is(one))
	refused := l.until("the refused one", 1, is(two), func() []chat.Event { return l.tried })[0]
	l.stop()
	again := t.listen(a, l.reached(), nil).await("the refused one, after a restart", 1, is(two))[0]
	if again.ID != refused.ID {
		t.Errorf("the event had the identifier %s, and after a restart %s", refused.ID, again.ID)
	}
}

func survivesDrop(t *trial) {
	a, s := t.open()
	l, first := t.told(a, s, Person, "before")
	l.await("the first", 1, is(first[0]))
	s.Drop()
	during := s.Say(Person, "meanwhile")
	l.await("what was said while the connection was cut", 1, is(during))
	t.ready(s)
	after := s.Say(Person, "after")
	l.await("what was said after", 1, is(after))
	for _, err := range l.returned() {
		var e *chat.Error
		if !errors.As(err, &e) {
			t.Errorf("Run returns %v of a cut connection, want a *chat.Error", err)
		}
	}
	ids := []chat.MessageID{first[0], during, after}
	events := map[chat.MessageID]chat.EventID{}
	for _, m := range l.await("all", 3, among(ids)) {
		if id, twice := events[m.Message]; twice && id != m.ID {
			t.Errorf("the message %s came as the event %s, and then as %s", m.Message, id, m.ID)
		}
		events[m.Message] = m.ID
	}
}
