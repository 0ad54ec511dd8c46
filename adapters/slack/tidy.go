package slack

import (
	"strings"
	"unicode"
	"unicode/utf16"
)

// tidy takes out of somebody's words what is not seen and can deceive: control characters, overrides of the writing
// direction, blanks without width. Joiners stay, for scripts and emoji need them.
func tidy(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r' || r == '\u2028' || r == '\u2029':
			return '\n'
		case unicode.IsControl(r), r == '\u200b', r == '\u2060', r == '\ufeff',
			r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
			return -1
		}
		return r
	}, s)
}

func oneLine(s string) string { return strings.ReplaceAll(tidy(s), "\n", " ") }

// cut shortens to a number of UTF-16 units.
func cut(s string, most int) string {
	if units(s) <= most {
		return s
	}
	n := 1 // the dots
	for i, r := range s {
		if n += utf16.RuneLen(r); n > most {
			return s[:i] + "…"
		}
	}
	return s
}
