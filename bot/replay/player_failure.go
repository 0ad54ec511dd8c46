package replay

import (
	"fmt"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/chat"
)

// Failure is the first line of a transcript that went otherwise. It reads like a bug report.
type Failure struct {
	File      string
	Line      int      // from 1
	Want      string   // the line, as written
	Message   string   // what is otherwise
	Said      []string // what the bot said instead, as a transcript would have it
	Decisions []string // what it decided in the day before, with reasons
}

// Error gives the place, the line, what is otherwise, and how it came to that.
func (f *Failure) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s:%d:\n  %s\n  %s", f.File, f.Line, f.Want, f.Message)
	for _, s := range f.Said {
		b.WriteString("\n    " + s)
	}
	if len(f.Decisions) > 0 {
		b.WriteString("\n  decided before that:")
	}
	for _, d := range f.Decisions {
		b.WriteString("\n    " + d)
	}
	return b.String()
}

// What a failure shows at most.
const (
	decisionsShown = 14
	saidShown      = 6
)

func (p *player) fail(message string, said ...Said) *Failure {
	f := &Failure{File: p.t.File, Line: p.step.line, Want: p.step.text, Message: message}
	for _, s := range said[max(0, len(said)-saidShown):] {
		f.Said = append(f.Said, p.sayLine(s))
	}
	for _, t := range p.traces[max(0, len(p.traces)-decisionsShown):] {
		if p.driver.Now().Sub(t.At) < 3*24*time.Hour {
			f.Decisions = append(f.Decisions, p.decision(t))
		}
	}
	return f
}

// sayLine writes what was said as a line of a transcript, so that it can be pasted into one.
func (p *player) sayLine(s Said) string {
	text := p.clock(s.At) + "  bot " + p.place(s) + "  " + strings.Join(strings.Fields(s.Text), " ")
	for _, c := range choicesOf(s) {
		text += " [" + c + "]"
	}
	return text
}

var steps = map[bot.Step]string{
	bot.Heard: "heard", bot.Decided: "decided", bot.Held: "held", bot.Dropped: "dropped", bot.Said: "said", bot.Settled: "settled",
}

// decision writes a trace: "Mon 10:00  question-rescue/ask one helper: nobody_to_pick".
func (p *player) decision(t bot.Trace) string {
	what := strings.Trim(t.Playbook+"/"+t.Rule, "/")
	switch {
	case what == "":
		what = steps[t.Step]
	case t.Step != bot.Decided:
		what += ", " + steps[t.Step]
	}
	text := p.clock(t.At) + "  " + what
	if t.Reason != "" {
		text += ": " + string(t.Reason)
	}
	if !t.Until.IsZero() {
		text += " until " + p.clock(t.Until)
	}
	return text + p.about(t)
}

// about tells whom and what a trace concerns.
func (p *player) about(t bot.Trace) string {
	var parts []string
	for _, one := range []struct {
		user chat.UserID
		as   string
	}{{t.Author, "of "}, {t.Person, "to "}} {
		if name := p.names[one.user]; name != "" {
			parts = append(parts, one.as+name)
		}
	}
	if t.Subject != "" {
		parts = append(parts, t.Subject)
	}
	if len(parts) == 0 {
		return ""
	}
	return "  (" + strings.Join(parts, ", ") + ")"
}
