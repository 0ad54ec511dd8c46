package replay

import (
	"regexp"
	"strings"
	"time"
)

// silence says that the bot has said nothing that no line tells.
type silence struct{}

// expects is what the bot says next.
type expects struct {
	at      time.Time // the minute
	person  string    // in private
	room    string    // at the top of a room
	under   string    // in the thread of what this person, or the bot, wrote
	kind    string    // "answer", "form", or "" for what is said unasked
	parts   []string  // that stand in it, in order
	buttons []string  // nil: any
}

var choicesAtEnd = regexp.MustCompile(`((?:^|\s+)\[[a-z0-9-]+\])+$`)

// expects reads "→ @ana (answer)  … words …  [yes] [no]".
func (p *parser) expects(l *line) deed {
	e := expects{at: p.time.at}
	arrow, from := l.word()
	switch arrow {
	case "→", "->":
		p.expectsAt(l, &e)
	case "↳", "under":
		e.under = p.target(l)
	default:
		l.fail(from, "the bot → @somebody, → #room, or ↳ somebody")
	}
	text := l.rest()
	if found := choicesAtEnd.FindString(text); found != "" {
		text = strings.TrimSuffix(text, found)
		for _, word := range strings.Fields(found) {
			e.buttons = append(e.buttons, strings.Trim(word, "[]"))
		}
	}
	for _, part := range strings.Split(strings.ReplaceAll(text, "...", "…"), "…") {
		if part = plainly(part); part != "" {
			e.parts = append(e.parts, part)
		}
	}
	return e
}

func (p *parser) expectsAt(l *line, e *expects) {
	if strings.HasPrefix(l.peek(), "#") {
		e.room = p.where(l)
		return
	}
	to, from := l.word()
	e.person = strings.TrimPrefix(to, "@")
	p.known(l, e.person, from)
	switch kind := l.peek(); kind {
	case "(answer)", "(form)":
		l.word()
		e.kind = strings.Trim(kind, "()")
	}
}

// plainly makes texts comparable: spaces and quotation marks of every kind are the same.
func plainly(text string) string {
	text = strings.NewReplacer(
		"\u00a0", " ", "\u202f", " ", "\u2009", " ", "\u2007", " ", "’", "'", "‘", "'", "“", `"`, "”", `"`,
	).Replace(text)
	return strings.Join(strings.Fields(text), " ")
}
