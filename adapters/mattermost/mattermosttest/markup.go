package mattermosttest

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Shown is what a text's markup becomes in people's clients, and whom the server notifies.
type Shown struct {
	Text   string
	Pings  []string
	Links  []LinkShown
	Broken []string
	// Bold and Italic are the words in such a style; Quoted those in quotes; Code those that stand as code.
	Bold, Italic, Quoted, Code []string
}

// LinkShown is a link: the words to click on, and where they lead.
type LinkShown struct{ Words, Target string }

// Parse reads a text by the rules of Mattermost's own markup: those of the web client for looks, those of the server
// for mentions.
func (s *Server) Parse(text string) Shown {
	names := map[string]bool{"@all": true, "@channel": true, "@here": true}
	for _, u := range s.users {
		names["@"+strings.ToLower(u.Username)] = true
		for _, k := range u.Keywords {
			names[strings.ToLower(k)] = true
		}
	}
	p := &parser{names: names}
	p.out.Text = strings.TrimRight(p.blocks(normal.Replace(text), 0), "\n")
	slices.Sort(p.out.Pings)
	p.out.Pings = slices.Compact(p.out.Pings)
	return p.out
}

var normal = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", "    ", "\u00a0", " ", "\u2424", "\n")

// The rules for blocks, each for the beginning of a line.
var (
	ruleIndented = regexp.MustCompile(`^ {4}`)
	ruleFence    = regexp.MustCompile("^ {0,3}(`{3,}|~{3,})[^`~]*$")
	ruleHeading  = regexp.MustCompile(`^ *#{1,6} +(.+?) *#* *$`)
	ruleUnder    = regexp.MustCompile(`^ *(={2,}|-{2,}) *$`)
	ruleLine     = regexp.MustCompile(`^( *[-*_]){3,} *$`)
	ruleQuote    = regexp.MustCompile(`^ *>`)
	ruleItem     = regexp.MustCompile(`^( *)([*+-]|\d+\.) +`)
	ruleDef      = regexp.MustCompile(`^ *\[([^\]]+)\]: *<?(\w*?:(//)?|/|#)\S+`)
	ruleTable    = regexp.MustCompile(`^ *\|?( *[-:]+[-| :]*)\|[-| :]*$`)
	ruleQuoteOff = regexp.MustCompile(`^ *> ?`)
)

type parser struct {
	names map[string]bool
	out   Shown
}

func (p *parser) broken(what string) { p.out.Broken = append(p.out.Broken, what) }

// blocks reads lines of blocks and gives them as they are read.
func (p *parser) blocks(src string, depth int) string {
	var b strings.Builder
	lines := strings.Split(src, "\n")
	for len(lines) > 0 {
		n, text := p.block(lines, depth)
		b.WriteString(text + "\n")
		lines = lines[n:]
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func (p *parser) block(lines []string, depth int) (n int, text string) {
	first := lines[0]
	under := len(lines) > 1 && strings.TrimSpace(first) != ""
	switch {
	case strings.TrimSpace(first) == "":
		return 1, ""
	case ruleIndented.MatchString(first):
		p.broken("code block")
		return 1, first[4:]
	case ruleFence.MatchString(first):
		p.broken("fence")
		return p.fenced(lines)
	case ruleHeading.MatchString(first):
		p.broken("heading")
		return 1, p.inline(ruleHeading.FindStringSubmatch(first)[1])
	case under && strings.Contains(first, "|") && ruleTable.MatchString(lines[1]):
		p.broken("table")
		return 2, p.inline(strings.ReplaceAll(first, "|", " "))
	case under && ruleUnder.MatchString(lines[1]):
		p.broken("heading")
		return 2, p.inline(first)
	case ruleLine.MatchString(first):
		p.broken("line")
		return 1, ""
	case ruleQuote.MatchString(first):
		return p.quote(lines, depth)
	case ruleItem.MatchString(first):
		return p.list(lines, depth)
	case ruleDef.MatchString(first):
		p.broken("definition")
		return 1, ""
	}
	n = 1
	for n < len(lines) && strings.TrimSpace(lines[n]) != "" && !starts(lines[n:]) {
		n++
	}
	return n, p.inline(strings.Join(lines[:n], "\n"))
}

// starts says whether a line ends the paragraph before it.
func starts(lines []string) bool {
	l := lines[0]
	for _, rule := range []*regexp.Regexp{ruleFence, ruleHeading, ruleLine, ruleQuote, ruleItem, ruleDef} {
		if rule.MatchString(l) {
			return true
		}
	}
	return len(lines) > 1 && ruleUnder.MatchString(lines[1])
}

func (p *parser) fenced(lines []string) (int, string) {
	for n := 1; n < len(lines); n++ {
		if strings.HasPrefix(strings.TrimSpace(lines[n]), strings.TrimSpace(lines[0])[:3]) {
			return n + 1, strings.Join(lines[1:n], "\n")
		}
	}
	return len(lines), strings.Join(lines[1:], "\n")
}

// quote takes all lines up to an empty one, whether they begin with ">" or not.
func (p *parser) quote(lines []string, depth int) (int, string) {
	n := 0
	var inner []string
	for n < len(lines) && lines[n] != "" {
		inner = append(inner, ruleQuoteOff.ReplaceAllString(lines[n], ""))
		n++
	}
	text := p.blocks(strings.Join(inner, "\n"), depth+1)
	p.out.Quoted = append(p.out.Quoted, text)
	return n, text
}

// list takes items, each with the indented lines that follow it.
func (p *parser) list(lines []string, depth int) (int, string) {
	var b strings.Builder
	n := 0
	for n < len(lines) && ruleItem.MatchString(lines[n]) {
		mark := ruleItem.FindString(lines[n])
		inner := []string{lines[n][len(mark):]}
		for n++; n < len(lines) && goesOn(lines[n:], len(mark)); n++ {
			inner = append(inner, strings.TrimPrefix(lines[n], strings.Repeat(" ", min(len(mark), leading(lines[n])))))
		}
		b.WriteString("• " + p.blocks(strings.Join(inner, "\n"), depth+1) + "\n")
	}
	return n, strings.TrimSuffix(b.String(), "\n")
}

// goesOn says whether a line belongs to the item before: it is indented, or empty with such a line behind it.
func goesOn(lines []string, indent int) bool {
	if lines[0] == "" {
		return len(lines) > 1 && leading(lines[1]) >= indent
	}
	return leading(lines[0]) >= min(indent, 2)
}

func leading(s string) int { return len(s) - len(strings.TrimLeft(s, " ")) }

// inline reads the markup inside lines, then looks in the words for what becomes something by itself.
func (p *parser) inline(src string) string {
	l := lexer{p: p}
	l.lex(src)
	return l.text()
}

var (
	ruleEntity  = regexp.MustCompile(`&#?\w+;`)
	ruleEmoji   = regexp.MustCompile(`:[a-zA-Z0-9_+-]+:`)
	ruleSmiley  = regexp.MustCompile(`(^|\s)[:;]-?[)(DPpOo|/\\]($|\s)`)
	ruleHashtag = regexp.MustCompile(`(^|[^\pL\d_])#\pL[\pL\d_.-]*[\pL\d]`)
	ruleChannel = regexp.MustCompile(`(^|[^\w~])~[a-z0-9][a-z0-9._-]*`)
)

// words takes words as they come out of the markup: some still become pictures or links, and names notify.
func (p *parser) words(raw string) string {
	s := ruleEntity.ReplaceAllStringFunc(raw, html.UnescapeString)
	for what, rule := range map[string]*regexp.Regexp{"emoji": ruleEmoji, "smiley": ruleSmiley, "hashtag": ruleHashtag, "channel": ruleChannel} {
		if m := rule.FindString(s); m != "" {
			p.broken(what + " " + strings.TrimSpace(m))
		}
	}
	p.notify(s)
	return s
}

// notify looks for names as the server does: word by word, then without the punctuation at the end, then in parts.
func (p *parser) notify(s string) {
	part := func(r rune) bool {
		return !(strings.ContainsRune(":.-_@", r) || unicode.IsLetter(r) || unicode.IsNumber(r))
	}
	for _, word := range strings.FieldsFunc(s, part) {
		if strings.HasPrefix(word, ":") && strings.HasSuffix(word, ":") {
			continue
		}
		word = strings.TrimLeft(word, ":.-_")
		for w := word; ; w = w[:len(w)-1] {
			if p.ping(w) {
				break
			}
			if w == "" || !strings.ContainsRune(".-:_", rune(w[len(w)-1])) {
				for _, piece := range strings.FieldsFunc(word, func(r rune) bool { return strings.ContainsRune(".-:", r) }) {
					p.ping(piece)
				}
				break
			}
		}
	}
}

func (p *parser) ping(word string) bool {
	word = strings.ToLower(word)
	if word == "" || !p.names[word] {
		return false
	}
	p.out.Pings = append(p.out.Pings, word)
	return true
}
