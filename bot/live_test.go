package bot_test

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"os"
	"path/filepath"
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

// house is all that a serving process has open, in a folder.
type house struct {
	t      *testing.T
	dir    string
	chat   *local.Chat
	store  *store.Store
	engine *bot.Engine
	stop   context.CancelFunc
	ended  chan error
}

// openHouse starts an engine over the database and the chat of a folder, through a wrapped adapter.
func openHouse(t *testing.T, dir string, key store.Key, wrap func(chat.Adapter) chat.Adapter) *house {
	t.Helper()
	h := &house{t: t, dir: dir, ended: make(chan error, 1)}
	var err error
	if h.chat, _, err = local.Open(filepath.Join(dir, "chat.jsonl"), local.Options{Now: time.Now}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []chat.UserID{"ana", "hal"} {
		h.chat.AddPerson(chat.Profile{User: name})
	}
	h.chat.AddChannel("help", "ana", "hal")
	if h.store, err = store.Open(t.Context(), filepath.Join(dir, "gofirst.db"), key); err != nil {
		t.Fatal(err)
	}
	books, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	h.engine, err = bot.New(t.Context(), bot.Options{
		Store: h.store, Turns: h.store, Playbooks: books, Groups: []bot.Group{{Role: "helper", Names: []string{"hal"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	h.engine.Connect("local", wrap(h.chat.Connect()))
	err = h.engine.Enable(t.Context(), "local", h.chat.Space(), "question-rescue", map[string]any{"rooms": []string{"help"}, "patience": "eager"}, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	h.stop = stop
	go func() { h.ended <- h.engine.Run(ctx, time.Now) }()
	return h
}

// close ends the engine and everything that is open. It fails where the end takes longer than it may.
func (h *house) close() {
	h.t.Helper()
	h.stop()
	began := time.Now()
	if err := <-h.ended; err != nil {
		h.t.Errorf("Run: %v", err)
	}
	if took := time.Since(began); took > 4*time.Second {
		h.t.Errorf("the engine took %v to end", took)
	}
	if err := errors.Join(h.store.Close(), h.chat.Close()); err != nil {
		h.t.Error(err)
	}
}

// told lists what the bot told a person, with its time.
func (h *house) told(who chat.UserID) (all []local.Post) {
	for _, p := range h.chat.Posts() {
		if p.Bot && p.Kind == local.Said && p.To == who {
			all = append(all, p)
		}
	}
	return all
}

func unchanged(a chat.Adapter) chat.Adapter { return a }

// monday sleeps, in the bubble's time, to a Monday morning.
func monday() { time.Sleep(time.Until(time.Date(2000, 1, 3, 10, 0, 0, 0, time.UTC))) }

func TestRestartGoesOnWhereItWas(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	first, second := t.TempDir(), t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		monday()
		h := openHouse(t, first, key, unchanged)
		if _, err := h.chat.Say("ana", "help", "", "How do I rotate the signing key?", 0); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		copyAll(t, first, second) // what a process that is killed now leaves behind
		h.close()

		time.Sleep(time.Hour)
		h = openHouse(t, second, key, unchanged)
		time.Sleep(59 * time.Minute)
		if got := h.told("ana"); len(got) != 0 {
			t.Errorf("spoke after 1 h 59: %q", got[0].Text)
		}
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		if got := h.told("ana"); len(got) != 1 || !strings.Contains(got[0].Text, "still open") {
			t.Errorf("after two hours ana was told %v", got)
		}
		h.close()
	})
}

func TestAnswersLeaveAtOnce(t *testing.T) {
	t.Parallel()
	dir, key := t.TempDir(), newKey(t)
	synctest.Test(t, func(t *testing.T) {
		monday()
		h := openHouse(t, dir, key, unchanged)
		synctest.Wait()
		if got := h.told("hal"); len(got) != 1 || len(got[0].Buttons) == 0 {
			t.Fatalf("the candidate was not asked at once: %v", got)
		}
		time.Sleep(3 * time.Second)
		asked := time.Now()
		if _, err := h.chat.Press("hal", h.chat.DM("hal"), h.told("hal")[0].Message, h.told("hal")[0].Buttons[0].Value); err != nil {
			t.Fatal(err)
		}
		if _, err := h.chat.Command("ana", "help", "help"); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		for _, who := range []chat.UserID{"hal", "ana"} {
			got := h.told(who)
			if last := got[len(got)-1]; !last.Time.Equal(asked) {
				t.Errorf("%s was answered %v later: %q", who, last.Time.Sub(asked), last.Text)
			}
		}
		h.close()
	})
}

// flaky loses its connection as often as told, each time that somebody has written.
type flaky struct {
	*local.Adapter
	mu    sync.Mutex
	fails []error
	since []map[chat.ChannelID]chat.Cursor
}

func (f *flaky) Run(ctx context.Context, since map[chat.ChannelID]chat.Cursor, sink chat.Sink) error {
	f.mu.Lock()
	f.since = append(f.since, since)
	if len(f.fails) == 0 {
		f.mu.Unlock()
		return f.Adapter.Run(ctx, since, sink)
	}
	fail := f.fails[0]
	f.fails = f.fails[1:]
	f.mu.Unlock()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	_ = f.Adapter.Run(ctx, since, func(ctx context.Context, ev chat.Event) error {
		if ev.Head().Actor.Human() {
			defer cancel()
		}
		return sink(ctx, ev)
	})
	return fail
}

func TestLostConnectionsAreTakenUpAgain(t *testing.T) {
	t.Parallel()
	dir, key := t.TempDir(), newKey(t)
	synctest.Test(t, func(t *testing.T) {
		monday()
		f := &flaky{fails: []error{&chat.Error{Op: "read", Kind: chat.Later, Wait: 2 * time.Second}, errors.New("no more")}}
		h := openHouse(t, dir, key, func(a chat.Adapter) chat.Adapter { f.Adapter = a.(*local.Adapter); return f })
		for range 3 {
			if _, err := h.chat.Say("hal", "help", "", "The build is green again.", 0); err != nil {
				t.Fatal(err)
			}
			time.Sleep(5 * time.Minute)
		}
		if len(f.since) != 3 {
			t.Fatalf("Run was called %d times", len(f.since))
		}
		if len(f.since[0]) != 0 || f.since[1]["help"] == "" || f.since[2]["help"] <= f.since[1]["help"] {
			t.Errorf("went on from %v", f.since)
		}
		h.close()
	})
}

func TestRefusedConnectionEndsRun(t *testing.T) {
	t.Parallel()
	dir, key := t.TempDir(), newKey(t)
	synctest.Test(t, func(t *testing.T) {
		refused := &chat.Error{Op: "connect", Kind: chat.Refused, Err: errors.New("the token is not valid")}
		f := &flaky{fails: []error{refused}}
		h := openHouse(t, dir, key, func(a chat.Adapter) chat.Adapter { f.Adapter = a.(*local.Adapter); return f })
		if _, err := h.chat.Say("hal", "help", "", "Anybody there?", 0); err != nil {
			t.Fatal(err)
		}
		if err := <-h.ended; !errors.Is(err, refused) {
			t.Errorf("Run gave %v", err)
		}
		h.ended <- nil
		h.close()
	})
}

// slow takes its time to send.
type slow struct {
	*local.Adapter
	sending chan struct{}
}

func (s *slow) Send(ctx context.Context, d chat.Delivery) (chat.Receipt, error) {
	s.sending <- struct{}{}
	time.Sleep(2 * time.Second)
	return s.Adapter.Send(ctx, d)
}

func TestStopFinishesWhatWasBegun(t *testing.T) {
	t.Parallel()
	dir, key := t.TempDir(), newKey(t)
	synctest.Test(t, func(t *testing.T) {
		monday()
		s := &slow{sending: make(chan struct{}, 8)}
		h := openHouse(t, dir, key, func(a chat.Adapter) chat.Adapter { s.Adapter = a.(*local.Adapter); return s })
		<-s.sending // the question to the candidate
		h.stop()
		err := <-h.ended
		h.ended <- err
		if got := h.told("hal"); len(got) != 1 {
			t.Errorf("what was being sent was not: %v", got)
		}
		err = h.store.View(t.Context(), func(tx *store.Tx) error {
			open, err := tx.LapsedClaims(time.Now().Add(time.Hour), 8)
			if len(open) > 0 {
				t.Errorf("%d deliveries are claimed and not settled", len(open))
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
		h.close()
	})
}

func newKey(t *testing.T) store.Key {
	t.Helper()
	key, err := store.NewKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// copyAll copies the files of a folder as they stand.
func copyAll(t *testing.T, from, to string) {
	t.Helper()
	entries, err := os.ReadDir(from)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		in, err := os.Open(filepath.Join(from, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		out, err := os.Create(filepath.Join(to, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(out, in); err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(in.Close(), out.Close()); err != nil {
			t.Fatal(err)
		}
	}
}
