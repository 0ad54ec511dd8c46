package playbooks

import (
	"strings"
	"unicode"
)

// word is a run of letters and figures outside holes, code and addresses, in small letters.
type word struct {
	text string
	as   string // as it is written
	span
	then rune // what follows it, 0 at the end
}

// span is a stretch of a text, in bytes.
type span struct{ start, end int }

// wordsOf takes a text apart into words. Apostrophes and hyphens part them: "n'oublie-t-il" is n, oublie, t, il.
func wordsOf(text string) []word {
	var out []word
	g := glyphs(text)
	for i := 0; i < len(g); i++ {
		if !inWord(g[i]) {
			continue
		}
		from := i
		for i < len(g) && inWord(g[i]) {
			i++
		}
		w := word{span: span{g[from].at, len(text)}}
		if i < len(g) {
			w.end, w.then = g[i].at, g[i].r
		}
		w.as = text[w.start:w.end]
		w.text = strings.ToLower(w.as)
		out = append(out, w)
	}
	return out
}

func inWord(c glyph) bool {
	return !c.fixed && (unicode.IsLetter(c.r) || unicode.IsDigit(c.r) || unicode.IsMark(c.r))
}

func isReadable(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// nth is where the word begins that comes after n words of the filled text.
func nth(text string, n int) span {
	at := 0
	for s := range strings.FieldsSeq(text) {
		at += strings.Index(text[at:], s)
		if n -= countWord(s); n < 0 {
			return span{at, at + len(s)}
		}
		at += len(s)
	}
	return span{at, at}
}

// in finds the places of a wording, but for those that stand within an exception.
func (w wording) in(ws []word) []span {
	var out []span
	for _, at := range find(w.say, ws) {
		if !w.excused(ws, at) {
			out = append(out, span{ws[at[0]].start, ws[at[1]-1].end})
		}
	}
	return out
}

func (w wording) excused(ws []word, at [2]int) bool {
	for _, longer := range w.unless {
		for _, around := range find(longer, ws) {
			if around[0] <= at[0] && at[1] <= around[1] {
				return true
			}
		}
	}
	return false
}

// find gives the half-open ranges of words that match.
func find(say string, ws []word) [][2]int {
	parts := strings.Fields(say)
	var out [][2]int
	for i := 0; i+len(parts) <= len(ws); i++ {
		if matches(parts, ws[i:]) {
			out = append(out, [2]int{i, i + len(parts)})
		}
	}
	return out
}

func matches(parts []string, ws []word) bool {
	for i, part := range parts {
		start, any := strings.CutSuffix(part, "*")
		if ws[i].text != part && !(any && strings.HasPrefix(ws[i].text, start)) {
			return false
		}
	}
	return true
}
