package adaptertest

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"

	"github.com/gofirst/gofirst/bot/chat"
)

func cursorSabotages() []sabotage {
	const begin, end = "0000000000000001", "9000000000000000000"
	return []sabotage{
		{check: "a long outage loses nothing", how: "loss", breaks: lost("number 101")},
		{check: "a long outage loses nothing", how: "two events for one message", breaks: renamedAt("number 7")},
		{check: "stopping while catching up loses nothing", how: "a cursor that runs ahead", breaks: changed(func(m *chat.MessagePosted) {
			if strings.HasPrefix(m.Text, "number") {
				m.Cursor = end
			}
		})},
		{check: "every cursor continues where it stands", how: "a cursor that runs ahead", breaks: changed(func(m *chat.MessagePosted) { m.Cursor = end })},
		{check: "every cursor continues where it stands", how: "a cursor that stays behind", breaks: changed(func(m *chat.MessagePosted) { m.Cursor = begin })},
		{check: "what happens to an old message moves no cursor back", how: "an edit that does", breaks: heard(func(e chat.MessageEdited) chat.MessageEdited {
			e.Cursor = begin
			return e
		})},
		{check: "what happens to an old message moves no cursor back", how: "a reaction that does", breaks: heard(func(e chat.Reaction) chat.Reaction {
			e.Cursor = begin
			return e
		})},
		{check: "what was told live is the same event when it is caught up with", how: "another identifier", breaks: renamed},
		{check: "what was told live is the same event when it is caught up with", how: "another text", breaks: func(b *broken) {
			runs := 0
			b.run = func(l listening) error {
				runs++
				return filtered(func(ctx context.Context, e chat.Event, sink chat.Sink) error {
					if m, ok := e.(chat.MessagePosted); ok {
						m.Text = strings.Repeat("x", runs)
						e = m
					}
					return sink(ctx, e)
				})(l)
			}
		}},
		{check: "a channel that is gone holds up no other", how: "giving up", breaks: func(b *broken) {
			b.run = func(l listening) error {
				if _, gone := l.since["no-such-channel"]; gone {
					return &chat.Error{Op: "run", Kind: chat.Gone, Err: errBroken}
				}
				return l.sound(l.ctx, l.since, l.sink)
			}
		}},
		{check: "a channel without a cursor is caught up with from the latest", how: "beginning with the present", breaks: lost("meanwhile, elsewhere")},
		{check: "without any cursor the present begins", how: "beginning with the past", breaks: func(b *broken) {
			b.run = func(l listening) error {
				return l.sound(l.ctx, map[chat.ChannelID]chat.Cursor{"help": begin}, l.sink)
			}
		}},
		{check: "a person's reply is in its thread", how: "no thread", breaks: changed(func(m *chat.MessagePosted) { m.Place.Thread = "" })},
		{check: "replies are not lost over an outage", how: "loss", breaks: lost("an answer")},
		{check: "replies are not lost over an outage", how: "no thread", breaks: changed(func(m *chat.MessagePosted) { m.Place.Thread = "" })},
		{check: "what is said to the bot alone is Direct", how: "no mark", breaks: changed(func(m *chat.MessagePosted) { m.Place.Direct = false })},
		{check: "what is said to the bot alone is Direct", how: "one channel for all", breaks: changed(func(m *chat.MessagePosted) { m.Place.Channel = "dm" })},
		{check: "what is said to the bot alone is not lost over an outage", how: "loss", breaks: lost("meanwhile")},
		{check: "a whisper is seen by one person alone", how: "saying it to all", breaks: resent(func(d *chat.Delivery) {
			d.Message.To.Person, d.Message.Private = "", false
		})},
	}
}

// renamedAt tells one message as two events.
func renamedAt(text string) func(*broken) {
	return func(b *broken) {
		var n atomic.Int64
		b.run = filtered(func(ctx context.Context, e chat.Event, sink chat.Sink) error {
			m, ok := e.(chat.MessagePosted)
			if ok && m.Text == text {
				m.ID += chat.EventID(fmt.Sprint(n.Add(1)))
				if err := sink(ctx, m); err != nil {
					return err
				}
			}
			return sink(ctx, e)
		})
	}
}
