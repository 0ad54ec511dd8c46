package playbooks

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// thinSpace is the narrow no-break space, which French sets before ; : ! ? and inside « ».
const thinSpace = '\u202f'

// Typeset sets a text of a playbook as print would. It takes the text as it stands in the file, holes and all, so
// that what people wrote, and fills the holes later, is never touched; nor is code between backticks, an address
// or a time such as 12:30. Typesetting twice changes nothing more.
//
// Both languages get ’ for ' within words. English gets “ ” for straight quotes, in pairs line by line. French gets
// narrow no-break spaces before ; : ! ? and before % after a figure, and inside « »; its units are left alone.
func Typeset(language, text string) string {
	if !utf8.ValidString(text) {
		return text
	}
	g := apostrophes(glyphs(text))
	switch language {
	case "en":
		g = curly(g)
	case "fr":
		g = spaced(g)
	}
	var b strings.Builder
	for _, c := range g {
		b.WriteRune(c.r)
	}
	return b.String()
}

// glyph is one character of a text; fixed where it belongs to a hole, to code or to an address.
type glyph struct {
	r     rune
	at    int // in bytes, in the text
	fixed bool
}

// glyphs takes a text apart into characters and finds what is fixed in it.
func glyphs(text string) []glyph {
	var out []glyph
	until := 0
	for i, r := range text {
		if i >= until {
			until = max(until, i+fixedLength(text[i:]))
		}
		out = append(out, glyph{r, i, i < until})
	}
	return out
}

// fixedLength is the length in bytes of a hole, of code or of an address at the start of text; else 0.
func fixedLength(text string) int {
	for _, scheme := range []string{"https://", "http://"} {
		if strings.HasPrefix(text, scheme) {
			if end := strings.IndexFunc(text, unicode.IsSpace); end > 0 {
				return end
			}
			return len(text)
		}
	}
	closing, opens := map[byte]byte{'{': '}', '`': '`'}[text[0]]
	if !opens {
		return 0
	}
	return strings.IndexByte(text[1:], closing) + 2 // without its end, just the brace or backtick itself
}

func apostrophes(g []glyph) []glyph {
	for i := 1; i+1 < len(g); i++ {
		before, after := g[i-1], g[i+1]
		if g[i].r == '\'' && !g[i].fixed && (unicode.IsLetter(before.r) || endsHole(before)) &&
			(unicode.IsLetter(after.r) || after.r == '{') {
			g[i].r = '’'
		}
	}
	return g
}

func endsHole(c glyph) bool { return c.fixed && c.r == '}' }

// curly turns straight quotes into “ ”; one that is left over in its line stays.
func curly(g []glyph) []glyph {
	open := -1
	for i, c := range g {
		switch {
		case c.r == '\n':
			open = -1
		case c.r != '"' || c.fixed:
		case open < 0:
			open = i
		default:
			g[open].r, g[i].r, open = '“', '”', -1
		}
	}
	return g
}

// spaced sets the spaces of French.
func spaced(g []glyph) []glyph {
	var out []glyph
	for i := 0; i < len(g); i++ {
		c := g[i]
		if before, _ := wantsThin(g, i); before {
			out = thin(out)
		}
		out = append(out, c)
		if c.r != '«' || c.fixed {
			continue
		}
		rest := i + 1
		for rest < len(g) && isBlank(g[rest]) {
			rest++
		}
		if rest > i+1 || rest < len(g) && g[rest].r != '\n' && g[rest].r != '»' {
			out = append(out, glyph{r: thinSpace})
		}
		i = rest - 1
	}
	return out
}

// thin puts a narrow space at the end, in the place of the blanks there.
func thin(out []glyph) []glyph {
	for len(out) > 0 && isBlank(out[len(out)-1]) {
		out = out[:len(out)-1]
	}
	return append(out, glyph{r: thinSpace})
}

// wantsThin tells whether French sets a narrow space before the character number i, and whether any space is
// there already.
func wantsThin(g []glyph, i int) (wants, has bool) {
	if g[i].fixed || i == 0 {
		return false, false
	}
	has = isBlank(g[i-1])
	switch g[i].r {
	case '%':
		return has && i > 1 && unicode.IsDigit(g[i-2].r), has
	case '»':
		return g[i-1].r != '\n', has
	case ';', ':', '!', '?':
		return endsHere(g, i+1, has) && (has || isWordEnd(g[i-1])), has
	}
	return false, has
}

// endsHere tells whether what stands at i lets a mark before it end a part of a sentence: so not in 12:30 or :-).
func endsHere(g []glyph, i int, spaceBefore bool) bool {
	if i >= len(g) || unicode.IsSpace(g[i].r) {
		return true
	}
	if g[i].fixed {
		return spaceBefore
	}
	return strings.ContainsRune(`»”"’…*_!?`, g[i].r)
}

// isWordEnd tells whether a mark may follow here and would then lack its space.
func isWordEnd(c glyph) bool {
	return c.fixed || unicode.IsLetter(c.r) || unicode.IsDigit(c.r) || strings.ContainsRune(`»)”"’…*_%`, c.r)
}

func isBlank(c glyph) bool {
	return !c.fixed && (c.r == ' ' || c.r == '\u00a0' || c.r == '\u2009' || c.r == thinSpace)
}
