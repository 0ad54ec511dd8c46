package question

import (
	"strings"
	"testing"
)

func TestCountWords(t *testing.T) {
	tests := []struct {
		text string
		want int
	}{
		{"", 0},
		{"one", 1},
		{"one, two; three!", 3},
		{"it's a well-known go.mod", 4},
		{"l’été dernier, aujourd'hui", 3},
		{"Œuvre complète : où ?", 3},
		{"see https://example.org/a/b?c=d for more", 3},
		{"run `go test ./...` twice", 2},
		{"before\n```\nfunc main() {}\n```\nafter", 2},
		{"> somebody else's words\nmine", 1},
		{"thanks @ana :tada: 🎉 +1", 1},
		{"version 1.26 of 2026", 4},
		{"\xff a \xfe b", 2},
		{strings.Repeat("word ", 30), 30},
	}
	for _, test := range tests {
		if got := CountWords(test.text); got != test.want {
			t.Errorf("CountWords(%q) = %d, want %d", test.text, got, test.want)
		}
	}
}
