package mattermost

import (
	"net/url"
	"regexp"
	"strings"
)

// link adds words that lead somewhere. An address that is none stands as words.
func (p *painter) link(address, label string) {
	label = strings.Join(strings.Fields(clean(label)), " ")
	target, ok := encode(address)
	switch {
	case !ok && label == "":
		p.text(address, true)
	case !ok:
		p.text(label, true)
	default:
		words := escape(orElse(label, clean(address)), escaping{label: true, emphasis: true})
		p.marked("[" + words + "](" + target + ")")
	}
}

// encode makes an address fit for a link's target: nothing in it can end the link, and it leads where it led.
func encode(address string) (string, bool) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "mailto" || u.Scheme != "mailto" && u.Host == "" {
		return "", false
	}
	var b strings.Builder
	for i := range len(address) {
		c := address[i]
		switch {
		case c <= ' ', c == 0x7f, strings.IndexByte("()<>[]{}\"'\\`*^|~$", c) >= 0, c == ';' && strings.Contains(address[:i], "&"):
			b.WriteString("%" + strings.ToUpper(hex(c)))
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), true
}

func hex(c byte) string {
	const digits = "0123456789abcdef"
	return string([]byte{digits[c>>4], digits[c&15]})
}

// code puts words between backticks, more than there are in them. Clients look for the end of a link even in there.
func code(s string) string {
	s = strings.TrimSpace(strings.ReplaceAll(clean(s), "\n", " "))
	s = strings.ReplaceAll(s, "](", "]"+zeroWidth+"(")
	if s == "" {
		return ""
	}
	longest := 0
	for _, run := range backticks.FindAllString(s, -1) {
		longest = max(longest, len(run))
	}
	fence := strings.Repeat("`", longest+1)
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		s = " " + s + " "
	}
	return fence + s + fence
}

var backticks = regexp.MustCompile("`+")

// mention names a person. Without ping the name is broken up, for it might be among the words of which somebody
// asked to be told.
func mention(handle string, ping bool) string {
	switch {
	case handle == "":
		return "@" + zeroWidth + "…"
	case ping:
		return "@" + handle
	}
	return "@" + zeroWidth + handle[:1] + zeroWidth + escape(handle[1:], escaping{emphasis: true})
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
