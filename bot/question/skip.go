package question

import "strings"

// skipLine moves to the new line that ends the present one, or to the end.
func (s *scanner) skipLine() {
	if i := strings.IndexByte(s.text[s.at:], '\n'); i >= 0 {
		s.at += i
		s.line = true
		return
	}
	s.at = len(s.text)
}

// skipMention passes over "@name" and Zulip's "@**First Last**".
func (s *scanner) skipMention() {
	s.at++
	rest := s.text[s.at:]
	if strings.HasPrefix(rest, "**") {
		if i := strings.Index(rest[2:], "**"); i >= 0 && i < 80 {
			s.at += i + 4
			return
		}
	}
	for s.at < len(s.text) && (isAlnum(s.text[s.at]) || strings.IndexByte("_-.", s.text[s.at]) >= 0) {
		s.at++
	}
}

// skipEmoji passes over ":short_name:", and reports whether there is one.
func (s *scanner) skipEmoji() bool {
	for i := s.at + 1; i < len(s.text) && i < s.at+40; i++ {
		c := s.text[i]
		if c == ':' && i > s.at+1 {
			s.at = i + 1
			return true
		}
		if !isAlnum(c) && strings.IndexByte("_+-", c) < 0 {
			return false
		}
	}
	return false
}

// skipDigits makes "+1" one symbol.
func (s *scanner) skipDigits() {
	for s.at < len(s.text) && s.text[s.at] >= '0' && s.text[s.at] <= '9' {
		s.at++
	}
}

// ticks passes over `code` on one line and ```code``` on several. A block without an end runs to the end
// of the text; other backticks without a partner are a symbol.
func (s *scanner) ticks() token {
	rest := s.text[s.at:]
	n := 1
	for n < len(rest) && n < 3 && rest[n] == '`' {
		n++
	}
	s.at += n
	if i := strings.Index(rest[n:], rest[:n]); i >= 0 && (n == 3 || strings.IndexByte(rest[n:n+i], '\n') < 0) {
		s.at += i + n
		return code
	}
	if n == 3 {
		s.at = len(s.text)
		return code
	}
	return symbol
}

// wordOrLink reads a word, or passes over an address such as https://example.org or www.example.org.
func (s *scanner) wordOrLink() token {
	c := s.text[s.at] | 0x20
	if (c == 'h' || c == 'w') && isAddress(s.text[s.at:]) {
		s.skipAddress()
		return link
	}
	s.letters()
	return word
}

func isAddress(t string) bool {
	return hasFold(t, "http://") || hasFold(t, "https://") || hasFold(t, "www.")
}

func hasFold(t, prefix string) bool {
	return len(t) >= len(prefix) && strings.EqualFold(t[:len(prefix)], prefix)
}

// skipAddress passes over an address, without the punctuation that ends the sentence around it.
func (s *scanner) skipAddress() {
	from := s.at
	for s.at < len(s.text) && s.text[s.at] > ' ' && s.text[s.at] != '>' && s.text[s.at] != '|' {
		s.at++
	}
	for s.at > from+4 && strings.IndexByte("?!.,;:)'\"", s.text[s.at-1]) >= 0 {
		s.at--
	}
}
