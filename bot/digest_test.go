package bot_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// TestDigestLaws lets many different weeks happen and looks at what the room would read: at most eight lines, no line
// twice, nothing that its author kept private, and of those who are thanked only whom may be named.
func TestDigestLaws(t *testing.T) {
	t.Parallel()
	s, _ := digestOffice(t)
	s.enable("restitution", map[string]any{"rooms": []string{"platform"}, "least": 1})
	s.command("hal", "me prefs recognition public")
	s.command("ida", "me prefs recognition team")
	shown := map[string]int{}
	for seed := range uint64(60) {
		s.now = s.now.AddDate(0, 0, 8)
		s.randomWeek(rand.New(rand.NewPCG(seed, 1)))
		text := plain.Replace(s.command("zoe", "digest preview")[0].Text)
		if strings.Count(text, "\n") < 2 {
			continue // nothing happened
		}
		lines := strings.Split(text, "\n")
		lines = lines[1 : len(lines)-1] // without what the preview says before and after
		if len(lines) > 8 {
			t.Errorf("week %d has %d lines:\n%s", seed, len(lines), text)
		}
		for i, line := range lines {
			if line = strings.TrimSpace(line); line == "" || slices.Contains(lines[:i], line) {
				t.Errorf("week %d has an empty line, or one twice: %q", seed, line)
			}
			word, _, _ := strings.Cut(line, " ")
			shown[word]++
		}
		hasNot(s, text, "kept to themselves", "@ida", "only seen", "⟦", "{")
	}
	for _, word := range []string{"This", "★", "Why:", "↳", "?", "♥", "→", "Half"} {
		if shown[word] == 0 {
			t.Errorf("no week had a line with %q: %v", word, shown)
		}
	}
}

// randomWeek puts into the store what people may have done in the last week.
func (s *stage) randomWeek(r *rand.Rand) {
	s.Helper()
	kinds := []string{"share", "example", "adopt", "thanks", "changed", "ask-why"}
	s.turn(func(tx *store.Tx) error {
		place, _, err := tx.FindPlace("local", "platform")
		s.must(err)
		people := map[string]store.PersonID{}
		for _, name := range []string{"ana", "hal", "ida", "tom"} {
			p, _, err := tx.Person("local", chat.UserID(name))
			s.must(err)
			people[name] = p.ID
		}
		at := func() time.Time { return s.now.Add(-time.Duration(r.IntN(6*24*60)+60) * time.Minute) }
		for i := range r.IntN(12) {
			a := store.Act{
				Conn: "local", Space: "local", Place: place.ID, Kind: kinds[r.IntN(len(kinds))], Author: people["tom"], Declared: true,
				Audience: "public", Message: chat.MessageID(fmt.Sprint("m", s.now.Unix(), i)), At: at(),
				Practice: []string{"", "wip", "lesson", "mistake", "heard", "thanks", "their own word"}[r.IntN(7)],
				Words:    strings.Repeat("what it\nwas about, ", 1+r.IntN(30)), Why: []string{"", "it\n\nhelps " + strings.Repeat("so ", r.IntN(200))}[r.IntN(2)],
			}
			switch {
			case a.Kind == "thanks":
				a.Receivers, a.Team = []store.PersonID{people["hal"], people["ida"]}[:1+r.IntN(2)], []string{"", "the crew"}[r.IntN(2)]
			case r.IntN(4) == 0:
				a.Audience, a.Words = "private", "kept to themselves"
			case r.IntN(4) == 0:
				a.Declared, a.Seen, a.Words = false, true, "only seen"
			}
			_, err := tx.AddAct(a)
			s.must(err)
		}
		for i := range r.IntN(20) {
			q := store.Question{Place: place.ID, Message: chat.MessageID(fmt.Sprint("q", s.now.Unix(), i)), Asker: people["ana"], At: at(), State: store.OpenState}
			if r.IntN(2) == 0 {
				q.FirstReply, q.State = q.At.Add(time.Duration(r.IntN(50))*time.Minute), store.SolvedState
			}
			_, _, err := tx.AddQuestion(q)
			s.must(err)
		}
		return nil
	})
}

// TestDigestNumber: how long people waited is said from eight questions on, not before.
func TestDigestNumber(t *testing.T) {
	t.Parallel()
	for n, said := range map[int]bool{7: false, 8: true} {
		s, _ := digestOffice(t)
		s.enable("restitution", map[string]any{"rooms": []string{"platform"}, "least": 0})
		for i := range n {
			root := s.say("ana", "", fmt.Sprintf("How do I rotate the signing key number %d?", i))
			s.now = s.now.Add(40 * time.Minute)
			s.say("hal", root, "With the rotate command, run twice.")
		}
		s.say("ana", "", "And how do I print it?")
		if text := one(s, s.command("ana", "digest preview")); strings.Contains(text, "within 40 minutes") != said {
			t.Errorf("with %d answered questions:\n%s", n, text)
		}
	}
}

// TestDigestStaysWithItsReaders: what is private is named to nobody outside, and whoever can no longer read a room gets
// no copy of its digest, even where the service never told that they left.
func TestDigestStaysWithItsReaders(t *testing.T) {
	t.Parallel()
	s, w := digestOffice(t)
	has(s, one(s, s.told("zoe", "bilan oui #platform")), "viendra aussi en privé")
	s.wants(s.week(), "room: This week in #platform", "zoe: Cette semaine dans #platform")
	w.private, w.inside = "platform", []chat.UserID{"ana", "hal"}
	s.wants(s.week(), "room: This week in #platform")
	for _, verb := range []string{"oui #platform", "aperçu #platform", "horaire #platform", "#platform"} {
		text := one(s, s.told("zoe", "bilan "+verb))
		has(s, text, "Quel canal ?")
		hasNot(s, text, "#platform")
	}
	list := one(s, s.told("zoe", "bilan"))
	hasNot(s, list, "#platform")
	has(s, list, "Aucun des canaux accessibles")
	has(s, one(s, s.told("hal", "digest preview #platform")), "#platform")
	has(s, one(s, s.told("zoe", "bilan non #platform")), "ce bilan ne viendra plus en privé") // ending it needs no sight
}

// TestDigestEndsWithTheBot: when the bot leaves a room, nobody waits for its digest any more.
func TestDigestEndsWithTheBot(t *testing.T) {
	t.Parallel()
	s, _ := digestOffice(t)
	s.command("zoe", "digest on")
	gone := chat.MemberLeft{Header: chat.Header{
		ID: "gone", Place: chat.Place{Space: "local", Channel: "platform"}, Actor: chat.Actor{Self: true}, Time: s.now,
	}}
	s.must(s.engine.Take(s.Context(), "local", gone, s.now))
	s.turn(func(tx *store.Tx) error {
		place, _, err := tx.FindPlace("local", "platform")
		s.must(err)
		people, err := tx.Subscribers(place.ID)
		if len(people) != 0 {
			t.Errorf("%d people still wait", len(people))
		}
		return err
	})
}

// TestDigestRhythmIsOneTruth: the button, the command, the list of settings and a restart agree, and what the
// configuration file fixes stays.
func TestDigestRhythmIsOneTruth(t *testing.T) {
	t.Parallel()
	s, _ := digestOffice(t)
	digest := s.wants(s.week(), "room: This week in #platform")[0]
	s.wants(s.press("hal", digest, "Every other week"), "hal: This digest now comes every other week here")
	has(s, one(s, s.command("tom", "playbook show restitution")), "rhythm @ #platform: fortnight")
	s.enable("restitution", map[string]any{"rooms": []string{"platform"}}) // as the file does at every start
	has(s, one(s, s.command("hal", "digest schedule")), "every other Friday")
	s.wants(s.press("hal", digest, "Every other week"), "hal: This digest now comes every week again.")
	has(s, one(s, s.command("hal", "digest schedule")), "every Friday at 15:00")

	fixed := map[string]any{"rooms": []string{"platform"}, "rhythm": "week"}
	s.engine.Fix("local", "local", "restitution", fixed)
	s.enable("restitution", fixed)
	has(s, one(s, s.press("zoe", digest, "Every other week")), "est fixé ici par le fichier de configuration", "Ada peut le changer")
	has(s, one(s, s.command("tom", "digest schedule friday 15:00 every other week")), "rhythm is fixed by the configuration file")
	has(s, one(s, s.command("hal", "digest schedule")), "every Friday at 15:00")
	has(s, one(s, s.command("tom", "digest schedule friday 16:00")), "every Friday at 16:00") // what is not fixed is free
}

// TestTakeOneIsNotForged: a question is taken by a button that the bot made, and by no other.
func TestTakeOneIsNotForged(t *testing.T) {
	t.Parallel()
	s, _ := digestOffice(t)
	digest := s.wants(s.week(), "room: This week in #platform")[0]
	list := s.press("hal", digest, "I take one")[0]
	if len(list.Buttons) != 3 || list.To != "hal" || !list.Private {
		t.Fatalf("the list is %+v", list)
	}
	parts := strings.Split(list.Buttons[0].Value, ".")
	press := func(choice string) []string {
		var said []string
		for _, p := range s.after(func() error {
			ev := chat.ButtonPressed{Value: parts[0] + "." + choice + "." + parts[2], Reply: list.Reply}
			ev.ID, ev.Place, ev.Actor.User, ev.Time = chat.EventID("press-"+choice), chat.Place{Space: "local", Channel: "platform"}, "ida", s.now
			return s.engine.Take(s.Context(), "local", ev, s.now)
		}) {
			said = append(said, p.Text)
		}
		return said
	}
	for _, choice := range []string{"q2", "q99", "q", "takeone"} {
		if said := press(choice); len(said) > 0 && strings.Contains(said[0], "It is yours") {
			t.Errorf("%q took a question: %q", choice, said)
		}
	}
	open := s.press("ida", digest, "I take one")[0]
	if len(open.Buttons) != 3 {
		t.Errorf("%d questions are left", len(open.Buttons))
	}
}
