package playbooks

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestPieces(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []Piece
		err  string
	}{
		{"", nil, ""},
		{"just words", []Piece{{Words: "just words"}}, ""},
		{"{author}, here is {link}.", []Piece{{Hole: "author"}, {Words: ", here is "}, {Hole: "link"}, {Words: "."}}, ""},
		{"say `/gofirst stop` now", []Piece{{Words: "say "}, {Words: "/gofirst stop", Code: true}, {Words: " now"}}, ""},
		{"`{author}`", []Piece{{Words: "{author}", Code: true}}, ""}, // in code nothing is a hole
		{"``", []Piece{{Code: true}}, ""},
		{"{author}{room}", []Piece{{Hole: "author"}, {Hole: "room"}}, ""},
		{"é {room}", []Piece{{Words: "é "}, {Hole: "room"}}, ""},
		{"a } b", nil, "a } without its {"},
		{"a { b", nil, "a { without its }"},
		{"a ` b", nil, "a ` without its `"},
		{"{}", nil, "{} is not known here; there are {" + strings.Join(Holes, "} {") + "}"},
		{"{ author}", nil, "{ author} is not known here; there are {" + strings.Join(Holes, "} {") + `} (did you mean "author"?)`},
		{"{autor}", nil, "{autor} is not known here; there are {" + strings.Join(Holes, "} {") + `} (did you mean "author"?)`},
	} {
		got, err := Pieces(tt.text)
		said := ""
		if err != nil {
			said = err.Error()
		}
		if diff := cmp.Diff(tt.want, got); diff != "" || said != tt.err {
			t.Errorf("%q: %v\n%s", tt.text, err, diff)
		}
	}
}

// Taken apart and put together again a text is what it was.
func TestPiecesLaw(t *testing.T) {
	parts := rapid.SliceOf(rapid.SampledFrom(append([]string{"a", "é", " ", "\n", "{", "}", "`", "`c`", "{x}", "🙋"}, braced()...)))
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(parts.Draw(t, "parts"), "")
		pieces, err := Pieces(text)
		if err != nil {
			return
		}
		var b strings.Builder
		for _, p := range pieces {
			switch {
			case p.Code:
				b.WriteString("`" + p.Words + "`")
			case p.Hole != "":
				b.WriteString("{" + p.Hole + "}")
			default:
				b.WriteString(p.Words)
			}
		}
		if b.String() != text {
			t.Errorf("%q has become %q", text, b.String())
		}
		if diff := cmp.Diff(pieces, Split(text)); diff != "" {
			t.Errorf("%q is split otherwise: %s", text, diff)
		}
	})
}

// Split takes what Pieces refuses for words, and any name for a hole.
func TestSplit(t *testing.T) {
	for text, want := range map[string][]Piece{
		"":               nil,
		"a {n} b":        {{Words: "a "}, {Hole: "n"}, {Words: " b"}},
		"a } `{n}` {":    {{Words: "a } "}, {Words: "{n}", Code: true}, {Words: " {"}},
		"{author}` open": {{Hole: "author"}, {Words: "` open"}},
	} {
		got := Split(text)
		var whole strings.Builder
		for _, p := range got {
			whole.WriteString(p.Words + p.Hole)
		}
		bare := strings.NewReplacer("{", "", "}", "", "`", "")
		if bare.Replace(whole.String()) != bare.Replace(text) {
			t.Errorf("%q loses words: %+v", text, got)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

func braced() (out []string) {
	for _, h := range Holes {
		out = append(out, "{"+h+"}")
	}
	return out
}

func TestTextIn(t *testing.T) {
	text := &Text{ByLanguage: map[string]Variants{
		"en": {"one", "two", "three"}, "fr": {"un", "deux"}, "fr-vous": {"premier"},
	}}
	for _, tt := range []struct {
		text     *Text
		language string
		formal   bool
		n        uint32
		want     string
	}{
		{text, "en", false, 0, "one"},
		{text, "en", false, 5, "three"},
		{text, "en", true, 1, "two"}, // English has one form
		{text, "fr", false, 1, "deux"},
		{text, "fr", true, 1, "premier"},
		{text, "de", false, 1, "two"},
		{text, "en", false, 1<<32 - 1, "one"},
		{&Text{ByLanguage: map[string]Variants{"fr": {"un"}}}, "de", true, 0, ""},
		{&Text{ByLanguage: map[string]Variants{"fr": {"un"}}}, "fr", true, 7, "un"}, // both in one
		{&Text{}, "en", false, 0, ""},
		{nil, "en", false, 0, ""},
	} {
		if got := tt.text.In(tt.language, tt.formal, tt.n); got != tt.want {
			t.Errorf("%s, formal %v, %d: got %q, want %q", tt.language, tt.formal, tt.n, got, tt.want)
		}
	}
}
