package playbooks

import (
	"fmt"
	"slices"
	"strings"
)

// Text is what the bot says, in each language.
type Text struct {
	ByLanguage map[string]Variants // "en", "fr" (tu), "fr-vous"
	Line       int                 // in the file, from 1
}

// Variants are ways to say the same; one of them is taken.
type Variants []string

// Languages are the languages that every text of a playbook must have.
var Languages = []string{"en", "fr"}

// In gives the variant number n (modulo how many there are) in a language, with vous where formal is set and
// the text tells them apart. A language that is missing falls back to English, an empty text to "".
func (t *Text) In(language string, formal bool, n uint32) string {
	if t == nil {
		return ""
	}
	variants := t.ByLanguage[language]
	if vous := t.ByLanguage[language+"-vous"]; formal && len(vous) > 0 {
		variants = vous
	}
	if len(variants) == 0 {
		variants = t.ByLanguage["en"]
	}
	if len(variants) == 0 {
		return ""
	}
	return variants[int(n%uint32(len(variants)))]
}

// Has reports whether the text leaves a hole of that name to be filled, in any language.
func (t *Text) Has(hole string) bool {
	if t == nil {
		return false
	}
	for _, variants := range t.ByLanguage {
		if slices.ContainsFunc(variants, func(v string) bool { return strings.Contains(v, "{"+hole+"}") }) {
			return true
		}
	}
	return false
}

// fills reports whether every variant, in every language, has a hole.
func (t *Text) fills(hole string) bool {
	for _, variants := range t.ByLanguage {
		for _, words := range variants {
			if !strings.Contains(words, "{"+hole+"}") {
				return false
			}
		}
	}
	return true
}

// names reports whether any variant, in any language, has a hole.
func (t *Text) names(hole string) bool {
	if t == nil {
		return false
	}
	for _, variants := range t.ByLanguage {
		for _, words := range variants {
			if strings.Contains(words, "{"+hole+"}") {
				return true
			}
		}
	}
	return false
}

// Holes are what a text may leave to be filled.
var Holes = []string{
	"author", "leader", "picked", "receiver", "receivers", "room", "link", "links", "weekday",
	"waited", "words", "median", "followers", "similar", "did",
}

// Piece is a stretch of plain words, or a hole.
type Piece struct {
	Words string
	Hole  string
	Code  bool // words between backticks
}

// Pieces takes a text apart at its holes and at its backticks. It fails on a brace that is not a known hole.
func Pieces(text string) ([]Piece, error) {
	var out []Piece
	for text != "" {
		at := strings.IndexAny(text, "{}`")
		if at < 0 {
			return append(out, Piece{Words: text}), nil
		}
		if at > 0 {
			out = append(out, Piece{Words: text[:at]})
		}
		piece, rest, err := special(text[at:])
		if err != nil {
			return nil, err
		}
		out, text = append(out, piece), rest
	}
	return out, nil
}

// special reads a hole or a stretch of code at the start of text.
func special(text string) (Piece, string, error) {
	closing := map[byte]string{'{': "}", '`': "`"}[text[0]]
	if closing == "" {
		return Piece{}, "", fmt.Errorf("a } without its {")
	}
	body, rest, found := strings.Cut(text[1:], closing)
	if !found {
		return Piece{}, "", fmt.Errorf("a %c without its %s", text[0], closing)
	}
	if text[0] == '`' {
		return Piece{Words: body, Code: true}, rest, nil
	}
	for _, hole := range Holes {
		if hole == body {
			return Piece{Hole: body}, rest, nil
		}
	}
	return Piece{}, "", fmt.Errorf("{%s} is not known here; there are {%s}%s",
		body, strings.Join(Holes, "} {"), didYouMean(body, Holes))
}

// Split takes a text apart like Pieces, but takes any {word} for a hole and never fails: for sentences that have
// been checked before.
func Split(text string) []Piece {
	var out []Piece
	for text != "" {
		at := strings.IndexAny(text, "{`")
		if at < 0 {
			return append(out, Piece{Words: text})
		}
		closing := map[byte]string{'{': "}", '`': "`"}[text[at]]
		body, rest, found := strings.Cut(text[at+1:], closing)
		if !found {
			return append(out, Piece{Words: text})
		}
		if at > 0 {
			out = append(out, Piece{Words: text[:at]})
		}
		if text[at] == '`' {
			out = append(out, Piece{Words: body, Code: true})
		} else {
			out = append(out, Piece{Hole: body})
		}
		text = rest
	}
	return out
}
