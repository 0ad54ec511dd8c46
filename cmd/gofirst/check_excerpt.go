package main

import (
	"strings"
	"unicode/utf8"

	"github.com/gofirst/gofirst/playbooks"
)

// What is shown of a long line, before and after the place that is meant.
const (
	shownBefore = 60
	shownAfter  = 40
)

// fitting writes a problem so that it fits a terminal: texts stand in one line, and a caret in column 250 points nowhere.
func fitting(p playbooks.Problem) string {
	line := []rune(p.Excerpt)
	from, to := max(0, p.Column-1-shownBefore), min(len(line), p.Column-1+shownAfter)
	if utf8.RuneCountInString(p.Excerpt) <= shownBefore+shownAfter || from > to {
		return p.Error()
	}
	excerpt := string(line[from:to])
	if to < len(line) {
		excerpt += "…"
	}
	caret := p.Column - 1 - from
	if from > 0 {
		excerpt, caret = "…"+excerpt, caret+1
	}
	head, _, _ := strings.Cut(p.Error(), "\n")
	return head + "\n  " + excerpt + "\n  " + strings.Repeat(" ", caret) + "^"
}
