package adaptertest

import (
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

func lookSabotages() []sabotage {
	return []sabotage{
		{check: "Tallier: who was turned away is counted", how: "one count for all", breaks: func(b *broken) {
			b.counts = func(chat.Count) chat.Count { return chat.RefusedSignature }
		}},
		{check: "Tallier: an outage is counted as a gap", how: "another count", breaks: func(b *broken) {
			b.counts = func(chat.Count) chat.Count { return chat.RefusedBody }
		}},
		{check: "Seer: knows what it learned when it connected", how: "knowing it before", breaks: sighted(func(s *chat.Sight) { s.Known = true })},
		{check: "Seer: knows what it learned when it connected", how: "never knowing", breaks: sighted(func(s *chat.Sight) { s.Known = false })},
		{check: "Seer and Tallier ask nobody", how: "a request", breaks: func(b *broken) {
			b.sees = func(s chat.Sight) chat.Sight { _ = b.Faults.refusal(); return s }
		}},
		{check: "Examiner: what is well set up has nothing Ill", how: "something Ill", breaks: found(func(f *chat.Finding) { f.State, f.Do = chat.Ill, "Think." })},
		{check: "Examiner: what is well set up has nothing Ill", how: "no advice", breaks: found(func(f *chat.Finding) { f.Do = "" })},
		{check: "Examiner: what is well set up has nothing Ill", how: "a token", breaks: found(func(f *chat.Finding) { f.Why += secret })},
		{check: "Examiner: a token that was revoked is Ill", how: "all well", breaks: found(func(f *chat.Finding) { f.State, f.Do = chat.Well, "" })},
		{check: "a token that was revoked is Refused", how: "trying on", breaks: func(b *broken) {
			b.run = func(l listening) error {
				return &chat.Error{Op: "run", Kind: chat.Later, Err: l.sound(l.ctx, l.since, l.sink)}
			}
		}},
		{check: "a token that was revoked is Refused", how: "doubt", breaks: failing(func(error) chat.Kind { return chat.Unsure })},
		{check: "Linker: the service's own link leads to the message", how: "another message", breaks: func(b *broken) {
			b.linked = func(s string) string { return strings.TrimSpace(s) + "1" }
		}},
		{check: "Linker: what is no link to a message is none", how: "reading anything", breaks: func(b *broken) {
			b.linked = func(s string) string {
				if rest, ok := strings.CutPrefix(s, "https://example.org/"); ok {
					return stem + strings.Trim(rest, "/")
				}
				return s
			}
		}},
		{check: "Historian: tells what was said, as Run does", how: "telling twice", breaks: recalled(func(m chat.MessagePosted) []chat.Event { return []chat.Event{m, m} })},
		{check: "Historian: tells what was said, as Run does", how: "loss", breaks: recalled(func(m chat.MessagePosted) []chat.Event {
			if m.Text == "two" {
				return nil
			}
			return []chat.Event{m}
		})},
		{check: "Historian: tells what was said, as Run does", how: "another identifier", breaks: recalled(func(m chat.MessagePosted) []chat.Event {
			m.ID += "h"
			return []chat.Event{m}
		})},
		{check: "Historian: tells what was said, as Run does", how: "cursors", breaks: recalled(func(m chat.MessagePosted) []chat.Event {
			m.Cursor = "1"
			return []chat.Event{m}
		})},
		{check: "Historian: ends where its context does, or its sink refuses", how: "telling nothing", breaks: recalled(func(chat.MessagePosted) []chat.Event { return nil })},
		{check: "the log holds no secret, no words and no person", how: "words", breaks: func(b *broken) { changed(func(m *chat.MessagePosted) { b.logs(m.Text) })(b) }},
		{check: "the log holds no secret, no words and no person", how: "a person", breaks: func(b *broken) {
			changed(func(m *chat.MessagePosted) { b.logs(string(m.Actor.User)) })(b)
		}},
		{check: "the log holds no secret, no words and no person", how: "a token", breaks: func(b *broken) { b.logs("connecting with " + secret) }},
	}
}

func sighted(change func(*chat.Sight)) func(*broken) {
	return func(b *broken) {
		b.sees = func(s chat.Sight) chat.Sight {
			change(&s)
			return s
		}
	}
}

// found changes every finding.
func found(change func(*chat.Finding)) func(*broken) {
	return func(b *broken) {
		b.findings = func(all []chat.Finding) []chat.Finding {
			for i := range all {
				change(&all[i])
			}
			return all
		}
	}
}

// recalled changes what a history makes of a message.
func recalled(tell func(chat.MessagePosted) []chat.Event) func(*broken) {
	return func(b *broken) { b.told = tell }
}
