package playbooks

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// The measures of the rules that hold for all playbooks.
const (
	maxWords   = 60 // in a private message
	maxButtons = 5  // one row of them, on the service that allows the fewest
)

// Lint says where a playbook's texts break the rules that hold for all of them: short, said by a bot, easy to
// stop; nothing that pushes, hurries, shames or compares; French that knows tu and vous, guesses nobody's gender
// and is set as French is. source is the file it was loaded from; without it problems have a line at best.
// It sees words, not meaning: a text without problems may still be unkind.
func Lint(p *Playbook, source []byte) []*Problem {
	l := &linter{playbook: p, places: newPlaces(p.File, source)}
	l.about(&p.About, &p.Hypothesis, &p.Harm)
	for i := range p.Settings {
		l.about(&p.Settings[i].About)
	}
	for _, r := range p.Rules {
		l.rule(r)
	}
	slices.SortFunc(l.problems, func(a, b *Problem) int {
		return cmp.Or(a.Line-b.Line, a.Column-b.Column, strings.Compare(a.Message, b.Message))
	})
	return slices.CompactFunc(l.problems, func(a, b *Problem) bool { return *a == *b })
}

// linter collects the problems of one playbook.
type linter struct {
	playbook *Playbook
	places   places
	problems []*Problem
}

// voice is how a text is said: whether by the bot, and to whom.
type voice struct {
	spoken  bool // by the bot; else it describes the playbook to whoever reads about it
	private bool // to one person
}

// phrase is one variant of a text, in one language and form of address.
type phrase struct {
	form  string // en, fr, fr-vous
	words string
	line  int // of its text
	voice
	split bool // French, told apart for tu and vous
}

func (p phrase) language() string { return strings.TrimSuffix(p.form, "-vous") }

func (l *linter) about(texts ...*Text) {
	for _, t := range texts {
		l.text(t, voice{})
	}
}

func (l *linter) rule(r *Rule) {
	for n, a := range r.Do {
		switch a := a.(type) {
		case Tell:
			l.text(a.Text, voice{spoken: true, private: true})
			if isNudge(l.playbook, r, a) && !slices.Contains(a.Buttons, "stop") {
				l.wantsStop(a.Text)
			}
			l.buttons(r, n, a.Buttons)
		case Post:
			l.text(a.Text, voice{spoken: true})
			l.roomButtons(r, n, a)
			l.buttons(r, n, a.Buttons)
		case Digest:
			for _, part := range DigestParts {
				l.text(a.Lines[part], voice{spoken: true})
			}
			l.buttons(r, n, a.Buttons)
		}
	}
}

// text looks at every variant of a text.
func (l *linter) text(t *Text, v voice) {
	if t == nil {
		return
	}
	for _, form := range []string{"en", "fr", "fr-vous"} {
		for _, words := range t.ByLanguage[form] {
			l.phrase(phrase{form: form, words: words, line: t.Line, voice: v, split: t.ByLanguage["fr-vous"] != nil})
		}
	}
	l.untranslated(t)
}

func (l *linter) phrase(p phrase) {
	ws := wordsOf(p.words)
	lexicon := lexicons[p.language()]
	if p.spoken {
		l.avoid(p, ws, lexicon.avoid)
		l.counts(p, ws, lexicon.counted)
		l.asksRoom(p)
	}
	if p.private {
		l.private(p, ws)
	}
	l.loud(p, ws, lexicon)
	if p.language() == "fr" {
		l.french(p, ws)
	}
}

// avoid reports wordings that the language does without.
func (l *linter) avoid(p phrase, ws []word, groups []group) {
	for _, g := range groups {
		for _, w := range g.words {
			for _, at := range w.in(ws) {
				l.report(p, at, "%q %s; %s", p.words[at.start:at.end], g.fault, g.instead)
			}
		}
	}
}

// private checks what every private message owes its reader.
func (l *linter) private(p phrase, ws []word) {
	if n := countFilled(p.words); n > maxWords {
		l.report(p, nth(p.words, maxWords), "has %d words once it is filled, and a private message at most %d; here the rest begins", n, maxWords)
	}
	if !slices.ContainsFunc(ws, func(w word) bool { return w.text == "bot" }) {
		say := map[string]string{"en": "bot here", "fr": "ici le bot"}[p.language()]
		l.report(p, span{}, "does not say that a bot is speaking; write %q near its beginning", say)
	}
}

// wantsStop reports each variant that a reader could not stop, where no button does it.
func (l *linter) wantsStop(t *Text) {
	if t == nil {
		return
	}
	for _, form := range []string{"en", "fr", "fr-vous"} {
		for _, words := range t.ByLanguage[form] {
			if !strings.Contains(words, "/gofirst stop") {
				l.report(phrase{words: words, line: t.Line}, span{},
					"does not say how to stop such messages; add the button \"stop\" or the words `/gofirst stop`")
			}
		}
	}
}

// isNudge tells whether a private message comes unasked. What answers a person's own command or press does not.
func isNudge(p *Playbook, r *Rule, t Tell) bool {
	if !asked(r.When) || t.Whom == "picked" || t.Whom == "receiver" {
		return true
	}
	a, answers := r.When.(OnAnswered)
	return answers && !told(p, a.Name, t.Whom)
}

// told tells whether what is asked under a name is asked of that person, by their part in the rule.
func told(p *Playbook, name, whom string) bool {
	for _, r := range p.Rules {
		for _, a := range r.Do {
			if t, ok := a.(Tell); ok && t.As == name && t.Whom == whom {
				return true
			}
		}
	}
	return false
}

// buttons checks the buttons of the action number n of a rule.
func (l *linter) buttons(r *Rule, n int, buttons []string) {
	if len(buttons) > maxButtons {
		l.reportButtons(r, n, fmt.Sprintf("has %d buttons, and a message at most %d: leave out what fewest people press",
			len(buttons), maxButtons))
	}
	for i, b := range buttons {
		switch {
		case !contains(Choices, b):
			l.reportButtons(r, n, fmt.Sprintf("the button %q has no label; there is %s%s", b,
				strings.Join(Choices, ", "), didYouMean(b, Choices)))
		case slices.Contains(buttons[:i], b):
			l.reportButtons(r, n, fmt.Sprintf("the button %q stands here twice", b))
		}
	}
}

// untranslated reports a variant that is the same in both languages.
func (l *linter) untranslated(t *Text) {
	for _, form := range []string{"fr", "fr-vous"} {
		for _, words := range t.ByLanguage[form] {
			if len(wordsOf(words)) > 1 && slices.Contains(t.ByLanguage["en"], words) {
				l.report(phrase{words: words, line: t.Line, form: form}, span{}, "says the same in English and in French; translate it")
			}
		}
	}
}

func (l *linter) report(p phrase, at span, format string, args ...any) {
	l.problems = append(l.problems, l.places.of(p.words, p.line, at, fmt.Sprintf(format, args...)))
}

func (l *linter) reportButtons(r *Rule, n int, message string) {
	l.problems = append(l.problems, l.places.ofButtons(r, n, message))
}
