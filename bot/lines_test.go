package bot_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gofirst/gofirst/adapters/local"
	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// wire is a local chat whose connection misbehaves as told.
type wire struct {
	*local.Adapter
	chat *local.Chat

	mu      sync.Mutex
	refuses error // what Run gives, while it is set
	lose    int   // replies of Send that get lost
	swallow bool  // what is sent does not arrive, and nobody is told
	hangs   bool  // Send waits for its context
	info    func(chat.Info) chat.Info
	keys    []string
	since   []map[chat.ChannelID]chat.Cursor // what each Run was given
	blind   bool                             // the service hides messages, reactions and members
	slow    time.Duration                    // how long History thinks first
}

// Sees tells that nothing is seen, or that nobody has asked.
func (w *wire) Sees() chat.Sight { return chat.Sight{Known: w.blind} }

func (w *wire) History(ctx context.Context, since time.Time, sink chat.Sink) error {
	time.Sleep(w.slow)
	return w.Adapter.History(ctx, since, sink)
}

// CursorAt gives a number that no message has.
func (w *wire) CursorAt(time.Time) chat.Cursor { return "0" }

func newWire(people ...chat.UserID) *wire {
	c := local.New(local.Options{Now: time.Now})
	for _, p := range people {
		c.AddPerson(chat.Profile{User: p})
	}
	c.AddChannel("help", people...)
	return &wire{Adapter: c.Connect(), chat: c}
}

func (w *wire) Info() chat.Info {
	if w.info != nil {
		return w.info(w.Adapter.Info())
	}
	return w.Adapter.Info()
}

func (w *wire) set(f func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	f()
}

func (w *wire) Run(ctx context.Context, since map[chat.ChannelID]chat.Cursor, sink chat.Sink) error {
	w.mu.Lock()
	err := w.refuses
	w.since = append(w.since, since)
	w.mu.Unlock()
	if err != nil {
		return err
	}
	return w.Adapter.Run(ctx, since, sink)
}

func (w *wire) Send(ctx context.Context, d chat.Delivery) (chat.Receipt, error) {
	w.mu.Lock()
	hangs, lost, swallow := w.hangs, w.lose > 0, w.swallow
	w.keys = append(w.keys, d.Key)
	if lost {
		w.lose--
	}
	w.mu.Unlock()
	unsure := &chat.Error{Op: "send", Kind: chat.Unsure, Err: errors.New("the answer got lost")}
	if hangs {
		<-ctx.Done()
		return chat.Receipt{}, unsure
	}
	if swallow && lost {
		return chat.Receipt{}, unsure
	}
	r, err := w.Adapter.Send(ctx, d)
	if err == nil && lost {
		return chat.Receipt{}, unsure
	}
	return r, err
}

// said are the texts that the bot said to a person.
func (w *wire) said(to chat.UserID) (all []local.Post) {
	for _, p := range w.chat.Posts() {
		if p.Bot && p.Kind == local.Said && p.To == to {
			all = append(all, p)
		}
	}
	return all
}

// running runs an engine over wires by name, with hal asked whether he helps; end stops it.
func running(t *testing.T, wires map[string]*wire) (e *bot.Engine, end func() error) {
	t.Helper()
	s, err := store.Open(t.Context(), ":memory:", newKey(t))
	if err != nil {
		t.Fatal(err)
	}
	books, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	e, err = bot.New(t.Context(), bot.Options{
		Store: s, Turns: s, Playbooks: books,
		Groups: []bot.Group{{Role: "helper", Names: []string{"hal"}}}, Stewards: []bot.Steward{{Name: "@hal"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"one", "two"} {
		if w := wires[name]; w != nil {
			e.Connect(name, w)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- e.Run(ctx, time.Now) }()
	return e, func() error {
		stop()
		return errors.Join(<-ended, s.Close())
	}
}

func help(t *testing.T, w *wire) string {
	t.Helper()
	if _, err := w.chat.Command("hal", "help", "status"); err != nil {
		t.Fatal(err)
	}
	synctest.Wait()
	got := w.said("hal")
	if len(got) == 0 {
		return ""
	}
	return got[len(got)-1].Text
}

func TestARefusedConnectionDisturbsNoOther(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		monday()
		one, two := newWire("hal"), newWire("hal")
		one.refuses = &chat.Error{Op: "connect", Kind: chat.Refused, Err: errors.New("the token is not valid")}
		e, end := running(t, map[string]*wire{"one": one, "two": two})
		synctest.Wait()
		if got := help(t, two); !strings.Contains(got, "one (local): refused") || !strings.Contains(got, "two (local): listening") {
			t.Errorf("status says %q", got)
		}
		time.Sleep(time.Hour)
		before := len(one.said("hal"))
		if got := help(t, one); len(one.said("hal")) != before {
			t.Errorf("a refused connection answers %q", got)
		}
		one.set(func() { one.refuses = nil })
		e.Reconnect("one")
		synctest.Wait()
		if got := help(t, one); !strings.Contains(got, "one (local): listening") {
			t.Errorf("after it was mended, status says %q", got)
		}
		e.Reconnect("one") // one that is well is taken up anew, too, and loses nothing
		synctest.Wait()
		if got := help(t, one); !strings.Contains(got, "one (local): listening") {
			t.Errorf("after it was taken up anew, status says %q", got)
		}
		if err := end(); err != nil {
			t.Error(err)
		}
	})
}

func TestASlowConnectionKeepsNoOtherWaiting(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		monday()
		one, two := newWire("hal"), newWire("hal")
		one.hangs = true
		_, end := running(t, map[string]*wire{"one": one, "two": two})
		synctest.Wait()
		if got := two.said("hal"); len(got) != 1 || !got[0].Time.Equal(time.Now()) {
			t.Errorf("beside a connection that hangs, the question to the candidate is %v", got)
		}
		time.Sleep(time.Minute)
		if err := end(); err != nil {
			t.Error(err)
		}
	})
}

// TestDoubtIsSettledByTheKey: a lost reply is settled by the same key within the service's window, or by a look for it.
func TestDoubtIsSettledByTheKey(t *testing.T) {
	t.Parallel()
	finderOnly := func(i chat.Info) chat.Info { i.Dedup = 0; return i }
	for name, test := range map[string]struct {
		info    func(chat.Info) chat.Info
		swallow bool
		stands  int
		sends   int
	}{
		"it had arrived; the service knows the key":             {nil, false, 1, 2},
		"it had not arrived; the service knows the key":         {nil, true, 1, 2},
		"it had arrived; the message is found":                  {finderOnly, false, 1, 1},
		"it had not arrived; nobody can know, so it is dropped": {finderOnly, true, 0, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				monday()
				w := newWire("hal")
				w.info, w.swallow, w.lose = test.info, test.swallow, 1
				_, end := running(t, map[string]*wire{"one": w})
				time.Sleep(10 * time.Minute)
				if got := w.said("hal"); len(got) != test.stands {
					t.Errorf("%d messages stand there, want %d", len(got), test.stands)
				}
				if len(w.keys) != test.sends {
					t.Errorf("it was sent %d times, want %d", len(w.keys), test.sends)
				}
				if err := end(); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

// TestPace: what is said to one channel keeps the distance that the service wants; answers are not slowed down.
func TestPace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		monday()
		w := newWire("hal", "ida")
		w.info = func(i chat.Info) chat.Info { i.InAll = 3 * time.Second; return i }
		s, err := store.Open(t.Context(), ":memory:", newKey(t))
		if err != nil {
			t.Fatal(err)
		}
		e, err := bot.New(t.Context(), bot.Options{
			Store: s, Turns: s, Groups: []bot.Group{{Role: "helper", Names: []string{"hal", "ida"}}},
		})
		if err != nil {
			t.Fatal(err)
		}
		e.Connect("one", w)
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		began := time.Now()
		go func() { ended <- e.Run(ctx, time.Now) }()
		synctest.Wait()
		if _, err := w.chat.Command("hal", "help", "help"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		var waited []time.Duration
		for _, p := range w.chat.Posts() {
			if p.Bot && p.Kind == local.Said {
				waited = append(waited, p.Time.Sub(began))
			}
		}
		if len(waited) != 3 || waited[0] != 0 || waited[1] != 0 || waited[2] != 3*time.Second {
			t.Errorf("card, answer and card came after %v", waited)
		}
		stop()
		if err := errors.Join(<-ended, s.Close()); err != nil {
			t.Error(err)
		}
	})
}

// TestIntroduction: where people invite it, the bot introduces itself in each room that it finds itself in, once; where
// it is everywhere, only in a room in which it gets something to do.
func TestIntroduction(t *testing.T) {
	t.Parallel()
	for name, info := range map[string]func(chat.Info) chat.Info{
		"invited":    func(i chat.Info) chat.Info { i.Invited = true; return i },
		"everywhere": func(i chat.Info) chat.Info { i.Everywhere = true; return i },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				monday()
				w := newWire("hal")
				w.chat.AddChannel("other", "hal")
				w.info = info
				e, end := running(t, map[string]*wire{"one": w})
				synctest.Wait()
				if name == "everywhere" {
					if got := greeted(w); len(got) != 0 {
						t.Errorf("introduced itself in %v", got)
					}
					if _, err := w.chat.Command("hal", "help", "playbook enable question-rescue now"); err != nil {
						t.Fatal(err)
					}
				}
				time.Sleep(time.Minute)
				e.Reconnect("one")
				time.Sleep(time.Hour)
				want := map[string]int{"invited": 2, "everywhere": 1}[name]
				if got := greeted(w); len(got) != want {
					t.Errorf("introduced itself in %v, want %d rooms", got, want)
				}
				if err := end(); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

// greeted are the rooms in which the bot said its first words.
func greeted(w *wire) (rooms []chat.ChannelID) {
	for _, p := range w.chat.Posts() {
		if p.Bot && p.Kind == local.Said && strings.Contains(p.Text, "Nothing starts for two working days") {
			rooms = append(rooms, p.Channel)
		}
	}
	return rooms
}

// TestLongMessagesAreSplit: what is too long for one message comes in several, each within the size; the buttons stand
// under the last.
func TestLongMessagesAreSplit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		monday()
		w := newWire("hal")
		w.info = func(i chat.Info) chat.Info { i.MaxSize = 200; return i }
		_, end := running(t, map[string]*wire{"one": w})
		time.Sleep(time.Minute)
		got := w.said("hal")
		if len(got) < 2 {
			t.Fatalf("the card came in %d messages", len(got))
		}
		keys := map[string]bool{}
		for i, p := range got {
			keys[p.Key] = true
			if last := i == len(got)-1; len(p.Text) > 200 || (len(p.Buttons) > 0) != last {
				t.Errorf("part %d of %d: %d characters, %d buttons", i+1, len(got), len(p.Text), len(p.Buttons))
			}
		}
		if len(keys) != len(got) {
			t.Errorf("%d keys for %d messages", len(keys), len(got))
		}
		if err := end(); err != nil {
			t.Error(err)
		}
	})
}

// TestAnOutageBeforeTheFirstMessage: a connection that has heard nothing yet goes on from when it began.
func TestAnOutageBeforeTheFirstMessage(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		monday()
		w := newWire("hal")
		e, end := running(t, map[string]*wire{"one": w})
		synctest.Wait()
		e.Reconnect("one")
		synctest.Wait()
		if _, err := w.chat.Say("hal", "help", "", "The build is green again.", 0); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		e.Reconnect("one")
		synctest.Wait()
		if len(w.since) != 3 || len(w.since[0]) != 0 || len(w.since[1]) != 1 || w.since[1][""] != "0" {
			t.Fatalf("went on from %v", w.since)
		}
		if w.since[2]["help"] == "" || w.since[2][""] != "" {
			t.Errorf("with a channel's cursor it went on from %v", w.since[2])
		}
		if err := end(); err != nil {
			t.Error(err)
		}
	})
}

// TestWhatCannotBeSeenIsSaid: where the service hides messages, every answer that rests on them says so.
func TestWhatCannotBeSeenIsSaid(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		monday()
		w := newWire("hal")
		_, end := running(t, map[string]*wire{"one": w})
		synctest.Wait()
		for _, blind := range []bool{false, true} {
			w.set(func() { w.blind = blind })
			for _, command := range []string{"questions here", "status", "privacy", "playbook enable question-rescue"} {
				if _, err := w.chat.Command("hal", "help", command); err != nil {
					t.Fatal(err)
				}
				synctest.Wait()
				got := w.said("hal")
				if said := strings.Contains(got[len(got)-1].Text, "I cannot read what is written in rooms here"); said != blind {
					t.Errorf("%s, blind %v: %s", command, blind, got[len(got)-1].Text)
				}
			}
		}
		if err := end(); err != nil {
			t.Error(err)
		}
	})
}
