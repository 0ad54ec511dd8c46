package bot_test

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/local"
	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// stage is an office with the bot in it, on a Monday morning. Its time stands still until it is moved.
type stage struct {
	testing.TB
	chat   *local.Chat
	engine *bot.Engine
	store  *store.Store
	now    time.Time
	taken  int
}

// newStage seats ana, hal, ida, tom and a robot in #platform, with playbooks on there.
func newStage(t testing.TB, books ...*playbooks.Playbook) *stage {
	t.Helper()
	s := &stage{TB: t, now: time.Date(2026, 9, 7, 9, 0, 0, 0, time.UTC)}
	s.chat = local.New(local.Options{Now: func() time.Time { return s.now }})
	s.chat.AddPerson(chat.Profile{Handle: "robot", Bot: true})
	s.chat.AddPerson(chat.Profile{Handle: "zoe", Name: "Zoé", Language: "fr"})
	s.chat.AddChannel("platform", "ana", "hal", "ida", "tom", "zoe", "robot")
	s.chat.AddGroup("crew", "hal", "ida")
	key, err := store.NewKey(bytes.NewReader(bytes.Repeat([]byte{7}, 64)))
	s.must(err)
	s.store, err = store.Open(t.Context(), ":memory:", key)
	s.must(err)
	t.Cleanup(func() { s.must(s.store.Close()) })
	s.engine, err = bot.New(t.Context(), bot.Options{Store: s.store, Turns: s.store, Playbooks: books, NoNotice: true})
	s.must(err)
	s.engine.Connect("local", s.chat.Connect())
	for _, b := range books {
		s.turn(func(tx *store.Tx) error {
			return tx.SetInstance(store.Instance{
				Conn: "local", Space: "local", Playbook: b.ID, Enabled: true, Settings: `{"rooms": ["platform"]}`, Since: s.now,
			})
		})
	}
	return s
}

func (s *stage) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

func (s *stage) turn(do func(*store.Tx) error) {
	s.Helper()
	s.must(s.store.Turn(context.Background(), do))
}

// settle lets the bot take all that happened, and do all that is due.
func (s *stage) settle() {
	s.Helper()
	for more := true; more; more = s.taken < len(s.chat.Events()) {
		events := s.chat.Events()
		for _, ev := range events[s.taken:] {
			s.must(s.engine.Take(s.Context(), "local", ev, s.now))
		}
		s.taken = len(events)
		s.must(s.engine.Due(s.Context(), s.now))
	}
}

// pass moves the time.
func (s *stage) pass(d time.Duration) []local.Post {
	s.Helper()
	return s.after(func() error {
		s.now = s.now.Add(d)
		return s.engine.Due(s.Context(), s.now)
	})
}

// after gives what the bot said, showed or removed because of something.
func (s *stage) after(do func() error) []local.Post {
	s.Helper()
	from := len(s.chat.Posts())
	s.must(do())
	s.settle()
	s.now = s.now.Add(time.Second)
	return slices.DeleteFunc(slices.Clone(s.chat.Posts()[from:]), func(p local.Post) bool { return !p.Bot })
}

// command gives a command in #platform.
func (s *stage) command(user chat.UserID, text string) []local.Post {
	s.Helper()
	return s.after(func() error { _, err := s.chat.Command(user, "platform", text); return err })
}

// gives gives a command in #platform and lets the words stand that its preview shows.
func (s *stage) gives(user chat.UserID, text string) []local.Post {
	s.Helper()
	return s.posted(user, s.command(user, text))
}

// posted presses "Post it" under the preview that a command was answered with.
func (s *stage) posted(user chat.UserID, answer []local.Post) []local.Post {
	s.Helper()
	if len(answer) != 1 {
		s.Fatalf("a preview, and nothing else: %v", answer)
	}
	return s.press(user, answer[0], answer[0].Buttons[0].Label)
}

// told gives a command in the conversation with the bot.
func (s *stage) told(user chat.UserID, text string) []local.Post {
	s.Helper()
	return s.after(func() error { _, err := s.chat.Command(user, s.chat.DM(user), text); return err })
}

// say writes in #platform and gives the message.
func (s *stage) say(user chat.UserID, thread chat.MessageID, text string) chat.MessageID {
	s.Helper()
	m, err := s.chat.Say(user, "platform", thread, text, 0)
	s.must(err)
	s.settle()
	s.now = s.now.Add(time.Second)
	return m.Message
}

func (s *stage) press(user chat.UserID, p local.Post, button string) []local.Post {
	s.Helper()
	return s.after(func() error { _, err := s.chat.Press(user, p.Channel, p.Message, button); return err })
}

func (s *stage) submit(user chat.UserID, p local.Post, values map[string]string) []local.Post {
	s.Helper()
	return s.after(func() error { _, err := s.chat.Submit(user, p.Reply, values); return err })
}

// acts gives all acts, oldest first.
func (s *stage) acts() (all []store.Act) {
	s.turn(func(tx *store.Tx) (err error) {
		all, err = tx.Acts(store.ActQuery{Undone: true})
		return err
	})
	slices.Reverse(all)
	return all
}

// wants checks what was said: each line is "who: words", who being "room", a person, or "form" and "gone" for forms
// and removed messages; the words stand somewhere in the text.
func (s *stage) wants(got []local.Post, want ...string) []local.Post {
	s.Helper()
	var lines []string
	for _, p := range got {
		lines = append(lines, line(p))
	}
	ok := len(lines) == len(want)
	for i := range min(len(lines), len(want)) {
		who, words, _ := strings.Cut(want[i], ": ")
		gotWho, text, _ := strings.Cut(lines[i], ": ")
		ok = ok && who == gotWho && strings.Contains(text, words)
	}
	if !ok {
		s.Fatalf("got\n  %s\nwanted\n  %s", strings.Join(lines, "\n  "), strings.Join(want, "\n  "))
	}
	return got
}

func line(p local.Post) string {
	who := "room"
	if p.Private {
		who = string(p.To)
	}
	switch p.Kind {
	case local.FormOpened:
		who = "form"
	case local.Deleted:
		who = "gone"
	}
	var labels []string
	for _, b := range p.Buttons {
		labels = append(labels, "["+b.Label+"]")
	}
	return who + ": " + strings.TrimSpace(p.Text+" "+strings.Join(labels, " "))
}
