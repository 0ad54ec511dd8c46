package bot_test

import (
	"strings"
	"testing"
	"time"
)

// TestDigestShowsOnlyAllowedThanks: what was said in private stays there, and a person who did not choose is not named.
func TestDigestShowsOnlyAllowedThanks(t *testing.T) {
	t.Parallel()
	s := newStage(t, builtin(t, "restitution"))
	s.say("ana", "", "Good morning")
	told := s.command("ana", "thanks @hal for the secret runbook --private")[1]
	s.wants(s.press("hal", told, "Everyone"), "hal: everybody may see")
	s.command("tom", "thanks @ida and the release crew for the long night")
	s.gives("tom", "share the plan")
	s.command("ana", "ask How do I rotate the key?")
	s.now = time.Date(2026, 9, 11, 15, 0, 0, 0, time.UTC)
	digest := s.wants(s.pass(0), "room: This week in #platform")[0]
	if text := digest.Text; strings.Contains(text, "secret") || strings.Contains(text, "@ida") || !strings.Contains(text, "Thanks to the release crew for the long night") {
		t.Errorf("the digest is\n%s", text)
	}
}

func TestUndoEndsWhatFollows(t *testing.T) {
	t.Parallel()
	s := newStage(t, builtin(t, "question-rescue"))
	s.wants(s.command("ana", "ask How do I rotate the key?"), "ana: In #platform", "room: ? @ana asks")
	s.wants(s.command("ana", "undo"), "gone: ", "ana: Taken back")
	s.wants(s.pass(24 * time.Hour))
	s.wants(s.command("hal", "undo"), "hal: nothing of yours")
	told := s.wants(s.command("ana", "thanks @hal for the runbook"), "ana: in private", "hal: the runbook")[1]
	s.wants(s.command("ana", "undo"), "ana: stays with whoever got it")
	s.wants(s.press("hal", told, "Everyone"), "hal: everybody may see")
	s.wants(s.command("ana", "thanks @hal for the notes"), "ana: In #platform", "room: ♥ @ana thanks @hal: the notes")
	s.wants(s.command("ana", "undo"), "gone: ", "ana: stays with whoever got it")
	s.wants(s.pass(72 * time.Hour)) // the second private notice was on its way, and is not sent any more
}
