package mattermost

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// escaping says where words stand.
type escaping struct {
	start    bool // at the beginning of a line
	emphasis bool // between the marks of bold or italics, which a backslash does not hold together
	label    bool // in the words of a link
	more     bool // something follows that is no space
}

var (
	entity  = regexp.MustCompile(`^&#?\w+;`)
	ordinal = regexp.MustCompile(`^\d+[.)]`)
	webHost = regexp.MustCompile(`(?i)(^|[^a-z0-9])www\d{0,3}$`)
	domain  = regexp.MustCompile(`[.]\pL{2,4}$`)
	address = regexp.MustCompile(`^https?://[A-Za-z0-9](?:[A-Za-z0-9./%+=_?#-]*[A-Za-z0-9/])?`)
	closing = regexp.MustCompile(`^[.,!?]*(\s|$)`)
	written = regexp.MustCompile(`^https?://[A-Za-z0-9](?:[A-Za-z0-9./%+=_?#:@!&,-]*[A-Za-z0-9/])?`)
)

// escape gives one line of words as markup that shows these words.
func escape(line string, in escaping) string {
	var b strings.Builder
	for at := 0; at < len(line); {
		_, size := utf8.DecodeRuneInString(line[at:])
		if n := in.url(&b, line, at); n > 0 {
			at += n
			continue
		}
		if n := ordinalAt(&b, line, at, in); n > 0 {
			at += n
			continue
		}
		in.rune(&b, line[:at], line[at:at+size], line[at+size:])
		at += size
	}
	return b.String()
}

// ordinalAt writes "1." so that it begins no list.
func ordinalAt(b *strings.Builder, line string, at int, in escaping) int {
	if !in.start || at > 0 {
		return 0
	}
	n := len(ordinal.FindString(line))
	if n > 0 {
		b.WriteString(line[:n-1] + `\` + line[n-1:n])
	}
	return n
}

// rune writes one character. The order of the cases is that of how special a character is.
func (in escaping) rune(b *strings.Builder, before, this, rest string) {
	r, _ := utf8.DecodeRuneInString(this)
	next, _ := utf8.DecodeRuneInString(rest)
	first := in.start && before == ""
	switch {
	case r == '\\':
		b.WriteString(backslash(next, rest == ""))
	case (r == '*' || r == '_') && in.emphasis, (r == '[' || r == ']') && in.label, r == '$':
		b.WriteString(numeric(r))
	case r == ']':
		b.WriteString(`\]` + apart(next == '('))
	case strings.ContainsRune("`*_[|", r), first && strings.ContainsRune(">-+", r):
		b.WriteString(`\` + string(r))
	case r == '<':
		b.WriteString("&lt;" + apart(next == '3' || next == '/'))
	case r == '&' && entity.MatchString(this+rest):
		b.WriteString("&amp;")
	case r == '~':
		b.WriteString(`\~` + apart(wordlike(next)))
	case r == '#':
		b.WriteString(strings.Repeat(`\`, count(first)) + "#" + apart(wordlike(next)))
	case r == '@':
		b.WriteString("@" + zeroWidth)
	case r == ':' || r == ';':
		b.WriteString(string(r) + apart(rest != "" && !unicode.IsSpace(next)))
	case r == '!' && next == '[':
		b.WriteString(`\!`)
	case first && (r == ' ' || r == '='), r == '.' && webHost.MatchString(before), r == '/' && domain.MatchString(before):
		b.WriteString(zeroWidth + string(r))
	default:
		b.WriteRune(r)
	}
}

// url writes an address that stands among words. It becomes a link by itself where what follows cannot belong to
// it; else it is made one, so that it leads where it says.
func (in escaping) url(b *strings.Builder, line string, at int) int {
	if in.label || !strings.HasPrefix(line[at:], "http") {
		return 0
	}
	if before, _ := utf8.DecodeLastRuneInString(line[:at]); at > 0 && wordlike(before) {
		return 0
	}
	plain := address.FindString(line[at:])
	after := line[at+len(plain):]
	if plain != "" && !in.emphasis && closing.MatchString(after) && !(in.more && strings.TrimLeft(after, ".,!?") == "") && startsApart(line[:at]) {
		b.WriteString(plain)
		return len(plain)
	}
	full := written.FindString(line[at:])
	target, ok := encode(full)
	if full == "" || !ok || in.emphasis {
		return 0
	}
	b.WriteString(apart(!startsApart(line[:at])) + "[" + escape(full, escaping{label: true, emphasis: true}) + "](" + target + ")")
	return len(full)
}

func startsApart(before string) bool {
	r, _ := utf8.DecodeLastRuneInString(before)
	return before == "" || unicode.IsSpace(r)
}

// backslash writes one so that it stands for itself: before a letter one does, before all else it takes two, and
// before an underscore these must not touch it.
func backslash(next rune, last bool) string {
	switch {
	case next == '_' || last:
		return `\\` + zeroWidth
	case next < 0x80 && (unicode.IsLetter(next) || unicode.IsDigit(next)):
		return `\`
	}
	return `\\`
}

func numeric(r rune) string {
	return map[rune]string{'*': "&#42;", '_': "&#95;", '[': "&#91;", ']': "&#93;", '$': "&#36;"}[r]
}

func apart(yes bool) string {
	if yes {
		return zeroWidth
	}
	return ""
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func wordlike(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// clean leaves out what has no look of its own but can change that of others: control characters and those that
// turn the direction of a line. Every kind of line break becomes one.
func clean(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n"), "\t", " ")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\r', r == '\u2028', r == '\u2029', r == '\u0085', r == '\u2424', r == '\v', r == '\f':
			return '\n'
		case r == '\u00a0':
			return ' ' // so do the clients
		case unicode.IsControl(r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\ufeff', r == '\u200b':
			return -1
		}
		return r
	}, s)
}

// plainLabel is what stands on a button: no markup, but a name of an emoji would become one.
func plainLabel(s string, limit int) string {
	s = strings.Join(strings.Fields(clean(s)), " ")
	if utf8.RuneCountInString(s) > limit {
		s = string([]rune(s)[:limit-1]) + "…"
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, ":", ":"+zeroWidth), "@", "@"+zeroWidth)
}
