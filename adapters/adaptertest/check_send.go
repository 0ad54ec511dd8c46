package adaptertest

import (
	"context"
	"slices"

	"github.com/gofirst/gofirst/bot/chat"
)

func sendingChecks() []check {
	needs := []Part{Sending}
	return []check{
		{"a message stands where it was sent", needs, messageStands},
		{"a thread holds its reply", needs, threadHolds},
		{"private means private", needs, privateIsPrivate},
		{"nobody there is Gone or Refused", needs, nobodyThere},
		{"Send fails where its context is done", needs, cancelledSendFails},
		{"a cut connection is Unsure", []Part{Sending, Losing}, cutIsUnsure},
		{"a lost reply is Unsure", []Part{Sending, Losing}, lostReplyIsUnsure},
		{"the same key leaves one message", needs, sameKeyOnce},
		{"the same key after a lost reply leaves one message", []Part{Sending, Losing}, sameKeyAfterLoss},
	}
}

func messageStands(t *trial) {
	a, s := t.open()
	d := note(s, 1, "hello")
	d.Message.Buttons = []chat.Button{{Label: "Yes", Value: d.Key + ".yes.mac"}, {Label: "I found it", Value: d.Key + ".found.mac"}}
	r := t.send(a, d)
	if r.Channel != s.Channel() || r.Message == "" || r.Time.IsZero() {
		t.Errorf("the receipt is not whole: %+v", r)
	}
	m := t.seen(s, r.Message)
	if !same(m.Text, "hello") || m.For != "" {
		t.Errorf("people see %+v, want the text %q for all", m, "hello")
	}
	if m.Key != "" && m.Key != d.Key {
		t.Errorf("the message carries the key %q, want %q", m.Key, d.Key)
	}
	if !slices.Equal(m.Buttons, []string{"Yes", "I found it"}) {
		t.Errorf("people see the buttons %q", m.Buttons)
	}
}

func threadHolds(t *trial) {
	a, s := t.open()
	if !a.Info().Threads {
		t.Skip("people cannot reply in threads here (Info.Threads)")
	}
	l, ids := t.told(a, s, Person, "a question")
	root := l.await("the root", 1, is(ids[0]))[0]
	d := note(s, 1, "an answer")
	d.Message.To = chat.To{Channel: root.Place.Channel, Thread: root.Message}
	r := t.send(a, d)
	reply := l.await("the reply", 1, is(r.Message))[0]
	if reply.Place.Thread != root.Message {
		t.Errorf("the reply is in the thread %q, want %q", reply.Place.Thread, root.Message)
	}
}

func privateIsPrivate(t *trial) {
	a, s := t.open()
	d := note(s, 1, "between us")
	d.Message.To, d.Message.Private = chat.To{Person: s.Person()}, true
	ctx, cancel := context.WithTimeout(context.Background(), t.patience)
	defer cancel()
	if r, err := a.Send(ctx, d); err != nil {
		t.kind(err, "a private message", chat.Refused)
	} else if m := t.seen(s, r.Message); m.For != s.Person() {
		t.Errorf("a private message to %s is seen by %q", s.Person(), m.For)
	}
	d = note(s, 2, "not for all")
	d.Message.Private = true
	t.failure(a, d, "in private to a whole channel", chat.Refused)
	for _, m := range s.Messages() {
		if m.For == "" {
			t.Errorf("everybody sees %q", m.Text)
		}
	}
}

func nobodyThere(t *trial) {
	a, s := t.open()
	d := note(s, 1, "hello?")
	for what, to := range map[string]chat.To{
		"to an unknown channel": {Channel: "no-such-channel"},
		"to an unknown person":  {Person: "no-such-person"},
		"to an unknown reply":   {Reply: "no-such-reply"},
	} {
		d.Message.To = to
		t.failure(a, d, what, chat.Gone, chat.Refused)
	}
	d.Message.To = chat.To{}
	t.failure(a, d, "to nobody", chat.Refused)
	if all := s.Messages(); len(all) != 0 {
		t.Errorf("messages to nobody stand in the service: %+v", all)
	}
}

func cancelledSendFails(t *trial) {
	a, s := t.open()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for range 2 {
		var err error
		t.within("Send, with a context that is done,", func() { _, err = a.Send(ctx, note(s, 1, "too late")) })
		t.kind(err, "Send with a context that is done", chat.Unsure, chat.Later)
	}
	if all := s.Messages(); len(all) != 0 {
		t.Errorf("what was sent with a context that is done stands in the service: %+v", all)
	}
}

func cutIsUnsure(t *trial) {
	a, s := t.open()
	s.FailNext(0, nil)
	t.failure(a, note(s, 1, "hello"), "over a connection that is cut", chat.Unsure)
}

func lostReplyIsUnsure(t *trial) {
	a, s := t.open()
	s.LoseNextReply()
	d := note(s, 1, "hello")
	t.failure(a, d, "whose answer is lost", chat.Unsure)
	if n := len(s.Messages()); n != 1 {
		t.Errorf("%d messages stand in the service, want the one whose answer was lost", n)
	}
	finder, ok := a.(chat.Finder)
	if !ok {
		return
	}
	if _, found, err := finder.FindSent(context.Background(), d.Message.To, d.Key); err != nil || !found {
		t.Errorf("FindSent does not settle the doubt: %v, %v", found, err)
	}
}

func sameKeyOnce(t *trial) {
	a, s := t.open()
	t.dedups(a)
	first := t.send(a, note(s, 1, "once"))
	second := t.send(a, note(s, 1, "once"))
	if first.Message != second.Message {
		t.Errorf("the same key gives the message %s, and then %s", first.Message, second.Message)
	}
	t.stands(s, 1)
}

func sameKeyAfterLoss(t *trial) {
	a, s := t.open()
	t.dedups(a)
	s.LoseNextReply()
	t.failure(a, note(s, 1, "once"), "whose answer is lost", chat.Unsure)
	r := t.send(a, note(s, 1, "once"))
	t.seen(s, r.Message)
	t.stands(s, 1)
}

func (t *trial) dedups(a chat.Adapter) {
	t.Helper()
	if a.Info().Dedup == 0 {
		t.Skip("the service drops no repeated keys (Info.Dedup)")
	}
}

func (t *trial) stands(s Service, want int) {
	t.Helper()
	if got := len(s.Messages()); got != want {
		t.Errorf("%d messages stand in the service, want %d", got, want)
	}
}
