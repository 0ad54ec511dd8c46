package playbooks

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

func (l *loader) rules(v value) {
	names := map[string]bool{}
	l.asks = map[string]bool{}
	for _, item := range v.list() {
		r := l.rule(item)
		if r == nil {
			continue
		}
		if names[r.Name] {
			item.fail("there is a rule %q already", r.Name)
		}
		names[r.Name] = true
		l.playbook.Rules = append(l.playbook.Rules, r)
	}
	if len(l.playbook.Rules) == 0 {
		v.fail("a playbook has at least one rule")
	}
}

func (l *loader) rule(v value) *Rule {
	if !isMapping(v) {
		v.refuse("wants keys and values here")
		return nil
	}
	r := &Rule{Line: v.line()}
	limited, picks := false, value{}
	for _, f := range v.fields("name", "when", "if", "pick", "do", "at_most") {
		switch f.key {
		case "name":
			r.Name, _ = f.value.text()
		case "when":
			r.When = l.trigger(f.value)
		case "if":
			r.If = l.condition(f.value)
		case "pick":
			r.Pick, picks = l.pick(f.value), f.value
		case "do":
			r.Do = l.actions(r, f.value)
		case "at_most":
			r.AtMost, limited = atMost(f.value), true
		}
	}
	l.checkRule(v, r, limited, picks)
	return r
}

func (l *loader) checkRule(v value, r *Rule, limited bool, picks value) {
	switch {
	case r.Name == "":
		v.fail("a rule wants a name")
	case r.When == nil:
		v.fail("the rule %q wants \"when:\"", r.Name)
	case len(r.Do) == 0:
		v.fail("the rule %q does nothing: it wants \"do:\"", r.Name)
	case !limited && (!asked(r.When) && speaks(r) || reachesOthers(r)):
		v.fail("the rule %q speaks to people who did not ask for it, so it wants \"at_most:\"", r.Name)
	}
	tellsPicked := false
	for _, a := range r.Do {
		if t, ok := a.(Tell); ok && t.Whom == "picked" {
			tellsPicked = true
		}
	}
	if r.Pick != nil && !tellsPicked {
		picks.fail("picks somebody and does not tell them: it wants \"whom: picked\"")
	}
	if r.Pick == nil && tellsPicked {
		v.fail("the rule %q tells \"picked\" and picks nobody: it wants \"pick:\"", r.Name)
	}
}

func speaks(r *Rule) bool {
	for _, a := range r.Do {
		if _, silent := a.(Mark); !silent {
			return true
		}
	}
	return false
}

// reachesOthers reports whether what a rule says goes to others than whoever set it off.
func reachesOthers(r *Rule) bool {
	for _, a := range r.Do {
		switch a := a.(type) {
		case Tell:
			if a.Whom == "picked" || a.Whom == "receiver" {
				return true
			}
		case Post:
			if a.Under == "" {
				return true
			}
		case Digest:
			return true
		}
	}
	return false
}

func (l *loader) condition(v value) *Condition {
	text, ok := v.text()
	if !ok {
		return nil
	}
	c, column, err := parseCondition(text, l.playbook.Settings)
	if err != nil {
		line, start := v.placeIn(text, column)
		v.source.at(line, start, fmt.Sprintf("the condition: %v", err))
	}
	return c
}

// toShare is what a pick is likely to do that asks for an example.
const toShare = "to share"

var likelies = []string{"to answer", toShare, "to welcome"}

func (l *loader) pick(v value) *Pick {
	p := &Pick{UpTo: 1}
	for _, f := range v.fields("from", "likely", "not", "up_to") {
		switch f.key {
		case "from":
			p.From = l.settingNamed(f.value, "role")
		case "likely":
			p.Likely = oneOf(f.value, likelies)
		case "not":
			p.Not = words(f.value, []string{"author", "asked"})
		case "up_to":
			p.UpTo = upTo(f.value)
		}
	}
	if p.From == "" {
		v.fail("\"pick\" wants \"from:\" and the setting that names the role")
	}
	return p
}

// mostPicked is how many people a rule may ask at once: two visible answers are plenty.
const mostPicked = 3

func upTo(v value) int {
	text, _ := v.text()
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > mostPicked {
		v.fail("wants a number from 1 to %d, not %q", mostPicked, text)
	}
	return n
}

// atMost reads {per_room: 2 a day, per_person: 1 a week}.
func atMost(v value) (m AtMost) {
	for _, f := range v.fields("per_room", "per_person") {
		if f.key == "per_room" {
			m.PerRoom = rate(f.value)
		} else {
			m.PerPerson = rateOrOnce(f.value)
		}
	}
	if m == (AtMost{}) && isMapping(v) {
		v.fail("\"at_most\" wants \"per_room:\", \"per_person:\", or both")
	}
	return m
}

func rateOrOnce(v value) Rate {
	if text, _ := v.text(); text == "once" {
		return Once
	}
	return rate(v)
}

func rate(v value) Rate {
	text, _ := v.text()
	times, unit, _ := strings.Cut(text, " a ")
	days := map[string]int{"day": 1, "week": 7}[unit]
	n, err := strconv.Atoi(times)
	if err != nil || n < 1 || days == 0 {
		v.fail("wants \"2 a day\" or \"1 a week\", not %q", text)
	}
	return Rate{Times: n, Days: days}
}

func (l *loader) ask(v value) string {
	name, _ := v.text()
	if !idPattern.MatchString(name) {
		v.fail("a name is made of small letters, digits and hyphens, not %q", name)
	}
	l.asks[name] = true
	return name
}

// finish checks what only the whole file tells: texts said again, and answers to something that is asked.
func (l *loader) finish() {
	for _, again := range l.again {
		from := l.playbook.Rule(again.rule)
		if from == nil || firstText(from) == nil || firstText(from).ByLanguage == nil {
			again.at.fail("there is no rule %q whose text could be said again", again.rule)
			continue
		}
		again.text.ByLanguage = firstText(from).ByLanguage
	}
	for _, answer := range l.answers {
		if !l.asks[answer.rule] {
			answer.at.fail("nothing asks %q%s", answer.rule, didYouMean(answer.rule, slices.Sorted(maps.Keys(l.asks))))
		}
	}
	l.checkSilence()
}

func firstText(r *Rule) *Text {
	for _, a := range r.Do {
		switch a := a.(type) {
		case Tell:
			return a.Text
		case Post:
			return a.Text
		}
	}
	return nil
}
