package bot_test

import (
	"strings"
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/store"
)

func (s *stage) instance(playbook string) (in store.Instance) {
	s.turn(func(tx *store.Tx) (err error) { in, _, err = tx.Instance("local", "local", playbook); return err })
	return in
}

func TestPlaybookEnable(t *testing.T) {
	t.Parallel()
	for say, want := range map[string]string{
		"playbook enable question-rescue in #help patience eager":         `{"patience":"eager","rooms":["help"]}`,
		"playbook enable question-rescue rooms #help #platform":           `{"rooms":["help","platform"]}`,
		"playbook question rescue enable #help, eager":                    `{"patience":"eager","rooms":["help"]}`,
		"playbook enable question-rescue patience@#help patiant in #help": `{"patience@help":"patient","rooms":["help"]}`,
		"playbook enable question-rescue":                                 `{"rooms":["platform"]}`,
		"playbook enable share-first rest 5 in #help and platform":        `{"rest":"5","rooms":["help","platform"]}`,
		"scénario active question-rescue dans #help avec patience normal": `{"patience":"normal","rooms":["help"]}`,
	} {
		t.Run(say, func(t *testing.T) {
			t.Parallel()
			s := newOffice(t)
			text := one(s, s.command("tom", say+" now"))
			has(s, text, "is on in #", "Price: 2 unasked messages", "Nobody has accepted the role helper yet", "playbook disable")
			in := s.instance("question-rescue")
			if strings.Contains(say, "share-first") {
				in = s.instance("share-first")
			}
			if !in.Enabled || in.Settings != want || in.Hash == "" {
				t.Errorf("%+v\n%s", in, text)
			}
			s.turn(func(tx *store.Tx) error {
				links, err := tx.Links("steward")
				if len(links) != 1 || strings.Contains(links[0].Data, "tom") {
					t.Errorf("the chain has %v", links)
				}
				return err
			})
		})
	}
}

func TestPlaybookEnableSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	for say, want := range map[string]string{
		"playbook enable question-rescue in #help patience angry": "patience is one of eager, normal, patient",
		"playbook enable question-rescue in #nowhere":             "do not find a room",
		"playbook enable knitting":                                "There are answer-in-public",
		"playbook enable share-first rest soon in #help":          "rest is a number",
		"playbook enable question-rescue bananas":                 "I do not know bananas here",
		"playbook enable celebrate-first hosts helper in #help":   "fixed by the configuration file",
		"playbook enable share-first rest@#help 5":                "the same in every room",
		"playbook disable share-first":                            "was off already",
		"playbook disable celebrate-first":                        "The configuration file turns",
	} {
		text := strings.ReplaceAll(one(s, s.command("tom", say)), "`", "")
		if !strings.Contains(text, want) {
			t.Errorf("%q gave %q", say, text)
		}
	}
	if s.instance("share-first").Enabled || s.instance("question-rescue").Enabled {
		t.Error("nothing was to be changed")
	}
	has(s, one(s, s.told("tom", "playbook enable question-rescue")), "In which rooms?")
	has(s, one(s, s.command("ana", "playbook enable question-rescue in #help")), "That is for stewards")
}

func TestPlaybookListShowHistory(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	has(s, one(s, s.command("ana", "playbook")), "question-rescue: off · price 2", "restitution: off · price 0")
	has(s, one(s, s.command("ana", "playbook history")), "Nothing was changed")
	one(s, s.command("tom", "playbook preview question-rescue in #help eager"))
	one(s, s.command("tom", "playbook enable question-rescue in #help eager now"))
	has(s, one(s, s.command("ana", "playbook list")), "question-rescue: on in #help")
	text := one(s, s.command("ana", "playbook show question-rescue"))
	has(s, text, "Claim:", "What could go wrong:", "\"ask the asker\": when a question has been open", "At most 2 times a day in a room",
		"patience: eager", "Only if question.rescue", "writes in private to one helper", "answered with \"Yes\", or not at all")
	has(s, one(s, s.command("zoe", "scénario montre share-first")), "Ce qu'il prétend", "un jour où le canal vit", "pour chaque personne qui ouvre la voie")
	has(s, one(s, s.command("ana", "playbook show celebrate-first")), "fixed by the configuration file")
	one(s, s.command("tom", "playbook disable question-rescue"))
	has(s, one(s, s.command("ana", "playbook history")), "question-rescue off", "question-rescue on; patience eager; rooms #help")
}

func TestEnableIsIdempotent(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	s.enable("question-rescue", map[string]any{"rooms": []any{"#help"}, "patience@#help": "eager"})
	s.pass(time.Hour)
	s.enable("question-rescue", map[string]any{"rooms": []string{"help"}, "patience@help": "eager"})
	s.turn(func(tx *store.Tx) error {
		links, err := tx.Links("steward")
		if len(links) != 1 {
			t.Errorf("%d changes", len(links))
		}
		return err
	})
	if err := s.engine.Enable(s.Context(), "local", "local", "question-rescue", map[string]any{"rooms": "#nowhere"}, s.now); err == nil {
		t.Error("a room that is not there was taken")
	}
	if err := s.engine.Enable(s.Context(), "local", "local", "knitting", nil, s.now); err == nil {
		t.Error("a playbook that is not there was taken")
	}
}

func TestHalt(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	s.enable("question-rescue", map[string]any{"rooms": []string{"#platform"}, "patience": "eager"})
	has(s, one(s, s.command("ana", "halt")), "not halted")
	s.wants(s.command("tom", "halt"), "room: A steward has made me quiet", "tom: Done")
	has(s, one(s, s.command("ana", "halt")), "on Monday 7 September")
	has(s, one(s, s.command("ana", "help")), "A steward has made me quiet")
	s.say("ana", "", "How do I rotate the signing key?")
	if got := s.pass(30 * time.Hour); len(got) > 0 {
		t.Errorf("said %v", got)
	}
	s.wants(s.command("tom", "halt end"), "room: let me speak again", "tom: Done")
	s.wants(s.command("tom", "halt question-rescue"), "room: question-rescue", "tom: Done")
	s.say("hal", "", "How do I renew the certificate?")
	if got := s.pass(30 * time.Hour); len(got) > 0 {
		t.Errorf("said %v", got)
	}
	s.wants(s.command("tom", "halte fin"), "room: let me speak again", "tom: Done")
	s.wants(s.command("tom", "halt resume"), "tom: not halted")
	s.say("ida", "", "How do I restart the build?")
	var got []string
	for range 30 {
		for _, p := range s.pass(time.Hour) {
			got = append(got, line(p))
		}
	}
	if len(got) == 0 {
		t.Error("was to speak again")
	}
}

func TestStatus(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	s.wants(s.command("ana", "status"), "ana: ")
	s.enable("question-rescue", map[string]any{"rooms": []string{"#platform"}, "patience": "eager"})
	s.command("ana", "stop")
	s.say("ana", "", "How do I rotate the signing key?")
	s.pass(30 * time.Hour)
	text := one(s, s.command("tom", "status"))
	has(s, text, "local (local)", "On: question-rescue", "One question is open", "the rule's moment came")
	hasNot(s, strings.ReplaceAll(text, "is in no count", ""), "wants nothing")
}
