package export

import (
	"encoding/binary"
	"fmt"
	"math/bits"
)

// maxDepth is how deeply values may be nested, as in encoding/json.
const maxDepth = 10000

// scanner walks over a JSON text without building anything. It accepts exactly what encoding/json accepts.
// Its first error sticks: every later call answers "no more", so loops end and err is looked at once.
type scanner struct {
	data []byte
	at   int
	err  error
}

// fail remembers the first error with its place.
func (s *scanner) fail(what string) {
	if s.err == nil {
		s.err = fmt.Errorf("byte %d: %s", s.at, what)
	}
}

// peek passes over white space and gives the byte that follows; 0 at the end or after an error.
func (s *scanner) peek() byte {
	if s.err != nil {
		return 0
	}
	for ; s.at < len(s.data); s.at++ {
		switch c := s.data[s.at]; c {
		case ' ', '\t', '\n', '\r':
		default:
			return c
		}
	}
	return 0
}

// open enters an object or a list; false, and nothing is consumed, where there is none.
func (s *scanner) open(bracket byte) bool {
	if s.peek() != bracket {
		return false
	}
	s.at++
	return true
}

// more reports whether another element follows, and consumes what separates or ends them.
func (s *scanner) more(first bool, end byte) bool {
	c := s.peek()
	switch {
	case s.err != nil:
		return false
	case c == end:
		s.at++
		return false
	case first:
		return true
	case c != ',':
		s.fail("a comma or the end is missing")
		return false
	}
	s.at++
	return true
}

// key gives the next name of an object and stands at its value afterwards.
func (s *scanner) key(first bool) (name []byte, ok bool) {
	if !s.more(first, '}') {
		return nil, false
	}
	if s.peek() != '"' {
		s.fail("a name in quotes is missing")
		return nil, false
	}
	name, escaped := s.quoted()
	if escaped {
		name = unescape(nil, name)
	}
	if s.peek() != ':' {
		s.fail("a colon is missing")
		return nil, false
	}
	s.at++
	return name, true
}

// quoted gives the inside of the string at which s stands, as it is written, and whether it has escapes.
func (s *scanner) quoted() (raw []byte, escaped bool) {
	s.at++
	start := s.at
	for {
		s.at += plain(s.data[s.at:])
		if s.at >= len(s.data) {
			s.fail("the end of a string is missing")
			return nil, false
		}
		switch s.data[s.at] {
		case '"':
			s.at++
			return s.data[start : s.at-1], escaped
		case '\\':
			escaped = true
			s.escape()
		default:
			s.fail("a control character stands in a string")
		}
		if s.err != nil {
			return nil, false
		}
	}
}

const ones, highs = 0x0101010101010101, 0x8080808080808080

// plain counts the bytes before the next quote, backslash or control character, eight at a time.
func plain(b []byte) int {
	i := 0
	for ; i+8 <= len(b); i += 8 {
		w := binary.LittleEndian.Uint64(b[i:])
		quote, slash := w^(ones*'"'), w^(ones*'\\')
		found := ((quote-ones)&^quote | (slash-ones)&^slash | (w-ones*0x20)&^w) & highs
		if found != 0 {
			return i + bits.TrailingZeros64(found)/8
		}
	}
	for ; i < len(b); i++ {
		if b[i] == '"' || b[i] == '\\' || b[i] < 0x20 {
			return i
		}
	}
	return i
}

// escape passes over a backslash and what it escapes.
func (s *scanner) escape() {
	if s.at+1 >= len(s.data) {
		s.fail("the end of a string is missing")
		return
	}
	switch s.data[s.at+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		s.at += 2
	case 'u':
		if hex4(s.data[s.at+2:]) < 0 {
			s.fail(`four hexadecimal digits are missing after \u`)
			return
		}
		s.at += 6
	default:
		s.fail("an escape that JSON does not know")
	}
}

// skip passes over the value at which s stands, of whatever kind.
func (s *scanner) skip(depth int) {
	switch c := s.peek(); c {
	case '"':
		s.quoted()
	case '{':
		s.skipObject(depth + 1)
	case '[':
		s.skipList(depth + 1)
	case 't':
		s.word("true")
	case 'f':
		s.word("false")
	case 'n':
		s.word("null")
	default:
		s.number()
	}
}

func (s *scanner) skipObject(depth int) {
	if depth > maxDepth {
		s.fail("nested too deeply")
		return
	}
	s.at++
	for _, ok := s.key(true); ok; _, ok = s.key(false) {
		s.skip(depth)
	}
}

func (s *scanner) skipList(depth int) {
	if depth > maxDepth {
		s.fail("nested too deeply")
		return
	}
	s.at++
	for ok := s.more(true, ']'); ok; ok = s.more(false, ']') {
		s.skip(depth)
	}
}
