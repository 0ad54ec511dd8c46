package bot_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// own is a playbook that asks whoever shows something, goes on from the answer, and speaks on a schedule.
const own = `playbook: own
about: {en: One that is changed., fr: Un scénario qui change.}
hypothesis: {en: It stays itself., fr: Il reste le même.}
harm: {en: None., fr: Aucun.}
measure: {practice: share, window: 1 day}
stop: {harm: 20, after: 8 weeks}
settings:
  rooms: {type: channels}
rules:
  - name: ask
    when: {act: {kind: share, in: rooms}}
    do:
      - tell: {whom: author, as: asking, open_for: 2h, expires: 20h, buttons: [yes, stop], text: {en: "Bot here, first words.", fr: "Ici le bot, premiers mots."}}
    at_most: {per_person: 9 a day}
  - name: go on
    when: {answered: asking, with: yes, or: silence}
    do:
      - post: {under: act, text: {en: "What follows first.", fr: "La première suite."}}
    at_most: {per_room: 9 a day}
  - name: by the clock
    when: {schedule: {every: day, at: "17:00", in: rooms}}
    do:
      - post: {text: {en: "By the clock.", fr: "À l'heure."}}
    at_most: {per_room: 1 a day}
`

// version loads own with words in the place of others.
func version(t testing.TB, oldnew ...string) *playbooks.Playbook {
	t.Helper()
	for i := 0; i < len(oldnew); i += 2 {
		if !strings.Contains(own, oldnew[i]) {
			t.Fatalf("%q is not in it", oldnew[i])
		}
	}
	p, err := playbooks.Load("own.yaml", []byte(strings.NewReplacer(oldnew...).Replace(own)))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// without drops a rule from own.
func without(t testing.TB, rule string) *playbooks.Playbook {
	t.Helper()
	_, rest, _ := strings.Cut(own, "  - name: "+rule)
	body, _, _ := strings.Cut(rest, "  - name: ")
	return version(t, "  - name: "+rule+body, "")
}

// replace puts a version in the place of all playbooks, or nothing.
func (s *stage) replace(books ...*playbooks.Playbook) {
	s.Helper()
	s.must(s.engine.Replace(s.Context(), books, nil, s.now))
}

// changed counts what was dropped because the playbook had changed.
func (s *stage) changed() (n int) {
	s.turn(func(tx *store.Tx) error {
		counts, err := tx.JournalCounts(s.now.Add(-7 * 24 * time.Hour))
		for _, c := range counts {
			if c.Reason == string(chat.PlaybookChanged) {
				n += c.N
			}
		}
		return err
	})
	return n
}

const shown = "I drew the plan of the move twice and trust neither of the two drawings, for the first one loses an hour of " +
	"writes and the second one needs somebody who is awake at three in the morning."

// led lets some have said yes to being a leader, so that what they show counts.
func (s *stage) led(by ...chat.UserID) *stage {
	s.turn(func(tx *store.Tx) error {
		for _, user := range by {
			row, _, err := tx.Person("local", user)
			if err != nil {
				return err
			}
			err = tx.SetRole(store.Role{Conn: "local", Space: "local", Person: row.ID, Role: "leader", State: store.Accepted, Since: s.now})
			if err != nil {
				return err
			}
		}
		return nil
	})
	return s
}

// evening goes on to eight o'clock, past the post by the clock.
func (s *stage) evening() {
	s.Helper()
	s.wants(s.pass(0))
	s.wants(s.pass(8*time.Hour), "room: By the clock.")
	s.wants(s.pass(3 * time.Hour))
}

func TestReplaceWhatIsOnItsWay(t *testing.T) {
	for _, c := range []struct {
		name    string
		to      []*playbooks.Playbook
		want    []string
		changed int
	}{
		{"new words", []*playbooks.Playbook{version(t, "first words", "other words")}, []string{"zoe: Ici le bot, premiers mots. [Oui] [Ne plus m’écrire]", "ana: Bot here, other words. [Yes] [Stop]"}, 0},
		{"other buttons", []*playbooks.Playbook{version(t, "[yes, stop]", "[no, stop]", "with: yes", "with: no")}, []string{"zoe: [Non]", "ana: first words. [No]"}, 0},
		{"without the rule", []*playbooks.Playbook{version(t, "name: ask", "name: ask otherwise")}, nil, 2},
		{"without the playbook", nil, nil, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStage(t, version(t)).led("ana", "zoe")
			s.evening()
			s.say("zoe", "", shown)
			s.now = s.now.Add(10 * time.Minute) // else it would be part of a conversation
			s.say("ana", "", shown)
			s.replace(c.to...)
			s.wants(s.pass(13*time.Hour), c.want...)
			if got := s.changed(); got != c.changed {
				t.Errorf("%d were dropped as changed, wanted %d", got, c.changed)
			}
		})
	}
}

func TestReplaceWhatWasAsked(t *testing.T) {
	const gone = "zoe: Le scénario derrière ce message a changé, et ce bouton n’en fait plus partie. Il n’en découle rien."
	for _, c := range []struct {
		name    string
		to      []*playbooks.Playbook
		silence []string // what follows from no answer; nil: it is dropped as changed
		press   []string // what follows from Yes
	}{
		{"new words", []*playbooks.Playbook{version(t, "suite", "fin", "follows first", "follows then")},
			[]string{"room: What follows then."}, []string{"zoe: Entendu", "room: What follows then."}},
		{"without the button", []*playbooks.Playbook{version(t, "[yes, stop]", "[no, stop]", "with: yes", "with: no")},
			[]string{"room: What follows first."}, []string{gone}},
		{"without what follows", []*playbooks.Playbook{without(t, "go on")}, nil, []string{"zoe: Entendu"}},
		{"without the playbook", nil, nil, []string{gone}},
	} {
		asked := func(t *testing.T) *stage {
			s := newStage(t, version(t)).led("zoe")
			s.say("zoe", "", shown)
			return s
		}
		t.Run(c.name+", silence", func(t *testing.T) {
			s := asked(t)
			s.replace(c.to...)
			s.wants(s.pass(3*time.Hour), c.silence...)
			if got := s.changed(); (got == 1) != (c.silence == nil) {
				t.Errorf("%d were dropped as changed", got)
			}
		})
		t.Run(c.name+", pressed", func(t *testing.T) {
			s := asked(t)
			posts := s.chat.Posts()
			s.replace(c.to...)
			s.wants(s.press("zoe", posts[len(posts)-1], "Oui"), c.press...)
			s.wants(s.pass(3 * time.Hour))
		})
	}
}

// TestReplaceSchedules: what is new waits for its next time, even where that of today was an hour ago; what is not
// new misses nothing.
func TestReplaceSchedules(t *testing.T) {
	s := newStage(t, version(t))
	s.wants(s.pass(2 * time.Hour))
	earlier := version(t, `at: "17:00"`, `at: "10:00"`)
	s.replace(earlier)
	s.wants(s.pass(21*time.Hour + 50*time.Minute)) // Tuesday, ten minutes to nine
	s.replace(version(t, `at: "17:00"`, `at: "10:00"`, "By the clock", "At ten"))
	s.wants(s.pass(2*time.Hour), "room: At ten.")
	s.now = s.now.Add(24 * time.Hour) // nobody looks while its time comes
	s.replace(version(t, `at: "17:00"`, `at: "10:00"`, "By the clock", "Still at ten"))
	s.wants(s.pass(0), "room: Still at ten.")
}

// TestReplaceRefuses: a version that does not take what stewards filled in stays away, and a status says so, as it
// says of files that the caller could not read.
func TestReplaceRefuses(t *testing.T) {
	s := newOffice(t).led("ana")
	builtin, err := playbooks.Builtin()
	s.must(err)
	s.must(s.engine.Replace(t.Context(), append(builtin, version(t)), nil, s.now))
	s.enable("own", map[string]any{"rooms": []string{"platform"}})
	other := version(t, "rooms: {", "places: {", "in: rooms", "in: places", "first words", "other words")
	err = s.engine.Replace(t.Context(), append(builtin, other), []string{"restitution"}, s.now)
	if err == nil || !strings.Contains(err.Error(), `own has no setting "rooms"; it has places`) {
		t.Errorf("Replace: %v", err)
	}
	status := one(s, s.told("tom", "status"))
	has(s, status, "Playbook own: its file cannot be taken over, and the previous one stays. The log says why.", "Playbook restitution: its file")
	s.told("tom", "me prefs language fr")
	has(s, one(s, s.told("tom", "status")), "Scénario own : son fichier n'est pas utilisable, et le précédent reste en place. Le journal dit pourquoi.")
	s.say("ana", "", shown)
	if posts := s.chat.Posts(); !strings.Contains(posts[len(posts)-1].Text, "first words") {
		t.Errorf("the version before does not go on: %q", posts[len(posts)-1].Text)
	}
	s.must(s.engine.Replace(t.Context(), append(builtin, version(t)), nil, s.now))
	hasNot(s, one(s, s.told("tom", "status")), "restitution :", "previous")
}

// TestReplaceWhileEventsCome: whatever happens at the same time, a turn sees one version, and not half of each.
func TestReplaceWhileEventsCome(t *testing.T) {
	const twice = "  - name: go on"
	two := func(name string) *playbooks.Playbook {
		return version(t, "name: ask", "name: "+name+" 1", twice, `  - name: `+name+` 2
    when: {first: {of: share, in: rooms}}
    do: [{mark: {question: open}}]
`+twice)
	}
	versions := []*playbooks.Playbook{two("black"), two("white")}
	s := newStage(t, versions[0])
	var people []chat.UserID
	for n := range 60 {
		people = append(people, s.chat.AddPerson(chat.Profile{User: chat.UserID(fmt.Sprintf("p%d", n))}))
	}
	s.chat.AddChannel("platform", people...)
	s.led(people...)
	var mu sync.Mutex
	decided := map[chat.UserID][]string{} // by who showed something
	engine, err := bot.New(t.Context(), bot.Options{
		Store: s.store, Turns: s.store, Playbooks: versions[:1], NoNotice: true,
		Trace: func(tr bot.Trace) {
			mu.Lock()
			defer mu.Unlock()
			if tr.Step == bot.Decided && tr.Author != "" {
				name, _, _ := strings.Cut(tr.Rule, " ")
				decided[tr.Author] = append(decided[tr.Author], name)
			}
		},
	})
	s.must(err)
	s.engine = engine
	s.engine.Connect("local", s.chat.Connect())
	over := make(chan struct{})
	var others sync.WaitGroup
	for _, do := range []func(n int) error{
		func(n int) error { return engine.Replace(t.Context(), versions[n%2:n%2+1], nil, s.now) },
		func(int) error { return engine.Due(t.Context(), s.now) },
	} {
		others.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-over:
					return
				default:
				}
				if err := do(n); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for n, who := range people {
		m, err := s.chat.Say(who, "platform", "", shown, 0)
		s.must(err)
		m.Time = m.Time.Add(time.Duration(n) * 10 * time.Minute) // else they would be one conversation
		s.must(engine.Take(t.Context(), "local", m, s.now))
	}
	close(over)
	others.Wait()
	if len(decided) != 60 {
		t.Errorf("%d of 60 were decided about", len(decided))
	}
	for who, names := range decided {
		if len(names) != 2 || names[0] != names[1] {
			t.Errorf("%s: decided by %v", who, names)
		}
	}
}
