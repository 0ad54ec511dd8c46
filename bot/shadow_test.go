package bot_test

import (
	"strings"
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/store"
)

// hours lets time go by an hour at a time, and gives what was said.
func (s *stage) hours(n int) (said []string) {
	s.Helper()
	for range n {
		for _, p := range s.pass(time.Hour) {
			said = append(said, line(p))
		}
	}
	return said
}

func (s *stage) dumped(table string) (rows []string) {
	s.Helper()
	var b strings.Builder
	s.must(s.store.Dump(s.Context(), &b, true))
	for row := range strings.Lines(b.String()) {
		if strings.HasPrefix(row, table+" ") {
			rows = append(rows, strings.TrimSpace(row))
		}
	}
	return rows
}

// TestShadow: everything is decided, held and counted, later steps too; nothing is said, and nobody was asked.
func TestShadow(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	s.accepts("hal", "helper")
	has(s, one(s, s.command("tom", "playbook dryrun question-rescue in #platform patience eager")),
		"question-rescue runs in shadow in #platform until Monday 21 September, 09:00", "patience eager", "dryrun question-rescue report", "ends it")
	has(s, one(s, s.command("ana", "playbook list")), "question-rescue: in shadow until Monday 21 September")
	hasNot(s, one(s, s.command("ana", "help")), "/gofirst ask")
	has(s, one(s, s.command("tom", "status")), "On: nothing", "question-rescue: in shadow until")
	s.say("ana", "", "How do I rotate the signing key?")
	if said := s.hours(48); len(said) > 0 {
		t.Fatalf("in shadow it said %v", said)
	}
	text := one(s, s.command("tom", "playbook dryrun question-rescue report"))
	has(s, text, "Nothing of this was said", "\"ask the asker\", once", "\"ask one helper\", once", "for example: ", "playbook enable question-rescue")
	hasNot(s, text, "hal", "ana")
	for _, row := range s.dumped("deliveries") {
		if !strings.Contains(row, "recipient=-") || !strings.Contains(row, `reason="shadow"`) {
			t.Errorf("of what was not said there is %s", row)
		}
	}
	for _, table := range []string{"spent", "watches"} {
		for _, row := range s.dumped(table) {
			if table == "spent" || !strings.Contains(row, "person=-") {
				t.Errorf("in shadow somebody was written down: %s", row)
			}
		}
	}
	has(s, one(s, s.command("ana", "whyme")), "written nothing to you unasked")
}

// TestAShadowEnds by itself, after a restart too, and the stewards are told once.
func TestAShadowEnds(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	one(s, s.command("zoe", "help"))
	has(s, one(s, s.command("tom", "scénario essai question-rescue dans #platform eager")), "runs in shadow")
	s.say("ana", "", "How do I rotate the signing key?")
	s.hours(30)
	s.engine = s.newEngine(bot.Options{NoNotice: true, Stewards: []bot.Steward{{Name: "@tom"}, {Name: "@zoe"}}})
	one(s, s.command("ana", "help"))
	said := strings.Join(s.hours(15*24), "\n")
	for _, want := range []string{"tom: question-rescue in shadow, from Monday 7 September", "zoe: question-rescue à l", "est terminé"} {
		if strings.Count(plain.Replace(said), want) != 1 {
			t.Errorf("%q is not once in\n%s", want, said)
		}
	}
	has(s, one(s, s.command("ana", "playbook list")), "question-rescue: off")
	has(s, one(s, s.command("ana", "playbook history")), "question-rescue no longer in shadow", "question-rescue in shadow; patience eager; rooms #platform")
	has(s, one(s, s.command("tom", "playbook dryrun question-rescue report")), "from Monday 7 September", "to Monday 21 September", "\"ask the asker\", once")
	has(s, one(s, s.command("tom", "whyme")), "a playbook that ran in shadow came to its end")
}

func TestAShadowIsEndedOrOvertaken(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	s.accepts("hal", "helper")
	has(s, one(s, s.command("tom", "playbook dryrun restitution report")), "has not run in shadow here yet", "playbook dryrun restitution in #help")
	has(s, one(s, s.command("ana", "playbook dryrun restitution")), "That is for stewards")
	one(s, s.command("tom", "playbook dryrun question-rescue eager"))
	has(s, one(s, s.command("tom", "playbook disable question-rescue")), "no longer runs in shadow")
	has(s, one(s, s.command("tom", "playbook disable question-rescue")), "was off already")
	one(s, s.command("tom", "playbook dryrun question-rescue eager"))
	has(s, one(s, s.command("tom", "playbook enable question-rescue eager now")), "is on in #platform")
	has(s, one(s, s.command("tom", "playbook dryrun question-rescue")), "is on, so it speaks")
	s.say("ana", "", "How do I rotate the signing key?")
	if said := s.hours(30); len(said) == 0 {
		t.Error("turned on after a shadow, it says nothing")
	}
	s.turn(func(tx *store.Tx) error {
		n, err := tx.Verify()
		if n != 5 {
			t.Errorf("%d links stand in the chain", n)
		}
		return err
	})
}
