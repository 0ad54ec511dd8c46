package adaptertest

import (
	"fmt"
	"slices"

	"github.com/gofirst/gofirst/bot/chat"
)

func receivingChecks() []check {
	return []check{
		{"an event is whole", nil, eventIsWhole},
		{"events come in the order of their place", nil, eventsInOrder},
		{"words arrive as they were typed", nil, wordsArrive},
		{"own messages come back marked", []Part{Sending}, ownMessagesMarked},
		{"other bots are marked", []Part{OtherBots}, otherBotsMarked},
		{"a refused event comes again", []Part{Refusing}, refusedComesAgain},
		{"a redelivered event keeps its ID", []Part{Redelivering}, redeliveredKeepsID},
	}
}

func eventIsWhole(t *trial) {
	a, s := t.open()
	l, ids := t.told(a, s, Person, "one", "two")
	for _, id := range ids {
		m := l.await("a message", 1, is(id))[0]
		if m.ID == "" || m.Time.IsZero() {
			t.Errorf("the event has no identifier or no time: %+v", m)
		}
		if m.Place.Channel != s.Channel() || m.Place.Direct || m.Place.Thread != "" {
			t.Errorf("the event comes from %+v, want the channel %s", m.Place, s.Channel())
		}
		if m.Actor.User != s.Person() || !m.Actor.Human() || m.System {
			t.Errorf("the event is by %+v, want the person %s", m.Actor, s.Person())
		}
	}
	if l.await("both", 2, among(ids))[0].ID == l.await("both", 2, among(ids))[1].ID {
		t.Error("two events have the same identifier")
	}
}

func eventsInOrder(t *trial) {
	a, s := t.open()
	var texts []string
	for i := range 40 {
		texts = append(texts, fmt.Sprintf("message %d", i))
	}
	l, ids := t.told(a, s, Person, texts...)
	var got []chat.MessageID
	for _, m := range l.await("all messages", len(ids), among(ids)) {
		got = append(got, m.Message)
	}
	if !slices.Equal(got, ids) {
		t.Errorf("the messages\n%v come in the order\n%v", ids, got)
	}
}

// typed is what people type and a careless adapter changes on the way in.
var typed = []string{
	"plain words", "5 < 6 & 7 > 2", "fish & chips &amp; more", "a_b_c *d* ~e~", "one\ntwo", "`go test ./...`",
	"مرحبا بالعالم", "שלום עולם", "Zoe\u0308 n\u0303 e\u0301", "👩‍🚀 🏳️‍🌈 👍🏽", "日本語", "50% \\ \"quoted\" 'single'",
}

func wordsArrive(t *trial) {
	a, s := t.open()
	l, ids := t.told(a, s, Person, typed...)
	for i, id := range ids {
		if got := l.await("a message", 1, is(id))[0].Text; got != typed[i] {
			t.Errorf("%q arrives as %q", typed[i], got)
		}
	}
}

func ownMessagesMarked(t *trial) {
	a, s := t.open()
	l := t.listen(a, nil, nil)
	t.ready(s)
	d := note(s, 1, "by the bot")
	r := t.send(a, d)
	if r.Channel != s.Channel() {
		t.Errorf("the receipt names the channel %s, want %s", r.Channel, s.Channel())
	}
	m := l.await("the bot's own message", 1, is(r.Message))[0]
	if !m.Actor.Self || !m.Actor.Bot || m.Actor.Human() {
		t.Errorf("the bot's own message is by %+v, want it marked Self and Bot", m.Actor)
	}
	if m.Key != "" && m.Key != d.Key {
		t.Errorf("the bot's own message has the key %q, want %q or none", m.Key, d.Key)
	}
}

func otherBotsMarked(t *trial) {
	a, s := t.open()
	l, ids := t.told(a, s, OtherBot, "build passed")
	m := l.await("another bot's message", 1, is(ids[0]))[0]
	if !m.Actor.Bot || m.Actor.Self || m.Actor.Human() {
		t.Errorf("another bot's message is by %+v, want it marked Bot and not Self", m.Actor)
	}
}

// refusedComesAgain refuses the second of three messages twice.
func refusedComesAgain(t *trial) {
	a, s := t.open()
	refusals := 2
	l := t.listen(a, nil, func(e chat.Event) bool {
		m, ok := e.(chat.MessagePosted)
		if !ok || m.Text != "two" || refusals == 0 {
			return false
		}
		refusals--
		return true
	})
	t.ready(s)
	ids := []chat.MessageID{s.Say(Person, "one"), s.Say(Person, "two"), s.Say(Person, "three")}
	tries := l.until("the refused message, again", 3, is(ids[1]), func() []chat.Event { return l.tried })
	for _, m := range tries {
		if m.ID != tries[0].ID {
			t.Errorf("the refused event had the identifier %s, and then %s", tries[0].ID, m.ID)
		}
	}
	var got []chat.MessageID
	for _, m := range l.await("all three", 3, among(ids)) {
		if !slices.Contains(got, m.Message) {
			got = append(got, m.Message)
		}
	}
	if !slices.Equal(got, ids) {
		t.Errorf("around a refusal %v come in the order %v", ids, got)
	}
}

func redeliveredKeepsID(t *trial) {
	a, s := t.open()
	l, ids := t.told(a, s, Person, "hello")
	l.await("a message", 1, is(ids[0]))
	s.Redeliver()
	twice := l.await("the message, told again", 2, is(ids[0]))
	if twice[0].ID != twice[1].ID {
		t.Errorf("the event had the identifier %s, and when it was told again %s", twice[0].ID, twice[1].ID)
	}
}
