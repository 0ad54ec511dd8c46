package bot_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gofirst/gofirst/adapters/local"
	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// fortnight lets people ask, answer and chat in #platform for two weeks, with nothing on.
func (s *stage) fortnight() {
	s.Helper()
	for day := range 10 {
		s.now = time.Date(2026, 9, 7+day+day/5*2, 9, 0, 0, 0, time.UTC)
		s.pass(0)
		s.say("ana", "", "How do I rotate the signing key of the old cluster?")
		if day%2 == 0 {
			root := s.say("hal", "", "Where do I find the licence of the fonts?")
			s.say("ida", root, "In the assets folder, next to the fonts themselves.")
		}
		s.say("tom", "", "is it lunch yet?")
	}
	s.now = time.Date(2026, 9, 21, 9, 30, 0, 0, time.UTC)
	s.pass(0)
}

func (s *stage) accepts(user chat.UserID, role string) {
	s.Helper()
	s.turn(func(tx *store.Tx) error {
		row, _, err := tx.Person("local", user)
		if err != nil {
			return err
		}
		if err := tx.KeepSealed(row.ID, user); err != nil {
			return err
		}
		return tx.SetRole(store.Role{Conn: "local", Space: "local", Person: row.ID, Role: role, State: store.Accepted, Since: s.now})
	})
}

// rowsBut is the whole store but for what a command and its offer write.
func (s *stage) rowsBut(tables ...string) string {
	s.Helper()
	var b, out strings.Builder
	s.must(s.store.Dump(s.Context(), &b, true))
	for line := range strings.Lines(b.String()) {
		table, _, _ := strings.Cut(line, " ")
		if !slices.Contains(tables, table) {
			out.WriteString(line)
		}
	}
	return out.String()
}

// TestEnableShowsTheLastFortnight, changes nothing by it, and a press turns it on, after a restart too.
func TestEnableShowsTheLastFortnight(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	s.accepts("hal", "helper")
	s.fortnight()
	before := s.rowsBut("events", "watches", "places")
	got := s.wants(s.command("tom", "playbook enable question-rescue in #platform patience eager"),
		"tom: [Turn it on] [Leave it off]")
	has(s, got[0].Text, "question-rescue in #platform: nothing is on yet", "As you set it: patience eager", "Price: 2",
		"The last 14 days would have brought:", "private messages, to 2 people", "times I would have held my tongue, mostly: ", "for example: ",
		"Nothing of it was sent")
	hasNot(s, got[0].Text, "@ana", "@hal", "lunch")
	if after := s.rowsBut("events", "watches", "places"); after != before {
		t.Errorf("looking back changed the store from %d to %d characters", len(before), len(after))
	}
	if s.instance("question-rescue").Enabled {
		t.Fatal("it is on before anybody pressed")
	}
	again := s.command("tom", "playbook preview question-rescue in #platform patience eager")
	if len(again) != 1 || len(again[0].Buttons) > 0 {
		t.Errorf("a preview is %v", again)
	}
	s.engine = s.newEngine(bot.Options{NoNotice: true, Stewards: []bot.Steward{{Name: "@tom"}, {Name: "@ida"}}})
	has(s, s.after(func() error { return s.pressAs("ida", got[0].Buttons[0].Value) })[0].Text, "meant for somebody else")
	has(s, one(s, s.press("tom", got[0], got[0].Buttons[0].Value)), "question-rescue is on in #platform")
	if in := s.instance("question-rescue"); !in.Enabled || in.Settings != `{"patience":"eager","rooms":["platform"]}` {
		t.Errorf("after the press it is %+v", in)
	}
	has(s, one(s, s.press("tom", got[0], got[0].Buttons[0].Value)), "done already, or has lapsed")
}

// pressAs presses a button that stands in somebody else's message.
func (s *stage) pressAs(user chat.UserID, value string) error {
	p, err := s.chat.Command(user, "platform", "help")
	if err != nil {
		return err
	}
	return s.engine.Take(s.Context(), "local", chat.ButtonPressed{Header: chat.Header{
		ID: "pressed by another", Actor: chat.Actor{User: user}, Time: s.now, Place: chat.Place{Space: "local", Channel: "platform"},
	}, Value: value, Reply: p.Reply}, s.now)
}

func TestAnOfferLapses(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	left := s.wants(s.command("tom", "playbook enable question-rescue"), "tom: [Turn it on] [Leave it off]")
	has(s, one(s, s.press("tom", left[0], left[0].Buttons[1].Value)), "question-rescue stays as it is")
	late := s.wants(s.command("tom", "scénario active question-rescue"), "tom: [Turn it on] [Leave it off]")
	s.pass(26 * time.Hour)
	has(s, one(s, s.press("tom", late[0], late[0].Buttons[0].Value)), "has lapsed")
	one(s, s.command("tom", "playbook enable question-rescue now"))
	s.wants(s.command("tom", "playbook set question-rescue patience eager"), "tom: [Turn it on] [Keep as is]")
	s.pass(72 * time.Hour)
	if rows := s.rowsBut("events"); strings.Contains(rows, "watches ") {
		t.Errorf("an offer that lapsed is still there:\n%s", rows)
	}
}

// forgetful is a service that does not tell, or tells only a part of, what was said before.
type forgetful struct {
	*local.Adapter
	after int // events, then it fails
}

func (f forgetful) History(ctx context.Context, since time.Time, sink chat.Sink) error {
	n := 0
	return f.Adapter.History(ctx, since, func(ctx context.Context, ev chat.Event) error {
		if n++; n > f.after {
			return errors.New("the service fails")
		}
		return sink(ctx, ev)
	})
}

func TestALookThatCannotBeHad(t *testing.T) {
	t.Parallel()
	for after, want := range map[int]string{0: "I cannot read, so I cannot say", 8: "I looked at 8 messages"} {
		s := newOffice(t)
		s.fortnight()
		s.engine.Connect("local", forgetful{s.chat.Connect(), after})
		has(s, one(s, s.command("tom", "playbook enable question-rescue")), want)
	}
}

func TestOfferInFrench(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	s.engine = s.newEngine(bot.Options{NoNotice: true, Stewards: []bot.Steward{{Name: "@zoe"}}})
	s.accepts("hal", "helper")
	s.fortnight()
	got := s.wants(s.command("zoe", "scénario active question-rescue dans #platform patience eager"), "zoe: [Activer] [Ne pas activer]")
	has(s, got[0].Text, "question-rescue dans #platform : rien n'est encore actif", "Les 14 derniers jours auraient apporté", "messages privés, à 2 personnes", "je me serais tu, le plus souvent")
	hasNot(s, one(s, s.command("ana", "playbook preview question-rescue in #platform")), "last 14 days")
}

// TestWithoutButtonsItIsOnAtOnce: what nobody could press is not waited for.
func TestWithoutButtonsItIsOnAtOnce(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	s.engine.Connect("local", oldest{s.chat.Connect()})
	has(s, one(s, s.command("tom", "playbook enable question-rescue")), "question-rescue is on in #platform", "@gofirst playbook disable")
}

// TestALookThatTakesItsTime: who asked is told so, and nobody else waits for it.
func TestALookThatTakesItsTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		monday()
		w := newWire("hal", "ana")
		w.slow = 10 * time.Second
		_, end := running(t, map[string]*wire{"one": w})
		synctest.Wait()
		if _, err := w.chat.Command("hal", "help", "playbook enable question-rescue in #help"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(3 * time.Second)
		if _, err := w.chat.Command("ana", "help", "help"); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if got := w.said("ana"); len(got) != 1 {
			t.Errorf("beside a look, help says %v", got)
		}
		time.Sleep(10 * time.Second)
		got := w.said("hal")
		if n := len(got); n < 2 || got[n-2].Text != "I am looking at the last 14 days; a moment." || !strings.Contains(got[n-1].Text, "nothing is on yet") {
			t.Errorf("the answers are %v", got)
		}
		if err := end(); err != nil {
			t.Error(err)
		}
	})
}
