package playbooks

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/google/go-cmp/cmp"
)

func TestBuiltin(t *testing.T) {
	ps, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, p := range ps {
		ids = append(ids, p.ID)
		t.Run(p.ID, func(t *testing.T) { checkBuiltin(t, p) })
	}
	want := []string{
		"answer-in-public", "ask-why", "bridges", "celebrate-first", "question-rescue", "restitution", "right-to-error",
		"share-first", "thanks-why", "welcome-human",
	}
	if diff := cmp.Diff(want, ids); diff != "" {
		t.Error(diff)
	}
}

func checkBuiltin(t *testing.T, p *Playbook) {
	source, err := Source(p.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range Lint(p, source) {
		t.Error(problem)
	}
	for _, text := range textsOf(p) {
		for _, language := range Languages {
			if strings.TrimSpace(text.In(language, false, 0)) == "" {
				t.Errorf("line %d: no %q", text.Line, language)
			}
		}
	}
	for _, r := range p.Rules {
		for _, a := range r.Do {
			if tell, ok := a.(Tell); ok && len(tell.Text.ByLanguage["fr-vous"]) == 0 {
				t.Errorf("%s: tells one person and does not know tu from vous", r.Name)
			}
		}
	}
}

// textsOf gives all texts of a playbook.
func textsOf(p *Playbook) []*Text {
	out := []*Text{&p.About, &p.Hypothesis, &p.Harm}
	for i := range p.Settings {
		if p.Settings[i].About.ByLanguage != nil {
			out = append(out, &p.Settings[i].About)
		}
	}
	for _, r := range p.Rules {
		for _, a := range r.Do {
			switch a := a.(type) {
			case Tell:
				out = append(out, a.Text)
			case Post:
				out = append(out, a.Text)
			case Digest:
				for _, line := range a.Lines {
					out = append(out, line)
				}
			}
		}
	}
	return out
}

func TestLoadReads(t *testing.T) {
	text := read(t, "testdata/lang/base.yaml")
	p, err := Load("some/folder/base.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if p.ID != "base" || p.File != "some/folder/base.yaml" || len(p.Hash) != 16 {
		t.Errorf("id %q, file %q, hash %q", p.ID, p.File, p.Hash)
	}
	if p.Measure.Delay != 0.2 || p.Measure.Window.String() != "3 working days" || p.Stop.Harm != 20 {
		t.Errorf("measure %+v, stop %+v", p.Measure, p.Stop)
	}
	invite, help := p.Rule("invite"), p.Rule("help")
	if invite.Line != 15 || p.Rule("nobody") != nil || p.Setting("nothing") != nil {
		t.Errorf("rule at line %d", invite.Line)
	}
	if !invite.Do[0].(Tell).Alive || invite.AtMost.PerPerson != (Rate{Times: 1, Days: 7}) {
		t.Errorf("invite: %+v", invite)
	}
	if got := help.Do[0].(Tell).Text.In("fr", true, 0); got != "{leader}, ici le bot. Vous voulez bien ?" {
		t.Errorf("a text said again: %q", got)
	}
	if got := help.Do[0].(Tell).Expires; got != defaultExpires {
		t.Errorf("expires %v", got)
	}
}

func TestTriggers(t *testing.T) {
	base := read(t, "testdata/lang/base.yaml")
	const when = "{first: {of: [question], in: rooms}}"
	nine := calendar.TimeOfDay(9 * 60)
	for text, want := range map[string]Trigger{
		when:                                    OnFirst{Of: []string{"question"}, In: "rooms"},
		"{first: {of: share}}":                  OnFirst{Of: []string{"share"}},
		"{question_answered: {in: rooms}}":      OnQuestionAnswered{In: "rooms"},
		"{joined: {in: rooms}}":                 OnJoined{In: "rooms"},
		"{command: ama}":                        OnCommand{Name: "ama"},
		"{action: mark}":                        OnAction{Name: "mark"},
		"{answered: helping, with: pass}":       OnAnswered{Name: "helping", With: []string{"pass"}},
		"{or: silence, answered: helping}":      OnAnswered{Name: "helping", Silence: true},
		"{act: {kind: thanks, after: 14 days}}": OnAct{Kinds: []string{"thanks"}, After: calendar.Wait{Count: 14, Unit: calendar.CalendarDays}},
		"{schedule: {every: day, at: 9h, in: rooms}}": OnSchedule{In: "rooms",
			Schedule: calendar.Schedule{Every: calendar.Daily, Nth: 1, At: nine}},
		"{schedule: {every: month, day: monday, at: 9h, in: rooms}}": OnSchedule{In: "rooms",
			Schedule: calendar.Schedule{Every: calendar.Monthly, On: time.Monday, Nth: 1, At: nine}},
		"{schedule: {every: week, day: busy, at: 9h, in: rooms, for: leaders}}": OnSchedule{In: "rooms", For: "leaders", Busy: true,
			Schedule: calendar.Schedule{Every: calendar.Daily, Nth: 1, At: nine}},
	} {
		p, err := Load("base.yaml", []byte(strings.Replace(base, when, text, 1)))
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if diff := cmp.Diff(want, p.Rule("weekly").When); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
}

func TestPost(t *testing.T) {
	base := read(t, "testdata/lang/base.yaml")
	const post = `{under: act, text: {en: "Well.", fr: "Bien."}}`
	text := strings.Replace(base, post, `{in: room, as: well, expires: 1h, buttons: [adopt], text: invite}`, 1)
	p, err := Load("base.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	want := Post{As: "well", Expires: calendar.Wait{Count: 1, Unit: calendar.ElapsedHours}, Buttons: []string{"adopt"}}
	got := p.Rule("under the act").Do[0].(Post)
	if got.Text.In("en", false, 0) != "{leader}, bot here. Would you?" {
		t.Errorf("says %+v", got.Text)
	}
	got.Text = nil
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestNeeds(t *testing.T) {
	p, err := Load("base.yaml", []byte(read(t, "testdata/lang/base.yaml")))
	if err != nil {
		t.Fatal(err)
	}
	for rule, want := range map[string]Needs{
		"invite": NeedLeader | NeedAuthor | NeedRoom | NeedAct, "help": NeedPeople, "go on": 0, "under the act": 0, "weekly": NeedItems,
	} {
		if got := p.Rule(rule).Needs(); got != want || !got.Has(want) {
			t.Errorf("%s needs %b, want %b", rule, got, want)
		}
	}
	if NeedRoom.Has(NeedRoom | NeedAct) {
		t.Error("half of it is not all of it")
	}
}

// TestWholeFile is about files that are wrong as a whole, or at their ends.
func TestWholeFile(t *testing.T) {
	base := read(t, "testdata/lang/base.yaml")
	keys := "keys and values"
	for name, tt := range map[string]struct{ text, want string }{
		"empty":             {"", "base.yaml: wants exactly one YAML document"},
		"a comment":         {"# nothing\n", "base.yaml: wants exactly one YAML document"},
		"two documents":     {base + "---\n" + base, "base.yaml: wants exactly one YAML document"},
		"too long":          {base + strings.Repeat("# long\n", 40_000), "base.yaml: is larger than 64 KiB"},
		"a word":            {"hello\n", "base.yaml:1:1: wants " + keys + " here\n  hello\n  ^"},
		"a list":            {"- hello\n", "base.yaml:1:1: wants " + keys + " here\n  - hello\n  ^"},
		"null":              {"null\n", "base.yaml:1:1: wants " + keys + " here\n  null\n  ^"},
		"a tag":             {"!!map {a: b}\n", "base.yaml:1:1: there are no tags in playbooks\n  !!map {a: b}\n  ^"},
		"an alias":          {"*a\n", "base.yaml:1:1: there are no anchors or aliases in playbooks: write it out\n  *a\n  ^"},
		"carriage returns":  {strings.ReplaceAll(base, "\n", "\r\n"), ""},
		"no rules":          {base[:strings.Index(base, "\nrules:")] + "\nrules: []\n", "base.yaml:14:8: a playbook has at least one rule\n  rules: []\n         ^"},
		"no last line feed": {strings.TrimSuffix(base, "\n"), ""},
		"a document mark":   {"---\n" + base, ""},
		"another ending":    {base + "\r\nmore: x\r\n", "base.yaml:53:1: unknown key \"more\"; here may stand " + strings.Join(topKeys, ", ") + "\n  more: x\n  ^"},
	} {
		t.Run(name, func(t *testing.T) {
			got := ""
			if _, err := Load("base.yaml", []byte(tt.text)); err != nil {
				got = err.Error()
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("wanted -, got +:\n%s", diff)
			}
		})
	}
}

func TestLoadDir(t *testing.T) {
	base := []byte(read(t, "testdata/lang/base.yaml"))
	other := bytes.Replace(base, []byte("playbook: base"), []byte("playbook: other"), 1)
	ps, err := LoadDir(fstest.MapFS{
		"other.yaml": {Data: other}, "base.yaml": {Data: base}, "bad.yaml": {Data: []byte("a")},
		"worse.yaml": {Data: nil}, "readme.md": {Data: []byte("not read")}, "deep/base.yaml": {Data: []byte("not read")},
	})
	if len(ps) != 2 || ps[0].ID != "base" || ps[1].ID != "other" {
		t.Errorf("got %d playbooks", len(ps))
	}
	if err == nil || !strings.Contains(err.Error(), "bad.yaml:1:1") || !strings.Contains(err.Error(), "worse.yaml: ") {
		t.Errorf("error %v", err)
	}
}

func TestMerge(t *testing.T) {
	ours := func(ids ...string) (out []*Playbook) {
		for _, id := range ids {
			out = append(out, &Playbook{ID: id, File: strings.Join(ids, "")})
		}
		return out
	}
	var got []string
	for _, p := range Merge(ours("a", "b", "c"), ours("b", "z")) {
		got = append(got, p.ID+"/"+p.File)
	}
	if diff := cmp.Diff([]string{"a/abc", "c/abc", "b/bz", "z/bz"}, got); diff != "" {
		t.Error(diff)
	}
}

func FuzzLoad(f *testing.F) {
	for _, id := range []string{"celebrate-first", "question-rescue", "restitution", "share-first"} {
		text, err := Source(id)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	base := read(f, "testdata/lang/base.yaml")
	f.Add([]byte(base))
	for _, part := range strings.SplitAfter(base, "\n") {
		f.Add([]byte(part))
	}
	for _, odd := range []string{
		"? a\n: b", "<<: *a", "&a b: c", "!!a b", "- - -", "{a: {b: [", "a: |\n  b\n", "a: >-\n\n b", "\xff", "\x00",
		"%YAML 1.2\n---\na: b", "a: \"\\x", "\ufeffa: b", "rules:\n-", "rules: [{do: [{}]}]", "a: .nan", "about: {en: [&a b, *a]}",
	} {
		f.Add([]byte(odd))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > 8<<10 {
			t.Skip("long flow collections take the YAML parser quadratic time")
		}
		p, err := Load("base.yaml", text)
		checkPlaces(t, string(text), err)
		if err != nil {
			return
		}
		for _, problem := range Lint(p, text) {
			if n := bytes.Count(text, []byte("\n")) + 1; problem.Line < 1 || problem.Line > n || problem.Column < 1 {
				t.Errorf("no such place in %d lines: %v", n, problem)
			}
		}
		for _, r := range p.Rules {
			r.Needs()
		}
		if price := Price(p); price < 0 || price > weeklyBudget {
			t.Errorf("price %v", price)
		}
	})
}
