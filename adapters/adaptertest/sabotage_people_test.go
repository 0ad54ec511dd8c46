package adaptertest

import (
	"github.com/gofirst/gofirst/bot/chat"
)

func peopleSabotages() []sabotage {
	return []sabotage{
		{check: "Former: a form comes back filled in", how: "an answer that is lost", breaks: heard(func(e chat.FormSubmitted) chat.FormSubmitted {
			e.Values = map[string]string{"what": e.Values["what"]}
			return e
		})},
		{check: "Former: a form comes back filled in", how: "another State", breaks: heard(func(e chat.FormSubmitted) chat.FormSubmitted { e.State += "x"; return e })},
		{check: "Former: what comes too late is offered by a button", how: "success without a button", breaks: func(b *broken) { b.mum = true }},
		{check: "Former: what comes too late is offered by a button", how: "offering it to all", breaks: func(b *broken) {
			b.public = true
		}},
		{check: "Former: a form of which the State was forged is not heard", how: "hearing it", breaks: heard(func(e chat.FormSubmitted) chat.FormSubmitted { e.State = "forged"; return e })},
		{check: "an action of a message's menu arrives", how: "its label", breaks: heard(func(e chat.ActionInvoked) chat.ActionInvoked { e.Action = "Mark as example"; return e })},
		{check: "an action of a message's menu arrives", how: "no author", breaks: heard(func(e chat.ActionInvoked) chat.ActionInvoked { e.Author = chat.Actor{}; return e })},
		{check: "an action of a person's menu arrives", how: "a message", breaks: heard(func(e chat.ActionInvoked) chat.ActionInvoked { e.Message = "m"; return e })},
		{check: "a person's own page is opened and shown", how: "somebody else", breaks: heard(func(e chat.HomeOpened) chat.HomeOpened { e.Actor.User = "UBOB"; return e })},
		{check: "whoever comes and goes is told", how: "somebody else", breaks: heard(func(e chat.MemberLeft) chat.MemberLeft { e.Actor.User = "UBOB"; return e })},
		{check: "whoever comes and goes is told", how: "another place", breaks: heard(func(e chat.MemberJoined) chat.MemberJoined { e.Place.Channel = ""; return e })},
		{check: "the bot is told where it was added", how: "no mark", breaks: heard(func(e chat.MemberJoined) chat.MemberJoined { e.Actor.Self = false; return e })},
		{check: "the bot is called by its name", how: "no thread", breaks: heard(func(e chat.CommandInvoked) chat.CommandInvoked { e.Place.Thread = ""; return e })},
		{check: "the bot is called by its name", how: "the name left in", breaks: heard(func(e chat.CommandInvoked) chat.CommandInvoked { e.Text = "@gofirst " + e.Text; return e })},
		{check: "who is named in a text is told", how: "nobody", breaks: changed(func(m *chat.MessagePosted) { m.References = nil })},
		{check: "who is named in a text is told", how: "letters counted, not bytes", breaks: changed(func(m *chat.MessagePosted) {
			for i := range m.References {
				m.References[i].At -= 4
			}
		})},
		{check: "Directory: groups", how: "nobody in it", breaks: func(b *broken) { b.group = func([]chat.UserID) []chat.UserID { return nil } }},
		{check: "Directory: time zones", how: "none", breaks: profiled(func(p *chat.Profile) { p.Zone = "" })},
		{check: "Directory: time zones", how: "one that is none", breaks: profiled(func(p *chat.Profile) { p.Zone = "Paris time" })},
		{check: "Directory: languages", how: "none", breaks: profiled(func(p *chat.Profile) { p.Language = "" })},
		{check: "Directory: languages", how: "no tag", breaks: profiled(func(p *chat.Profile) { p.Language = "fr_FR.UTF-8" })},
		{check: "Commander: registering what is there changes nothing", how: "changing it", breaks: func(b *broken) { b.writing = true }},
		{check: "what does not apply has its reason", how: "no reason", not: map[Part]string{Zones: ""}, breaks: func(*broken) {}},
		{check: "what the table of capabilities claims is tried", how: "a Service that tries nothing", bare: true, breaks: func(*broken) {}},
	}
}

// profiled changes what is told of a person.
func profiled(change func(*chat.Profile)) func(*broken) {
	return func(b *broken) {
		b.person = func(p chat.Profile) chat.Profile {
			change(&p)
			return p
		}
	}
}
