package local_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/local"
	"github.com/gofirst/gofirst/bot/chat"
)

const script = `
How do I rotate the key?
:as hal
:reply 1 Run rotate twice.
:react 1 👀
:react 1 eyes
:thread 1
The first one is for courage.
:thread
/gofirst share
3
7
1
:skip 1d
:skip soon
:raect 1 eyes
:reply 99 what
/deploy now
:room #platform
:room #nowhere
Nobody here sees what ana sees.
:menu 1 example
:menu 1 sing
:as zoe
:who
:room #platform
:tell psst
:say 42
:edit 8 43
:delete 8
/gofirst share
a migration plan


:form
2
/gofirst share
:cancel
:cancel
:room @bot
hello
:help
:quit
never read
`

// butler answers "share" with a form, and a form with thanks and two buttons.
func butler(t *testing.T, c *local.Chat) func(chat.Event) error {
	a := c.Connect()
	say := func(r chat.ReplyHandle, text string, buttons ...chat.Button) error {
		_, err := a.Send(t.Context(), chat.Delivery{Message: chat.Message{To: chat.To{Reply: r}, Private: true, Body: []chat.Node{chat.Text(text)}, Buttons: buttons}})
		return err
	}
	return func(e chat.Event) error {
		switch e := e.(type) {
		case chat.CommandInvoked:
			if e.Actor.User == "hal" {
				return say(e.Reply, "Shall I?", chat.Button{Label: "Yes, do", Value: "y"}, chat.Button{Label: "No", Value: "n"})
			}
			return a.OpenForm(t.Context(), e.Reply, e.Trigger, chat.Form{Title: "Share", Fields: []chat.Field{
				{Name: "what", Label: "What are you working on?", Max: 40},
				{Name: "why", Label: "Why", Hint: "the reason", Value: "to learn"},
				{Name: "who", Label: "Who may see it?", Choices: []chat.Choice{{Value: "team", Label: "My team"}, {Value: "all", Label: "Everyone"}}},
			}})
		case chat.FormSubmitted:
			return say(e.Reply, "Noted: "+e.Values["what"]+", "+e.Values["why"]+", "+e.Values["who"])
		case chat.ButtonPressed:
			return say(e.Reply, "You pressed "+e.Value)
		}
		return nil
	}
}

func TestConsole(t *testing.T) {
	t.Parallel()
	c, at := office(t)
	if err := c.Connect().Register(t.Context(), "", nil, []chat.Action{{Name: "example", Label: "Mark as example"}}); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	k := local.NewConsole(c, "ana", strings.NewReader(script), &out, local.ConsoleOptions{
		Plain: true, Skip: func(_ context.Context, d time.Duration) error { at.at = at.at.Add(d); return nil },
	})
	if err := k.Run(t.Context(), butler(t, c)); err != nil {
		t.Fatal(err)
	}
	k.Note("stays quiet: nobody needs rescuing")
	golden(t, "console", out.String())
}

func TestConsoleEnds(t *testing.T) {
	t.Parallel()
	c, _ := office(t)
	must(c.Say("hal", "help", "", "before", 0))(t)
	must(c.Say("hal", "platform", "", "hidden", 0))(t)
	var out bytes.Buffer
	opts := local.ConsoleOptions{History: 5}
	if err := local.NewConsole(c, "ana", strings.NewReader(":skip 1d"), &out, opts).Run(t.Context(), nil); err != nil {
		t.Errorf("at the end of the input: %v", err)
	}
	for _, want := range []string{"before", "only for the demo"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in:\n%s", want, out.String())
		}
	}
	if strings.Contains(out.String(), "hidden") {
		t.Errorf("ana sees #platform:\n%s", out.String())
	}
	broken := errors.New("the engine failed")
	err := local.NewConsole(c, "ana", strings.NewReader("hello\n"), io.Discard, opts).Run(t.Context(), func(chat.Event) error { return broken })
	if !errors.Is(err, broken) {
		t.Errorf("the engine's error came out as %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	endless, w := io.Pipe()
	defer w.Close()
	if err := local.NewConsole(c, "ana", endless, io.Discard, opts).Run(ctx, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end of the context: %v", err)
	}
}
