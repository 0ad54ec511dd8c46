package playbooks

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// signs are the few emoji and arrows that mean something, and so may stand in a text.
const signs = "★↳♥→🙋👀✅⭐🙏"

// abbreviations may stand in capitals. Shorter words of capitals only are taken for abbreviations too.
var abbreviations = []string{
	"AFNOR", "ASCII", "CNIL", "CSSCT", "DHCP", "GDPR", "HTML", "HTTP", "HTTPS", "JPEG", "JSON", "LDAP", "OIDC",
	"RGPD", "SAML", "SMTP", "TOML", "UUID", "YAML",
}

// loud reports what shouts: exclamation marks, emoji, and words in capitals.
func (l *linter) loud(p phrase, ws []word, words lexicon) {
	g := glyphs(p.words)
	for i, c := range g {
		at := span{c.at, c.at + utf8.RuneLen(c.r)}
		switch {
		case c.fixed:
		case c.r == '!' && (i == 0 || g[i-1].r != '!'):
			l.report(p, at, "the ! shouts; end the sentence with a full stop")
		case isEmoji(c.r) && (i == 0 || !isEmoji(g[i-1].r) && g[i-1].r != joiner):
			l.report(p, at, "has the emoji %c, which means nothing here; leave it out, or take one of %s", c.r, signs)
		}
	}
	for _, w := range ws {
		if isShouted(w.as, words.shouts) {
			l.report(p, w.span, "%q shouts; write it in small letters", w.as)
		}
	}
}

// joiner makes one emoji of two.
const joiner = '\u200d'

// isEmoji tells whether a character is a picture, other than those that mean something.
func isEmoji(r rune) bool {
	return r >= 0x2190 && unicode.Is(unicode.So, r) && !strings.ContainsRune(signs, r)
}

func isShouted(as string, shouts []string) bool {
	if as != strings.ToUpper(as) || as == strings.ToLower(as) || slices.Contains(abbreviations, as) {
		return false
	}
	return isLong(as) || slices.Contains(shouts, strings.ToLower(as))
}

// isLong tells whether a word of capitals is too long for an abbreviation.
func isLong(as string) bool {
	return utf8.RuneCountInString(as) > 3 && !strings.ContainsFunc(as, unicode.IsDigit)
}
