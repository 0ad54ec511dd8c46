package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/playbooks"
)

// teller says decisions in words.
type teller struct {
	engine *bot.Engine
	zone   *time.Location
}

// tell writes what a rule decided, or, where it decided nothing, what it waits for.
func (t teller) tell(b *strings.Builder, r *playbooks.Rule, decided []bot.Trace, otherwise string) {
	fmt.Fprintf(b, "  %s\n", r.Name)
	for _, d := range decided {
		fmt.Fprintf(b, "      %s  %s\n", t.clock(d.At), t.decision(d, r))
	}
	if len(decided) == 0 {
		fmt.Fprintf(b, "      %s\n", otherwise)
	}
}

func (t teller) decision(d bot.Trace, r *playbooks.Rule) string {
	why := t.engine.ReasonWords("en", d.Reason)
	switch {
	case d.Step == bot.Decided && d.Reason == chat.RuleFired:
		return "wants to speak: " + why
	case d.Step == bot.Decided && d.Reason == chat.ConditionFalse:
		return "stays silent: " + why + ": if " + r.If.Source
	case d.Step == bot.Decided:
		return "stays silent: " + why
	case d.Step == bot.Held && !d.Until.IsZero():
		return "waits until " + t.clock(d.Until) + ": " + why
	case d.Step == bot.Held:
		return "waits: " + why
	case d.Step == bot.Dropped:
		return "lets it be: " + why
	case d.Step == bot.Settled:
		return "is done with it: " + why
	}
	return "speaks to " + spokenTo(d)
}

func spokenTo(d bot.Trace) string {
	if d.Person == "" {
		return "#" + string(d.Channel)
	}
	return string(d.Person) + ", in private"
}

// clock shows a time as "Mon 14:00".
func (t teller) clock(at time.Time) string { return at.In(t.zone).Format("Mon 15:04") }

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
