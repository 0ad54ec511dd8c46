package bot

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/playbooks"
)

// helpRows are the first four of the eight, with an example each.
func helpRows() []string { return []string{"share", "ask", "thanks", "adopt"} }

// helpPairs are the other four, two a line.
func helpPairs() [][2]string { return [][2]string{{"questions", "spread"}, {"whyme", "stop"}} }

// help shows the eight, a topic, or one command by example.
func (t *turn) help(c *call) error {
	space, _, err := t.spaceFor(c)
	if err != nil {
		return err
	}
	topic := ""
	if c.verb != "" && len(c.words) > 0 {
		topic = strings.TrimPrefix(normal(c.words[0]), "/")
	}
	p := t.page(c.g)
	switch topic {
	case "":
		t.helpEight(p, space)
	case "all", "tout":
		t.helpAll(p, space)
	case "leaders", "leader":
		p.say("help.leaders", nil)
		t.helpLeaders(p, space)
	case "stewards", "steward", "intendance":
		p.say("help.stewards", nil)
	case "observers", "observer", "observateur", "observateurs", "observatrice", "observatrices":
		p.say("help.observers", nil)
	default:
		t.helpOne(p, topic)
	}
	if err := t.haltNote(p, space); err != nil {
		return err
	}
	t.answer(c.reply, p.body)
	return nil
}

// helpEight shows what is there to be used: what no playbook would do is not promised.
func (t *turn) helpEight(p *page, key chat.SpaceID) {
	space, err := t.spaceOf(spaceKey{t.conn.Name, key})
	if err != nil {
		space = nil
	}
	rows := slices.DeleteFunc(helpRows(), func(name string) bool {
		return t.commands[name] == nil || name == "ask" && !finds(space)
	})
	for _, row := range t.columns(p.g, rows) {
		p.line(chat.Code(row))
	}
	for _, row := range t.pairs(p.g) {
		p.line(chat.Code(row))
	}
	p.say("help.more", nil)
	if space != nil && len(space.instances) == 0 {
		p.say("help.nothing_on", nil)
	}
}

// helpLeaders says so where nothing that is on invites anybody to go first.
func (t *turn) helpLeaders(p *page, key chat.SpaceID) {
	space, err := t.spaceOf(spaceKey{t.conn.Name, key})
	if err == nil && !invites(space) {
		p.say("help.leaders_off", nil)
	}
}

// invites reports whether a playbook that is on writes to people of a role at planned times.
func invites(s *space) bool {
	for _, in := range s.instances {
		for _, r := range in.Playbook.Rules {
			if when, ok := r.When.(playbooks.OnSchedule); ok && when.For != "" {
				return true
			}
		}
	}
	return false
}

// digests reports whether a playbook that is on writes a digest.
func digests(s *space) bool {
	for _, in := range s.instances {
		for _, r := range in.Playbook.Rules {
			if slices.ContainsFunc(r.Do, func(a playbooks.Action) bool { _, ok := a.(playbooks.Digest); return ok }) {
				return true
			}
		}
	}
	return false
}

// finds reports whether a playbook that is on speaks up for questions that hang.
func finds(s *space) bool {
	if s == nil {
		return false
	}
	for _, in := range s.instances {
		for _, r := range in.Playbook.Rules {
			if _, ok := r.When.(playbooks.OnUnanswered); ok {
				return true
			}
		}
	}
	return false
}

// columns sets verb, what it is for, and an example below each other.
func (t *turn) columns(g tongue, names []string) []string {
	verb := func(name string) string { return t.texts.word(g, "verb."+name) }
	does := func(name string) string { return t.texts.word(g, "does."+name) }
	var rows []string
	for _, name := range names {
		rows = append(rows, padded(verb(name), width(names, verb)+2)+padded(does(name), width(names, does)+2)+t.texts.word(g, "example."+name))
	}
	return rows
}

// pairs sets two verbs a line.
func (t *turn) pairs(g tongue) []string {
	var rows []string
	for _, pair := range helpPairs() {
		row := ""
		for i, name := range pair {
			verb, does := width(helpPairs(), func(p [2]string) string { return t.texts.word(g, "verb."+p[i]) }), 0
			if i == 0 {
				does = 4 + width(helpPairs(), func(p [2]string) string { return t.texts.word(g, "does."+p[i]) })
			}
			row += padded(t.texts.word(g, "verb."+name), verb+2) + padded(t.texts.word(g, "does."+name), does)
		}
		rows = append(rows, row)
	}
	return rows
}

// width is the length in characters of the longest cell of a column.
func width[T any](rows []T, cell func(T) string) (wide int) {
	for _, row := range rows {
		wide = max(wide, utf8.RuneCountInString(cell(row)))
	}
	return wide
}

func padded(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-utf8.RuneCountInString(s)))
}

// helpAll lists every verb once, but for those that nothing would come of.
func (t *turn) helpAll(p *page, key chat.SpaceID) {
	space, err := t.spaceOf(spaceKey{t.conn.Name, key})
	var names []string
	for word, c := range t.commands {
		if err == nil && (word == "ask" && !finds(space) || word == "digest" && !digests(space)) {
			continue
		}
		if word == c.name && t.texts.has(p.g, "verb."+word) {
			names = append(names, word)
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		return helpOrder(t.commands[a]) - helpOrder(t.commands[b]) + strings.Compare(t.texts.word(p.g, "verb."+a), t.texts.word(p.g, "verb."+b))
	})
	p.say("help.all", holes{"calls": t.calls(p.g)})
	for _, name := range names {
		p.line(chat.Code(t.texts.word(p.g, "verb."+name)), chat.Text("  "+t.texts.word(p.g, "does."+name)))
	}
}

// calls are the words with which commands begin.
func (t *turn) calls(g tongue) []chat.Node {
	if g.call != "" {
		return []chat.Node{chat.Code(g.call)}
	}
	return joinNodes(t.texts.word(g, "joined.or"), []chat.Node{chat.Code(slash)}, []chat.Node{chat.Code("@gofirst")})
}

// helpOrder puts what everybody uses first.
func helpOrder(c *command) int {
	return 10 * max(0, slices.Index([]string{"", "more", "leaders", "stewards"}, c.topic))
}

// helpOne teaches one command by example.
func (t *turn) helpOne(p *page, word string) {
	c := t.commands[word]
	if c == nil || !t.texts.has(p.g, "lesson."+c.name) {
		c = t.commands[playbooks.Nearest(word, t.verbs())]
	}
	if c == nil || !t.texts.has(p.g, "lesson."+c.name) {
		p.say("help.unknown", nil)
		return
	}
	p.say("lesson."+c.name, nil)
}

// verbs lists every word that calls a command.
func (e *Engine) verbs() []string {
	var known []string
	for word := range e.commands {
		known = append(known, word)
	}
	slices.Sort(known)
	return known
}

// has reports whether a sentence exists in a language.
func (x *texts) has(g tongue, id string) bool { return x.ids[g.language+"/"+id] }
