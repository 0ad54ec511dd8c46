package bot_test

import (
	"strings"
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/store"
)

// TestObserversLook: who said yes to observing sees what a steward sees, and changes nothing.
func TestObserversLook(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	has(s, one(s, s.command("ida", "status")), "That is for stewards")
	s.accepts("ida", "observer")
	one(s, s.command("tom", "playbook dryrun question-rescue"))
	for say, want := range map[string]string{
		"status": "Why I spoke or did not", "playbook history": "question-rescue in shadow", "playbook show question-rescue": "Claim:",
		"playbook dryrun question-rescue report": "Nothing of this was said", "help observers": "gofirst pack", "spread": "Since",
	} {
		has(s, one(s, s.command("ida", say)), want)
	}
	for _, say := range []string{
		"playbook enable question-rescue", "playbook disable question-rescue", "playbook set question-rescue", "playbook dryrun question-rescue",
	} {
		has(s, one(s, s.command("ida", say)), "That is for stewards")
	}
	has(s, one(s, s.command("ida", "halt")), "not halted")
	has(s, one(s, s.command("zoe", "aide observateurs")), "rien d'aucune personne")
}

// TestObserversAreTold once a week at most, of all that was changed since, with no room's name.
func TestObserversAreTold(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	s.accepts("ida", "observer")
	s.accepts("zoe", "observer")
	one(s, s.command("tom", "playbook enable question-rescue in #help now"))
	s.hours(24)
	one(s, s.command("tom", "playbook enable question-rescue in #platform patience eager now"))
	said := s.hours(6 * 24)
	if len(said) != 2 {
		t.Fatalf("in a week the observers were told %q", said)
	}
	all := plain.Replace(strings.Join(said, "\n"))
	for _, want := range []string{
		"ida: What was changed here", "a steward: question-rescue set; patience eager; rooms changed", "a steward: question-rescue on; rooms changed",
		"zoe: Ce qui a changé ici", "l'intendance : question-rescue actif ; rooms modifié",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not in\n%s", want, all)
		}
	}
	if strings.Contains(all, "#help") || strings.Contains(all, "tom") {
		t.Errorf("too much is in\n%s", all)
	}
	if said := s.hours(14 * 24); len(said) > 0 {
		t.Errorf("without a change the observers were told %q", said)
	}
	s.command("tom", "halt")
	s.command("tom", "halt end")
	said = s.hours(8 * 24)
	if all := strings.Join(said, "\n"); len(said) != 2 || !strings.Contains(all, "everything no longer quiet") || strings.Contains(all, "patience") {
		t.Errorf("of the halt the observers were told %q", said)
	}
	has(s, one(s, s.command("ida", "whyme")), "You said yes to observing")
}

// TestANoteWaitsForALeave and then tells of everything, once.
func TestANoteWaitsForALeave(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	s.accepts("ida", "observer")
	one(s, s.command("ida", "away 3w"))
	one(s, s.command("tom", "playbook enable question-rescue in #help now"))
	s.hours(10 * 24)
	one(s, s.command("tom", "playbook disable question-rescue"))
	s.now = s.now.Add(time.Minute)
	said := s.hours(14 * 24)
	if len(said) != 1 || !strings.Contains(said[0], "question-rescue` off") || !strings.Contains(said[0], "question-rescue` on") {
		t.Errorf("after a leave she is told %q", said)
	}
	s.turn(func(tx *store.Tx) error { _, err := tx.Verify(); return err })
}

// TestHelpShowsWhatIsThere: what nothing would come of is not promised.
func TestHelpShowsWhatIsThere(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	has(s, one(s, s.command("ana", "help leaders")), "Nothing that is on here invites anybody")
	has(s, one(s, s.command("zoe", "aide leaders")), "n'invite personne en ce moment")
	hasNot(s, one(s, s.command("ana", "help all")), "a room's digest: what it would say", "a person is found if nobody")
	for _, book := range []string{"share-first", "question-rescue", "restitution"} {
		s.enable(book, map[string]any{"rooms": []string{"#platform"}})
	}
	hasNot(s, one(s, s.command("ana", "help leaders")), "Nothing that is on")
	has(s, one(s, s.command("ana", "help all")), "a room's digest: what it would say", "a person is found if nobody")
}
