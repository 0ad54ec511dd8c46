package playbooks

import (
	"strings"
	"testing"

	"github.com/gofirst/gofirst/bot/chat"
)

// hostile is a playbook that tries to break one of the twelve rules that hold for all: base.yaml with a line in
// another's place, and what is then said. What a file cannot break, the engine's own tests try.
type hostile struct{ name, old, fresh, want string }

const (
	says   = `en: "{leader}, bot here. Would you?"`
	sagt   = `tu: "{leader}, ici le bot. Tu veux bien ?"`
	goesOn = "    when: {answered: invitation, with: [write, later], or: silence}\n    do:\n      - mark: {question: open}\n"
	posts  = `post: {under: act, text: {en: "Well.", fr: "Bien."}}`
	head   = `lines: {head: {en: "This week", fr: "Cette semaine"}}`
	again  = "is not asked again: silence is not followed up"
	counts = "counts what people do"
)

func hostiles() map[string][]hostile {
	return map[string][]hostile{
		"rule 1: nothing unasked without a limit": {
			{"a schedule", "    at_most: {per_person: 1 a week}\n", "", `wants "at_most:"`},
			{"others, after a press", goesOn, following("with: write", "pick: {from: leaders, likely: to answer}", "picked"), `wants "at_most:"`},
			{"the whole role at once", "likely: to answer,", "likely: to answer, up_to: 50,", "wants a number from 1 to 3"},
			{"a limit that is none", "per_room: 2 a day", "per_room: 2 a minute", "wants \"2 a day\""},
		},
		"rule 3: silence is not followed up": {
			{"at once", goesOn, following("or: silence", "", "leader"), again},
			{"after a no", goesOn, following("with: later", "", "leader"), again},
			{"on the way", goesOn, following("or: silence", "pick: {from: leaders}", "picked") +
				"    at_most: {per_room: 1 a day}\n  - name: and on\n" + following("or: silence", "", "leader"), again},
			{"the invited, to the room", goesOn, "    when: {answered: invitation, or: silence}\n    do: [{post: {text: {en: \"{leader}.\", fr: \"Bien.\"}}}]\n    at_most: {per_room: 1 a day}\n", "{leader} is not named to others here"},
			{"the silent, to somebody", goesOn, following("or: silence", "pick: {from: leaders}", "picked") + "    at_most: {per_room: 1 a day}\n", "{leader} is not named to others here"},
			{"the thanked", posts, `post: {under: act, text: {en: "{receiver}.", fr: "Bien."}}`, "{receiver} is not named to others here"},
			{"a why not told", posts, `tell: {whom: author, as: the-why, open_for: 1h, buttons: [tell, stop], text: {en: "Bot.", fr: "Bot ici."}}` +
				"\n    at_most: {per_room: 3 a day}\n  - name: and then\n    when: {answered: the-why, or: silence}\n    do:\n      - post: {text: {en: \"{author}.\", fr: \"Bien.\"}}", "{author} is not named to others here"},
			{"a reminder", says, `en: "{leader}, bot here. A reminder: would you?"`, "follows up on silence"},
		},
		"rule 4: no points, no counters": {
			{"how often others did it", "if: leader.quiet_days", "if: act.adopted >= 10 and leader.quiet_days", "mismatched types bool and int"},
			{"how often you did it", says, `en: "{leader}, bot here. You did it 12 times."`, counts},
			{"in words", says, `en: "{leader}, bot here. For the 3rd time, and three more people."`, counts},
			{"en français", sagt, `tu: "{leader}, ici le bot. C'est la 3e fois ; douze personnes ont suivi."`, counts},
			{"a streak", says, `en: "{leader}, bot here. Five weeks in a row."`, "makes it a competition"},
			{"une série", sagt, `tu: "{leader}, ici le bot. Cinq semaines d'affilée."`, "makes it a competition"},
			{"a rank", says, `en: "{leader}, bot here. You helped the most."`, "makes it a competition"},
			{"un rang", sagt, `tu: "{leader}, ici le bot. Tu as le plus aidé."`, "makes it a competition"},
			{"points", says, `en: "{leader}, bot here. Ten points for you."`, "makes it a competition"},
			{"a hole for a number", says, `en: "{leader}, bot here. {count} so far."`, "{count} is not known here"},
		},
		"rule 6: short, and easy to stop": {
			{"sixty words of which one is three links", says,
				`en: "{leader}, bot here. ` + strings.Repeat("so ", 53) + `{links}"`, "has 63 words once it is filled"},
			{"no way to stop", "buttons: [write, later, stop]", "buttons: [write, later]", "does not say how to stop"},
			{"no bot", says, `en: "{leader}, Tom here. Would you?"`, "does not say that a bot is speaking"},
			{"a menu", "buttons: [write, later, stop]", "buttons: [write, later, yes, no, why, stop]", "has 6 buttons"},
		},
		"rule 7: a free choice": {
			{"must", says, `en: "{leader}, bot here. You must."`, "leaves no choice"},
			{"il faut", sagt, `tu: "{leader}, ici le bot. Il faut le faire."`, "leaves no choice"},
			{"guilt", says, `en: "{leader}, bot here. We rely on you."`, "lays guilt"},
			{"hurry", sagt, `tu: "{leader}, ici le bot. C'est urgent."`, "hurries"},
			{"one form of French", `vous: "{leader}, ici le bot. Vous voulez bien ?"`, `vous: "{leader}, ici le bot. Tu veux bien ?"`, "says tu"},
			{"a gender", sagt, `tu: "{leader}, ici le bot. Tu es invité."`, "tells the reader's gender"},
		},
		"rule 8: a named person, never the room": {
			{"a question", posts, `post: {text: {en: "Who has an answer?", fr: "Bien."}}`, "asks the room"},
			{"une question", posts, `post: {text: {en: "Well.", fr: "Qui sait répondre ?"}}`, "asks the room"},
			{"a bump", posts, `post: {under: question, text: {en: "Anybody?", fr: "Bien."}}`, "asks the room"},
			{"choices", posts, `post: {buttons: [take], text: {en: "Well.", fr: "Bien."}}`, `asks the room for "take"`},
			{"in a digest", head, `lines: {head: {en: "Who is next?", fr: "Cette semaine"}}`, "asks the room"},
		},
		"rule 9: a person line and a group line": {
			{"thanks to nobody", head, `lines: {head: {en: "This week", fr: "Cette semaine"}, thanks: {en: "For {words}", fr: "Pour {words}"}}`, "names whom they go to"},
			{"thanks to whoever gave them", head, `lines: {head: {en: "This week", fr: "Cette semaine"}, thanks: {en: "{author}, {receivers}", fr: "{receivers}"}}`, "nothing fills {author} here"},
			{"in a post", posts, `post: {under: act, text: {en: "{receivers}.", fr: "Bien."}}`, "nothing fills {receivers} here"},
		},
		"rule 12: nobody's words": {
			{"told to somebody else", says, `en: "{leader}, bot here. {words}"`, "nothing fills {words} here"},
			{"said in the room", posts, `post: {text: {en: "{words}", fr: "Bien."}}`, "nothing fills {words} here"},
			{"what a question said", head, `lines: {head: {en: "This week", fr: "Cette semaine"}, open: {en: "{words}", fr: "{links}"}}`, "nothing fills {words} here"},
		},
	}
}

// following is a rule that goes on from the invitation.
func following(answer, pick, whom string) string {
	if pick != "" {
		pick = "    " + pick + "\n"
	}
	as := map[string]string{"leader": "more", "picked": "invitation"}[whom]
	return "    when: {answered: invitation, " + answer + "}\n" + pick +
		"    do:\n      - tell: {whom: " + whom + ", as: " + as + ", open_for: 1h, buttons: [stop], text: invite}\n"
}

// TestTwelveRules lets hostile playbooks try to break the rules that hold for all, as far as a file could.
func TestTwelveRules(t *testing.T) {
	t.Parallel()
	base := read(t, "testdata/lang/base.yaml")
	if said := objections(base); said != "" {
		t.Fatalf("without any malice:\n%s", said)
	}
	for rule, tries := range hostiles() {
		t.Run(rule, func(t *testing.T) {
			for _, h := range tries {
				if strings.Count(base, h.old) != 1 {
					t.Fatalf("%s: %q is not in base.yaml once", h.name, h.old)
				}
				if said := objections(strings.Replace(base, h.old, h.fresh, 1)); !strings.Contains(said, h.want) {
					t.Errorf("%s: wanted %q, got:\n%s", h.name, h.want, said)
				}
			}
		})
	}
}

// objections are all that loading and checking say.
func objections(text string) string {
	p, err := Load("base.yaml", []byte(text))
	if err != nil {
		return err.Error()
	}
	var said []string
	for _, problem := range Lint(p, []byte(text)) {
		said = append(said, problem.Error())
	}
	return strings.Join(said, "\n")
}

// TestExampleBeforeRequest is rule 5, which a file may try to get around in every way in which it can address members:
// none is asked for an example before a leader went first, and every leader may be.
func TestExampleBeforeRequest(t *testing.T) {
	t.Parallel()
	member, leads := Values{"some": "helper"}, Values{"some": "leader"}
	tell := func(whom string, buttons ...string) []Action {
		return []Action{Tell{Whom: whom, As: "it", Buttons: buttons}}
	}
	scheduled := &Rule{Name: "first", When: OnSchedule{For: "some"}, Do: tell("leader", "write")}
	for name, tt := range map[string]struct {
		rule     *Rule
		settings Values
		asks     bool
	}{
		"a slot of members":               {scheduled, member, true},
		"a slot of leaders":               {scheduled, leads, false},
		"an answer in a slot of members":  {&Rule{When: OnAnswered{Name: "it"}, Do: tell("leader", "mine")}, member, true},
		"an answer in a slot of leaders":  {&Rule{When: OnAnswered{Name: "it"}, Do: tell("leader", "mine")}, leads, false},
		"a pick that calls it answering":  {&Rule{When: OnJoined{}, Pick: &Pick{From: "some", Likely: "to answer", UpTo: 1}, Do: tell("picked", "adopt")}, member, true},
		"a pick that calls it sharing":    {&Rule{When: OnJoined{}, Pick: &Pick{From: "some", Likely: toShare, UpTo: 1}, Do: tell("picked", "pass")}, member, true},
		"a pick of leaders":               {&Rule{When: OnJoined{}, Pick: &Pick{From: "some", Likely: toShare, UpTo: 1}, Do: tell("picked", "write")}, leads, false},
		"a pick to answer a question":     {&Rule{When: OnJoined{}, Pick: &Pick{From: "some", Likely: "to answer", UpTo: 1}, Do: tell("picked", "take")}, member, false},
		"whoever comes in":                {&Rule{When: OnJoined{}, Do: tell("author", "write")}, member, true},
		"whoever is thanked":              {&Rule{When: OnAct{}, Do: tell("receiver", "mine")}, member, true},
		"the second thing that it does":   {&Rule{When: OnJoined{}, Do: append(tell("author", "why"), tell("author", "adopt")...)}, member, true},
		"a line under somebody's example": {&Rule{When: OnAct{}, Do: []Action{Post{Under: "act", Buttons: []string{"adopt"}}}}, member, false},
	} {
		t.Run(name, func(t *testing.T) {
			b := Bound{&Instance{Playbook: &Playbook{Rules: []*Rule{scheduled, tt.rule}}, Settings: tt.settings}, tt.rule}
			for led, f := range map[string]Facts{
				"":                            {},
				"a leader gave thanks":        {Act: Act{Kind: "thanks", ByLeader: true}},
				"a leader asked":              {Act: Act{Kind: "ask", ByLeader: true}},
				"a leader went first":         {Room: Room{Led: true}},
				"this is what a leader shows": {Act: Act{Kind: "share", ByLeader: true}},
			} {
				f.People = []Candidate{{ID: 7, Open: true, Free: true}}
				went := f.Room.Led || f.Act.Kind == "share"
				want := chat.RuleFired
				if tt.asks && !went {
					want = chat.NoExample
				}
				if got := Decide(b, f, 1).Reason; got != want {
					t.Errorf("%q: %s, wanted %s", led, got, want)
				}
			}
			if !tt.rule.Needs().Has(NeedRoom|NeedAct) && tt.asks {
				t.Error("the facts for it are not loaded")
			}
		})
	}
}
