package mattermosttest

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// lexer reads inline markup, one rule after the other, as the client's does.
type lexer struct {
	p      *parser
	inLink bool
	tokens []token
}

// token is a piece that was read: words that may still become something, or what is finished.
type token struct {
	words    bool
	finished string
}

// text joins neighbouring words before it looks at them: that is when "#" and "tag" become a hashtag.
func (l *lexer) text() string {
	var b, words strings.Builder
	flush := func() {
		if words.Len() > 0 {
			b.WriteString(l.p.words(words.String()))
			words.Reset()
		}
	}
	for _, t := range l.tokens {
		if t.words {
			words.WriteString(t.finished)
			continue
		}
		flush()
		b.WriteString(t.finished)
	}
	flush()
	return b.String()
}

func (l *lexer) word(s string) { l.tokens = append(l.tokens, token{true, s}) }
func (l *lexer) done(s string) { l.tokens = append(l.tokens, token{false, s}) }

// within reads inner markup.
func (l *lexer) within(src string, inLink bool) string {
	in := lexer{p: l.p, inLink: inLink}
	in.lex(src)
	return in.text()
}

func (l *lexer) lex(src string) {
	for src != "" {
		n := 0
		for _, rule := range []func(string) int{l.escape, l.autolink, l.url, l.link, l.bracket, l.strong, l.em, l.code, l.newline, l.del, l.latex, l.plain} {
			if n = rule(src); n > 0 {
				break
			}
		}
		src = src[n:]
	}
}

var (
	lexEscape   = regexp.MustCompile("^\\\\[`*{}\\[\\]()#+\\-.!_>|~]")
	lexSlashes  = regexp.MustCompile(`^\\\\(?:\W|$)`)
	lexAutolink = regexp.MustCompile(`^<([^ >]+(?:@|:/)[^ >]+|www\d{0,3}\.[^ >]+)>`)
	lexURL      = regexp.MustCompile(`^(?:[A-Za-z][A-Za-z\d.+-]*:(?:/{1,3}|[\pL\d%])|www\d{0,3}[.]|[\pL\d.-]+[.]\pL{2,4}/)`)
	lexScheme   = regexp.MustCompile(`^([A-Za-z][A-Za-z\d.+-]*):`)
	lexLatex    = regexp.MustCompile(`^\$([^$\n]+)\$`)
	lexStop     = regexp.MustCompile(`^(?:[a-z][a-z0-9.+-]{1,31}:|www\d{0,3}\.|_)`)
)

func (l *lexer) escape(src string) int {
	if lexEscape.MatchString(src) || lexSlashes.MatchString(src) {
		l.word(src[1:2])
		return 2
	}
	return 0
}

func (l *lexer) autolink(src string) int {
	m := lexAutolink.FindStringSubmatch(src)
	if m == nil {
		return 0
	}
	l.leads(m[1], m[1])
	l.done(m[1])
	return len(m[0])
}

func (l *lexer) leads(words, target string) {
	l.p.out.Links = append(l.p.out.Links, LinkShown{words, target})
}

// url finds an address that stands by itself, where its scheme is one that becomes a link.
func (l *lexer) url(src string) int {
	start := lexURL.FindString(src)
	if l.inLink || start == "" {
		return 0
	}
	if m := lexScheme.FindStringSubmatch(src); m != nil {
		switch strings.ToLower(m[1]) {
		case "http", "https", "ftp", "mailto", "tel":
		default:
			return 0
		}
	}
	n := len(start)
	for n < len(src) {
		step := urlStep(src[n:])
		if step == 0 {
			break
		}
		n += step
	}
	address := strings.TrimRight(src[:n], "?!.,:*_~'\"")
	if n == len(start) || address == "" {
		return 0
	}
	l.leads(address, address)
	l.p.notify(address)
	l.done(address)
	return len(address)
}

// urlStep gives how much of what follows still belongs to an address.
func urlStep(src string) int {
	r, size := utf8.DecodeRuneInString(src)
	next, _ := utf8.DecodeRuneInString(src[size:])
	switch {
	case unicode.IsSpace(r), r == ')':
		return 0
	case r == '(':
		if end := strings.IndexAny(src, ") \n<>"); end > 0 && src[end] == ')' {
			return end + 1
		}
		return 0
	case strings.ContainsRune("`![]{;:'\",<>?«»“”‘’", r) || r == '}':
		if src[size:] == "" || unicode.IsSpace(next) || strings.ContainsRune("()<>", next) {
			return 0
		}
	}
	return size
}

// link reads "[words](address)". Inside the words brackets have to match, and no backslash helps.
func (l *lexer) link(src string) int {
	at := 0
	if strings.HasPrefix(src, "!") {
		at = 1
	}
	if !strings.HasPrefix(src[at:], "[") {
		return 0
	}
	for middle := strings.LastIndex(src, "]("); middle > at; middle = strings.LastIndex(src[:middle], "](") {
		if !matched(src[at+1:middle], src[middle:]) {
			continue
		}
		end := closing(src[middle+2:])
		if end < 0 {
			continue
		}
		target := strings.Trim(strings.TrimSpace(src[middle+2:middle+2+end]), "<>")
		if i := strings.IndexAny(target, " \n"); i > 0 && strings.ContainsAny(target[i:], "'\"") {
			target = target[:i]
		}
		words := l.within(src[at+1:middle], true)
		if at == 1 {
			l.p.broken("image")
		}
		l.leads(words, target)
		l.done(words)
		return middle + 2 + end + 1
	}
	return 0
}

// matched says whether words may stand between the brackets of a link.
func matched(words, rest string) bool {
	for i := 0; i < len(words); i++ {
		switch words[i] {
		case '[':
			end := strings.IndexByte(words[i:], ']')
			if end < 0 {
				return false
			}
			i += end
		case ']':
			after := words[i+1:] + rest
			next := strings.IndexAny(after, "[]")
			if next < 0 || after[next] != ']' {
				return false
			}
		}
	}
	return true
}

// closing finds the bracket that ends an address; brackets inside have to match.
func closing(src string) int {
	depth := 0
	for i := range len(src) {
		switch src[i] {
		case '(':
			depth++
		case ')':
			if depth == 0 {
				return i
			}
			depth--
		}
	}
	return -1
}

func (l *lexer) bracket(src string) int {
	if src[0] != '[' {
		return 0
	}
	l.word("[")
	return 1
}
