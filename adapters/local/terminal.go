package local

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// plain makes anybody's words safe for a terminal: escape sequences and control characters go, every
// kind of line break becomes "\n", a tab becomes a space. What turns the direction of the rest of a line
// goes too; the letters of right-to-left scripts stay, they need none of it.
func plain(s string) string {
	if !strings.ContainsFunc(s, special) && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for s != "" {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case r == '\x1b' || r == '\u009b' || r == '\u009d' || r == '\u0090':
			size = escape(s)
		case r == '\r' && strings.HasPrefix(s, "\r\n"):
		case r == '\n', r == '\r', r == '\u0085', r == '\u2028', r == '\u2029':
			b.WriteByte('\n')
		case r == '\t':
			b.WriteByte(' ')
		case special(r):
		default:
			b.WriteRune(r) // a byte that is no UTF-8 becomes U+FFFD
		}
		s = s[size:]
	}
	return b.String()
}

// plainLine is plain, on one line.
func plainLine(s string) string { return strings.ReplaceAll(plain(s), "\n", " ") }

// special are the control characters (C0, DEL, C1), the two separators of Unicode, and the embeddings,
// overrides and isolates of the bidirectional algorithm.
func special(r rune) bool {
	return unicode.IsControl(r) || r >= '\u2028' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

// escape gives the length of the escape sequence (ECMA-48) that a text begins with. One that does not
// end is taken to be its introducer alone, so that it can hide nothing.
func escape(s string) int {
	r, at := utf8.DecodeRuneInString(s)
	if r == '\x1b' {
		if at == len(s) {
			return at
		}
		r, at = rune(s[1]), 2
	}
	switch r {
	case '[', '\u009b': // control sequence: parameters, then one letter
		end := strings.IndexFunc(s[at:], func(x rune) bool { return x < 0x20 || x > 0x3f })
		if end >= 0 && s[at+end] >= 0x40 && s[at+end] <= 0x7e {
			return at + end + 1
		}
	case ']', 'P', 'X', '^', '_', '\u009d', '\u0090': // a string: up to BEL or ST
		if end := strings.IndexAny(s[at:], "\x07\x1b\u009c\n"); end >= 0 {
			switch rest := s[at+end:]; {
			case strings.HasPrefix(rest, "\x1b\\"):
				return at + end + 2
			case rest[0] == '\x07':
				return at + end + 1
			case strings.HasPrefix(rest, "\u009c"):
				return at + end + len("\u009c")
			}
		}
	}
	if s[0] == '\x1b' {
		return 1
	}
	_, size := utf8.DecodeRuneInString(s)
	return size
}
