package bot

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gofirst/gofirst/bot/store"
)

// TestKeptTellsOfEveryTable: a table that the list does not speak of is one that nobody was told of.
func TestKeptTellsOfEveryTable(t *testing.T) {
	t.Parallel()
	told := map[string]bool{}
	for _, k := range keepings() {
		for _, table := range k.tables {
			told[table] = true
			if !slices.Contains(store.Tables(), table) {
				t.Errorf("%s speaks of %q, which is no table", k.what, table)
			}
		}
	}
	for _, table := range store.Tables() {
		if !told[table] {
			t.Errorf("nobody is told of the table %q: give it a row in keepings, and its sentences", table)
		}
	}
}

// TestKeptSaysTheTerms: the figures in the sentences are those by which housekeeping acts, and none is written by hand.
func TestKeptSaysTheTerms(t *testing.T) {
	t.Parallel()
	x, err := loadTexts()
	if err != nil {
		t.Fatal(err)
	}
	for id := range x.ids {
		language, id, _ := strings.Cut(id, "/")
		if sentence := x.plain(tongue{language: language}, id, 1); (strings.HasPrefix(id, "kept.") || strings.HasPrefix(id, "privacy.")) && strings.ContainsAny(sentence, "0123456789") {
			t.Errorf("%s %s has a figure of its own: %s", language, id, sentence)
		}
	}
	for _, language := range []string{"en", "fr"} {
		list, err := KeptIn(language)
		if err != nil {
			t.Fatal(err)
		}
		all := ""
		for _, k := range list {
			all += fmt.Sprintln(k.Long)
		}
		r := store.Retention()
		for _, days := range []int{r.Traces, r.Precise, r.Spent, r.HelpingHalf, r.Helping} {
			if !strings.Contains(all, fmt.Sprintf(" %d ", days)) && !strings.Contains(all, fmt.Sprintf("[%d ", days)) {
				t.Errorf("%s does not say %d:\n%s", language, days, all)
			}
		}
	}
}
