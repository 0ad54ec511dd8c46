package bot

import (
	"context"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// answer replies in private to a command, a press or a form, once the turn is stored. An answer is no delivery: it
// is not repeated, and it is lost with the process.
func (t *turn) answer(reply chat.ReplyHandle, body []chat.Node, buttons ...chat.Button) {
	if reply == "" {
		return
	}
	m := chat.Message{To: addressOf(reply), Private: true, Body: body, Buttons: buttons}
	t.onStored(func(ctx context.Context) { t.say(ctx, t.conn, m) })
}

// onStored does something once the turn is stored.
func (t *turn) onStored(f func(context.Context)) { t.after = append(t.after, f) }

// say sends a message that is not repeated; longer ones are split.
func (e *Engine) say(ctx context.Context, c *Connection, m chat.Message) {
	for _, part := range split(m, c.Adapter) {
		if _, err := c.send(ctx, chat.Delivery{Message: part}); err != nil {
			e.options.Log.Warn("answer not sent", "connection", c.Name, "err", err)
			return
		}
	}
}

// open opens a form once the turn is stored; on a service without forms, how to do it by command is said instead.
func (t *turn) open(reply chat.ReplyHandle, trigger string, form chat.Form, instead []chat.Node) {
	former, ok := t.conn.Adapter.(chat.Former)
	if !ok || strings.HasPrefix(string(reply), privateReply) {
		t.answer(reply, instead)
		return
	}
	t.onStored(func(ctx context.Context) {
		if err := former.OpenForm(ctx, reply, trigger, form); err != nil {
			t.options.Log.Warn("form not opened", "connection", t.conn.Name, "err", err)
			t.say(ctx, t.conn, chat.Message{To: chat.To{Reply: reply}, Private: true, Body: instead})
		}
	})
}

// notSaved tells who asked for something that it could not be kept.
func (e *Engine) notSaved(ctx context.Context, c *Connection, ev chat.Event) {
	var reply chat.ReplyHandle
	switch ev := ev.(type) {
	case chat.CommandInvoked:
		reply = ev.Reply
	case chat.ButtonPressed:
		reply = ev.Reply
	case chat.FormSubmitted:
		reply = ev.Reply
	case chat.ActionInvoked:
		reply = ev.Reply
	}
	if reply == "" {
		return
	}
	g := tongue{language: e.options.Defaults.Language, formal: e.options.Defaults.Formal, zone: e.options.Defaults.Zone}
	e.say(ctx, c, chat.Message{To: chat.To{Reply: reply}, Private: true, Body: e.texts.say(g, "not_saved", nil)})
}
