package bot_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/local"
	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// newOffice is a stage with all built-in playbooks there and off, run by Ada, with tom for a steward.
func newOffice(t testing.TB) *stage {
	t.Helper()
	s := newStage(t)
	books, err := playbooks.Builtin()
	s.must(err)
	s.engine, err = bot.New(t.Context(), bot.Options{
		Store: s.store, Turns: s.store, Playbooks: books, NoNotice: true, Runs: "Ada",
		Stewards: []bot.Steward{{Name: "@tom"}},
	})
	s.must(err)
	s.engine.Connect("local", s.chat.Connect())
	s.engine.Fix("local", "local", "celebrate-first", map[string]any{"hosts": "host"})
	s.chat.AddChannel("help", "ana", "hal", "ida", "tom", "zoe")
	return s
}

func (s *stage) enable(playbook string, settings map[string]any) {
	s.Helper()
	s.must(s.engine.Enable(s.Context(), "local", "local", playbook, settings, s.now))
}

// one gives the only answer's text.
func one(s *stage, got []local.Post) string {
	s.Helper()
	if len(got) != 1 {
		s.Fatalf("%d answers: %v", len(got), got)
	}
	if strings.Contains(got[0].Text, "⟦") {
		s.Errorf("a sentence is missing: %s", got[0].Text)
	}
	return got[0].Text
}

// plain reads a text as it would be typed.
var plain = strings.NewReplacer("`", "", "’", "'", "“", "\"", "”", "\"", "\u202f", " ")

func has(s *stage, text string, words ...string) {
	s.Helper()
	for _, w := range words {
		if !strings.Contains(plain.Replace(text), w) {
			s.Errorf("%q is not in\n%s", w, text)
		}
	}
}

func hasNot(s *stage, text string, words ...string) {
	s.Helper()
	for _, w := range words {
		if strings.Contains(text, w) {
			s.Errorf("%q is in\n%s", w, text)
		}
	}
}

func TestHelp(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	text := one(s, s.command("ana", "help"))
	has(s, text, "share ", "/gofirst share", "whyme      why did I get this?", "help all", "Nothing is on here yet")
	hasNot(s, text, "a person is found if nobody answers")
	s.enable("question-rescue", map[string]any{"rooms": []string{"#help"}})
	text = one(s, s.command("ana", "help"))
	has(s, text, "a person is found if nobody answers")
	hasNot(s, text, "Nothing is on here yet")
	lines := strings.Split(text, "\n")
	if at := strings.Index(lines[0], "/gofirst"); at < 0 || at != strings.Index(lines[1], "/gofirst") {
		t.Errorf("the examples are not below each other:\n%s", text)
	}
	has(s, one(s, s.command("ana", "help thank")), "/gofirst thanks @hal for the runbook")
	has(s, one(s, s.command("ana", "help stewards")), "playbook enable")
	has(s, one(s, s.command("zoe", "aide")), "partage", "/gofirst merci @hal", "essaimage")
	has(s, one(s, s.command("zoe", "aide tout")), "vie privée", "scénario")
	has(s, one(s, s.command("zoe", "aide partage")), "Deux phrases")
}

func TestEveryLessonAnswers(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	for _, topic := range []string{"all", "leaders", "share", "ask", "pause", "me", "halt", "nonsense"} {
		for _, who := range []chat.UserID{"ana", "zoe"} {
			one(s, s.command(who, "help "+topic))
		}
	}
}

func TestQuestionsList(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	has(s, one(s, s.command("ana", "questions")), "Nothing is open")
	for range 12 {
		s.say("ana", "", "How do I rotate the signing key?")
	}
	s.pass(26 * time.Hour)
	text := one(s, s.command("hal", "questions"))
	has(s, text, "12 questions are open", "in #platform, open for 26 hours", "and 2 more")
	if n := strings.Count(text, "a question⟩ in"); n != 10 {
		t.Errorf("%d are shown:\n%s", n, text)
	}
	has(s, one(s, s.command("hal", "questions mine")), "Nothing is open")
	has(s, one(s, s.command("zoe", "questions ici")), "12 questions sont ouvertes", "depuis 26 heures", "et 2 autres")
	has(s, one(s, s.told("ana", "questions miennes")), "12 questions")
	has(s, one(s, s.command("hal", "questions plat")), "12 questions")
	has(s, one(s, s.command("hal", "questions #help")), "Nothing is open")
	has(s, one(s, s.command("hal", "questions keys")), "nobody's words")
}

func TestStopAndResume(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	out := func(playbook string) (out bool) {
		s.turn(func(tx *store.Tx) (err error) { out, err = tx.OptedOut("local", "ana", playbook); return err })
		return out
	}
	has(s, one(s, s.command("ana", "resume")), "nothing to undo")
	has(s, one(s, s.command("ana", "stop question rescue")), "question-rescue")
	if !out("question-rescue") || out("share-first") {
		t.Error("one playbook was to be stopped")
	}
	has(s, one(s, s.command("ana", "stop knitting")), "Stop which", "share-first")
	has(s, one(s, s.command("ana", "stop sending me these things")), "Nothing unasked")
	if !out("share-first") {
		t.Error("everything was to be stopped")
	}
	has(s, one(s, s.command("ana", "resume question-rescue")), "this still holds me back: the stop of everything")
	one(s, s.command("ana", "resume"))
	if out("share-first") || out("question-rescue") {
		t.Error("resume undoes everything")
	}
	has(s, one(s, s.command("zoe", "arrête")), "Plus rien de moi-même")
}

func TestPause(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	for text, want := range map[string]string{
		"pause":                                 "Quiet until Monday 21 September, 09:",
		"pause 3 days":                          "Quiet until Thursday 10 September",
		"pause until Monday":                    "Quiet until Monday 14 September.",
		"pause jusqu'au 2027-01-01":             "Quiet until Friday 1 January 2027.",
		"pause share-first 2w":                  "Nothing from share-first until Monday 21 September",
		"pause 2 weeks question-rescue":         "Nothing from question-rescue until Monday 21",
		"pause leave until Friday":              "on leave until Friday 11 September.",
		"away from 2026-12-21 until 2027-01-04": "from Monday 21 December until Monday 4 January 2027",
		"away":                                  "on leave until Monday 21 September",
		"pause sometime":                        "Until when?",
		"absence du 2026-12-21 au 2026-12-20":   "Until when?",
		"congés jusqu'à lundi":                  "on leave until Monday 14 September.",
	} {
		has(s, one(s, s.command("ana", text)), want)
	}
	has(s, one(s, s.command("zoe", "pause 2 semaines")), "Silence jusqu'au lundi 21 septembre à 09:")
	var p store.Person
	s.turn(func(tx *store.Tx) (err error) { p, _, err = tx.FindPerson("local", "ana"); return err })
	if p.PausedUntil.IsZero() || !strings.Contains(p.Prefs, "share-first") || !strings.Contains(p.Prefs, "question-rescue") {
		t.Errorf("%+v", p)
	}
	one(s, s.command("ana", "resume"))
	s.turn(func(tx *store.Tx) (err error) { p, _, err = tx.FindPerson("local", "ana"); return err })
	if !p.PausedUntil.IsZero() || p.Prefs != "" || !p.AwayUntil.IsZero() {
		t.Errorf("%+v", p)
	}
}

func TestPausedPlaybookIsQuiet(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	s.enable("question-rescue", map[string]any{"rooms": []string{"#platform"}, "patience": "eager"})
	one(s, s.command("ana", "pause question-rescue 1w"))
	s.say("ana", "", "How do I rotate the signing key?")
	for range 30 {
		if got := s.pass(time.Hour); len(got) > 0 {
			t.Fatalf("said %s", line(got[0]))
		}
	}
}

func TestPrefs(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	for _, c := range []struct{ say, want string }{
		{"me prefs", "Language: English"},
		{"me prefs hours 9-17", "Hours in which I may write: Mon-Fri 09:00-17:00."},
		{"me prefs Mon-Thu 9-12,14-18 hours", "Mon-Thu 09:00-12:00,14:00-18:00"},
		{"me prefs hours whenever", "Days and hours such as"},
		{"me prefs zone paris", "Europe/Paris"},
		{"me prefs zone new york", "America/New_York"},
		{"me prefs zone Atlantis", "A zone such as"},
		{"me prefs rescue just ask", "just ask somebody"},
		{"me prefs leave mine alone", "leave mine alone"},
		{"me prefs recognition team", "my team"},
		{"me prefs recognition default", "only me"},
		{"me prefs recognition loud", "public"},
		{"me prefs address vous", "vous"},
		{"me prefs", "(your choice)"},
		{"me prefs language fr", "Langue : français"},
		{"moi réglages langue anglais", "Language: English"},
		{"me prefs default", "taken back"},
		{"me prefs blue", "I can set"},
	} {
		text := plain.Replace(one(s, s.command("ana", c.say)))
		if !strings.Contains(text, c.want) {
			t.Errorf("%q gave %q, not %q", c.say, text, c.want)
		}
	}
}

func TestShowExportForget(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	s.say("ana", "", "How do I rotate the signing key?")
	s.gives("ana", "share wip: I drew the plan twice")
	s.command("ana", "me prefs language en")
	text := one(s, s.command("ana", "me show"))
	has(s, text, "One message:", "One question that you asked", "I drew the plan twice", "One act", "Preferences")
	hasNot(s, text, "signing key")

	var export strings.Builder
	for _, p := range s.told("ana", "me export") {
		export.WriteString(p.Text)
	}
	_, body, _ := strings.Cut(export.String(), "\n")
	var tables map[string][]map[string]string
	if err := json.Unmarshal([]byte(strings.ReplaceAll(body, "`", "")), &tables); err != nil {
		t.Fatalf("%v in\n%s", err, body)
	}
	if len(tables["messages"]) != 1 || tables["acts"][0]["words"] != "I drew the plan twice" {
		t.Errorf("%v", tables)
	}

	has(s, one(s, s.command("ana", "me forget")), "me forget yes", "Gone:", "Stays:")
	one(s, s.command("ana", "stop"))
	has(s, one(s, s.command("ana", "me forget yes")), "Done. I no longer know", "Your stop stays")
	s.turn(func(tx *store.Tx) error {
		if _, known, err := tx.FindPerson("local", "ana"); known || err != nil {
			t.Errorf("still known: %v %v", known, err)
		}
		out, err := tx.OptedOut("local", "ana", "share-first")
		if !out {
			t.Error("the stop was to stay")
		}
		return err
	})
	if a := s.acts()[0]; a.Words != "" || a.Author != 0 {
		t.Errorf("%+v", a)
	}
}

func TestPrivacySaysWho(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	has(s, one(s, s.command("ana", "privacy")), "Ada runs me", "35 days", "key file", "never read")
	has(s, one(s, s.command("zoe", "vie privée")), "Ada", "35 jours")
	has(s, one(s, s.command("ana", "privacy all")), "where and when somebody wrote", "• what stewards turned on", "35 days; after 14, only the day", "each answer counts half after 180 days")
	has(s, one(s, s.command("zoe", "vie privée tout")), "où et quand quelqu'un a écrit", "• ce que l'intendance a activé", "35 jours ; après 14, le jour seulement")
}

func TestWhyMe(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	has(s, one(s, s.command("ana", "whyme")), "seven days")
	s.enable("question-rescue", map[string]any{"rooms": []string{"#platform"}, "patience": "eager"})
	s.turn(func(tx *store.Tx) error {
		hal, _, err := tx.Person("local", "hal")
		s.must(err)
		s.must(tx.KeepSealed(hal.ID, "hal"))
		return tx.SetRole(store.Role{Conn: "local", Space: "local", Person: hal.ID, Role: "helper", State: store.Accepted, Since: s.now})
	})
	s.say("ana", "", "How do I rotate the signing key?")
	asked := s.pass(30 * time.Hour)
	if len(asked) == 0 {
		t.Fatal("the asker was not asked")
	}
	text := one(s, s.command("ana", "whyme"))
	has(s, text, "question-rescue", "ask the asker", "when a question has been open", "what you wrote yourself",
		"the service took the message", "What for:", "/gofirst stop question-rescue", "Tuesday 8 September")
	for len(asked) == 1 || asked[len(asked)-1].To != "hal" {
		asked = append(asked, s.pass(time.Hour)...)
		if s.now.Day() > 20 {
			t.Fatal("the helper was not asked")
		}
	}
	s.wants(s.press("hal", asked[len(asked)-1], "Why this?"), "hal: you accepted the role helper")
	s.command("ana", "me prefs language fr")
	text = one(s, s.command("ana", "pourquoi"))
	has(s, text, "Pourquoi toi", "Cela vient du scénario", "le service a pris le message")
}

func TestSpread(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	has(s, one(s, s.command("ana", "spread")), "nobody has linked", "not measured yet")
	s.say("tom", "", "Hello")
	var source int64
	s.turn(func(tx *store.Tx) error {
		place, _, err := tx.Place("local", "local", "platform")
		s.must(err)
		tom, _, err := tx.Person("local", "tom")
		s.must(err)
		a := store.Act{Conn: "local", Space: "local", Place: place.ID, Kind: "share", Author: tom.ID, Audience: "public", Message: "1", Declared: true, At: s.now}
		source, err = tx.AddAct(a)
		s.must(err)
		a.Kind, a.Source, a.Audience = "adopt", source, "private"
		_, err = tx.AddAct(a)
		return err
	})
	text := one(s, s.command("ana", "spread"))
	has(s, text, "one example has followers", "★ @tom:", "↳ something that is not open to everybody", "there may be more")
	if again := one(s, s.command("hal", "spread")); again != text {
		t.Errorf("not the same for everybody:\n%s\n%s", text, again)
	}
	has(s, one(s, s.command("ana", "spread thanks")), "nobody has linked")
}

func TestDigestPreview(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	has(s, one(s, s.command("ana", "digest preview")), "nothing to give back")
	s.gives("tom", "share wip: I drew the plan twice because I trust neither")
	s.say("ana", "", "How do I rotate the signing key?")
	text := one(s, s.command("ana", "digest preview"))
	has(s, text, "from 2 items", "★ @tom", "? Open:", "restitution is not on in this room")
	s.enable("restitution", map[string]any{"rooms": []string{"#platform"}})
	has(s, one(s, s.command("ana", "digest preview")), "its rule wants items >= settings.least")
	s.enable("restitution", map[string]any{"rooms": []string{"#platform"}, "least": 2})
	has(s, one(s, s.command("ana", "digest preview #platform")), "It is posted every Friday at 15:00")
	has(s, one(s, s.told("ana", "digest preview")), "Which room?")
	has(s, one(s, s.command("zoe", "bilan aperçu")), "à partir de 2 éléments")
	has(s, one(s, s.command("ana", "digest preview #unknown")), "Which room?")
}
