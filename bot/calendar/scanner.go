package calendar

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// scanner reads the small texts of this package from left to right and knows
// where it is, so that an error can say so.
type scanner struct {
	of   string
	text string
	at   int
}

func (s *scanner) fail(at int, want string) error {
	return &ParseError{Of: s.of, Text: s.text, At: at, Want: want}
}

// skip passes spaces and tells where the next token begins.
func (s *scanner) skip() int {
	s.take(unicode.IsSpace)
	return s.at
}

func (s *scanner) done() bool { return s.skip() == len(s.text) }

// take passes characters as long as they are wanted and returns them.
func (s *scanner) take(wanted func(rune) bool) string {
	rest := s.text[s.at:]
	n := strings.IndexFunc(rest, func(r rune) bool { return !wanted(r) })
	if n < 0 {
		n = len(rest)
	}
	s.at += n
	return rest[:n]
}

// accept passes the next character if it is one of those given.
func (s *scanner) accept(characters string) bool {
	s.skip()
	r, size := utf8.DecodeRuneInString(s.text[s.at:])
	if size == 0 || r == utf8.RuneError || !strings.ContainsRune(characters, r) {
		return false
	}
	s.at += size
	return true
}

// word passes letters and returns them folded; without letters it stays.
func (s *scanner) word() string {
	s.skip()
	return fold(s.take(unicode.IsLetter))
}

// number passes up to most ASCII digits; without any it returns -1.
func (s *scanner) number(most int) int {
	n, digits := 0, 0
	for digits < most && s.at < len(s.text) && '0' <= s.text[s.at] && s.text[s.at] <= '9' {
		n = n*10 + int(s.text[s.at]-'0')
		s.at++
		digits++
	}
	if digits == 0 {
		return -1
	}
	return n
}
