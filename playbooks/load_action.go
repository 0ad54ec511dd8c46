package playbooks

import (
	"github.com/gofirst/gofirst/bot/calendar"
)

func (l *loader) actions(r *Rule, v value) []Action {
	var out []Action
	for _, item := range v.list() {
		for _, f := range item.fields("tell", "post", "digest", "mark") {
			switch f.key {
			case "tell":
				t := l.tell(f.value)
				if t.Whom != "" { // said already
					l.said = append(l.said, spoken{r, t.Whom, t.Text, f.value})
				}
				out = append(out, t)
			case "post":
				p := l.post(f.value)
				l.said = append(l.said, spoken{r, "", p.Text, f.value})
				out = append(out, p)
			case "digest":
				out = append(out, l.digest(f.value))
			case "mark":
				out = append(out, mark(f.value))
			}
		}
	}
	return out
}

func mark(v value) Mark {
	var m Mark
	fields := v.fields("question", "act")
	for _, f := range fields {
		switch f.key {
		case "question":
			m.Question = oneOf(f.value, []string{"taken", "solved", "left", "open"})
		case "act":
			m.Act = oneOf(f.value, []string{"declared"})
		}
	}
	if len(fields) != 1 && isMapping(v) {
		v.fail("\"mark\" wants \"question:\" or \"act:\", one of them")
	}
	return m
}

func (l *loader) tell(v value) Tell {
	t := Tell{Expires: defaultExpires}
	for _, f := range v.fields("whom", "as", "open_for", "expires", "alive", "practice", "text", "buttons") {
		switch f.key {
		case "whom":
			t.Whom = oneOf(f.value, []string{"author", "leader", "picked", "receiver"})
		case "as":
			t.As = l.ask(f.value)
		case "open_for":
			t.OpenFor = wait(f.value)
		case "expires":
			t.Expires = wait(f.value)
		case "alive":
			t.Alive = oneOf(f.value, []string{"room"}) != ""
		case "practice":
			t.Practice = oneOf(f.value, Practices)
		case "text":
			t.Text = l.textOrRule(f.value)
		case "buttons":
			t.Buttons = choices(f.value)
		}
	}
	if t.Whom == "" || t.As == "" || t.Text == nil {
		v.fail("\"tell\" wants \"whom:\", \"as:\" and \"text:\"")
	}
	if t.OpenFor == (calendar.Wait{}) && len(t.Buttons) > 0 {
		v.fail("a question with buttons wants \"open_for:\": how long it waits for an answer")
	}
	return t
}

// defaultExpires is how long a message may still be sent after its moment, where the rule does not say.
var defaultExpires = calendar.Wait{Count: 8, Unit: calendar.ElapsedHours}

func (l *loader) post(v value) Post {
	p := Post{Expires: defaultExpires}
	for _, f := range v.fields("under", "as", "expires", "text", "buttons", "in") {
		switch f.key {
		case "under":
			p.Under = oneOf(f.value, []string{"act", "question"})
		case "in":
			oneOf(f.value, []string{"room"})
		case "as":
			p.As = l.ask(f.value)
		case "expires":
			p.Expires = wait(f.value)
		case "text":
			p.Text = l.textOrRule(f.value)
		case "buttons":
			p.Buttons = choices(f.value)
		}
	}
	if p.Text == nil {
		v.fail("\"post\" wants \"text:\"")
	}
	return p
}

func (l *loader) digest(v value) Digest {
	d := Digest{Expires: defaultExpires, Lines: map[string]*Text{}}
	for _, f := range v.fields("in", "as", "of", "expires", "lines", "buttons") {
		switch f.key {
		case "in":
			oneOf(f.value, []string{"room"})
		case "as":
			d.As = l.ask(f.value)
		case "of":
			d.Of = wait(f.value)
		case "expires":
			d.Expires = wait(f.value)
		case "buttons":
			d.Buttons = choices(f.value)
		case "lines":
			for _, line := range f.value.fields(DigestParts...) {
				d.Lines[line.key] = l.text(line.value)
				line.value.checkHoles(d.Lines[line.key], digestHoles[line.key])
			}
		}
	}
	if thanks := d.Lines["thanks"]; thanks != nil && !thanks.fills("receivers") {
		v.fail("a line of thanks names whom they go to: {receivers}, the people who allow it and the group")
	}
	if d.Lines["head"] == nil || d.Of == (calendar.Wait{}) {
		v.fail("\"digest\" wants \"of:\" and \"lines:\" with a \"head\"")
	}
	return d
}
