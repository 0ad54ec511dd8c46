package local_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

func wantKind(t *testing.T, err error, want chat.Kind) {
	t.Helper()
	var e *chat.Error
	if !errors.As(err, &e) || e.Kind != want {
		t.Errorf("got the error %v, want one of kind %v", err, want)
	}
}

func TestSendRefusals(t *testing.T) {
	t.Parallel()
	c, _ := office(t)
	q := must(c.Say("ana", "help", "", "root", 0))(t)
	r := must(c.Say("hal", "help", q.Message, "reply", 0))(t)
	body := []chat.Node{chat.Text("hello")}
	tests := map[string]struct {
		m    chat.Message
		want chat.Kind
	}{
		"nowhere":           {chat.Message{Body: body}, chat.Refused},
		"two addresses":     {chat.Message{To: chat.To{Channel: "help", Person: "ana"}, Body: body}, chat.Refused},
		"private in public": {chat.Message{To: chat.To{Channel: "help"}, Private: true, Body: body}, chat.Refused},
		"empty":             {chat.Message{To: chat.To{Channel: "help"}, Body: []chat.Node{chat.Text(" \n")}}, chat.Refused},
		"too long":          {chat.Message{To: chat.To{Channel: "help"}, Body: []chat.Node{chat.Text(strings.Repeat("é", 4001))}}, chat.Refused},
		"no channel":        {chat.Message{To: chat.To{Channel: "nope"}, Body: body}, chat.Gone},
		"no person":         {chat.Message{To: chat.To{Person: "nope"}, Body: body}, chat.Gone},
		"no space":          {chat.Message{To: chat.To{Space: "nope", Channel: "help"}, Body: body}, chat.Gone},
		"no thread":         {chat.Message{To: chat.To{Channel: "help", Thread: "nope"}, Body: body}, chat.Gone},
		"under a reply":     {chat.Message{To: chat.To{Channel: "help", Thread: r.Message}, Body: body}, chat.Gone},
		"no reply":          {chat.Message{To: chat.To{Reply: "nope"}, Body: body}, chat.Gone},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := c.Connect().Send(context.Background(), chat.Delivery{Message: test.m})
			wantKind(t, err, test.want)
		})
	}
}

func TestKeysAreDroppedForFiveMinutes(t *testing.T) {
	t.Parallel()
	c, at := office(t)
	d := chat.Delivery{Key: "k", Message: chat.Message{To: chat.To{Person: "ana"}, Private: true, Body: []chat.Node{chat.Text("hello")}}}
	a := c.Connect()
	first := must(a.Send(context.Background(), d))(t)
	at.at = at.at.Add(4 * time.Minute)
	if second := must(a.Send(context.Background(), d))(t); second != first {
		t.Errorf("the same key gave %v, then %v", first, second)
	}
	at.at = at.at.Add(2 * time.Minute)
	third := must(a.Send(context.Background(), d))(t)
	if third == first || len(c.Posts()) != 2 {
		t.Errorf("after the window %v, %d posts", third, len(c.Posts()))
	}
	found, ok, err := a.FindSent(context.Background(), d.Message.To, "k")
	if err != nil || !ok || found != third {
		t.Errorf("found %v, %v, %v", found, ok, err)
	}
}

func TestReplyHandlesAreSpent(t *testing.T) {
	t.Parallel()
	c, _ := office(t)
	cmd := must(c.Command("ana", "help", "help"))(t)
	d := chat.Delivery{Message: chat.Message{To: chat.To{Reply: cmd.Reply}, Body: []chat.Node{chat.Text("here")}}}
	for range 5 {
		must(c.Connect().Send(context.Background(), d))(t)
	}
	_, err := c.Connect().Send(context.Background(), d)
	wantKind(t, err, chat.Gone)
}
