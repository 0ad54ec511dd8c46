package adaptertest

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

func waitingChecks() []check {
	return []check{
		{"what a person waits for is acknowledged however long the sink takes", []Part{Sending, Waiting}, acknowledgedInTime},
		{"a command that cannot be stored is handed over once", []Part{Waiting}, commandOnce},
		{"a place that hangs holds up no other", []Part{Refusing}, othersGoOn},
	}
}

// ackLimit is the time after which the strictest service gives up on the bot.
const ackLimit = 3 * time.Second

// acknowledgedInTime hangs with the first deed, and thereby with its place, until the service was told that all
// arrived.
func acknowledgedInTime(t *trial) {
	a, s := t.open()
	acker, deeds := has[Acker](t, s), t.deeds(a, s)
	held, release := make(chan struct{}, len(deeds)), make(chan struct{})
	free := sync.OnceFunc(func() { close(release) })
	l := t.holding(a, nil, nil, func(e chat.Event) {
		if awaited(e) {
			held <- struct{}{}
			<-release
		}
	})
	t.Cleanup(free) // before the listener is stopped
	t.ready(s)
	limit := min(ackLimit, t.patience)
	for what, do := range deeds {
		go do() // the service may wait for the answer
		ctx, cancel := context.WithTimeout(t.Context(), limit)
		if err := acker.Acked(ctx); err != nil {
			t.Errorf("%s is not acknowledged within %v while the sink hangs: %v", what, limit, err)
		}
		cancel()
	}
	if !received(held, t.patience) {
		t.Error("nothing of it reaches the sink")
	}
	free()
	l.heard(len(deeds))
}

// deeds gives what Person can do and then waits.
func (t *trial) deeds(a chat.Adapter, s Service) map[string]func() {
	t.Helper()
	h := has[Hands](t, s)
	t.offer(a, s)
	sent := t.send(a, buttoned(s))
	all := map[string]func(){"a command": func() { h.Command("share a draft") }}
	if !t.not(Buttons) {
		all["a press"] = func() { h.Press(sent.Message, "Yes") }
	}
	if m, ok := s.(Menu); ok && !t.not(Menus) {
		all["an action"] = func() { m.Menu("example", sent.Message) }
	}
	return all
}

// awaited says whether a person waits for the answer to an event.
func awaited(e chat.Event) bool {
	switch e.(type) {
	case chat.CommandInvoked, chat.ButtonPressed, chat.FormSubmitted, chat.ActionInvoked:
		return true
	}
	return false
}

func buttoned(s Service) chat.Delivery {
	d := note(s, 1, "Shall I?")
	d.Message.Buttons = []chat.Button{{Label: "Yes", Value: d.Key + ".yes.abcdefghijklmnop"}}
	return d
}

// commandOnce refuses a command, and looks what else has come by the time that a later message is heard.
func commandOnce(t *trial) {
	a, s := t.open()
	h := has[Hands](t, s)
	t.offer(a, s)
	l := t.listen(a, nil, awaited)
	t.ready(s)
	commands := func() (n int) {
		for _, e := range l.tried {
			if awaited(e) {
				n++
			}
		}
		return n
	}
	h.Command("share a draft")
	l.wait(func() bool { return commands() > 0 }, func() { t.Fatal("the command does not reach the sink") })
	for _, text := range []string{"later", "later still"} {
		id := s.Say(Person, text)
		l.await("what was said after a refused command", 1, is(id))
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if n := commands(); n != 1 {
		t.Errorf("a refused command is handed to the sink %d times", n)
	}
}

func othersGoOn(t *trial) {
	a, s := t.open()
	p := has[Teller](t, s)
	held, release := make(chan struct{}, 100), make(chan struct{})
	free := sync.OnceFunc(func() { close(release) })
	defer free()
	l := t.holding(a, nil, nil, func(e chat.Event) {
		if _, ok := e.(chat.MessagePosted); ok && e.Head().Place.Channel == s.Channel() {
			held <- struct{}{}
			<-release
		}
	})
	t.Cleanup(free)
	t.ready(s)
	ids := []chat.MessageID{s.Say(Person, "one"), s.Say(Person, "two")}
	if !received(held, t.patience) {
		t.Fatal("no message reaches the sink")
	}
	direct := p.Tell(s.Person(), "still there?")
	l.await("a message elsewhere, while one place hangs", 1, is(direct))
	free()
	if got := t.once(l.distinct("the messages of the place that hung", ids)); !slices.Equal(got, ids) {
		t.Errorf("after a place hung %v come in the order %v", ids, got)
	}
}

func received(c <-chan struct{}, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-c:
		return true
	case <-timer.C:
		return false
	}
}
