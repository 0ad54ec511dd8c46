package playbooks

import (
	"slices"
	"strings"
	"unicode"
)

// counts reports numbers of acts and of people. Nobody is told how often they did something, nor how many did it.
func (l *linter) counts(p phrase, ws []word, c counted) {
	for i := range len(ws) - 1 {
		if !c.isNumber(ws[i]) {
			continue
		}
		after := ws[i+1 : min(i+3, len(ws))] // "3 times", "3 more times"
		n := slices.IndexFunc(after, func(w word) bool { return slices.Contains(c.things, w.text) })
		if n < 0 || strings.ContainsAny(p.words[ws[i].end:after[n].start], ".,;:?…") {
			continue
		}
		at := span{ws[i].start, after[n].end}
		l.report(p, at, "%q counts what people do; say what the act made possible, and for whom", p.words[at.start:at.end])
	}
}

func (c counted) isNumber(w word) bool {
	first := []rune(w.text)[0]
	return unicode.IsDigit(first) || slices.Contains(c.numbers, w.text)
}
