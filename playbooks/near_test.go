package playbooks

import (
	"testing"

	"pgregory.net/rapid"
)

func TestNearest(t *testing.T) {
	known := []string{"hypothesis", "harm", "at_most", "in", "if", "été"}
	for _, tt := range []struct{ word, want string }{
		{"hypotesis", "hypothesis"}, // one missing
		{"hypothesiss", "hypothesis"},
		{"hpyothesis", "hypothesis"}, // two swapped
		{"hipothesys", "hypothesis"}, // two wrong
		{"hipothezys", ""},           // three wrong
		{"at_mots", "at_most"},
		{"harm", "harm"},
		{"hat", ""},
		{"ix", ""},  // half of it is wrong
		{"ete", ""}, // two of three
		{"éte", "été"},
		{"", ""},
		{"something else", ""},
	} {
		if got := Nearest(tt.word, known); got != tt.want {
			t.Errorf("nearest to %q: got %q, want %q", tt.word, got, tt.want)
		}
	}
	if got := Nearest("bat", []string{"cat", "rat"}); got != "cat" {
		t.Errorf("of two as near the first is meant, not %q", got)
	}
	if got := didYouMean("nothing like it", known); got != "" {
		t.Errorf("proposes %q", got)
	}
}

func TestDistance(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "abc", 3}, {"abc", "abc", 0}, {"abc", "acb", 1}, {"ca", "abc", 3}, {"kitten", "sitting", 3}, {"é", "e", 1}} {
		if got := distance(tt.a, tt.b); got != tt.want {
			t.Errorf("%q to %q: got %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
	word := rapid.StringMatching(`[abé]{0,6}`)
	rapid.Check(t, func(t *rapid.T) {
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		d := distance(a, b)
		long := max(len([]rune(a)), len([]rune(b)))
		if d != distance(b, a) || (d == 0) != (a == b) || d > long {
			t.Errorf("%q to %q: %d, back: %d", a, b, d, distance(b, a))
		}
	})
}
