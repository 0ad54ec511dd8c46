package adaptertest

import (
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

func logChecks() []check {
	return []check{{"the log holds no secret, no words and no person", nil, logIsSilent}}
}

// logIsSilent lets a day go by on which everything goes wrong, and reads the log.
func logIsSilent(t *trial) {
	a, s := t.open()
	logger := has[Logger](t, s)
	l, ids := t.told(a, s, Person, "a confidence")
	l.await("a message", 1, is(ids[0]))
	forbidden := append(t.secrets(s), "a confidence", "a whispered word", "an answer", "zzz", string(s.Person()))
	t.badDay(a, s, l)
	l.stop()
	for _, x := range forbidden {
		if strings.Contains(logger.Logged(), x) {
			t.Errorf("the log holds %q:\n%s", x, logger.Logged())
		}
	}
}

func (t *trial) badDay(a chat.Adapter, s Service, l *listener) {
	if h, ok := s.(Hands); ok {
		t.offer(a, s)
		h.Command("share zzz")
		first(l, func(chat.CommandInvoked) bool { return true })
	}
	if p, ok := s.(Teller); ok {
		l.await("what is said to the bot alone", 1, is(p.Tell(s.Person(), "a whispered word")))
	}
	if !t.not(Sending) {
		s.FailNext(500, nil)
		_, _ = a.Send(t.Context(), note(s, 1, "an answer")) // it is its log that matters
		d := note(s, 2, "an answer")
		d.Message.To = chat.To{Person: "no-such-person"}
		_, _ = a.Send(t.Context(), d)
	}
	if f, ok := s.(Forger); ok {
		for _, k := range f.Forged() {
			t.knock(a.(chat.Doors).Doors(), k)
		}
	}
	if !t.not(Dropping) {
		s.Drop()
		id := s.Say(Person, "a confidence")
		l.await("what was said after the connection was cut", 1, is(id))
	}
}
