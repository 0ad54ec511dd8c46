package replay

import (
	"fmt"
	"strings"
)

// nearest points to the stretch of a text that is most like what was looked for, where there is one: as many words, of
// which more than half are the same, or a single one that begins or ends alike.
func nearest(part, text string) string {
	want, words := strings.Fields(part), strings.Fields(text)
	best, most := "", 0
	for i := 0; i+len(want) <= len(words); i++ {
		if n := alike(want, words[i:]); n > most {
			best, most = strings.Join(words[i:i+len(want)], " "), n
		}
	}
	if most < len(want)+min(1, len(want)-1) { // of two for each word
		return ""
	}
	return fmt.Sprintf("; the nearest is %q", best)
}

// alike gives two for each word that is the same, and one for each that begins or ends alike.
func alike(want, words []string) (n int) {
	for i, w := range want {
		half := (len(w) + 1) / 2
		switch {
		case w == words[i]:
			n += 2
		case len(w) > 3 && (strings.HasPrefix(words[i], w[:half]) || strings.HasSuffix(words[i], w[len(w)-half:])):
			n++
		}
	}
	return n
}
