package bot

import (
	"strings"

	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/playbooks"
)

// This file says rules in words: what they wait for, what they do, how often at most.

// triggerWords says what a rule waits for, where no room has anything else.
func (t *turn) triggerWords(g tongue, b playbooks.Bound) []chat.Node {
	return t.triggerWordsIn(g, b, "")
}

// triggerWordsIn says what a rule waits for in a room.
func (t *turn) triggerWordsIn(g tongue, b playbooks.Bound, channel chat.ChannelID) []chat.Node {
	switch when := b.Rule.When.(type) {
	case playbooks.OnSchedule:
		return t.scheduleWords(g, b, channel)
	case playbooks.OnUnanswered:
		return t.texts.say(g, "trigger.unanswered", nil)
	case playbooks.OnQuestionAnswered:
		return t.texts.say(g, "trigger.answered", nil)
	case playbooks.OnThanked:
		return t.texts.say(g, "trigger.thanked", nil)
	case playbooks.OnHeard:
		said, _ := b.Instance.Settings[when.Saying].(string)
		return t.texts.say(g, "trigger.heard", holes{"words": text(said)})
	case playbooks.OnAct:
		return t.actWords(g, when)
	case playbooks.OnFirst:
		return t.texts.say(g, "trigger.first", holes{"kinds": t.kindWords(g, "first.", when.Of)})
	case playbooks.OnJoined:
		return t.texts.say(g, "trigger.joined", nil)
	case playbooks.OnAnswered:
		return t.answeredWords(g, when)
	case playbooks.OnCommand:
		return t.texts.say(g, "trigger.command", holes{"name": {chat.Code("/gofirst " + when.Name)}})
	case playbooks.OnAction:
		return t.texts.say(g, "trigger.action", holes{"name": text(when.Name)})
	}
	return nil
}

func (t *turn) scheduleWords(g tongue, b playbooks.Bound, channel chat.ChannelID) []chat.Node {
	when, planned := b.Rule.When.(playbooks.OnSchedule), b.Planned(string(channel))
	id := "trigger." + map[calendar.Rhythm]string{
		calendar.Daily: "daily", calendar.Weekly: "weekly", calendar.Fortnightly: "fortnightly", calendar.Monthly: "monthly",
	}[planned.Every]
	if when.Busy {
		id = "trigger.busy"
	}
	out := t.texts.say(g, id, holes{
		"weekday": text(t.texts.word(g, "weekday."+strings.ToLower(planned.On.String()))),
		"time":    text(planned.At.String()),
	})
	if when.For != "" {
		role, _ := b.Instance.Settings[when.For].(string)
		out = append(out, t.texts.say(g, "trigger.for", holes{"role": text(t.roleWord(g, role))})...)
	}
	return out
}

func (t *turn) actWords(g tongue, when playbooks.OnAct) []chat.Node {
	fill := holes{"kinds": t.kindWords(g, "act.", when.Kinds)}
	if when.After == (calendar.Wait{}) {
		return t.texts.say(g, "trigger.act", fill)
	}
	fill["wait"] = t.texts.wait(g, when.After)
	return t.texts.say(g, "trigger.act_after", fill)
}

func (t *turn) kindWords(g tongue, prefix string, kinds []string) []chat.Node {
	var words [][]chat.Node
	for _, kind := range kinds {
		words = append(words, text(t.texts.word(g, prefix+kind)))
	}
	return joinNodes(t.texts.word(g, "joined.or"), words...)
}

func (t *turn) answeredWords(g tongue, when playbooks.OnAnswered) []chat.Node {
	var choices [][]chat.Node
	for _, choice := range when.With {
		choices = append(choices, t.texts.say(g, "quoted", holes{"words": text(t.texts.word(g, "button."+choice))}))
	}
	fill := holes{"choices": joinNodes(t.texts.word(g, "joined.or"), choices...)}
	switch {
	case len(choices) == 0:
		return t.texts.say(g, "trigger.silence", fill)
	case when.Silence:
		return t.texts.say(g, "trigger.choice_or_silence", fill)
	}
	return t.texts.say(g, "trigger.choice", fill)
}

// actionWords says what a rule does.
func (t *turn) actionWords(g tongue, b playbooks.Bound) []chat.Node {
	var done [][]chat.Node
	for _, action := range b.Rule.Do {
		id := ""
		switch a := action.(type) {
		case playbooks.Tell:
			id = "do.tell." + a.Whom
		case playbooks.Post:
			id = "do.post"
			if a.Under != "" {
				id = "do.post_under"
			}
		case playbooks.Digest:
			id = "do.digest"
		case playbooks.Mark:
			id = "do.mark"
			if a.Act != "" {
				id = "do.mark_act"
			}
		}
		done = append(done, t.texts.say(g, id, holes{"role": text(t.pickedRole(g, b))}))
	}
	return joinNodes(t.texts.word(g, "joined.and"), done...)
}

func (t *turn) pickedRole(g tongue, b playbooks.Bound) string {
	if b.Rule.Pick == nil {
		return ""
	}
	role, _ := b.Instance.Settings[b.Rule.Pick.From].(string)
	return t.roleWord(g, role)
}

// limitWords says how often at most; nothing where the rule has no limit of its own.
func (t *turn) limitWords(g tongue, most playbooks.AtMost) []chat.Node {
	var limits [][]chat.Node
	if most.PerPerson.Times > 0 {
		limits = append(limits, t.texts.say(g, "limit.person", holes{"rate": t.rateWords(g, most.PerPerson)}))
	}
	if most.PerRoom.Times > 0 {
		limits = append(limits, t.texts.say(g, "limit.room", holes{"rate": t.rateWords(g, most.PerRoom)}))
	}
	return joinNodes(", ", limits...)
}

func (t *turn) rateWords(g tongue, r playbooks.Rate) []chat.Node {
	switch r.Days {
	case 0:
		return t.texts.say(g, "rate.once", nil)
	case 1:
		return t.texts.sayN(g, "rate.day", r.Times, nil)
	case 7:
		return t.texts.sayN(g, "rate.week", r.Times, nil)
	}
	return t.texts.sayN(g, "rate.days", r.Times, holes{"days": t.texts.sayN(g, "wait.days", r.Days, nil)})
}
