package discord_test

import (
	"context"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/discord"
	"github.com/gofirst/gofirst/adapters/discord/discordtest"
	"github.com/gofirst/gofirst/bot/chat"
)

// The types of first answers, as the service's documents number them.
const (
	messageAnswer, deferredAnswer, formAnswer = 4, 5, 9
)

func register(t testing.TB, w *world, a *discord.Adapter) {
	t.Helper()
	if err := a.Register(t.Context(), chat.SpaceID(w.guild), commands(), actions()); err != nil {
		t.Fatal(err)
	}
}

func private(handle chat.ReplyHandle, text string) chat.Delivery {
	return chat.Delivery{Message: chat.Message{To: chat.To{Reply: handle}, Private: true, Body: []chat.Node{chat.Text(text)}}}
}

func patience(t testing.TB) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 15*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// While the sink hangs, a command is put off in time; what is answered later takes the place of "thinking", and more
// follows after it.
func TestAnswersAfterPuttingOff(t *testing.T) {
	t.Parallel()
	w := office(t, discordtest.Options{}, nil)
	register(t, w, w.a)
	handles, free := make(chan chat.ReplyHandle, 1), make(chan struct{})
	release := sync.OnceFunc(func() { close(free) })
	listen(t, w.a, nil, func(e chat.Event) error {
		if c, ok := e.(chat.CommandInvoked); ok {
			handles <- c.Reply
			<-free
		}
		return nil
	})
	t.Cleanup(release)
	w.ready(t)
	deed := w.Invoke(w.room, w.ana, "share", map[string]string{"what": "a draft"})
	if err := deed.Answered(patience(t)); err != nil || deed.First() != deferredAnswer {
		t.Fatalf("while the sink hangs a command is answered by the type %d, %v", deed.First(), err)
	}
	handle := <-handles
	for _, text := range []string{"first", "second"} {
		if _, err := w.a.Send(t.Context(), private(handle, text)); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	}
	public := private(handle, "third")
	public.Message.Private = false
	if _, err := w.a.Send(t.Context(), public); err != nil {
		t.Fatal(err)
	}
	release()
	var seen []string
	for _, p := range w.Posts() {
		seen = append(seen, p.Read.Text+" for "+p.For)
	}
	if want := []string{"first for " + w.ana, "second for " + w.ana, "third for "}; !slices.Equal(seen, want) {
		t.Errorf("people see %q, want %q", seen, want)
	}
}

// A public answer to what was put off in private is public, and "thinking" is gone.
func TestAPublicAnswerAfterPuttingOff(t *testing.T) {
	t.Parallel()
	w := office(t, discordtest.Options{}, nil)
	register(t, w, w.a)
	l := listen(t, w.a, nil, nil)
	w.ready(t)
	deed := w.Invoke(w.room, w.ana, "questions", nil)
	e := first(l, func(chat.CommandInvoked) bool { return true })
	if err := deed.Answered(patience(t)); err != nil {
		t.Fatal(err)
	}
	d := private(e.Reply, "for all")
	d.Message.Private = false
	if _, err := w.a.Send(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if err := deed.Withdrawn(patience(t)); err != nil {
		t.Error("what said that an answer is coming is still there")
	}
	if p := w.Posts(); len(p) != 1 || p[0].For != "" {
		t.Errorf("people see %+v", p)
	}
}

// Where no answer ever comes, nothing says for ever that one is coming.
func TestNothingHangs(t *testing.T) {
	t.Parallel()
	w := office(t, discordtest.Options{}, nil)
	register(t, w, w.a)
	listen(t, w.a, nil, nil)
	w.ready(t)
	deed := w.Invoke(w.room, w.ana, "questions", nil)
	if err := deed.Withdrawn(patience(t)); err != nil || deed.First() != deferredAnswer {
		t.Errorf("an unanswered command was answered by the type %d and not withdrawn: %v", deed.First(), err)
	}
}

// A handle lives as long as the service lets it.
func TestSpentHandles(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	ahead := time.Duration(0)
	w := office(t, discordtest.Options{}, func(c *discord.Config) {
		c.Now = func() time.Time {
			mu.Lock()
			defer mu.Unlock()
			return time.Now().Add(ahead)
		}
	})
	register(t, w, w.a)
	l := listen(t, w.a, nil, nil)
	w.ready(t)
	w.Invoke(w.room, w.ana, "questions", nil)
	e := first(l, func(chat.CommandInvoked) bool { return true })
	if _, err := w.a.Send(t.Context(), private(e.Reply, "in time")); err != nil {
		t.Fatal(err)
	}
	mu.Lock()
	ahead = 15 * time.Minute
	mu.Unlock()
	_, err := w.a.Send(t.Context(), private(e.Reply, "too late"))
	wantKind(t, err, chat.Gone)
	wantKind(t, w.a.OpenForm(t.Context(), e.Reply, "", form("state")), chat.Gone)
}

func form(state string) chat.Form {
	return chat.Form{Title: "Share", State: state, Fields: []chat.Field{
		{Name: "what", Label: "What is it?"}, {Name: "room", Label: "Where to?", Choices: []chat.Choice{{Value: "here", Label: "Here"}, {Value: "there", Label: "There"}}},
	}}
}

// A form that comes too late for the service is behind a button, which opens it for its person and for nobody else.
func TestALateFormIsBehindAButton(t *testing.T) {
	t.Parallel()
	w := office(t, discordtest.Options{}, nil)
	register(t, w, w.a)
	l := listen(t, w.a, nil, nil)
	w.ready(t)
	deed := w.Invoke(w.room, w.ana, "share", nil)
	e := first(l, func(chat.CommandInvoked) bool { return true })
	if err := deed.Answered(patience(t)); err != nil {
		t.Fatal(err)
	}
	state := strings.Repeat("long ", 40)
	if err := w.a.OpenForm(t.Context(), e.Reply, "", form(state)); err != nil {
		t.Fatal(err)
	}
	p := w.Posts()
	if len(p) != 1 || p[0].For != w.ana || len(p[0].Buttons) != 1 || p[0].Buttons[0].Label != "Share" {
		t.Fatalf("instead of the form people see %+v", p)
	}
	opened := w.Server.Press(w.room, w.ana, p[0].ID, "Share")
	if err := opened.Answered(patience(t)); err != nil || opened.First() != formAnswer {
		t.Fatalf("the button is answered by the type %d, %v", opened.First(), err)
	}
	w.Submit(opened, map[string]string{"what": "a draft", "room": "there"})
	got := first(l, func(chat.FormSubmitted) bool { return true })
	if got.State != state || got.Values["what"] != "a draft" || got.Values["room"] != "there" {
		t.Errorf("the form comes back as %+v", got)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if n := len(kinds[chat.ButtonPressed](l.events)); n != 0 {
		t.Errorf("the adapter's own button is told %d times", n)
	}
}

// A press on a message of before, and a form that stood open over a restart, reach the next process.
func TestAfterARestart(t *testing.T) {
	t.Parallel()
	w := office(t, discordtest.Options{}, nil)
	register(t, w, w.a)
	l := listen(t, w.a, nil, nil)
	w.ready(t)
	sent, err := w.a.Send(t.Context(), chat.Delivery{Key: "k", Message: chat.Message{
		To: chat.To{Channel: chat.ChannelID(w.room)}, Body: []chat.Node{chat.Text("Shall I?")}, Buttons: []chat.Button{{Label: "Yes", Value: "k.yes.mac"}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	deed := w.Invoke(w.room, w.ana, "share", nil)
	e := first(l, func(chat.CommandInvoked) bool { return true })
	if err := w.a.OpenForm(t.Context(), e.Reply, "", form("the state")); err != nil {
		t.Fatal(err)
	}
	l.stop()
	next := w.adapter(t, nil)
	again := listen(t, next, l.reached(), nil)
	for w.Settled() == 0 {
		<-w.Changed()
	}
	w.Server.Press(w.room, w.zoe, string(sent.Message), "Yes")
	press := first(again, func(chat.ButtonPressed) bool { return true })
	if press.Value != "k.yes.mac" || press.Message != sent.Message || string(press.Actor.User) != w.zoe {
		t.Errorf("the press arrives as %+v", press)
	}
	w.Submit(deed, map[string]string{"what": "kept"})
	if f := first(again, func(chat.FormSubmitted) bool { return true }); f.State != "the state" || f.Values["what"] != "kept" {
		t.Errorf("the form arrives as %+v", f)
	}
	if _, err := next.Send(t.Context(), private(press.Reply, "noted")); err != nil {
		t.Errorf("the answer to the press: %v", err)
	}
	_, err = next.Send(t.Context(), private(e.Reply, "of another process"))
	wantKind(t, err, chat.Gone)
}

// Where interactions come by HTTP, they are accepted at once and answered like those of the gateway.
func TestTheDoor(t *testing.T) {
	t.Parallel()
	w := office(t, discordtest.Options{}, nil)
	register(t, w, w.a)
	door := httptest.NewServer(w.a.Doors()["interactions"])
	t.Cleanup(door.Close)
	l := listen(t, w.a, nil, nil)
	w.ready(t)
	if err := w.SetEndpoint(door.URL); err != nil {
		t.Fatal(err)
	}
	deed := w.Invoke(w.room, w.ana, "share", map[string]string{"what": "a draft"})
	e := first(l, func(chat.CommandInvoked) bool { return true })
	if _, err := w.a.Send(t.Context(), private(e.Reply, "noted")); err != nil || deed.First() != messageAnswer {
		t.Errorf("a command through the door is answered by the type %d, %v", deed.First(), err)
	}
	for _, f := range w.a.Examine(t.Context()) {
		if f.State == chat.Ill {
			t.Errorf("with the door in use, this is found: %+v", f)
		}
	}
	closed := w.adapter(t, func(c *discord.Config) { c.PublicKey = "" })
	ill := false
	for _, f := range closed.Examine(t.Context()) {
		ill = ill || f.What == "interactions" && f.State == chat.Ill
	}
	if !ill || closed.Doors() != nil {
		t.Error("without a public key, that interactions go by HTTP is found well")
	}
}

func TestALanguageIsLearned(t *testing.T) {
	t.Parallel()
	w := office(t, discordtest.Options{}, nil)
	l := listen(t, w.a, nil, nil)
	w.ready(t)
	w.Command("help")
	first(l, func(chat.CommandInvoked) bool { return true })
	if p, err := w.a.Person(t.Context(), chat.UserID(w.ana)); err != nil || p.Language != "en-GB" {
		t.Errorf("after a command Person gives %+v, %v", p, err)
	}
}
