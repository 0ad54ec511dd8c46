package mattermosttest

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

func (l *lexer) strong(src string) int {
	for _, mark := range []string{"**", "__"} {
		if !strings.HasPrefix(src, mark) {
			continue
		}
		for i := 3; i+2 <= len(src); i++ {
			if src[i:i+2] == mark && (i+2 == len(src) || src[i+2] != mark[0]) {
				words := l.within(src[2:i], l.inLink)
				l.p.out.Bold = append(l.p.out.Bold, words)
				l.done(words)
				return i + 2
			}
		}
	}
	return 0
}

func (l *lexer) em(src string) int {
	mark := src[0]
	if mark != '*' && mark != '_' || len(src) < 3 {
		return 0
	}
	first, _ := utf8.DecodeRuneInString(src[1:])
	if unicode.IsSpace(first) || mark == '*' && strings.ContainsRune(`"<`, first) {
		return 0
	}
	for i := 2; i < len(src); i++ {
		before, _ := utf8.DecodeLastRuneInString(src[1:i])
		if src[i] != mark || unicode.IsSpace(before) || src[i-1] == mark && src[1] == mark {
			continue
		}
		after, _ := utf8.DecodeRuneInString(src[i+1:])
		ends := i+1 == len(src) || src[i+1] != mark
		if mark == '_' && i+1 < len(src) && !unicode.IsSpace(after) && !strings.ContainsRune("!\"#$%&'()*+,-./:;<=>?@[^{|}~", after) {
			ends = false
		}
		if ends {
			words := l.within(src[1:i], l.inLink)
			l.p.out.Italic = append(l.p.out.Italic, words)
			l.done(words)
			return i + 1
		}
	}
	return 0
}

// code reads a span of code: what stands there is shown as it is, and notifies nobody.
func (l *lexer) code(src string) int {
	ticks := len(src) - len(strings.TrimLeft(src, "`"))
	if ticks == 0 {
		return 0
	}
	for i := ticks; i < len(src); i++ {
		if src[i] != '`' {
			continue
		}
		run := len(src[i:]) - len(strings.TrimLeft(src[i:], "`"))
		if run == ticks {
			words := strings.TrimSpace(src[ticks:i])
			l.p.out.Code = append(l.p.out.Code, words)
			l.done(words)
			return i + run
		}
		i += run - 1
	}
	l.word(src[:ticks])
	return ticks
}

func (l *lexer) newline(src string) int {
	n := len(src) - len(strings.TrimLeft(src, " "))
	if n < len(src) && src[n] == '\n' {
		l.done("\n")
		return n + 1
	}
	return 0
}

func (l *lexer) del(src string) int {
	if !strings.HasPrefix(src, "~~") || len(src) < 5 || unicode.IsSpace(rune(src[2])) {
		return 0
	}
	end := strings.Index(src[3:], "~~")
	if end < 0 {
		return 0
	}
	l.p.broken("struck")
	l.done(l.within(src[2:3+end], l.inLink))
	return 3 + end + 2
}

func (l *lexer) latex(src string) int {
	m := lexLatex.FindStringSubmatch(src)
	if m == nil || len(src) > len(m[0]) && isWord(src[len(m[0])]) {
		return 0
	}
	l.p.broken("latex")
	l.done(m[1])
	return len(m[0])
}

// plain takes words up to where another rule may begin.
func (l *lexer) plain(src string) int {
	_, n := utf8.DecodeRuneInString(src)
	for n < len(src) && !stops(src, n) {
		_, size := utf8.DecodeRuneInString(src[n:])
		n += size
	}
	l.word(src[:n])
	return n
}

func stops(src string, at int) bool {
	c, before := src[at], src[at-1]
	switch {
	case strings.IndexByte("\\<![`*~", c) >= 0, c == '$' && !isWord(before):
		return true
	case c == '\n' || c == ' ' && strings.HasPrefix(strings.TrimLeft(src[at:], " "), "\n"):
		return true
	case isWord(c) && !isWord(before):
		return lexStop.MatchString(src[at:])
	}
	return false
}

func isWord(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
