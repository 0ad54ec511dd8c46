package adaptertest

import (
	"slices"

	"github.com/gofirst/gofirst/bot/chat"
)

func recoveryChecks() []check {
	return []check{
		{"what was told live is the same event when it is caught up with", []Part{Resuming}, liveIsRecovered},
		{"a channel that is gone holds up no other", []Part{Resuming}, goneChannelIsPassed},
		{"a channel without a cursor is caught up with from the latest", []Part{Resuming}, noCursorFromLatest},
		{"without any cursor the present begins", []Part{Present}, presentBegins},
		{"a person's reply is in its thread", nil, replyInThread},
		{"replies are not lost over an outage", []Part{Resuming, RecoveringReplies}, repliesRecovered},
	}
}

// liveIsRecovered hears messages live, and once more from a cursor that lies before them.
func liveIsRecovered(t *trial) {
	a, s := t.open()
	since := t.hearsOne(a, s)
	l := t.listen(a, since, nil)
	if !a.Info().Replay {
		t.ready(s)
	}
	ids := []chat.MessageID{s.Say(Person, "two"), s.Say(Person, "three")}
	if !t.not(Sending) {
		ids = append(ids, t.send(a, note(s, 1, "by the bot")).Message)
	}
	live := l.distinct("what is said live", ids)
	l.stop()
	again := t.listen(a, since, nil).distinct("what was said, once more", ids)
	t.once(append(slices.Clone(live), again...))
	for _, m := range again {
		at := slices.IndexFunc(live, func(o chat.MessagePosted) bool { return o.Message == m.Message })
		if live[at].Actor != m.Actor || live[at].Place != m.Place || live[at].Text != m.Text {
			t.Errorf("what was told live as\n%+v is caught up with as\n%+v", live[at], m)
		}
	}
}

// goneChannelIsPassed goes on with a cursor for a channel that the bot was thrown out of meanwhile.
func goneChannelIsPassed(t *trial) {
	a, s := t.open()
	since := t.hearsOne(a, s)
	since["no-such-channel"] = since[s.Channel()]
	missed := s.Say(Person, "meanwhile")
	l := t.listen(a, since, nil)
	l.await("what was said in a channel that is there", 1, is(missed))
	if !a.Info().Replay {
		t.ready(s)
		live := s.Say(Person, "live")
		l.await("what is said live", 1, is(live))
	}
}

// noCursorFromLatest misses the first message of a channel in which nothing was ever heard.
func noCursorFromLatest(t *trial) {
	a, s := t.open()
	e := has[Elsewhere](t, s)
	since := t.hearsOne(a, s)
	room, missed := e.SayElsewhere("meanwhile, elsewhere")
	m := t.listen(a, since, nil).await("what was said in a channel without a cursor", 1, is(missed))[0]
	if m.Place.Channel != room {
		t.Errorf("what was said in %s is told of %s", room, m.Place.Channel)
	}
}

func presentBegins(t *trial) {
	a, s := t.open()
	if a.Info().Replay {
		t.Skip("a record has no present (Info.Replay)")
	}
	old := s.Say(Person, "long ago")
	l, ids := t.told(a, s, Person, "now", "and now")
	l.await("what is said now", 2, among(ids))
	if past := l.await("", 0, is(old)); len(past) != 0 {
		t.Errorf("without a cursor the past is told: %+v", past)
	}
}

func replyInThread(t *trial) {
	a, s := t.open()
	p := t.replier(a, s)
	l, ids := t.told(a, s, Person, "a question")
	l.await("the root", 1, is(ids[0]))
	reply := p.Reply(ids[0], "an answer")
	m := l.await("the reply", 1, is(reply))[0]
	if m.Place.Thread != ids[0] || m.Place.Channel != s.Channel() || m.Broadcast || m.OrphanThread || m.Text != "an answer" {
		t.Errorf("a reply to %s arrives as %+v", ids[0], m)
	}
}

func repliesRecovered(t *trial) {
	a, s := t.open()
	p := t.replier(a, s)
	l, ids := t.told(a, s, Person, "a question", "another")
	l.await("the roots", 2, among(ids))
	l.stop()
	missed := []chat.MessageID{p.Reply(ids[0], "an answer"), p.Reply(ids[1], "another answer")}
	after := t.listen(a, l.reached(), nil).distinct("what was answered during an outage", missed)
	t.once(after)
	for _, m := range after {
		if want := ids[slices.Index(missed, m.Message)]; m.Place.Thread != want {
			t.Errorf("a reply to %s is caught up with in the thread %q", want, m.Place.Thread)
		}
	}
}

func (t *trial) replier(a chat.Adapter, s Service) Replier {
	t.Helper()
	if !a.Info().Threads {
		t.Skip("people cannot reply in threads here (Info.Threads)")
	}
	return has[Replier](t, s)
}
