package adaptertest

import (
	"maps"
	"net/http"

	"github.com/gofirst/gofirst/bot/chat"
)

func tallyChecks() []check {
	return []check{
		{"Tallier: who was turned away is counted", nil, countsRefused},
		{"Tallier: an outage is counted as a gap", []Part{Dropping, Gapping}, countsGaps},
		{"Seer: knows what it learned when it connected", nil, seesWhatItLearned},
		{"Seer and Tallier ask nobody", []Part{Sending, Statuses}, seesAskNobody},
	}
}

func countsRefused(t *trial) {
	a, s := t.open()
	tallier, f := ability[chat.Tallier](t, a), has[CountedForger](t, s)
	doors := ability[chat.Doors](t, a).Doors()
	t.listen(a, nil, nil)
	t.ready(s)
	forged := f.ForgedAs()
	if len(forged) == 0 {
		t.Fatal("the harness forges nothing that is counted")
	}
	want := map[chat.Count]int64{}
	maps.Copy(want, tallier.Tally())
	for count, k := range forged {
		t.knock(doors, k)
		want[count]++
		t.tallies(tallier, want, "a request to be counted as "+string(count))
	}
	t.knock(doors, f.Genuine())
	t.tallies(tallier, want, "a genuine request")
}

// tallies compares what was refused with what should have been.
func (t *trial) tallies(got chat.Tallier, want map[chat.Count]int64, after string) {
	t.Helper()
	tally := got.Tally()
	for _, c := range []chat.Count{chat.RefusedSignature, chat.RefusedStale, chat.RefusedForeign, chat.RefusedBody} {
		if tally[c] != want[c] {
			t.Errorf("after %s, %s is %d, want %d", after, c, tally[c], want[c])
		}
	}
}

func countsGaps(t *trial) {
	a, s := t.open()
	tallier := ability[chat.Tallier](t, a)
	l, first := t.told(a, s, Person, "before")
	l.await("the first", 1, is(first[0]))
	before := tallier.Tally()[chat.Gaps]
	s.Drop()
	during := s.Say(Person, "meanwhile")
	l.await("what was said while the connection was cut", 1, is(during))
	t.ready(s)
	after := s.Say(Person, "after")
	l.await("what was said after", 1, is(after))
	if n := tallier.Tally()[chat.Gaps]; n <= before {
		t.Errorf("after an outage %d gaps are counted, before it %d", n, before)
	}
}

func seesWhatItLearned(t *trial) {
	a, s := t.open()
	seer := ability[chat.Seer](t, a)
	if sight := seer.Sees(); sight.Known {
		t.Errorf("before it has ever connected, it knows that it sees %+v", sight)
	}
	l, ids := t.told(a, s, Person, "hello")
	l.await("a message", 1, is(ids[0]))
	if sight := seer.Sees(); !sight.Known || !sight.Messages {
		t.Errorf("after it has heard a message, it says that it sees %+v", sight)
	}
}

// seesAskNobody plants a failure and looks whether it is still there.
func seesAskNobody(t *trial) {
	a, s := t.open()
	seer, sees := a.(chat.Seer)
	tallier, tallies := a.(chat.Tallier)
	if !sees && !tallies {
		t.Skip("the adapter is no Seer and no Tallier")
	}
	plant := s.FailNext
	if f, ok := s.(AnyFailer); ok {
		plant = f.FailNextAny
	}
	plant(http.StatusInternalServerError, nil)
	if sees {
		seer.Sees()
	}
	if tallies {
		tallier.Tally()
	}
	t.failure(a, note(s, 1, "hello"), "after Sees and Tally", chat.Unsure, chat.Later)
}
