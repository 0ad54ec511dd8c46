package replay

import (
	"fmt"
	"strings"
)

// nearest points to the stretch of a text that is most like what was looked for, where there is one: as many words, of
// which the half are the same, or most begin or end alike. Short ones count half: they stand everywhere.
func nearest(part, text string) string {
	want, words := strings.Fields(part), strings.Fields(text)
	best, most := "", 0
	for i := 0; i+len(want) <= len(words); i++ {
		if n := alike(want, words[i:]); n > most {
			best, most = strings.Join(words[i:i+len(want)], " "), n
		}
	}
	if most < len(want) { // of two for each word
		return ""
	}
	return fmt.Sprintf("; the nearest is %q", best)
}

// alike gives two for each long word that is the same, and one for each that is short, or begins or ends alike.
func alike(want, words []string) (n int) {
	for i, w := range want {
		half := (len(w) + 1) / 2
		switch {
		case w == words[i] && len(w) > 3:
			n += 2
		case w == words[i]:
			n++
		case len(w) > 3 && (strings.HasPrefix(words[i], w[:half]) || strings.HasSuffix(words[i], w[len(w)-half:])):
			n++
		}
	}
	return n
}
