package playbooks

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// french checks what only French has.
func (l *linter) french(p phrase, ws []word) {
	l.address(p, ws)
	l.gender(p, ws)
	l.inclusive(p)
	l.spaces(p)
	for _, w := range borrowed {
		for _, at := range w.in(ws) {
			l.report(p, at, "%q is English; write %s", p.words[at.start:at.end], w.instead)
		}
	}
}

// address checks that tu and vous are kept apart, and that both are there where one reader is spoken to.
func (l *linter) address(p phrase, ws []word) {
	tu, vous := saysTu(ws), saysVous(ws)
	switch {
	case !p.spoken:
	case p.form == "fr-vous" || !p.private && !p.split:
		for _, at := range tu {
			l.report(p, at, "%q says tu, where vous is said", p.words[at.start:at.end])
		}
	case p.split:
		for _, at := range vous {
			l.report(p, at, "%q says vous, where tu is said", p.words[at.start:at.end])
		}
	case len(tu)+len(vous) > 0:
		l.report(p, append(tu, vous...)[0], "speaks to its reader, so it wants both: fr: {tu: …, vous: …}")
	}
}

func saysTu(ws []word) []span {
	out := anyOf(tuForms, ws)
	for i, w := range ws {
		elided := w.then == '\'' || w.then == '’'
		inverted := i > 0 && ws[i-1].then == '-' // the t of "va-t'en"
		if w.text == "t" && elided && !inverted {
			out = append(out, w.span)
		}
	}
	return inOrder(out)
}

func saysVous(ws []word) []span {
	out := anyOf(vousForms, ws)
	for _, w := range ws {
		if strings.HasSuffix(w.text, "ez") && !slices.Contains(notVous, w.text) {
			out = append(out, w.span)
		}
	}
	return inOrder(out)
}

func anyOf(list []wording, ws []word) []span {
	var out []span
	for _, w := range list {
		out = append(out, w.in(ws)...)
	}
	return out
}

func inOrder(spans []span) []span {
	slices.SortFunc(spans, func(a, b span) int { return a.start - b.start })
	return spans
}

const neutral = "turn the sentence so that it fits everybody: « tu acceptes », « cela te plaît », « qui veut »"

// gender reports words that would tell whether the reader is a man or a woman.
func (l *linter) gender(p phrase, ws []word) {
	for i := range ws {
		if at, found := genderedAt(p.words, ws, i); found {
			l.report(p, at, "%q tells the reader's gender; %s", p.words[at.start:at.end], neutral)
		}
	}
	for _, at := range anyOf(alone, ws) {
		l.report(p, at, "%q tells the reader's gender; %s", p.words[at.start:at.end], neutral)
	}
}

// genderedAt looks for a gendered wording that begins with the word number i.
func genderedAt(text string, ws []word, i int) (span, bool) {
	for _, start := range being {
		if n, ok := startsWith(start, ws[i:]); ok {
			n = i + n
			for n < len(ws) && slices.Contains(between, ws[n].text) {
				n++
			}
			if n < len(ws) && isGendered(ws[n].text) && !parted(text, ws[i], ws[n]) {
				return span{ws[i].start, ws[n].end}, true
			}
		}
	}
	for _, start := range meeting {
		if n, ok := startsWith(start, ws[i:]); ok && i+n < len(ws) && slices.Contains(met, ws[i+n].text) {
			return span{ws[i].start, ws[i+n].end}, true
		}
	}
	return ws[i].span, slices.Contains(opening, ws[i].text) && beginsSentence(text, ws[i])
}

func startsWith(say string, ws []word) (int, bool) {
	parts := strings.Fields(say)
	return len(parts), len(parts) <= len(ws) && matches(parts, ws)
}

func isGendered(w string) bool {
	for _, ending := range []string{"é", "ée", "és", "ées"} {
		if strings.HasSuffix(w, ending) {
			return true
		}
	}
	return slices.Contains(gendered, w)
}

// parted tells whether a sentence or a part of it ends between two words.
func parted(text string, a, b word) bool {
	return strings.ContainsAny(text[a.end:b.start], ".,;:!?…")
}

func beginsSentence(text string, w word) bool {
	before := strings.TrimRightFunc(text[:w.start], unicode.IsSpace)
	last, _ := utf8.DecodeLastRuneInString(before)
	return before == "" || strings.ContainsRune(".!?…", last)
}

// inclusions are endings that write both genders at once.
var inclusions = []string{
	"·e", "·es", "·ne", "·nes", "·le", "·les", "·te", "·se", "·ses", "·rice", "·rices", "·trice", "·ère", "·ve",
	"(e)", "(es)", "(ne)", "(le)", "(te)", "(se)", "(rice)", "(trice)", "(ère)", "(ve)", ".e", ".es", "/e", "/trice",
}

// inclusive reports "invité·e" and "invité(e)".
func (l *linter) inclusive(p phrase) {
	g := glyphs(p.words)
	for i := 1; i < len(g); i++ {
		if g[i].fixed || !unicode.IsLetter(g[i-1].r) {
			continue
		}
		for _, ending := range inclusions {
			rest, found := strings.CutPrefix(p.words[g[i].at:], ending)
			next, _ := utf8.DecodeRuneInString(rest)
			if found && !unicode.IsLetter(next) {
				before := strings.TrimRightFunc(p.words[:g[i].at], unicode.IsLetter)
				at := span{len(before), g[i].at + len(ending)}
				l.report(p, at, "%q tells genders apart; %s", p.words[at.start:at.end], neutral)
			}
		}
	}
}

// spaces reports missing spaces before ; : ! ? and inside « », and straight quotes.
func (l *linter) spaces(p phrase) {
	g := glyphs(p.words)
	quotes := 0
	for i, c := range g {
		at := span{c.at, c.at + utf8.RuneLen(c.r)}
		wants, has := wantsThin(g, i)
		switch {
		case c.r == '"' && !c.fixed:
			if quotes++; quotes%2 == 1 {
				l.report(p, at, "quotes as English does; write « … »")
			}
		case c.r == '«' && !c.fixed && i+1 < len(g) && !unicode.IsSpace(g[i+1].r):
			l.report(p, at, "wants a space after «")
		case wants && !has:
			l.report(p, at, "wants a space before %c", c.r)
		}
	}
}
