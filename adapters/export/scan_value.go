package export

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// bom may stand before a JSON text that a Windows program wrote.
var bom = []byte("\xef\xbb\xbf")

// word passes over true, false or null.
func (s *scanner) word(w string) {
	if s.err != nil {
		return
	}
	if len(s.data)-s.at < len(w) || string(s.data[s.at:s.at+len(w)]) != w {
		s.fail("no JSON value")
		return
	}
	s.at += len(w)
}

// number passes over a number and gives it as it is written.
func (s *scanner) number() []byte {
	if s.err != nil {
		return nil
	}
	start := s.at
	s.eat('-', '-')
	switch {
	case s.eat('0', '0'):
	case !s.digits():
		s.fail("no JSON value")
		return nil
	}
	if s.eat('.', '.') && !s.digits() {
		s.fail("no digit after the point")
		return nil
	}
	if s.eat('e', 'E') {
		s.eat('+', '-')
		if !s.digits() {
			s.fail("no digit in the exponent")
			return nil
		}
	}
	return s.data[start:s.at]
}

// eat passes over one byte that is either of two.
func (s *scanner) eat(a, b byte) bool {
	if s.at < len(s.data) && (s.data[s.at] == a || s.data[s.at] == b) {
		s.at++
		return true
	}
	return false
}

func (s *scanner) digits() bool {
	start := s.at
	for s.at < len(s.data) && s.data[s.at]-'0' <= 9 {
		s.at++
	}
	return s.at > start
}

// text gives a short string without its escapes; nil for a value of another kind.
func (s *scanner) text() []byte {
	if s.peek() != '"' {
		s.skip(0)
		return nil
	}
	raw, escaped := s.quoted()
	if escaped {
		return unescape(nil, raw)
	}
	return raw
}

// textOrNumber is text, but takes a number as it is written.
func (s *scanner) textOrNumber() []byte {
	if c := s.peek(); c == '-' || c-'0' <= 9 {
		return s.number()
	}
	return s.text()
}

// truth gives a boolean; false for a value of another kind.
func (s *scanner) truth() bool {
	yes := s.peek() == 't'
	s.skip(0)
	return yes && s.err == nil
}

// there passes over a value and reports whether it says anything: neither null nor false.
func (s *scanner) there() bool {
	c := s.peek()
	s.skip(0)
	return c != 'n' && c != 'f' && s.err == nil
}

// length counts the elements of a list; 0 for a value of another kind.
func (s *scanner) length() int {
	if !s.open('[') {
		s.skip(0)
		return 0
	}
	n := 0
	for ok := s.more(true, ']'); ok; ok = s.more(false, ']') {
		s.skip(0)
		n++
	}
	return n
}

// end fails where anything but white space follows.
func (s *scanner) end() {
	s.peek()
	if s.err == nil && s.at < len(s.data) {
		s.fail("something follows after the end")
	}
}

// unescape appends the string that raw stands for. The scanner has checked raw.
func unescape(dst, raw []byte) []byte {
	for {
		i := bytes.IndexByte(raw, '\\')
		if i < 0 {
			return append(dst, raw...)
		}
		dst = append(dst, raw[:i]...)
		c := raw[i+1]
		raw = raw[i+2:]
		if c != 'u' {
			dst = append(dst, single(c))
			continue
		}
		r := hex4(raw)
		raw = raw[4:]
		if utf16.IsSurrogate(r) {
			r, raw = pair(r, raw)
		}
		dst = utf8.AppendRune(dst, r)
	}
}

// single is what a one-letter escape stands for.
func single(c byte) byte {
	switch c {
	case 'n':
		return '\n'
	case 't':
		return '\t'
	case 'r':
		return '\r'
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	}
	return c
}

// pair joins a surrogate with the one that follows; alone it is the replacement character.
func pair(high rune, raw []byte) (rune, []byte) {
	if len(raw) >= 6 && raw[0] == '\\' && raw[1] == 'u' {
		if r := utf16.DecodeRune(high, hex4(raw[2:])); r != utf8.RuneError {
			return r, raw[6:]
		}
	}
	return utf8.RuneError, raw
}

// hex4 reads four hexadecimal digits; -1 where they are not.
func hex4(b []byte) rune {
	if len(b) < 4 {
		return -1
	}
	var r rune
	for _, c := range b[:4] {
		switch {
		case c-'0' <= 9:
			c -= '0'
		case c-'a' <= 5:
			c -= 'a' - 10
		case c-'A' <= 5:
			c -= 'A' - 10
		default:
			return -1
		}
		r = r<<4 | rune(c)
	}
	return r
}

// valid gives b with each broken byte replaced, as encoding/json does.
func valid(b []byte) []byte {
	if utf8.Valid(b) {
		return b
	}
	return []byte(string([]rune(string(b))))
}
