package adaptertest

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"

	"github.com/gofirst/gofirst/bot/chat"
)

func abilitySabotages() []sabotage {
	return []sabotage{
		{check: "Reactor: setting what is set is no error", how: "an error", breaks: second("react")},
		{check: "Reactor: setting what is set is no error", how: "success without a message", breaks: always("react")},
		{check: "Editor: edit and delete, twice", how: "a second edit that fails", breaks: second("edit")},
		{check: "Editor: edit and delete, twice", how: "a second delete that is refused", breaks: second("delete")},
		{check: "Editor: gone is Gone", how: "success", breaks: always("edit")},
		{check: "Finder: found or unknown", how: "finding all", breaks: func(b *broken) { b.found = func(bool) bool { return true } }},
		{check: "Finder: found or unknown", how: "finding nothing", breaks: func(b *broken) { b.found = func(bool) bool { return false } }},
		{check: "Editor: what is edited is safe, and has the buttons that were given", how: "leaving the buttons", breaks: edited(func(d *chat.Delivery) {
			d.Message.Buttons = []chat.Button{{Label: "Yes", Value: "k.yes.m"}}
		})},
		{check: "Editor: what is edited is safe, and has the buttons that were given", how: "markup", breaks: edited(func(d *chat.Delivery) {
			d.Message.Body = []chat.Node{chat.Text(strings.ReplaceAll(words(d), "*", ""))}
		})},
		{check: "Editor: a text that is too long is Refused", how: "cutting it", breaks: edited(func(d *chat.Delivery) {
			d.Message.Body = []chat.Node{chat.Text(words(d)[:min(len(words(d)), 4000)])}
		})},
		{check: "Finder: in threads and conversations", how: "finding nothing there", breaks: func(b *broken) { b.found = func(bool) bool { return false } }},
		{check: "an answer in public is seen by all and pings nobody", how: "saying it in private", breaks: resent(func(d *chat.Delivery) { d.Message.Private = true })},
		{check: "an answer in public is seen by all and pings nobody", how: "a ping", breaks: resent(pingWhere("@everyone"))},
		{check: "a reaction that is set again is no other event", how: "one identifier for the state", breaks: heard(func(e chat.Reaction) chat.Reaction {
			e.ID = chat.EventID(fmt.Sprint(e.Message, e.Emoji, e.Present))
			return e
		})},
		{check: "a reaction that is set again is no other event", how: "another event each time", breaks: func(b *broken) {
			b.run = filtered(func(ctx context.Context, e chat.Event, sink chat.Sink) error {
				if r, ok := e.(chat.Reaction); ok && r.Present {
					again := r
					again.ID += "again"
					if err := sink(ctx, again); err != nil {
						return err
					}
				}
				return sink(ctx, e)
			})
		}},
		{check: "a command that cannot be stored is handed over once", how: "handing it over twice", breaks: func(b *broken) {
			b.run = filtered(func(ctx context.Context, e chat.Event, sink chat.Sink) error {
				if awaited(e) {
					_ = sink(ctx, e)
				}
				return sink(ctx, e)
			})
		}},
		{check: "Fetcher: the text of a message", how: "another text", breaks: func(b *broken) { b.text = func(s string) string { return s + " " } }},
		{check: "Commander: registers twice", how: "registering once", breaks: second("register")},
		{check: "Former: a form needs a reply handle", how: "success", breaks: always("form")},
		{check: "Homer: shows a page", how: "success with nobody", breaks: always("home")},
		{check: "Directory: people", how: "no name", breaks: func(b *broken) {
			b.person = func(p chat.Profile) chat.Profile { p.Name = ""; return p }
		}},
		{check: "Directory: channels", how: "another name", breaks: func(b *broken) {
			b.channel = func(i chat.ChannelInfo) chat.ChannelInfo { i.Name = "x"; return i }
		}},
		{check: "a command arrives and is answered in private", how: "answering in public", breaks: resent(func(d *chat.Delivery) { d.Message.Private = false })},
		{check: "a command arrives and is answered in private", how: "no reply handle", breaks: heard(func(e chat.CommandInvoked) chat.CommandInvoked { e.Reply = ""; return e })},
		{check: "a button carries its value back", how: "cutting it", breaks: heard(func(e chat.ButtonPressed) chat.ButtonPressed { e.Value = e.Value[:20]; return e })},
		{check: "a reaction is a state", how: "another name", breaks: heard(func(e chat.Reaction) chat.Reaction { e.Emoji = ":eyes:"; return e })},
		{check: "a reaction is a state", how: "never taking it back", breaks: heard(func(e chat.Reaction) chat.Reaction { e.Present = true; return e })},
		{check: "edits and deletions arrive", how: "the text of before", breaks: heard(func(e chat.MessageEdited) chat.MessageEdited { e.Text = "before"; return e })},
		{check: "edits and deletions arrive", how: "one identifier for all", breaks: heard(func(e chat.MessageDeleted) chat.MessageDeleted { e.ID = ""; return e })},
	}
}

// heard changes every event of a type on its way in.
func heard[E chat.Event](change func(E) E) func(*broken) {
	return func(b *broken) {
		b.run = filtered(func(ctx context.Context, e chat.Event, sink chat.Sink) error {
			if x, ok := e.(E); ok {
				e = change(x)
			}
			return sink(ctx, e)
		})
	}
}

// edited changes every edit on its way out.
func edited(change func(*chat.Delivery)) func(*broken) {
	return func(b *broken) { b.edit = change }
}

// always lets an operation succeed.
func always(which string) func(*broken) {
	return func(b *broken) {
		b.able = func(op string, sound error) error {
			if op == which {
				return nil
			}
			return sound
		}
	}
}

// second lets an operation be refused the second time.
func second(which string) func(*broken) {
	return func(b *broken) {
		var n atomic.Int64
		b.able = func(op string, sound error) error {
			if op == which && n.Add(1) == 2 {
				return &chat.Error{Op: op, Kind: chat.Refused, Err: errBroken}
			}
			return sound
		}
	}
}
