package playbooks

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// aboutItself are the choices that ask nothing of a room: they are about the message that has them.
var aboutItself = []string{"why", "fortnight", "stop"}

// asksRoom reports a question to a whole room. Where everybody is asked nobody is, and whoever is there and says
// nothing has been seen to; a named person is asked, in private. Under an example a room may be asked nothing either.
func (l *linter) asksRoom(p phrase) {
	if p.private {
		return
	}
	g := glyphs(p.words)
	for i, c := range g {
		if c.r == '?' && !c.fixed && followsWord(g[:i]) {
			l.report(p, span{c.at, c.at + 1}, "asks the room; ask a named person, in private, with \"tell\"")
		}
	}
}

// followsWord tells a question mark from one that stands for "questions": "? Open: …".
func followsWord(before []glyph) bool {
	for _, c := range slices.Backward(before) {
		if !unicode.IsSpace(c.r) && !strings.ContainsRune("»\"”)", c.r) {
			return true
		}
	}
	return false
}

// roomButtons reports choices that are put to a whole room. Under an example, whoever reads it may do it their way.
func (l *linter) roomButtons(r *Rule, n int, a Post) {
	if a.Under == "act" {
		return
	}
	for _, b := range a.Buttons {
		if !slices.Contains(aboutItself, b) {
			l.reportButtons(r, n, fmt.Sprintf("asks the room for %q; ask a named person, in private, with \"tell\"", b))
		}
	}
}
