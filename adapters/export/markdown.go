package export

import (
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// plainText grows while Markdown is read: text as chat.MessagePosted documents it, and who is named in it.
type plainText struct {
	b    strings.Builder
	refs []chat.Reference
}

// refer writes a name and refers to it.
func (p *plainText) refer(name string, ref chat.Reference) {
	ref.At, ref.Len = p.b.Len(), len(name)
	p.b.WriteString(name)
	p.refs = append(p.refs, ref)
}

// naming looks whether somebody or something is named at the beginning of rest; it writes what is to stand
// there and gives how much of rest it has used, 0 for nothing. before is the byte that precedes.
type naming func(p *plainText, before byte, rest string) int

// reach is how far the end of a link, a name or a piece of code is looked for.
const reach = 1 << 16

// markdown makes Markdown plain: code stays as it is, "[label](address)" becomes "label (address)", names
// are found by name, all else stays.
func markdown(src string, name naming) (string, []chat.Reference) {
	const signs = "`[@#~<"
	if !strings.ContainsAny(src, signs) {
		return src, nil
	}
	var p plainText
	p.b.Grow(len(src))
	for i := 0; i < len(src); {
		n := strings.IndexAny(src[i:], signs)
		if n < 0 {
			p.b.WriteString(src[i:])
			break
		}
		p.b.WriteString(src[i : i+n])
		i += n
		i += p.sign(src, i, name)
	}
	return p.b.String(), p.refs
}

// sign reads what may begin at i and gives how much that was.
func (p *plainText) sign(src string, i int, name naming) int {
	rest := src[i:]
	switch rest[0] {
	case '`':
		n := code(rest)
		p.b.WriteString(rest[:n])
		return n
	case '[':
		if n := p.link(rest); n > 0 {
			return n
		}
	default:
		before := byte(' ')
		if i > 0 {
			before = src[i-1]
		}
		if n := name(p, before, rest); n > 0 {
			return n
		}
	}
	p.b.WriteByte(rest[0])
	return 1
}

// code gives the length of the code at the beginning of s: from a run of backticks to the next run that is
// as long; the run alone where there is none.
func code(s string) int {
	run := len(s) - len(strings.TrimLeft(s, "`"))
	s = s[:min(len(s), reach)]
	for i := run; i < len(s); {
		next := strings.IndexByte(s[i:], '`')
		if next < 0 {
			break
		}
		i += next
		n := len(s[i:]) - len(strings.TrimLeft(s[i:], "`"))
		i += n
		if n == run {
			return i
		}
	}
	return run
}

// link writes "[label](address)" as "label (address)", or the address where the label repeats it.
func (p *plainText) link(s string) int {
	s = s[:min(len(s), reach)]
	label, rest, ok := strings.Cut(s[1:], "](")
	if !ok || strings.ContainsAny(label, "[]\n") {
		return 0
	}
	address, _, ok := strings.Cut(rest, ")")
	if !ok || address == "" || strings.ContainsAny(address, " \t\n") || !strings.Contains(address, ":") {
		return 0
	}
	bare := strings.TrimSuffix(strings.TrimPrefix(address, "<"), ">")
	if label != "" && label != bare {
		p.b.WriteString(label + " (" + bare + ")")
	} else {
		p.b.WriteString(bare)
	}
	return len(label) + len(address) + 4
}

// inWord reports whether a byte belongs to a word, so that a sign after it begins no name ("a@b").
func inWord(c byte) bool {
	return c|0x20-'a' <= 25 || c-'0' <= 9 || c == '_' || c >= 0x80
}
