package playbooks

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/gofirst/gofirst/bot/calendar"
)

// TestWordings wants every line of the tables to be written as it is looked up, to be found, and every exception to
// excuse it.
func TestWordings(t *testing.T) {
	lists := map[string][]wording{"borrowed": borrowed, "tu": tuForms, "vous": vousForms, "alone": alone}
	for language, l := range lexicons {
		for _, g := range l.avoid {
			lists[language+" "+g.fault] = g.words
		}
	}
	for name, list := range lists {
		seen := map[string]bool{}
		for _, w := range list {
			if !isPlainWording(w.say) || seen[w.say] {
				t.Errorf("%s: %q stands here twice, or with capitals, apostrophes or hyphens", name, w.say)
			}
			seen[w.say] = true
			if len(w.in(wordsOf("x "+strings.TrimSuffix(w.say, "*")+" y"))) != 1 {
				t.Errorf("%s: %q is not found", name, w.say)
			}
			for _, longer := range w.unless {
				text := wordsOf("x " + strings.TrimSuffix(longer, "*") + " y")
				if !isPlainWording(longer) || len(find(w.say, text)) == 0 || len(w.in(text)) > 0 {
					t.Errorf("%s: %q does not excuse %q", name, longer, w.say)
				}
			}
		}
	}
	for _, list := range [][]string{being, between, gendered, meeting, met, opening, notVous, english.shouts, french.shouts} {
		if sorted := slices.Clone(list); slices.ContainsFunc(sorted, func(s string) bool { return !isPlainWording(s) }) {
			t.Errorf("capitals, apostrophes or hyphens in %q", list)
		}
	}
}

func isPlainWording(s string) bool {
	plain := strings.ToLower(strings.Join(strings.Fields(s), " "))
	return s != "" && s == plain && !strings.ContainsFunc(strings.TrimSuffix(s, "*"), func(r rune) bool {
		return !unicode.IsLetter(r) && r != ' '
	})
}

func TestCountFilled(t *testing.T) {
	for text, want := range map[string]int{
		"":                                    0,
		"one":                                 1,
		"{author}'s question in {room}":       5,
		"« Plutôt telle personne » aide ?":    4,
		"`/gofirst stop` ends it":             4,
		"Veux-tu, ou pas ; c'est selon…":      5,
		"20 % of 3":                           3,
		"★ → — ?":                             0,
		"https://example.org/a is an address": 4,
	} {
		if got := countFilled(text); got != want {
			t.Errorf("%q has %d words, not %d", text, want, got)
		}
	}
}

// TestLintByHand is about playbooks that no file made.
func TestLintByHand(t *testing.T) {
	text := &Text{Line: 3, ByLanguage: map[string]Variants{"en": {"I am a bot, you must."}, "fr": {"Ici le bot, rien à dire."}}}
	p := &Playbook{File: "x.yaml", Rules: []*Rule{{Line: 2, When: OnJoined{}, Do: []Action{
		Tell{Whom: "author", Text: text, Buttons: []string{"stopp", "stop"}}, Tell{Whom: "author"},
	}}}}
	for name, source := range map[string][]byte{"without its file": nil, "with another file": []byte("a: b\nc: d\n"), "with bad YAML": []byte("a: [")} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, problem := range Lint(p, source) {
				first, _, _ := strings.Cut(problem.Error(), "\n")
				got = append(got, first)
			}
			want := []string{
				"x.yaml:2:1: the button \"stopp\" has no label; there is " + strings.Join(Choices, ", ") + " (did you mean \"stop\"?)",
				"x.yaml:3:1: \"must\" leaves no choice; " + english.avoid[0].instead,
			}
			if !slices.Equal(got, want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}

func TestPrice(t *testing.T) {
	tell := func(whom string) []Action { return []Action{Tell{Whom: whom, As: "ask"}} }
	week := OnSchedule{Schedule: calendar.Schedule{Every: calendar.Weekly}}
	per := func(times, days int) AtMost { return AtMost{PerPerson: Rate{Times: times, Days: days}} }
	room := AtMost{PerRoom: Rate{Times: 1, Days: 7}}
	ask := &Rule{When: week, Do: tell("leader"), AtMost: per(1, 14)}
	for name, tt := range map[string]struct {
		rules []*Rule
		want  float64
	}{
		"nothing":                     {nil, 0},
		"posts and marks":             {[]*Rule{{When: week, Do: []Action{Post{}, Digest{}, Mark{}}}}, 0},
		"once a fortnight":            {[]*Rule{ask}, 0.5},
		"once a week and a fortnight": {[]*Rule{ask, {When: week, Do: tell("leader"), AtMost: per(1, 7)}}, 1.5},
		"every day":                   {[]*Rule{{When: week, Do: tell("leader"), AtMost: per(1, 1)}}, 2},
		"no limit per person":         {[]*Rule{{When: week, Do: tell("picked"), AtMost: room}}, 2},
		"an answer to their own":      {[]*Rule{ask, {When: OnAnswered{Name: "ask", With: []string{"yes"}}, Do: tell("leader")}}, 0.5},
		"asked of another":            {[]*Rule{ask, {When: OnAnswered{Name: "ask", With: []string{"yes"}}, Do: tell("picked")}}, 2},
		"after silence":               {[]*Rule{ask, {When: OnAnswered{Name: "ask", Silence: true}, Do: tell("leader")}}, 2},
		"their own command":           {[]*Rule{{When: OnCommand{Name: "ama"}, Do: tell("author")}}, 0},
		"another's command":           {[]*Rule{{When: OnCommand{Name: "ama"}, Do: tell("receiver"), AtMost: per(2, 7)}}, 2},
	} {
		if got := Price(&Playbook{Rules: tt.rules}); got != tt.want {
			t.Errorf("%s: got %v, want %v", name, got, tt.want)
		}
	}
}
