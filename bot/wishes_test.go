package bot_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/local"
	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// TestRoomsAreAddedAndTakenOut: a room that is named comes to the others; only "only" replaces them.
func TestRoomsAreAddedAndTakenOut(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	for _, step := range []struct{ say, answer, settings string }{
		{"playbook enable question-rescue in #help patience@#help eager now", "is on in #help", `{"patience@help":"eager","rooms":["help"]}`},
		{"playbook enable question-rescue in #platform now", "is now on in #help, #platform", `{"patience@help":"eager","rooms":["help","platform"]}`},
		{"playbook enable question-rescue here now", "is on in #help, #platform", `{"patience@help":"eager","rooms":["help","platform"]}`},
		{"playbook disable question-rescue patience eager", "To take one room out, its name is enough", `{"patience@help":"eager","rooms":["help","platform"]}`},
		{"playbook disable question-rescue in #help", "is still on in #platform", `{"rooms":["platform"]}`},
		{"playbook disable question-rescue in #help", "is not on there. It is on in #platform", `{"rooms":["platform"]}`},
		{"playbook enable question-rescue only in #help now", "is on in #help", `{"rooms":["help"]}`},
		{"scénario active question-rescue dans #platform maintenant", "is now on in #help, #platform", `{"rooms":["help","platform"]}`},
		{"playbook disable question-rescue in #help and #platform", "That was its last room", `{"rooms":["help","platform"]}`},
	} {
		has(s, one(s, s.command("tom", step.say)), step.answer)
		if got := s.instance("question-rescue").Settings; got != step.settings {
			t.Errorf("after %q it is %s", step.say, got)
		}
	}
	if s.instance("question-rescue").Enabled {
		t.Error("the last room was taken out, and it is on")
	}
	has(s, one(s, s.command("tom", "playbook disable question-rescue")), "was off already")
	one(s, s.command("tom", "playbook enable question-rescue in #help #platform now"))
	has(s, one(s, s.command("tom", "playbook disable question-rescue")), "question-rescue is off")
}

func TestANameThatIsNearlyRightChangesNothing(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	for say, want := range map[string]string{
		"playbook enable question-rescu in #help": "Did you mean /gofirst playbook enable question-rescue in #help?",
		"playbook disable share-frist":            "Did you mean /gofirst playbook disable share-first?",
		"halt share-frist":                        "Did you mean /gofirst halt share-first?",
		"stop share-frist":                        "Did you mean /gofirst stop share-first?",
		"pause share-frist 2w":                    "Did you mean /gofirst pause share-first 2w?",
		"resume share-frist":                      "Did you mean /gofirst resume share-first?",
		"playbook show share-frist":               "share-first: off",
	} {
		has(s, one(s, s.command("tom", say)), want)
	}
	has(s, one(s, s.command("zoe", "stop share-frist")), "Était-ce /gofirst stop share-first ?")
	has(s, one(s, s.command("ana", "halt")), "I am not halted")
	if s.instance("question-rescue").Enabled {
		t.Error("a guess turned it on")
	}
}

func TestResumeSaysWhatItUndoes(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	one(s, s.command("ana", "stop"))
	has(s, one(s, s.command("ana", "pause 2w")), "Quiet until", "You have also stopped everything")
	has(s, one(s, s.command("ana", "resume share-first")), "this still holds me back: the stop of everything, the pause until Monday 21 September")
	has(s, one(s, s.command("ana", "resume")), "Undone: the stop of everything, the pause until Monday 21 September")
	has(s, one(s, s.command("ana", "resume")), "nothing to undo")
	one(s, s.command("zoe", "stop"))
	has(s, one(s, s.command("zoe", "pause 2 semaines")), "Un stop pour tout est aussi en place")
	s.command("tom", "halt")
	has(s, one(s, s.command("zoe", "reprise")), "Annulé : le stop pour tout, la pause jusqu'au lundi 21 septembre", "L'intendance m'a fait taire")
}

func TestStatusSaysWhatHolds(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	s.enable("question-rescue", map[string]any{"rooms": []string{"#platform"}})
	s.turn(func(tx *store.Tx) error {
		for key, reason := range map[string]chat.Reason{"a": chat.QuietHours, "b": chat.QuietHours, "c": chat.Paused} {
			d := store.Delivery{
				Key: key, Conn: "local", Space: "local", Playbook: "question-rescue", Rule: "ask one helper", State: store.Held,
				Reason: string(reason), Due: time.Date(2026, 9, 8, 9, 0, 0, 0, time.UTC), NotAfter: s.now.AddDate(0, 0, 30),
			}
			if reason == chat.Paused {
				d.Due = s.now.AddDate(0, 0, 14)
			}
			if _, err := tx.AddDelivery(d); err != nil {
				return err
			}
		}
		return nil
	})
	text := one(s, s.command("tom", "status"))
	has(s, text, "question-rescue \"ask one helper\", 2 times: outside of the hours in which I may write; the first until Tuesday 8 September, 09:00")
	hasNot(s, text, "21 September", "paused")
}

// oldest is a service on which nothing but the bot's name calls it.
type oldest struct{ *local.Adapter }

func (o oldest) Info() chat.Info {
	i := o.Adapter.Info()
	i.Mention, i.Plain = "@gofirst", true
	return i
}

// elsewhere is a service on which the bot was invited into #platform alone.
type elsewhere struct {
	*local.Adapter
	everywhere bool
}

func (e elsewhere) Info() chat.Info {
	i := e.Adapter.Info()
	i.Invited, i.Everywhere = !e.everywhere, e.everywhere
	return i
}

func (e elsewhere) Channels(ctx context.Context, space chat.SpaceID) ([]chat.ChannelInfo, error) {
	all, err := e.Adapter.Channels(ctx, space)
	for _, room := range all {
		if room.Name == "platform" {
			return []chat.ChannelInfo{room}, err
		}
	}
	return nil, err
}

func TestARoomInWhichTheBotIsNot(t *testing.T) {
	t.Parallel()
	for want, everywhere := range map[string]bool{"I am not in #help yet": false, "I cannot see #help": true} {
		s := newOffice(t)
		s.engine.Connect("local", elsewhere{s.chat.Connect(), everywhere})
		got := s.command("tom", "playbook enable question-rescue in #help #platform now")
		has(s, got[0].Text, want)
		hasNot(s, got[0].Text, "not in #platform", "cannot see #platform")
	}
}

func TestCommandsThatWork(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	s.engine.Connect("local", oldest{s.chat.Connect()})
	for _, say := range []string{"help", "help all", "help stewards", "aide adopt", "privacy", "solved", "playbook", "playbook enable question-rescue", "stop", "whyme"} {
		for _, user := range []chat.UserID{"ana", "zoe", "tom"} {
			for _, p := range s.command(user, say) {
				if strings.Contains(p.Text, "/gofirst") {
					t.Errorf("%q tells of a command that does not work: %s", say, p.Text)
				}
			}
		}
	}
	has(s, one(s, s.command("ana", "help all")), "after @gofirst, in English")
}

func TestUsageInTheReadersLanguage(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	has(s, one(s, s.command("zoe", "résolu")), "/gofirst résolu <lien>")
	has(s, one(s, s.command("ana", "solved")), "/gofirst solved <link>")
}

// TestTheNoticeIsTwoWholeWorkingDays, by the room's hours.
func TestTheNoticeIsTwoWholeWorkingDays(t *testing.T) {
	t.Parallel()
	for invited, starts := range map[string]string{
		"Sun 6 Sep 15:00":  "Wednesday 9 September, 09:00",
		"Mon 7 Sep 08:00":  "Wednesday 9 September, 09:00",
		"Mon 7 Sep 10:00":  "Thursday 10 September, 09:00",
		"Thu 10 Sep 17:59": "Tuesday 15 September, 09:00",
		"Fri 11 Sep 20:00": "Wednesday 16 September, 09:00",
	} {
		at, err := time.Parse("Mon 2 Jan 15:04", invited)
		if err != nil {
			t.Fatal(err)
		}
		s := newOffice(t)
		s.now = time.Date(2026, at.Month(), at.Day(), at.Hour(), at.Minute(), 0, 0, time.UTC)
		s.engine = s.newEngine(bot.Options{Stewards: []bot.Steward{{Name: "@tom"}}})
		s.must(s.engine.Take(t.Context(), "local", chat.MemberJoined{Header: chat.Header{
			ID: "joined", Actor: chat.Actor{User: "gofirst", Bot: true, Self: true}, Time: s.now, Place: chat.Place{Space: "local", Channel: "help"},
		}}, s.now))
		text := s.command("tom", "playbook enable question-rescue in #help now")
		has(s, text[0].Text, "In #help nothing starts before "+starts)
	}
}

// newEngine makes another engine over the same office, as a process that begins anew.
func (s *stage) newEngine(o bot.Options) *bot.Engine {
	s.Helper()
	books, err := playbooks.Builtin()
	s.must(err)
	o.Store, o.Turns, o.Playbooks, o.Runs = s.store, s.store, books, "Ada"
	e, err := bot.New(s.Context(), o)
	s.must(err)
	e.Connect("local", s.chat.Connect())
	return e
}
