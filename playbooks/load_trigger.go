package playbooks

import (
	"slices"
	"strings"

	"github.com/gofirst/gofirst/bot/calendar"
)

var triggerNames = []string{
	"schedule", "question_unanswered", "question_answered", "question_thanked", "heard", "act", "first", "joined", "answered", "command",
	"action",
}

// Kinds are the acts that a rule can wait for.
var Kinds = []string{"share", "thanks", "ask", "example", "ask-why", "why", "adopt"}

var firsts = []string{"question", "answer", "share"}

func (l *loader) trigger(v value) Trigger {
	fields := v.fields(append(slices.Clone(triggerNames), "with", "or")...)
	var t Trigger
	for _, f := range fields {
		if contains(triggerNames, f.key) {
			if t != nil {
				f.at.fail("a rule has one trigger")
			}
			t = l.triggerNamed(f)
		}
	}
	answered, isAnswered := t.(OnAnswered)
	for _, f := range fields {
		switch {
		case (f.key == "with" || f.key == "or") && !isAnswered:
			f.at.fail("%q goes with \"answered\"", f.key)
		case f.key == "with":
			answered.With = choices(f.value)
		case f.key == "or":
			answered.Silence = oneOf(f.value, []string{"silence"}) != ""
		}
	}
	if isAnswered {
		if len(answered.With) == 0 && !answered.Silence {
			v.fail("\"answered\" wants \"with: …\", \"or: silence\", or both")
		}
		return answered
	}
	if t == nil {
		v.fail("a trigger is one of %s", strings.Join(triggerNames, ", "))
	}
	return t
}

func (l *loader) triggerNamed(f field) Trigger {
	switch f.key {
	case "schedule":
		return l.schedule(f.value)
	case "question_unanswered":
		return l.unanswered(f.value)
	case "act":
		return l.act(f.value)
	case "first":
		return l.first(f.value)
	case "question_answered":
		return OnQuestionAnswered{In: l.rooms(f.value)}
	case "question_thanked":
		return OnThanked{In: l.rooms(f.value)}
	case "heard":
		return l.heard(f.value)
	case "joined":
		return OnJoined{In: l.rooms(f.value)}
	}
	name, _ := f.value.text()
	switch f.key {
	case "command":
		return OnCommand{Name: name}
	case "action":
		return OnAction{Name: name}
	}
	l.answers = append(l.answers, reference{rule: name, at: f.value})
	return OnAnswered{Name: name}
}

// rooms reads {in: ROOMS}.
func (l *loader) rooms(v value) (in string) {
	for _, f := range v.fields("in") {
		in = l.settingNamed(f.value, "channels")
	}
	return in
}

var rhythms = map[string]calendar.Rhythm{
	"day": calendar.Daily, "week": calendar.Weekly, "fortnight": calendar.Fortnightly, "month": calendar.Monthly,
}

func (l *loader) schedule(v value) Trigger {
	t := OnSchedule{Schedule: calendar.Schedule{Nth: 1}}
	for _, f := range v.fields("every", "day", "at", "in", "for") {
		switch f.key {
		case "every":
			l.every(&t, f.value)
		case "day":
			l.day(&t, f.value)
		case "at":
			l.at(&t, f.value)
		case "in":
			t.In = l.settingNamed(f.value, "channels")
		case "for":
			t.For = l.settingNamed(f.value, "role")
		}
	}
	if t.In == "" {
		v.fail("a schedule wants \"in:\" and the setting that names the rooms")
	}
	if t.Busy && t.From.Every != "" {
		v.fail("a busy day goes with \"every: week\", not with a setting")
	}
	if t.Busy && t.Schedule.Every == calendar.Weekly {
		t.Schedule.Every = calendar.Daily // looked at daily; taken once a week
	}
	if err := t.Schedule.Check(); err != nil {
		v.fail("%v", err)
	}
	return t
}

func timeOfDay(v value) calendar.TimeOfDay {
	text, ok := v.text()
	if !ok {
		return 0
	}
	at, err := calendar.ParseTimeOfDay(text)
	if err != nil {
		v.fail("%v", err)
	}
	return at
}

func (l *loader) unanswered(v value) Trigger {
	var t OnUnanswered
	for _, f := range v.fields("in", "patience") {
		switch f.key {
		case "in":
			t.In = l.settingNamed(f.value, "channels")
		case "patience":
			t.Patience = l.settingNamed(f.value, "choice")
		}
	}
	if t.In == "" || t.Patience == "" {
		v.fail("\"question_unanswered\" wants \"in:\" and \"patience:\"")
	}
	return t
}

func (l *loader) heard(v value) Trigger {
	var t OnHeard
	for _, f := range v.fields("in", "saying") {
		switch f.key {
		case "in":
			t.In = l.settingNamed(f.value, "channels")
		case "saying":
			t.Saying = l.settingNamed(f.value, "text")
		}
	}
	if t.In == "" || t.Saying == "" {
		v.fail("\"heard\" wants \"in:\" and \"saying:\", the settings that name the rooms and the words")
	}
	return t
}

func (l *loader) act(v value) Trigger {
	var t OnAct
	for _, f := range v.fields("kind", "in", "after") {
		switch f.key {
		case "kind":
			t.Kinds = words(f.value, Kinds)
		case "in":
			t.In = l.settingNamed(f.value, "channels")
		case "after":
			t.After = wait(f.value)
		}
	}
	if len(t.Kinds) == 0 {
		v.fail("\"act\" wants \"kind:\", one or more of %s", strings.Join(Kinds, ", "))
	}
	return t
}

func (l *loader) first(v value) Trigger {
	var t OnFirst
	for _, f := range v.fields("of", "in") {
		switch f.key {
		case "of":
			t.Of = words(f.value, firsts)
		case "in":
			t.In = l.settingNamed(f.value, "channels")
		}
	}
	if len(t.Of) == 0 {
		v.fail("\"first\" wants \"of:\", one or more of %s", strings.Join(firsts, ", "))
	}
	return t
}

func words(v value, allowed []string) []string {
	var out []string
	for _, item := range v.list() {
		if word := oneOf(item, allowed); word != "" {
			out = append(out, word)
		}
	}
	return out
}

func choices(v value) []string { return words(v, Choices) }
