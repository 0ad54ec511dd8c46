package playbooks

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// filling is what the holes of a text become where names are long and lists are full.
func filling(language string) map[string]string {
	link, question, waited, followers := "⟨the message⟩", "⟨a question⟩", "after three days", "Since then, built on it: "
	similar := " Two solved threads look alike: ⟨12 March⟩ · ⟨27 March⟩."
	if language == "fr" {
		link, question, waited, followers = "⟨le message⟩", "⟨une question⟩", "après trois jours", "Depuis, à partir de là : "
		similar = " Deux fils résolus y ressemblent : ⟨12 mars⟩ · ⟨27 mars⟩."
	}
	return map[string]string{
		"author": "@Marie-Laure Dupont-Martin", "leader": "@Anne-Sophie Kowalska", "picked": "@Jean-Baptiste Lefèvre",
		"receiver": "@Anne-Sophie Kowalska", "room": "#release-engineering", "weekday": map[string]string{"en": "Wednesday", "fr": "mercredi"}[language],
		"link": link, "links": strings.Join([]string{question, question, question}, " · "), "waited": waited, "similar": similar,
		"followers": followers + strings.Join([]string{"@Zoé Abel " + link, "@Tom Brandt " + link, "@Noor Haddad " + link}, ", ") + ".",
	}
}

// TestNudges writes every private message of the playbooks as people see it, long names and full lists included, so
// that one can read them all in a go; and counts the words of each as a reader would.
func TestNudges(t *testing.T) {
	t.Parallel()
	const golden = "testdata/nudges.golden"
	books, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	longest, n := 0, 0
	for _, b := range books {
		for _, r := range b.Rules {
			for _, a := range r.Do {
				if tell, ok := a.(Tell); ok {
					longest = max(longest, writeNudge(t, &out, b, r, tell))
					n++
				}
			}
		}
	}
	if n < 12 || longest < 50 {
		t.Errorf("%d messages, the longest of %d words: the test looks in the wrong place", n, longest)
	}
	if *update {
		if err := os.WriteFile(golden, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(read(t, golden), out.String()); diff != "" {
		t.Errorf("go test -update writes it anew; wanted -, got +:\n%s", diff)
	}
}

// writeNudge writes one message in every form and variant, and gives the words of the longest.
func writeNudge(t *testing.T, out *strings.Builder, b *Playbook, r *Rule, tell Tell) (longest int) {
	fmt.Fprintf(out, "%s, %s  [%s]\n", b.ID, r.Name, strings.Join(tell.Buttons, "] ["))
	for _, form := range []string{"en", "fr", "fr-vous"} {
		language := strings.TrimSuffix(form, "-vous")
		for _, words := range tell.Text.ByLanguage[form] {
			text := fill(t, language, words)
			seen := 0
			for word := range strings.FieldsSeq(text) {
				if isReadable(word) {
					seen++
				}
			}
			if seen > maxWords {
				t.Errorf("%s, %s: %d words: %s", b.ID, r.Name, seen, text)
			}
			longest = max(longest, seen)
			fmt.Fprintf(out, "  %-7s %d  %s\n", form, seen, text)
		}
	}
	out.WriteString("\n")
	return longest
}

func fill(t *testing.T, language, words string) string {
	var out strings.Builder
	for _, p := range Split(Typeset(language, words)) {
		value, known := filling(language)[p.Hole]
		switch {
		case p.Hole != "" && !known:
			t.Errorf("{%s} becomes nothing that a reader knows", p.Hole)
		case p.Code:
			out.WriteString("`" + p.Words + "`")
		default:
			out.WriteString(value + p.Words)
		}
	}
	return out.String()
}
