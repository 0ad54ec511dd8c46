package calendar

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// ParseError tells where a text stops making sense and what would have been
// understood there. Its message quotes the text: it is for the person who
// wrote it, not for a log.
type ParseError struct {
	Of   string // what was being read, such as "hours" or "wait"
	Text string // the whole text, as given
	At   int    // where reading stopped: a byte offset into Text, len(Text) at its end
	Want string // what is accepted there, in English
}

// Error gives the column, counted in characters from 1, and a short quote.
func (e *ParseError) Error() string {
	column := utf8.RuneCountInString(e.Text[:e.At]) + 1
	return fmt.Sprintf("%s: column %d (%s): want %s", e.Of, column, quote(e.Text[e.At:]), e.Want)
}

func quote(rest string) string {
	const most = 24
	runes := []rune(rest)
	switch {
	case strings.TrimSpace(rest) == "":
		return "the end"
	case len(runes) > most:
		return fmt.Sprintf("%q…", string(runes[:most]))
	}
	return fmt.Sprintf("%q", rest)
}

// fold makes words comparable: lower case, single spaces, French accents
// dropped (also those written as combining marks), a straight apostrophe.
func fold(s string) string {
	s = strings.Map(func(r rune) rune {
		switch r {
		case 'à', 'â':
			return 'a'
		case 'é', 'è', 'ê':
			return 'e'
		case '’':
			return '\''
		case '\u0300', '\u0301', '\u0302':
			return -1
		}
		return r
	}, strings.ToLower(s))
	return strings.Join(strings.Fields(s), " ")
}
