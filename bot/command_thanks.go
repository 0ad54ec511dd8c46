package bot

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/gofirst/gofirst/bot/chat"
)

// gratitude is what "thanks …" says: whom, which group, for what, and whether only they see it.
type gratitude struct {
	whom    []chat.UserID
	team    string
	reason  string
	named   bool     // the reason names people
	unknown []string // written with "@", and nobody's name here
	private bool
}

var (
	privately = regexp.MustCompile(`(?i)(?:^|\s)(?:--|—|–)(?:private|privately|privée?|privee?)(?:[\s.,!]|$)`)
	reasonAt  = regexp.MustCompile(`(?i)(?:^|[\s,])(?:(?:for|pour|because|parce\s+que)(?:\s+|$)|parce\s+qu['’])|:\s+`)
	atName    = regexp.MustCompile(`(?:^|\s)@[\pL\d][\pL\d._-]*`)
)

// parseThanks reads "@who… [group] for reason [--private]" in either language. The reason may also come first:
// "for the runbook, @hal".
func parseThanks(w wording) gratitude {
	var g gratitude
	if at := privately.FindStringIndex(w.text); at != nil {
		g.private, w = true, w.without(at[0], at[1])
	}
	head, reason := splitReason(w)
	g.read(head)
	if len(g.whom) == 0 && g.team == "" && len(g.unknown) == 0 {
		head, reason = namesAtEnd(reason)
		g.read(head)
	}
	if strings.ContainsFunc(reason.text, unicode.IsLetter) {
		g.reason = strings.TrimLeft(strings.TrimRight(reason.text, " ,;:"), " ,;:.!?")
	}
	g.named = slices.ContainsFunc(reason.references, func(r chat.Reference) bool { return r.User != "" })
	return g
}

// splitReason cuts between whom and for what: at "for", or else after the names at the beginning.
func splitReason(w wording) (head, reason wording) {
	for _, at := range reasonAt.FindAllStringIndex(w.text, -1) {
		if !insideReference(w, at[0]) {
			return w.part(0, at[0]), w.part(at[1], len(w.text))
		}
	}
	end := 0
	for _, r := range w.references {
		if r.Channel == "" && !saysMore(w.text[end:r.At]) {
			end = r.At + r.Len
		}
	}
	if end == 0 {
		return wording{}, w
	}
	rest := w.part(end, len(w.text))
	if next, _ := firstWords(rest.text, 1); slices.Contains([]string{"and", "et", "&", "plus"}, strings.ToLower(next)) {
		return w, wording{}
	}
	return w.part(0, end), rest
}

func insideReference(w wording, at int) bool {
	return slices.ContainsFunc(w.references, func(r chat.Reference) bool { return at > r.At && at < r.At+r.Len })
}

// namesAtEnd takes the names off the end of a reason; where there are none, whoever is named in it is thanked.
func namesAtEnd(w wording) (names, reason wording) {
	from := len(w.text)
	for _, r := range slices.Backward(w.references) {
		if r.Channel != "" || saysMore(w.text[r.At+r.Len:from]) {
			break
		}
		from = r.At
	}
	if from < len(w.text) {
		names, reason = w.part(from, len(w.text)), w.part(0, from)
		reason.text = trimJoiners(reason.text)
		return names, reason
	}
	for _, r := range w.references {
		if r.Channel == "" {
			names = wording{names.text + " " + w.text[r.At:r.At+r.Len], append(names.references, r)}
		}
	}
	return respaced(names), w
}

// respaced sets the offsets of names that were put one after the other, each with a space before it.
func respaced(w wording) wording {
	at := 0
	for i, r := range w.references {
		w.references[i].At = at + 1
		at += 1 + r.Len
	}
	return w
}

// joiners are the words that stand between names.
var joiners = []string{
	"and", "also", "to", "with", "&", "+", "plus", "a", "lot", "so", "very", "much", "many", "again", "dear",
	"et", "aussi", "à", "avec", "un", "grand", "beaucoup", "encore", "mille", "fois", "infiniment", "cher", "chère",
}

// saysMore reports whether a stretch between names holds more than joining words.
func saysMore(text string) bool {
	return slices.ContainsFunc(namesWords(text), func(word string) bool { return !slices.Contains(joiners, strings.ToLower(word)) })
}

func namesWords(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;.!:", r) })
}

func trimJoiners(text string) string {
	for {
		text = strings.TrimRight(text, " ,;.!:")
		last := lastWord(text)
		if !slices.Contains([]string{"and", "et", "to", "à", "&", "by", "par"}, strings.ToLower(last)) {
			return text
		}
		text = strings.TrimSuffix(text, last)
	}
}

// read takes people and groups from what stands before the reason. What else stands there is the name of a group,
// if it begins as one does.
func (g *gratitude) read(head wording) {
	var teams []string
	from := 0
	for _, r := range head.references {
		teams = append(teams, groupWords(head.text[from:r.At])...)
		from = r.At + r.Len
		switch {
		case r.User != "" && !slices.Contains(g.whom, r.User):
			g.whom = append(g.whom, r.User)
		case r.Group != "":
			teams = append(teams, strings.TrimPrefix(head.text[r.At:from], "@"))
		}
	}
	teams = append(teams, groupWords(head.text[from:])...)
	g.team = strings.Join(teams, ", ")
	for _, at := range atName.FindAllStringIndex(head.text, -1) {
		name := strings.TrimSpace(head.text[at[0]:at[1]])
		if !slices.ContainsFunc(head.references, func(r chat.Reference) bool { return r.At < at[1] && at[0] <= r.At }) {
			g.unknown = append(g.unknown, name)
		}
	}
}

// groupBegins are the words with which the name of a group begins.
var groupBegins = []string{
	"the", "our", "my", "all", "everyone", "everybody", "whole", "both", "this", "team", "folks", "people",
	"le", "la", "les", "l", "notre", "nos", "mon", "ma", "mes", "tous", "toutes", "tout", "toute", "équipe",
	"ce", "cette", "ceux", "celles",
}

// groupWords finds the names of groups in what stands between names: "and the release crew", "et à l'équipe".
func groupWords(text string) []string {
	var out []string
	for _, part := range joined.Split(text, -1) {
		part = strings.Trim(part, " ,;.!:")
		for _, short := range []struct{ from, to string }{{"à ", ""}, {"to ", ""}, {"aux ", "les "}, {"au ", "le "}} {
			if n := len(short.from); len(part) > n && strings.EqualFold(part[:n], short.from) {
				part = short.to + part[n:]
			}
		}
		begin, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(part, "’", "'")), " ")
		begin, _, _ = strings.Cut(begin, "'")
		if slices.Contains(groupBegins, begin) {
			out = append(out, part)
		}
	}
	return out
}

var joined = regexp.MustCompile(`(?i)\s*,\s*|(?:^|\s)(?:and also|and|et aussi|et|ainsi que|plus|&)(?:\s|$)`)
