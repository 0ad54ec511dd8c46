package question

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// mostTerms is how many terms of a text count: the first ones, which is where people say what they are after.
const mostTerms = 48

// Terms gives the words by which a question can be compared with others: without those that every question has,
// without endings, each once, in the order in which they come. Numbers stay, and so do names, of which many stand
// between single backticks; blocks of code, addresses, mentions, emoji and quoted lines do not count. Terms are made
// to be compared, not to be read.
func Terms(text string) []string {
	c := collector{}
	c.read(text, true)
	return c.terms
}

// A collector gathers terms.
type collector struct {
	terms   []string
	version string // the number that may go on behind a dot
}

func (c *collector) read(text string, names bool) {
	s := scanner{text: text}
	for from := 0; len(c.terms) < mostTerms; from = s.at {
		switch s.next() {
		case end:
			return
		case word:
			c.word(s.word(), s.join)
		case code:
			c.version = ""
			if name := strings.TrimLeft(text[from:s.at], " \t\r*_~#"); names && !strings.HasPrefix(name, "``") {
				c.read(strings.Trim(name, "`"), false)
			}
		default:
			c.version = ""
		}
	}
}

// word takes a word that is tied to the one before by join: "1" and "26" are "1.26".
func (c *collector) word(w []byte, join byte) {
	if c.version != "" && join == '.' {
		c.version += "." + string(w)
		c.terms[len(c.terms)-1] = c.version
		return
	}
	c.version = ""
	if !isContent(w) {
		return
	}
	numbered := isDigit(w[len(w)-1])
	if w = stem(w); slices.Contains(c.terms, string(w)) {
		return
	}
	c.terms = append(c.terms, string(w))
	if numbered {
		c.version = string(w)
	}
}

// isContent leaves out the words that say nothing of what a question is about, and single letters.
func isContent(w []byte) bool {
	return (utf8.RuneCount(w) > 1 || isDigit(w[0])) && !isCommon(w)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
