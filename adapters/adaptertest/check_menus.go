package adaptertest

import (
	"slices"

	"github.com/gofirst/gofirst/bot/chat"
)

func menuChecks() []check {
	return []check{
		{"an action of a message's menu arrives", []Part{Sending, Menus}, menuArrives},
		{"an action of a person's menu arrives", []Part{Sending, PersonMenus}, personMenuArrives},
		{"a person's own page is opened and shown", []Part{Sending, Homes}, homeOpens},
		{"whoever comes and goes is told", nil, joinsAreTold},
		{"the bot is told where it was added", []Part{Adding}, ownJoinIsTold},
		{"the bot is called by its name", []Part{Sending, Calling}, calledByName},
		{"who is named in a text is told", nil, namedAreTold},
	}
}

// offer registers what people can then give as commands and take from menus.
func (t *trial) offer(a chat.Adapter, s Service) {
	t.Helper()
	if c, ok := a.(chat.Commander); ok {
		actions := slices.DeleteFunc(Actions(), func(x chat.Action) bool { return x.OnPerson && t.not(PersonMenus) })
		t.fine("Register", c.Register(t.Context(), t.space(a, s), Commands(), actions))
	}
}

func menuArrives(t *trial) {
	a, s := t.open()
	m := has[Menu](t, s)
	t.offer(a, s)
	l := t.listen(a, nil, nil)
	t.ready(s)
	id := s.Say(Person, "a sketch")
	m.Menu("example", id)
	e := first(l, func(chat.ActionInvoked) bool { return true })
	t.whole("an action", e, s)
	if e.Action != "example" || e.Message != id || e.Author.User != s.Person() || e.Reply == "" {
		t.Errorf("the action arrives as %+v", e)
	}
	t.send(a, chat.Delivery{Message: chat.Message{To: chat.To{Reply: e.Reply}, Private: true, Body: []chat.Node{chat.Text("noted")}}})
	t.answeredAlone(s, "noted")
}

func personMenuArrives(t *trial) {
	a, s := t.open()
	m, p := has[PersonMenu](t, s), has[Teller](t, s)
	t.offer(a, s)
	l := t.listen(a, nil, nil)
	t.ready(s)
	m.PersonMenu("thank", p.Other())
	e := first(l, func(chat.ActionInvoked) bool { return true })
	if e.Action != "thank" || e.Message != "" || e.Author.User != p.Other() || e.Actor.User != s.Person() || e.Reply == "" {
		t.Errorf("the action on %s arrives as %+v", p.Other(), e)
	}
}

func homeOpens(t *trial) {
	a, s := t.open()
	h, r := ability[chat.Homer](t, a), has[Resident](t, s)
	l := t.listen(a, nil, nil)
	t.ready(s)
	r.OpenHome()
	if e := first(l, func(chat.HomeOpened) bool { return true }); e.Actor.User != s.Person() || !e.Actor.Human() || e.ID == "" {
		t.Errorf("the opening arrives as %+v", e)
	}
	body := []chat.Node{chat.Text("What I keep of you: 5 < 6 <!channel>")}
	t.fine("ShowHome", h.ShowHome(t.Context(), s.Person(), body, []chat.Button{{Label: "Stop", Value: "k.stop.m"}}))
	page, ok := r.Home()
	if !ok || !same(page.Text, "What I keep of you: 5 < 6 <!channel>") || len(page.Buttons) != 1 || page.Buttons[0] != "Stop" || len(page.Pings) != 0 {
		t.Errorf("the person sees the page %+v, shown %v", page, ok)
	}
}

func joinsAreTold(t *trial) {
	a, s := t.open()
	j := has[Joiner](t, s)
	l := t.listen(a, nil, nil)
	t.ready(s)
	room := j.Join(false)
	in := first(l, func(chat.MemberJoined) bool { return true })
	j.Leave()
	out := first(l, func(chat.MemberLeft) bool { return true })
	for what, h := range map[string]chat.Header{"joined": in.Header, "left": out.Header} {
		if h.Place.Channel != room || !h.Actor.Human() || h.Actor.User == s.Person() || h.ID == "" || h.Time.IsZero() {
			t.Errorf("that somebody %s is told as %+v", what, h)
		}
	}
	if in.ID == out.ID || in.Actor.User != out.Actor.User {
		t.Errorf("somebody joins as %+v and leaves as %+v", in.Header, out.Header)
	}
	id := s.Say(Person, "welcome")
	l.await("what was said after", 1, is(id))
	for _, m := range l.await("", 0, func(m chat.MessagePosted) bool { return m.Message != id && !m.System }) {
		t.Errorf("the service's own words count as somebody's: %+v", m)
	}
}

func ownJoinIsTold(t *trial) {
	a, s := t.open()
	j := has[Joiner](t, s)
	l := t.listen(a, nil, nil)
	t.ready(s)
	room := j.Join(true)
	if e := first(l, func(e chat.MemberJoined) bool { return e.Place.Channel == room }); !e.Actor.Self || !e.Actor.Bot {
		t.Errorf("that the bot was added to a channel is told as %+v", e.Header)
	}
}

// calledByName calls the bot at the top of a channel and, where people can reply in threads, inside one.
func calledByName(t *trial) {
	a, s := t.open()
	c := has[Caller](t, s)
	t.offer(a, s)
	l := t.listen(a, nil, nil)
	t.ready(s)
	c.Call("", "thanks nobody for 5 < 6")
	e := first(l, func(chat.CommandInvoked) bool { return true })
	t.whole("a call", e, s)
	if e.Text != "thanks nobody for 5 < 6" || e.Place.Thread != "" {
		t.Errorf("the call arrives as %q in the thread %q", e.Text, e.Place.Thread)
	}
	if !a.Info().Threads {
		return
	}
	root := s.Say(Person, "a question")
	c.Call(root, "share more")
	e = first(l, func(e chat.CommandInvoked) bool { return e.Text == "share more" })
	if t.whole("a call in a thread", e, s); e.Place.Thread != root {
		t.Errorf("the call in the thread %s arrives in %q", root, e.Place.Thread)
	}
}

// namedAreTold names the person, the channel and the bot among letters of several bytes.
func namedAreTold(t *trial) {
	a, s := t.open()
	n := has[Namer](t, s)
	l, ids := t.told(a, s, Person, "é👍 "+n.At(s.Person())+" in "+n.Hash(s.Channel())+", merci "+n.At("")+" `x`")
	m := l.await("a message that names", 1, is(ids[0]))[0]
	if len(m.References) != 3 || m.References[0].User != s.Person() || m.References[1].Channel != s.Channel() || !m.References[2].Self {
		t.Fatalf("%q names %+v, want a person, a channel and the bot", m.Text, m.References)
	}
	last := 0
	for _, r := range m.References {
		if r.At < last || r.Len <= 0 || r.At+r.Len > len(m.Text) {
			t.Fatalf("in %q (%d bytes) something is named at %d, %d bytes long", m.Text, len(m.Text), r.At, r.Len)
		}
		last = r.At + r.Len
	}
	if rest := m.Text[:m.References[0].At] + m.Text[last:]; rest != "é👍  `x`" {
		t.Errorf("around those who are named %q is left of %q", rest, m.Text)
	}
}
