package discord

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// between is what nobody sees, put where two marks would be read as one, or a word as a call to everybody.
const between = "\u200b"

// clean leaves out what a text could use to look like another: control characters, the marks that change the direction
// of writing, and what nobody sees. Joiners stay, for scripts and emojis are made of them.
func clean(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t' || r == '\u2028' || r == '\u2029' || r == '\v' || r == '\f':
			return ' '
		case r == '\r':
			return '\n'
		case unicode.IsControl(r), r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0x200B, r == 0x2060, r == 0xFEFF, r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}

// line makes a text one line.
func line(s string) string { return strings.ReplaceAll(clean(s), "\n", " ") }

// escaper writes words so that they are only words.
type escaper struct {
	everybody *regexp.Regexp // what would call everybody
	head      *regexp.Regexp // what has a meaning at the beginning of a line
	invite    *regexp.Regexp // what would show an invitation
}

func newEscaper() escaper {
	return escaper{
		everybody: regexp.MustCompile(`@(everyone|here)`),
		head:      regexp.MustCompile(`(?m)^(\s*\d*)([-+#.])`),
		invite:    regexp.MustCompile(`(?i)(discord(?:app)?)\.(gg|com|new|gift)`),
	}
}

// text escapes clean words. Marks are escaped wherever they stand, the beginnings of lines only there.
func (e escaper) text(s string) string {
	s = strings.NewReplacer(
		`\`, `\\`, "`", "\\`", `*`, `\*`, `_`, `\_`, `~`, `\~`, `|`, `\|`, `<`, `\<`, `>`, `\>`, `[`, `\[`, `]`, `\]`,
	).Replace(s)
	s = e.head.ReplaceAllString(s, `$1\$2`)
	s = e.invite.ReplaceAllString(s, `$1\.$2`)
	return colons(s)
}

// colons escapes those that could begin an emoji or, before slashes, an address.
func colons(s string) string {
	var b strings.Builder
	for i, r := range s {
		if next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):]); r == ':' && !unicode.IsSpace(next) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// disarmed breaks up what would call everybody, also where it comes together only from several nodes.
func (e escaper) disarmed(s string) string { return e.everybody.ReplaceAllString(s, "@"+between+"$1") }

// address gives a web address that cannot break out of the brackets around it; ok is false where it is none.
func address(raw string) (string, bool) {
	u, err := url.Parse(clean(raw))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return "", false
	}
	out := strings.NewReplacer(
		"<", "%3C", ">", "%3E", "(", "%28", ")", "%29", " ", "%20", "\\", "%5C", "\n", "%0A", "`", "%60", `"`, "%22", "[", "%5B", "]", "%5D",
		"|", "%7C", "*", "%2A",
	).Replace(raw)
	if strings.ContainsFunc(out, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) {
		return "", false
	}
	return strings.NewReplacer("@everyone", "%40everyone", "@here", "%40here").Replace(out), true
}

// span puts a line between backticks. Runs of backticks inside are broken, so that none ends it.
func (e escaper) span(s string) string {
	s = line(s)
	if strings.TrimSpace(s) == "" {
		return s
	}
	if !strings.Contains(s, "`") {
		return "`" + s + "`"
	}
	for strings.Contains(s, "``") {
		s = strings.ReplaceAll(s, "``", "`"+between+"`")
	}
	if strings.HasPrefix(s, "`") {
		s = " " + s
	}
	if strings.HasSuffix(s, "`") {
		s += " "
	}
	return "``" + s + "``"
}
