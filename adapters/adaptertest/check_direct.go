package adaptertest

import (
	"github.com/gofirst/gofirst/bot/chat"
)

func directChecks() []check {
	return []check{
		{"what is said to the bot alone is Direct", nil, directIsDirect},
		{"what is said to the bot alone is not lost over an outage", []Part{Resuming, RecoveringDirect}, directRecovered},
		{"a whisper is seen by one person alone", []Part{Sending}, whispers},
	}
}

// spoken lets two people speak with the bot alone.
func (t *trial) spoken(a chat.Adapter, s Service) (l *listener, of map[chat.UserID]chat.MessagePosted) {
	t.Helper()
	p := has[Teller](t, s)
	l = t.listen(a, nil, nil)
	t.ready(s)
	of = map[chat.UserID]chat.MessagePosted{}
	for _, user := range []chat.UserID{s.Person(), p.Other()} {
		of[user] = l.await("what is said to the bot alone", 1, is(p.Tell(user, "between us, 5 < 6")))[0]
	}
	return l, of
}

func directIsDirect(t *trial) {
	a, s := t.open()
	_, of := t.spoken(a, s)
	places := map[chat.ChannelID]bool{s.Channel(): true, "": true}
	for user, m := range of {
		if !m.Place.Direct || m.Place.Thread != "" || places[m.Place.Channel] {
			t.Errorf("what is said to the bot alone comes from %+v", m.Place)
		}
		places[m.Place.Channel] = true
		if m.Actor.User != user || !m.Actor.Human() || m.Text != "between us, 5 < 6" {
			t.Errorf("what is said to the bot alone arrives as %q by %+v", m.Text, m.Actor)
		}
	}
}

// directRecovered goes on from the cursor of a channel alone: no conversation has one that is kept.
func directRecovered(t *trial) {
	a, s := t.open()
	p := has[Teller](t, s)
	l, of := t.spoken(a, s)
	id := s.Say(Person, "in the channel")
	l.await("what is said in the channel", 1, is(id))
	l.stop()
	var missed []chat.MessageID
	for user := range of {
		missed = append(missed, p.Tell(user, "meanwhile"))
	}
	after := t.listen(a, l.reached(), nil)
	for _, m := range after.distinct("what was said to the bot alone during an outage", missed) {
		if !m.Place.Direct || m.Place.Channel != of[m.Actor.User].Place.Channel {
			t.Errorf("what was said to the bot alone is caught up with in %+v, want %+v", m.Place, of[m.Actor.User].Place)
		}
	}
	all := after.await("", 0, func(chat.MessagePosted) bool { return true })
	for _, m := range of {
		all = append(all, m)
	}
	t.once(all)
}

func whispers(t *trial) {
	a, s := t.open()
	if !a.Info().Whispers {
		t.Skip("nothing can be shown in a channel to one person alone (Info.Whispers)")
	}
	d := note(s, 1, "only you see this")
	d.Message.To.Person, d.Message.Private = s.Person(), true
	t.send(a, d)
	all := s.Messages()
	if len(all) != 1 || all[0].For != s.Person() || !same(all[0].Text, "only you see this") {
		t.Errorf("a whisper to %s stands as %+v", s.Person(), all)
	}
}
