package question

import (
	"strings"
	"unicode/utf8"
)

// A token is one thing that a scanner finds on its way through a text.
type token uint8

const (
	end    token = iota // the text is over
	word                // letters and digits; scanner.word holds them, lower-cased and without accents
	mark                // a question mark that ends something: "?" inside an address or a type is none
	stop                // the end of a sentence: full stop, exclamation mark, new line
	pause               // a comma, a colon, a bracket, a quotation mark, a dash between words
	symbol              // an emoji, a mention, anything else
	code                // text between backticks, skipped
	link                // an address, skipped
)

// longest is the number of bytes of a word that are kept; no cue is longer, what exceeds it is cut.
const longest = 20

// A scanner walks over a text once and allocates nothing. It skips code, addresses, mentions and quoted
// lines, lower-cases, and folds the accents of Latin-1, so that "Où", "OÙ" and "où" are one word.
type scanner struct {
	text  string
	at    int
	buf   [longest]byte
	n     int  // bytes of buf in use
	grave bool // the word is written with ù, which alone tells "où" from "ou"
	join  byte // the apostrophe, hyphen or dot that ties the word to the one before, else 0
	line  bool // something other than white space stands before at on the same line
	last  byte // the byte that ended the last stop
}

func (s *scanner) word() []byte { return s.buf[:s.n] }

// next returns the next token, end for ever after the last.
func (s *scanner) next() token {
	s.join = 0
	for s.at < len(s.text) {
		c := s.text[s.at]
		if c == '>' && !s.line {
			s.skipLine()
			continue
		}
		if c == ' ' || c == '\t' || c == '\r' {
			s.at++
			s.join = 0
			continue
		}
		s.line = c != '\n'
		if t, ok := s.token(c); ok {
			return t
		}
	}
	return end
}

// token reads what begins with c. It reports false for what separates nothing, such as "*".
func (s *scanner) token(c byte) (token, bool) {
	switch {
	case isAlnum(c):
		return s.wordOrLink(), true
	case c >= utf8.RuneSelf:
		return s.wide()
	case c == '`':
		return s.ticks(), true
	case c == '@':
		s.skipMention()
		return symbol, true
	case c == ':' && s.skipEmoji():
		return symbol, true
	}
	return s.sign(c)
}

// sign reads a character that is neither letter nor digit.
func (s *scanner) sign(c byte) (token, bool) {
	s.at++
	switch c {
	case '?':
		return s.mark(), true
	case '.', '!':
		return s.dots(c)
	case '\n':
		s.last = c
		return stop, true
	case ',', ';', ':', '(', ')', '"', '[', ']', '/':
		return pause, true
	case '\'', '-':
		return s.tie(c, 1)
	case '+':
		s.skipDigits()
		return symbol, true
	case '*', '_', '~', '#':
		return symbol, false
	}
	return symbol, true
}

// mark tells a question mark from one inside an address, a type or an operator ("a?b", "List<?>", "x?.y").
// "done?I think" is one, for want of a space.
func (s *scanner) mark() token {
	if s.at == len(s.text) {
		return mark
	}
	c := s.text[s.at]
	if c >= 'A' && c <= 'Z' && s.at > 1 && s.text[s.at-2] >= 'a' {
		return mark
	}
	if isAlnum(c) || strings.IndexByte("_=>&", c) >= 0 {
		return symbol
	}
	return mark
}

// dots tells a full stop from one inside a name or a number ("go.mod", "1.26"), and lets a question mark
// after dots or exclamation marks prevail.
func (s *scanner) dots(c byte) (token, bool) {
	if c == '.' && s.at < len(s.text) && isAlnum(s.text[s.at]) {
		s.join = c
		return symbol, false
	}
	for s.at < len(s.text) && (s.text[s.at] == '.' || s.text[s.at] == '!') {
		s.at++
	}
	if s.at < len(s.text) && s.text[s.at] == '?' {
		s.at++
		return s.mark(), true
	}
	s.last = c
	return stop, true
}

// tie notes an apostrophe or a hyphen, size bytes long, between two letters; between spaces a hyphen is a dash.
func (s *scanner) tie(c byte, size int) (token, bool) {
	if before := s.at - size; before > 0 && s.text[before-1] != ' ' {
		s.join = c
		return symbol, false
	}
	return pause, c == '-'
}
