package bot_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gofirst/gofirst/adapters/local"
	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// lived is what became of a life: the database, and what the bot said, each as text.
type lived struct{ database, posts string }

func (w *trustWorld) lived() lived {
	w.Helper()
	w.turn(func(tx *store.Tx) error { _, err := tx.Housekeeping(w.now); return err }) // a start does one more
	var posts strings.Builder
	for _, p := range w.chat.Posts() {
		if p.Bot {
			fmt.Fprintf(&posts, "%s %s %s %s ↳%s %s\n", p.Time.Format("Mon 2 Jan 15:04:05"), p.Kind, p.Channel, p.To, p.Thread, line(p))
		}
	}
	return lived{w.dump(true), posts.String()}
}

// sameLife compares line by line, so that a failure shows what differs and no more.
func sameLife(t rapid.TB, got, want lived) {
	t.Helper()
	for _, pair := range []struct{ what, got, want string }{{"database", got.database, want.database}, {"posts", got.posts, want.posts}} {
		if pair.got == pair.want {
			continue
		}
		was, is := strings.Split(pair.want, "\n"), strings.Split(pair.got, "\n")
		gone, come := lessTrust(was, is), lessTrust(is, was)
		t.Errorf("%s: %d lines are missing and %d are new, as\n- %s\n+ %s", pair.what, len(gone), len(come),
			strings.Join(gone[:min(4, len(gone))], "\n- "), strings.Join(come[:min(4, len(come))], "\n+ "))
	}
}

// answering lets people answer what the bot asks them, each in their own way, so that presses and forms are among
// what happens.
func answering(w *trustWorld, weeks int) {
	answers := map[chat.UserID][]string{uHal: {"take", "pass"}, uIda: {"write", "later"}, uAna: {"yes", "onlyme"}, uSil: {"adopt", "pass"}}
	for _, user := range slices.Sorted(maps.Keys(answers)) {
		for day := range 7 * weeks {
			w.plan(trustMonday().AddDate(0, 0, day).Add(15*time.Hour+7*time.Minute), func() error {
				for _, choice := range answers[user] {
					if p, _, ok := w.asked(user, choice); ok && w.now.Sub(p.Time) < 20*time.Hour {
						return w.press(user, choice)
					}
				}
				return nil
			})
		}
	}
}

// TestAgainIsOnce lives the same weeks once, and again with every event told up to four times, some of them days
// later, and with the bot looking for something to do at any odd time.
func TestAgainIsOnce(t *testing.T) {
	t.Parallel()
	const weeks = 2
	life := func(t rapid.TB, change func(*trustWorld)) lived {
		w := newTrustWorld(t, ":memory:", []string{"platform", "help"}, trustPeople(), change)
		defer w.close()
		trustOffice(w, weeks)
		answering(w, weeks)
		w.live(trustMonday().AddDate(0, 0, 7*weeks+5))
		return w.lived()
	}
	want := life(t, nil)
	if n := strings.Count(want.posts, "\n"); n < 30 {
		t.Fatalf("the bot said %d things: the test looks in the wrong place", n)
	}
	for seed := range uint64(3) {
		again := 0
		sameLife(t, life(t, func(w *trustWorld) { w.toldAgain(rand.New(rand.NewPCG(seed, 1)), &again) }), want)
		if again < 100 {
			t.Errorf("only %d events were told again", again)
		}
	}
}

// toldAgain tells events again: at once, and at some time in the next three days.
func (w *trustWorld) toldAgain(chance *rand.Rand, n *int) {
	deleted := map[chat.MessageID]bool{}
	tell := func(ev chat.Event) error { return w.engine.Take(context.Background(), "local", ev, w.now) }
	w.take = func(ev chat.Event) error {
		if gone, ok := ev.(chat.MessageDeleted); ok {
			deleted[gone.Message] = true
		}
		for range 1 + chance.IntN(4) {
			if err := tell(ev); err != nil {
				return err
			}
			*n++
		}
		if chance.IntN(2) == 0 {
			w.plan(w.now.Add(time.Duration(chance.IntN(3*24*3600))*time.Second), func() error {
				if m, ok := ev.(chat.MessagePosted); ok && deleted[m.Message] {
					return nil // no service tells of a message that is gone
				}
				*n++
				return tell(ev)
			})
		}
		for range chance.IntN(3) {
			w.plan(w.now.Add(time.Duration(chance.IntN(24*3600))*time.Second), func() error { return w.engine.Due(context.Background(), w.now) })
		}
		return nil
	}
}

// TestKilledAndGoesOn lives the same weeks in one process, and in one that ends at random moments, each time followed
// by one that knows nothing but the file.
func TestKilledAndGoesOn(t *testing.T) {
	t.Parallel()
	const weeks = 2
	life := func(chance *rand.Rand) (lived, int) {
		w := newTrustWorld(t, filepath.Join(t.TempDir(), "gofirst.db"), []string{"platform", "help"}, trustPeople(), nil)
		defer func() { w.close() }()
		trustOffice(w, weeks)
		answering(w, weeks)
		deaths := 0
		end := trustMonday().AddDate(0, 0, 7*weeks+5)
		for chance != nil && w.now.Before(end) {
			w.live(w.now.Add(time.Duration(1+chance.IntN(20*3600)) * time.Second))
			w.close()
			w.open()
			deaths++
		}
		w.live(end)
		return w.lived(), deaths
	}
	want, _ := life(nil)
	got, deaths := life(rand.New(rand.NewPCG(3, 1)))
	sameLife(t, got, want)
	if deaths < 20 {
		t.Errorf("only %d deaths", deaths)
	}
}

// errKilled is what a process that ends in the middle of something would see last.
var errKilled = errors.New("killed")

// mortalTurns are those of a process that ends before a turn is stored.
type mortalTurns struct {
	*store.Store
	dies func() bool
}

func (m mortalTurns) Turn(ctx context.Context, do func(*store.Tx) error) error {
	if m.dies() {
		return errKilled
	}
	return m.Store.Turn(ctx, do)
}

// TestKilledWhileSending ends the process between a message's sending and the note that it was sent, and before the
// sending. After the next start the first stands there once and is answered as any other, the second never appears:
// what may have been said is not said again.
func TestKilledWhileSending(t *testing.T) {
	t.Parallel()
	for name, death := range map[string]struct{ before, deaf bool }{
		"before": {before: true},
		"behind": {},
		"behind, and its message is not told back": {deaf: true},
	} {
		before := death.before
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			killing, sending := false, false
			w := newTrustWorld(t, filepath.Join(t.TempDir(), "gofirst.db"), []string{"help"}, trustPeople(), func(w *trustWorld) {
				w.set = func(o *bot.Options) {
					o.Turns = mortalTurns{w.store, func() bool { return killing && sending }}
				}
				w.wrap = func(a chat.Adapter) chat.Adapter {
					return &watchedSend{Adapter: a.(*local.Adapter), see: func(d chat.Delivery) bool {
						sending = killing && d.Key != ""
						return sending && before
					}}
				}
				w.take = func(ev chat.Event) error {
					if death.deaf && ev.Head().Actor.Self {
						return nil
					}
					return w.engine.Take(context.Background(), "local", ev, w.now)
				}
			})
			defer func() { w.close() }()
			w.planThread(trustMonday().Add(10*time.Hour), uAna, "help", "", 0)
			w.live(trustMonday().Add(13*time.Hour + 59*time.Minute))
			killing = true
			for !sending {
				next, ok := w.engine.NextDue()
				if !ok {
					t.Fatal("nothing is to be said")
				}
				w.now = next
				if err := w.engine.Due(context.Background(), w.now); err != nil && !errors.Is(err, errKilled) {
					t.Fatal(err)
				}
			}
			w.close()
			killing, sending = false, false
			w.now = w.now.Add(3 * time.Minute)
			w.open()
			w.live(w.now.Add(time.Minute))
			asked := 0
			for _, p := range w.said() {
				if p.To == uAna {
					asked++
				}
			}
			rows := w.rows("deliveries")
			switch {
			case before && (asked != 0 || rows[0].cols["reason"] != string(chat.Doubt)):
				t.Errorf("said %d times after a death before it: %s", asked, rows[0].line)
			case !before && (asked != 1 || rows[0].cols["state"] != "sent"):
				t.Errorf("said %d times after a death behind it: %s", asked, rows[0].line)
			case !before:
				w.must(w.press(uAna, "yes"))
				w.live(w.now.Add(time.Minute))
				if n := w.told(uHal)["ask one helper"] + w.told(uSil)["ask one helper"]; n != 1 {
					t.Errorf("after a yes %d helpers were asked", n)
				}
			}
		})
	}
}

// watchedSend tells of each message before it is sent, and does not send it if see says so.
type watchedSend struct {
	*local.Adapter
	see func(chat.Delivery) bool
}

func (a *watchedSend) Send(ctx context.Context, d chat.Delivery) (chat.Receipt, error) {
	if a.see(d) {
		return chat.Receipt{}, errKilled
	}
	return a.Adapter.Send(ctx, d)
}

// TestKilledBeforeStored ends the process before the turn of an event is stored, again and again: the service tells it
// once more, and it counts once.
func TestKilledBeforeStored(t *testing.T) {
	t.Parallel()
	chance := rand.New(rand.NewPCG(5, 1))
	deaths := 0
	life := func(mortal bool) lived {
		w := newTrustWorld(t, ":memory:", []string{"platform", "help"}, trustPeople(), func(w *trustWorld) {
			w.set = func(o *bot.Options) {
				o.Turns = mortalTurns{w.store, func() bool { return mortal && w.taking && chance.IntN(3) == 0 }}
			}
			w.take = func(ev chat.Event) error {
				for {
					w.taking = true
					err := w.engine.Take(context.Background(), "local", ev, w.now)
					w.taking = false
					if !errors.Is(err, errKilled) {
						return err
					}
					deaths++
				}
			}
		})
		defer w.close()
		trustOffice(w, 1)
		w.live(trustMonday().AddDate(0, 0, 10))
		return w.lived()
	}
	want := life(false)
	got := life(true)
	got.posts = withoutNotSaved(got.posts)
	sameLife(t, numbered(got), numbered(want))
	if deaths < 10 {
		t.Errorf("only %d deaths", deaths)
	}
}

// numbered names messages and times in the order in which they turn up: those of a moment count on from what else was
// said in it.
func numbered(l lived) lived {
	names := map[string]string{}
	name := func(id string) string {
		if names[id] == "" {
			names[id] = fmt.Sprintf("n%d", len(names))
		}
		return names[id]
	}
	l.posts = momentShape.ReplaceAllStringFunc(l.posts, name)
	l.database = momentShape.ReplaceAllStringFunc(l.database, name)
	return l
}

var momentShape = regexp.MustCompile(`\b1[0-9]{15}\b`)

// withoutNotSaved takes out what people are told when something could not be kept: it is true each time.
func withoutNotSaved(posts string) string {
	var kept []string
	for _, line := range strings.Split(posts, "\n") {
		if !strings.Contains(line, "not saved") && !strings.Contains(line, "nothing was") {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}
