package bot

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// Who may see an act.
const (
	audiencePublic  = "public"  // the room; of thanks, as far as their receivers allow
	audiencePrivate = "private" // those whom it is for
)

// shareKinds are what can be shared, as acts name them.
var shareKinds = playbooks.Practices

// kindWords are the words by which people call them.
var kindWords = map[string]string{
	"wip": "wip", "lesson": "lesson", "mistake": "mistake", "heard": "heard", "thanks": "thanks",
	"draft": "wip", "error": "mistake", "brouillon": "wip", "leçon": "lesson", "lecon": "lesson", "erreur": "mistake",
	"entendu": "heard", "merci": "thanks", "mercis": "thanks", "in progress": "wip", "en cours": "wip",
}

// connectives are words before which a kind is no label but part of the sentence: "heard that …", "merci à …".
var connectives = []string{
	"about", "and", "at", "by", "for", "from", "how", "in", "is", "of", "on", "that", "to", "was", "why", "with",
	"au", "aux", "avec", "dans", "de", "des", "du", "et", "est", "par", "pour", "que", "sur", "à",
}

// given is what a person gives to the bot to be shown under their name.
type given struct{ practice, words, why string }

// parseGiven reads "[kind] words [why: … | because …]", in either language.
func parseGiven(text string) given {
	var g given
	g.practice, g.words = cutKind(strings.TrimSpace(text))
	g.words, g.why = cutWhy(g.words)
	return g
}

// cutKind takes the kind of a share off its beginning. Without a colon only a word in small letters is one.
func cutKind(text string) (kind, rest string) {
	for _, n := range []int{2, 1} {
		label, rest := firstWords(text, n)
		bare := strings.TrimRight(label, ": ")
		kind := kindWords[strings.ToLower(bare)]
		switch {
		case kind == "":
		case strings.HasSuffix(label, ":"):
			return kind, rest
		case strings.HasPrefix(rest, ":"):
			return kind, strings.TrimSpace(rest[1:])
		case bare != strings.ToLower(bare):
		case goesOn(rest):
			return kind, text
		default:
			return kind, rest
		}
	}
	return "", text
}

// goesOn reports whether a text begins with a word that ties it to what stands before.
func goesOn(text string) bool {
	next, _ := firstWords(text, 1)
	next = strings.ToLower(next)
	if before, _, elided := strings.Cut(strings.ReplaceAll(next, "’", "'"), "'"); elided && (before == "d" || before == "qu" || before == "l") {
		return true
	}
	return slices.Contains(connectives, next)
}

// firstWords gives the first n words with one space between them, and what follows.
func firstWords(text string, n int) (words, rest string) {
	s := spans(text)
	if len(s) < n {
		return "", text
	}
	var list []string
	for _, w := range s[:n] {
		list = append(list, text[w.from:w.to])
	}
	return strings.Join(list, " "), strings.TrimLeftFunc(text[s[n-1].to:], unicode.IsSpace)
}

var (
	whyLabel = regexp.MustCompile(`(?i)(?:^|[\s(])(?:why|pourquoi)\s*:\s*`)
	because  = regexp.MustCompile(`(?i)[\s,;.]+(?:because\s|parce\s+que\s|parce\s+qu['’]\s*)\s*`)
)

// cutWhy takes the why off a text: what follows "why:", else what follows the last "because".
func cutWhy(text string) (words, why string) {
	at := whyLabel.FindStringIndex(text)
	if at == nil {
		if all := because.FindAllStringIndex(text, -1); len(all) > 0 {
			at = all[len(all)-1]
		}
	}
	if at == nil {
		return text, ""
	}
	words, why = strings.TrimSpace(text[:at[0]]), strings.TrimSpace(text[at[1]:])
	if words == "" || why == "" || strings.HasPrefix(strings.ToLower(why), "of ") {
		return text, ""
	}
	return words, why
}

// The most that is taken of somebody's words, in characters: what every service shows in one message.
const (
	mostWords = 1200
	mostWhy   = 400
)

// act is an act with the words.
func (g given) act(kind string) store.Act {
	return store.Act{Kind: kind, Practice: g.practice, Words: g.words, Why: g.why, Audience: audiencePublic, Declared: true}
}
