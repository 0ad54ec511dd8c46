package question

import (
	"unicode"
	"unicode/utf8"
)

// letters reads a word into buf.
func (s *scanner) letters() {
	s.n, s.grave = 0, false
	for s.at < len(s.text) {
		c := s.text[s.at]
		switch {
		case isAlnum(c):
			s.put(c | 0x20) // lower-cases letters, leaves digits
			s.at++
		case c < utf8.RuneSelf || !s.wideLetter():
			return
		}
	}
}

func (s *scanner) put(c byte) {
	if s.n < longest {
		s.buf[s.n] = c
		s.n++
	}
}

// wide reads what begins with a byte outside ASCII.
func (s *scanner) wide() (token, bool) {
	r, size := utf8.DecodeRuneInString(s.text[s.at:])
	switch {
	case r == '’' || r == 'ʼ' || r == '‘':
		s.at += size
		return s.tie('\'', size)
	case r == '‐' || r == '‑':
		s.at += size
		return s.tie('-', size)
	case r == '？' || r == '⁇' || r == '؟':
		s.at += size
		return mark, true
	case r == '…' || r == '。' || r == '！':
		s.at += size
		s.last = '.'
		return stop, true
	case r == '«' || r == '»' || r == '“' || r == '”' || r == '–' || r == '—' || r == '，':
		s.at += size
		return pause, true
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		s.letters()
		return word, true
	}
	s.at += size
	return symbol, !unicode.IsSpace(r) && !unicode.IsControl(r) && !unicode.Is(unicode.Mn, r) && !unicode.Is(unicode.Cf, r)
}

// folded gives the plain letter of U+00C0 to U+00FF, in order.
const folded = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty"

// wideLetter reads one letter outside ASCII into buf, or a combining accent, and reports whether it was one.
func (s *scanner) wideLetter() bool {
	r, size := utf8.DecodeRuneInString(s.text[s.at:])
	switch {
	case r >= 0xC0 && r <= 0xFF && r != '×' && r != '÷':
		s.put(folded[r-0xC0])
		s.grave = s.grave || r == 'ù' || r == 'Ù'
	case r == 'œ' || r == 'Œ':
		s.put('o')
		s.put('e')
	case unicode.Is(unicode.Mn, r):
		s.grave = s.grave || r == 0x300 && s.n > 0 && s.buf[s.n-1] == 'u'
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		for i := range size {
			s.put(s.text[s.at+i])
		}
	default:
		return false
	}
	s.at += size
	return true
}

func isAlnum(c byte) bool { return (c|0x20)-'a' < 26 || c-'0' < 10 }
