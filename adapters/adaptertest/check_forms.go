package adaptertest

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

func formChecks() []check {
	return []check{
		{"Former: a form comes back filled in", []Part{Sending}, formReturns},
		{"Former: what comes too late is offered by a button", []Part{Sending, Buttons}, lateFormIsOffered},
		{"Former: a form of which the State was forged is not heard", []Part{Sending}, forgedFormIsNotHeard},
	}
}

// sheet is a form with every kind of field.
func sheet(state string) chat.Form {
	return chat.Form{Title: "Share", Submit: "Post it", State: state, Fields: []chat.Field{
		{Name: "what", Label: "What is it?", Hint: "One line.", Max: 100},
		{Name: "why", Label: "Why?", Long: true, Value: "what stands there already"},
		{Name: "room", Label: "Where to?", Choices: []chat.Choice{{Value: "here", Label: "Here"}, {Value: "there", Label: "Over there"}}},
		{Name: "link", Label: "A link", Optional: true},
	}}
}

// opened lets Person give a command, or press a button, and opens a form on it; between the two, once happens.
func (t *trial) opened(a chat.Adapter, s Service, l *listener, byPress bool, state string, once func()) {
	t.Helper()
	f, h := ability[chat.Former](t, a), has[Hands](t, s)
	t.offer(a, s)
	var reply chat.ReplyHandle
	var trigger string
	if byPress {
		h.Press(t.send(a, buttoned(s)).Message, "Yes")
		e := first(l, func(chat.ButtonPressed) bool { return true })
		reply, trigger = e.Reply, e.Trigger
	} else {
		h.Command("share a draft")
		e := first(l, func(chat.CommandInvoked) bool { return true })
		reply, trigger = e.Reply, e.Trigger
	}
	once()
	var err error
	t.within("OpenForm", func() { err = f.OpenForm(context.Background(), reply, trigger, sheet(state)) })
	t.fine("OpenForm", err)
}

// filled is what Person answers.
func filled() map[string]string {
	return map[string]string{"what": "5 < 6 & *that*", "why": "one\ntwo @everyone", "room": "there", "link": ""}
}

func formReturns(t *trial) {
	for _, byPress := range []bool{false, true} {
		if byPress && t.not(Buttons) {
			continue
		}
		a, s := t.open()
		f := has[Filler](t, s)
		l := t.listen(a, nil, nil)
		t.ready(s)
		t.opened(a, s, l, byPress, "aaaaaaaaaaaaaaaaaaaaaaaaa.form.abcdefghijklmnop", func() {})
		form, ok := f.Form()
		if !ok {
			t.Fatal("no form stands open before the person")
		}
		t.asked(form)
		f.FillForm(filled())
		e := first(l, func(chat.FormSubmitted) bool { return true })
		t.whole("a form", e, s)
		if e.State != "aaaaaaaaaaaaaaaaaaaaaaaaa.form.abcdefghijklmnop" || !sameAnswers(e.Values, filled()) || e.Reply == "" {
			t.Errorf("the form comes back with the state %q, the reply handle %q and %q, want %q", e.State, e.Reply, e.Values, filled())
		}
		t.send(a, chat.Delivery{Message: chat.Message{To: chat.To{Reply: e.Reply}, Private: true, Body: []chat.Node{chat.Text("noted")}}})
		t.answeredAlone(s, "noted")
	}
}

// sameAnswers takes what was left out for what was left empty.
func sameAnswers(got, want map[string]string) bool {
	full := maps.Clone(want)
	for name := range full {
		full[name] = got[name]
	}
	return maps.Equal(full, want) && len(got) <= len(want)
}

// asked looks whether a form stands before a person as it was made.
func (t *trial) asked(got chat.Form) {
	t.Helper()
	want := sheet("")
	if got.Title != want.Title || len(got.Fields) != len(want.Fields) {
		t.Fatalf("the person sees the form %+v, want %+v", got, want)
	}
	for i, f := range want.Fields {
		if g := got.Fields[i]; g.Label != f.Label || g.Value != f.Value || g.Optional != f.Optional || g.Long != f.Long || len(g.Choices) != len(f.Choices) {
			t.Errorf("the person sees the field %+v, want %+v", g, f)
		}
	}
}

// answeredAlone looks whether Person, and nobody else, sees an answer.
func (t *trial) answeredAlone(s Service, text string) {
	t.Helper()
	for _, m := range s.Messages() {
		if same(m.Text, text) && m.For == s.Person() {
			return
		}
	}
	t.Errorf("the private answer %q is not seen by %s alone: %+v", text, s.Person(), s.Messages())
}

// lateFormIsOffered presses the button that is offered, which alone the person sees, and fills in what it opens.
func lateFormIsOffered(t *trial) {
	a, s := t.open()
	e := has[Expirer](t, s)
	l := t.listen(a, nil, nil)
	t.ready(s)
	t.opened(a, s, l, false, "a.late.state", e.Expire)
	if form, ok := e.Form(); ok {
		t.Fatalf("the form %+v stands open, though its time has passed", form)
	}
	all := s.Messages()
	at := slices.IndexFunc(all, func(m Seen) bool { return m.For == s.Person() && slices.Equal(m.Buttons, []string{sheet("").Title}) })
	if at < 0 {
		t.Fatalf("no button offers the form to %s alone: %+v", s.Person(), all)
	}
	has[Hands](t, s).Press(all[at].ID, sheet("").Title)
	ctx, cancel := context.WithTimeout(context.Background(), t.patience)
	defer cancel()
	for _, ok := e.Form(); !ok && ctx.Err() == nil; _, ok = e.Form() {
		pause(ctx, 5*time.Millisecond)
	}
	if _, ok := e.Form(); !ok {
		t.Fatal("the button opens no form")
	}
	e.FillForm(filled())
	if f := first(l, func(chat.FormSubmitted) bool { return true }); f.State != "a.late.state" || !sameAnswers(f.Values, filled()) {
		t.Errorf("the form that came late comes back as %+v", f)
	}
}

// forgedFormIsNotHeard submits a forgery, and then the form as it was opened: by then the forgery would have
// been heard.
func forgedFormIsNotHeard(t *trial) {
	a, s := t.open()
	f := has[FormForger](t, s)
	l := t.listen(a, nil, nil)
	t.ready(s)
	t.opened(a, s, l, false, "the.true.state", func() {})
	f.ForgeForm(filled())
	f.FillForm(filled())
	if e := first(l, func(chat.FormSubmitted) bool { return true }); e.State != "the.true.state" {
		t.Errorf("a form with the forged state %q is heard", e.State)
	}
}
