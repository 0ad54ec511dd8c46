package bot

import (
	"strings"
	"testing"
)

// TestReadPlan: a plan is read in any order and either language; what is not understood is named, with what it may mean.
func TestReadPlan(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"friday 15:00":                     "day=friday at=15:00",
		"15:00 on Fridays":                 "day=friday at=15:00",
		"every friday at 3pm":              "day=friday at=15:00",
		"Fri 9:30am every other week":      "every=fortnight day=friday at=09:30",
		"12pm monday":                      "day=monday at=12:00",
		"12am monday":                      "day=monday at=00:00",
		"noon wed":                         "day=wednesday at=12:00",
		"vendredi 15h":                     "day=friday at=15:00",
		"le vendredi à 15h30":              "day=friday at=15:30",
		"tous les vendredis, 15 h":         "day=friday at=15:00",
		"une semaine sur deux, jeudi midi": "every=fortnight day=thursday at=12:00",
		"chaque semaine":                   "every=week",
		"tous les quinze jours":            "every=fortnight",
		"every day":                        "every=day",
		"mensuel":                          "every=month",
		"fr Europe/Paris":                  "language=fr zone=Europe/Paris",
		"en français":                      "language=fr",
		"english UTC":                      "language=en zone=UTC",
		"europe/paris":                     "zone=Europe/Paris",
		"fryday":                           "!near fryday friday",
		"vendrdi 15h":                      "at=15:00 !near vendrdi vendredi",
		"25:00":                            "!unknown 25:00",
		"13pm":                             "!unknown 13pm",
		"0am":                              "!unknown 0am",
		"friday Europe/Pariss":             "day=friday !unknown Europe/Pariss",
		"when the moon is full":            "!unknown when !unknown moon !unknown is !unknown full",
		"mercredi 10:00 en anglais Europe/London": "day=wednesday at=10:00 language=en zone=Europe/London",
	} {
		var words []string
		for _, tok := range plainTokens(text) {
			words = append(words, tok.word)
		}
		if got := readPlan(words).shown(); got != want {
			t.Errorf("%q is read as %q, not %q", text, got, want)
		}
	}
}

// shown writes a plan as the table above does.
func (p plan) shown() string {
	var out []string
	for _, part := range []struct{ name, value string }{
		{"every", p.every}, {"day", p.day}, {"at", p.at}, {"language", p.language}, {"zone", p.zone},
	} {
		if part.value != "" {
			out = append(out, part.name+"="+part.value)
		}
	}
	for _, problem := range p.problems {
		said := "!" + strings.TrimPrefix(problem.id, "digest.plan.") + " " + inWords(problem.fill["word"])
		if near := inWords(problem.fill["near"]); near != "" {
			said += " " + near
		}
		out = append(out, said)
	}
	return strings.Join(out, " ")
}
