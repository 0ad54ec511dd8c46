package replay

import (
	"time"

	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/chat"
)

// demoQuiet is a silence of the story: a decision of the engine, put into words. Each is shown once.
type demoQuiet struct {
	beat   string
	step   bot.Step
	reason chat.Reason
	rule   string // any where empty
	about  func(*Demo, bot.Trace) bool
}

// demoQuiets are the silences that are shown.
var demoQuiets = []demoQuiet{
	{"quiet.asleep", bot.Held, chat.RoomSilent, "invite the leader", nil},
	{"quiet.chat", bot.Heard, chat.NotAQuestion, "", func(d *Demo, tr bot.Trace) bool { return tr.Message == d.marks["monday"] }},
	{"quiet.thanks", bot.Held, chat.DailyBudget, "thanks", nil},
	{"quiet.away", bot.Dropped, chat.Away, "invite the leader", nil},
	{"quiet.rest", bot.Decided, chat.ConditionFalse, "invite the leader", func(d *Demo, tr bot.Trace) bool { return tr.Person == d.users["leader"] }},
	{"quiet.faster", bot.Settled, chat.Answered, "", func(d *Demo, tr bot.Trace) bool { return tr.Message == d.marks["staging"] }},
	{"quiet.empty", bot.Decided, chat.ConditionFalse, "weekly digest", func(d *Demo, tr bot.Trace) bool { return tr.Channel == d.rooms["platform"] }},
}

// quiet shows the silence that a decision is, if it belongs to the story.
func (d *Demo) quiet(tr bot.Trace) {
	for _, q := range demoQuiets {
		if q.step != tr.Step || q.reason != tr.Reason || q.rule != "" && q.rule != tr.Rule || d.told[q.beat] {
			continue
		}
		if q.about == nil || q.about(d, tr) {
			d.told[q.beat] = true
			d.hush(q.beat, "{who}", d.called(tr.Author))
		}
	}
}

// demoSilences count how often the bot could have spoken and did not: each occasion once.
type demoSilences struct{ quiet, spoke map[string]bool }

func newDemoSilences() demoSilences {
	return demoSilences{quiet: map[string]bool{}, spoke: map[string]bool{}}
}

// seen counts a decision. Rules that looked at the same thing in the same minute are one occasion, and none where
// one of them spoke; so is a question that somebody answered before the bot had said a word about it.
func (s demoSilences) seen(tr bot.Trace) {
	occasion := tr.Playbook + "|" + tr.Subject + "|" + string(tr.Channel) + "|" + tr.At.Truncate(time.Minute).String()
	switch tr.Step {
	case bot.Heard:
		if tr.Reason != "" {
			s.quiet["heard|"+string(tr.Message)] = true
		}
	case bot.Decided:
		if tr.Reason == chat.RuleFired {
			s.spoke[occasion] = true
			s.spoke["answered|"+tr.Subject] = true
			return
		}
		s.quiet[occasion] = true
	case bot.Held, bot.Dropped:
		s.quiet["held|"+tr.Key] = true
	case bot.Settled:
		s.quiet["answered|"+tr.Subject] = true
	}
}

func (s demoSilences) count() (n int) {
	for occasion := range s.quiet {
		if !s.spoke[occasion] {
			n++
		}
	}
	return n
}
