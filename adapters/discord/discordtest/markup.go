package discordtest

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Reading is what a client makes of a message's markup.
type Reading struct {
	Text string // as a person reads it, without marks
	// Links are addresses that one gets to by clicking on something, Bare those that show themselves.
	Links, Bare []string
	// People, Roles and Everyone are who could be notified: the service looks for them in the raw text, escaped or not.
	People, Roles []string
	Everyone      bool
	// What stands out in the text, by how.
	Mentions, Rooms, Bold, Italic, Code, Quotes, Items, Headings, Other []string
}

var (
	rawPerson   = regexp.MustCompile(`<@!?(\d{15,20})>`)
	rawRole     = regexp.MustCompile(`<@&(\d{15,20})>`)
	rawEveryone = regexp.MustCompile(`@(everyone|here)`)

	markPerson = regexp.MustCompile(`^<@!?(\d{15,20})>`)
	markRoom   = regexp.MustCompile(`^<#(\d{15,20})>`)
	markOther  = regexp.MustCompile(`^<(?:@&\d{15,20}|a?:\w{2,32}:\d{15,20}|t:-?\d+(?::[tTdDfFR])?|/[-\w ]{1,100}:\d{15,20}|id:\w+)>`)
	markURL    = regexp.MustCompile(`^<((?:https?|steam|discord)://[^\s<>]+)>`)
	markMail   = regexp.MustCompile(`^<(?:mailto:[^\s<>]+|tel:[^\s<>]+|\+\d+|[^\s<>@]+@[^\s<>]+)>`)
	bareURL    = regexp.MustCompile(`^(?:https?|steam)://[^\s<]*[^<.,:;"')\]\s]`)
	shortcode  = regexp.MustCompile(`^:([a-z0-9_+-]*[a-z][a-z0-9_+-]*):`)
	codeBlock  = regexp.MustCompile("^```(?:[a-z0-9_+\\-.#]+?\n)?\n*([^\n](?s:.*?))\n*```")
	heading    = regexp.MustCompile(`^ *(#{1,3}|-#) +\S`)
	item       = regexp.MustCompile(`^( *)(?:[-*]|\d+\.) +`)
	quoteAll   = regexp.MustCompile(`^ *>>> `)
	quoteLine  = regexp.MustCompile(`^ *> `)
)

// Read parses what a bot sent, as a client does.
func Read(content string) Reading {
	r := Reading{Everyone: rawEveryone.MatchString(content)}
	for _, m := range rawPerson.FindAllStringSubmatch(content, -1) {
		r.People = append(r.People, m[1])
	}
	for _, m := range rawRole.FindAllStringSubmatch(content, -1) {
		r.Roles = append(r.Roles, m[1])
	}
	r.Text = r.blocks(content, false)
	return r
}

// blocks reads what has a meaning only at the beginning of a line.
func (r *Reading) blocks(text string, quoted bool) string {
	var out, plain strings.Builder
	flush := func() {
		out.WriteString(r.inline(plain.String()))
		plain.Reset()
	}
	for text != "" {
		if m := codeBlock.FindStringSubmatch(text); m != nil {
			flush()
			r.Code = append(r.Code, m[1])
			out.WriteString(m[1])
			text = text[len(m[0]):]
			continue
		}
		line, rest, more := strings.Cut(text, "\n")
		switch {
		case !quoted && quoteAll.MatchString(line):
			flush()
			return out.String() + r.quote(quoteAll.ReplaceAllString(line, "")+nl(more)+rest)
		case !quoted && quoteLine.MatchString(line):
			flush()
			var lines []string
			for quoteLine.MatchString(line) {
				lines = append(lines, quoteLine.ReplaceAllString(line, ""))
				text = rest
				if !more {
					text = ""
					break
				}
				line, rest, more = strings.Cut(text, "\n")
			}
			out.WriteString(r.quote(strings.Join(lines, "\n")) + nl(text != "" || more && len(lines) > 0 && text != ""))
			continue
		case heading.MatchString(line):
			flush()
			r.Headings = append(r.Headings, line)
			out.WriteString(r.inline(strings.TrimLeft(line, " #-")) + nl(more))
		case item.MatchString(line):
			flush()
			words := r.item(item.ReplaceAllString(line, ""))
			out.WriteString("• " + words + nl(more))
		default:
			plain.WriteString(line + nl(more))
		}
		text = rest
	}
	flush()
	return out.String()
}

func (r *Reading) quote(text string) string {
	words := r.blocks(text, true)
	r.Quotes = append(r.Quotes, words)
	return words
}

// item reads what stands in a list: a heading is one there too.
func (r *Reading) item(text string) string {
	if heading.MatchString(text) || item.MatchString(text) {
		r.Headings = append(r.Headings, text)
	}
	words := r.inline(text)
	r.Items = append(r.Items, words)
	return words
}

func nl(more bool) string {
	if more {
		return "\n"
	}
	return ""
}

// inline reads what has a meaning anywhere.
func (r *Reading) inline(text string) string {
	var out strings.Builder
	for text != "" {
		words, n := r.token(text)
		if n == 0 {
			_, n = utf8.DecodeRuneInString(text)
			words = text[:n]
		}
		out.WriteString(words)
		text = text[n:]
	}
	return out.String()
}

// token reads one mark at the beginning of a text; n is 0 where there is none.
func (r *Reading) token(text string) (words string, n int) {
	switch text[0] {
	case '\\':
		if c, size := utf8.DecodeRuneInString(text[1:]); size > 0 && c > ' ' && !unicode.IsSpace(c) && !(c < 128 && (unicode.IsLetter(c) || unicode.IsDigit(c))) {
			return string(c), 1 + size
		}
	case '`':
		return r.code(text)
	case '<':
		return r.angle(text)
	case '[':
		return r.masked(text)
	case '@':
		if m := rawEveryone.FindString(text); m != "" && strings.HasPrefix(text, m) {
			r.Other = append(r.Other, m)
			return m, len(m)
		}
	case ':':
		if m := shortcode.FindString(text); m != "" {
			r.Other = append(r.Other, m)
			return "🙂", len(m)
		}
	case 'h', 's':
		if m := bareURL.FindString(text); m != "" {
			r.Bare = append(r.Bare, m)
			return m, len(m)
		}
	case '*', '_', '~', '|':
		return r.style(text)
	}
	return "", 0
}

// code reads a span between runs of backticks of the same length.
func (r *Reading) code(text string) (string, int) {
	if m := codeBlock.FindStringSubmatch(text); m != nil {
		r.Code = append(r.Code, m[1])
		return m[1], len(m[0])
	}
	run := len(text) - len(strings.TrimLeft(text, "`"))
	for i := run + 1; i < len(text); {
		at := strings.IndexByte(text[i:], '`')
		if at < 0 {
			break
		}
		i += at
		end := i
		for end < len(text) && text[end] == '`' {
			end++
		}
		if end-i == run {
			inside := trimTick(text[run:i])
			r.Code = append(r.Code, inside)
			return inside, end
		}
		i = end
	}
	return text[:run], run
}

// trimTick leaves out the blank that keeps a backtick away from the end of a span.
func trimTick(s string) string {
	if strings.HasPrefix(strings.TrimLeft(s, " "), "`") {
		s = strings.TrimPrefix(s, " ")
	}
	if strings.HasSuffix(strings.TrimRight(s, " "), "`") {
		s = strings.TrimSuffix(s, " ")
	}
	return s
}

func (r *Reading) angle(text string) (string, int) {
	if m := markPerson.FindStringSubmatch(text); m != nil {
		r.Mentions = append(r.Mentions, m[1])
		return "@" + m[1], len(m[0])
	}
	if m := markRoom.FindStringSubmatch(text); m != nil {
		r.Rooms = append(r.Rooms, m[1])
		return "#" + m[1], len(m[0])
	}
	if m := markURL.FindStringSubmatch(text); m != nil {
		r.Bare = append(r.Bare, m[1])
		return m[1], len(m[0])
	}
	for _, x := range []*regexp.Regexp{markOther, markMail} {
		if m := x.FindString(text); m != "" {
			r.Other = append(r.Other, m)
			return "□", len(m)
		}
	}
	return "", 0
}

// masked reads [label](address).
func (r *Reading) masked(text string) (string, int) {
	end := closing(text[1:], "]")
	if end < 1 || !strings.HasPrefix(text[1+end:], "](") {
		return "", 0
	}
	rest := text[1+end+2:]
	stop := strings.IndexByte(rest, ')')
	if stop < 0 {
		return "", 0
	}
	target := strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(rest[:stop]), "<"), ">")
	if !strings.HasPrefix(target, "http://") && !strings.HasPrefix(target, "https://") || strings.ContainsAny(target, " \n\t<>") {
		return "", 0
	}
	r.Links = append(r.Links, target)
	return r.inline(text[1 : 1+end]), 1 + end + 2 + stop + 1
}

// style reads bold, italics, underlining, strikes and spoilers.
func (r *Reading) style(text string) (string, int) {
	for _, s := range []struct {
		mark string
		into *[]string
	}{{"**", &r.Bold}, {"__", &r.Other}, {"~~", &r.Other}, {"||", &r.Other}, {"*", &r.Italic}, {"_", &r.Italic}} {
		if !strings.HasPrefix(text, s.mark) {
			continue
		}
		inside := text[len(s.mark):]
		end := closing(inside, s.mark)
		if end < 1 {
			continue
		}
		if s.mark == "*" && (unicode.IsSpace(first(inside)) || unicode.IsSpace(last(inside[:end]))) {
			continue
		}
		words := r.inline(inside[:end])
		*s.into = append(*s.into, words)
		return words, end + 2*len(s.mark)
	}
	return "", 0
}

// closing finds the mark that ends what has begun, past escapes, code and longer runs of the same mark.
func closing(text, mark string) int {
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\\':
			i++
		case text[i] == '`' && mark != "`":
			var skip Reading
			if _, n := skip.code(text[i:]); n > 0 {
				i += n - 1
			}
		case mark == "*" && strings.HasPrefix(text[i:], "**"):
			if end := closing(text[i+2:], "**"); end >= 0 {
				i += 2 + end + 1
			}
		case mark == "]" && text[i] == '[':
			return -1
		case strings.HasPrefix(text[i:], mark):
			if (mark == "*" || mark == "**") && strings.HasPrefix(text[i+len(mark):], "*") && mark == "**" {
				return i + 1
			}
			return i
		}
	}
	return -1
}

func first(s string) rune { c, _ := utf8.DecodeRuneInString(s); return c }
func last(s string) rune  { c, _ := utf8.DecodeLastRuneInString(s); return c }

// Strange says what in a message was neither asked for by a plain text nor by the nodes of the bot: forms that only
// people use. A test looks here for words that became markup.
func (r Reading) Strange() []string { return slices.Concat(r.Other, r.Headings) }
