package bot_test

import (
	"testing"

	"github.com/gofirst/gofirst/bot"
)

// Who is thanked chooses, may choose again, and may take a single card down; a team is the rooms in which they write.
func TestTheReceiverDecides(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.say("hal", "", "Good morning.")
	s.wants(s.told("hal", "me prefs recognition team"), "hal: my team")
	s.wants(s.command("ana", "thanks @hal for the runbook"), "ana: In #platform", "room: ♥ @ana thanks @hal: the runbook", "hal: the runbook")
	s.wants(s.told("hal", "me prefs recognition private"), "gone: ", "hal: only me")
	s.wants(s.told("hal", "me prefs recognition public"), "hal: everyone")
	if a := s.acts()[0]; a.Message != "" || a.Words == "" {
		t.Errorf("the thanks are %+v: they no longer stand, and stay with whoever got them", a)
	}
	card := s.wants(s.command("tom", "thanks @hal for the sketch"), "tom: In #platform", "room: ♥ @tom thanks @hal: the sketch")[1]
	s.wants(s.command("ida", "undo #platform/"+string(card.Message)), "ida: somebody else’s words")
	s.wants(s.command("hal", "undo #platform/"+string(card.Message)), "gone: ", "hal: Taken down")
	s.wants(s.told("hal", "me prefs default"), "hal: ")
}

// In a room in which the thanked person does not write, "my team" is not there to see it.
func TestTeamIsWhereOneWrites(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.wants(s.told("hal", "me prefs recognition team"), "hal: my team")
	s.wants(s.command("ana", "thanks @hal and the release crew for the runbook"), "ana: in private", "hal: the runbook")
	s.say("hal", "", "Good morning.")
	s.wants(s.command("tom", "thanks @hal and the release crew for the sketch"), "tom: In #platform", "room: ♥ @tom thanks @hal and the release crew")
}

// A meaning has one emoji and an emoji one meaning.
func TestReactionsWith(t *testing.T) {
	t.Parallel()
	r := bot.DefaultReactions().With(bot.MeansThanks, "heart").With(bot.MeansTake, "star").With(bot.MeansOpen, "")
	want := bot.Reactions{"heart": bot.MeansThanks, "star": bot.MeansTake, "white_check_mark": bot.MeansSolved}
	if len(r) != len(want) {
		t.Errorf("the reactions are %v", r)
	}
	for emoji, meaning := range want {
		if r[emoji] != meaning {
			t.Errorf("%s means %q", emoji, r[emoji])
		}
	}
	if len(bot.DefaultReactions()) != 5 {
		t.Error("the defaults changed")
	}
}
