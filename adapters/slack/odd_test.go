package slack_test

import (
	"testing"

	"github.com/gofirst/gofirst/adapters/slack/slacktest"
	"github.com/gofirst/gofirst/bot/chat"
)

// foreign is what other apps hang on their messages.
func foreign() map[string]any {
	return map[string]any{
		"a key that is a number": map[string]any{"event_type": "theirs", "event_payload": map[string]any{"key": 7}},
		"a payload that is none": map[string]any{"event_type": "theirs", "event_payload": []int{1}},
		"an odd type":            map[string]any{"event_type": 1, "event_payload": "x"},
		"our type, oddly":        map[string]any{"event_type": "gofirst_delivery", "event_payload": map[string]any{"key": []int{1}}},
		"no object":              "x",
		"nothing":                nil,
	}
}

// What another app hangs on its message is nothing to the bot: the message is heard, and recovered, like any other.
func TestMetadataOfOthers(t *testing.T) {
	t.Parallel()
	s, a, h := opened(t, slacktest.Options{Payloads: true})
	first := s.Say(ana, help, "before")
	await(h, said(first))
	for what, m := range foreign() {
		await(h, said(s.SayOdd(ci, help, what, map[string]any{"metadata": m})))
	}
	since := cursors(h.events()[:1])
	h.stop()
	last := s.Say(ana, help, "after")
	h = hear(t, a, since, nil)
	await(h, said(last))
	if n := len(h.events()); n != len(foreign())+1 && n != len(foreign())+2 {
		t.Errorf("%d events are recovered, want %d", n, len(foreign())+1)
	}
}

// A message that cannot be read costs nothing but itself.
func TestRecoveryPassesOverAMessageThatMakesNoSense(t *testing.T) {
	t.Parallel()
	s, a, h := opened(t, slacktest.Options{})
	await(h, said(s.Say(ana, help, "before")))
	h.stop()
	one := s.Say(ana, help, "one")
	s.SayOdd(ci, help, "odd", map[string]any{"edited": true, "files": "none"})
	two := s.Say(ana, help, "two")
	h = hear(t, a, cursors(h.events()), nil)
	await(h, said(one))
	await(h, said(two))
}

// An app that the connection greets under another name, and a bot without an identifier of its own, hear all the same.
func TestOddIntroductions(t *testing.T) {
	t.Parallel()
	for what, o := range map[string]slacktest.Options{"another app": {HelloApp: "A0OTHER"}, "no bot_id": {Nameless: true}} {
		s, a, h := opened(t, o)
		await(h, said(s.Say(ana, help, "hello")))
		s.Command(ana, help, "help")
		await[chat.CommandInvoked](h, nil)
		r, err := a.Send(t.Context(), chat.Delivery{Key: "k", Message: chat.Message{To: chat.To{Channel: help}, Body: []chat.Node{chat.Text("x")}}})
		if err != nil {
			t.Fatal(err)
		}
		if m := await(h, said(string(r.Message))); !m.Actor.Self {
			t.Errorf("%s: the bot's own message is by %+v", what, m.Actor)
		}
	}
}

// Commands are told apart by all that they carry, and heard where they carry no trigger.
func TestCommandsWithoutATrigger(t *testing.T) {
	t.Parallel()
	s, _, h := opened(t, slacktest.Options{})
	push := func(text, trigger, address string) {
		p := s.CommandPayload(ana, help, text)
		p["trigger_id"], p["response_url"] = trigger, address
		s.Push("slash_commands", p)
	}
	push("one", "", s.URL())
	push("one", "", s.URL()) // told again
	push("two", "", "")
	push("three", "1.2.x", "")
	push("four", "1.2.x", "")
	for _, text := range []string{"one", "two", "three", "four"} {
		await(h, func(c chat.CommandInvoked) bool { return c.Text == text })
	}
	await(h, said(s.Say(ana, help, "after")))
	if n := len(h.events()); n != 5 {
		t.Errorf("%d events are heard, want 5", n)
	}
}

// A form in which nothing was filled in may say so by a list.
func TestFormWithoutValues(t *testing.T) {
	t.Parallel()
	s, a, h := opened(t, slacktest.Options{})
	s.Push("interactive", map[string]any{
		"type": "block_actions", "team": map[string]any{"id": s.Team()}, "user": map[string]any{"id": ana}, "trigger_id": "1.2.x",
		"channel": map[string]any{"id": help}, "container": map[string]any{"message_ts": "1700000000.000100"},
		"view":    map[string]any{"id": "V1", "type": "home", "state": map[string]any{"values": []any{}}},
		"actions": []any{map[string]any{"type": "button", "action_id": "press-0", "value": "v", "action_ts": "1700000000.000200"}},
	})
	if e := await[chat.ButtonPressed](h, nil); e.Value != "v" || a.Tally()[chat.RefusedBody] != 0 {
		t.Errorf("the press arrives as %+v", e)
	}
}

// A thread is read again also where its root does not say when the latest reply came.
func TestThreadWithoutItsLatestReply(t *testing.T) {
	t.Parallel()
	s, a, h := opened(t, slacktest.Options{})
	root := s.SayOdd(ana, help, "a question", map[string]any{"latest_reply": nil})
	await(h, said(root))
	h.stop()
	late := s.Reply(hal, help, root, "an answer", false)
	h = hear(t, a, cursors(h.events()), nil)
	await(h, said(late))
}
