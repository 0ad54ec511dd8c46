package store_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// threadRoom is a room in whose space somebody agreed to be found by their answers.
func threadRoom(t testing.TB, tx *store.Tx) store.Place {
	t.Helper()
	place, _, err := tx.Place(conn, "T1", "C1")
	ok(t, err)
	ok(t, tx.SetRole(agreed(someone(t, tx, "gus"))))
	return place
}

func agreed(id store.PersonID) store.Role {
	return store.Role{Conn: conn, Space: "T1", Person: id, Role: store.ThreadRole, State: store.Accepted, Since: start()}
}

// solved adds a thread that one person asked and another solved.
func solved(t testing.TB, tx *store.Tx, in store.Place, message chat.MessageID, asker, helper string) {
	t.Helper()
	ok(t, tx.AddThread(in, message, someone(t, tx, asker), start(), []string{"rotat", "kei"}))
	ok(t, tx.SolveThread(in.ID, message, someone(t, tx, helper)))
}

// left names the threads that there are.
func left(t testing.TB, s *store.Store) (ids string) {
	t.Helper()
	turn(t, s, func(tx *store.Tx) {
		for i := range 9 {
			id := chat.MessageID(fmt.Sprint("m", i))
			th, there, err := tx.Thread(room(t, tx, "C1"), id)
			ok(t, err)
			if there && th.Solved {
				ids += " " + string(id)
			} else if there {
				ids += " (" + string(id) + ")"
			}
		}
	})
	return strings.TrimSpace(ids)
}

func TestThreads(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		steps := []struct {
			name string
			do   func(tx *store.Tx, in store.Place) error
			want string
		}{
			{"three wait, one says nothing", func(tx *store.Tx, in store.Place) error {
				for i, text := range []string{"rotat kei", "revok kei", "", "kei"} {
					ok(t, tx.AddThread(in, chat.MessageID(fmt.Sprint("m", i)), someone(t, tx, "ana"), start(), strings.Fields(text)))
				}
				return tx.AddThread(in, "m0", someone(t, tx, "ana"), start(), []string{"again"})
			}, "(m0) (m1) (m3)"},
			{"one is solved", func(tx *store.Tx, in store.Place) error { return tx.SolveThread(in.ID, "m1", someone(t, tx, "hal")) }, "(m0) m1 (m3)"},
			{"closed without an answer", func(tx *store.Tx, in store.Place) error { return tx.DropWaitingThread(in.ID, "m3") }, "(m0) m1"},
			{"closed after an answer", func(tx *store.Tx, in store.Place) error { return tx.DropWaitingThread(in.ID, "m1") }, "(m0) m1"},
			{"reopened", func(tx *store.Tx, in store.Place) error { return tx.ReopenThread(in.ID, "m1") }, "(m0) (m1)"},
			{"deleted", func(tx *store.Tx, in store.Place) error { return tx.DropThread(in.ID, "m1") }, "(m0)"},
			{"what is not kept is not restated", func(tx *store.Tx, in store.Place) error { return tx.RestateThread(in, "m1", []string{"kei"}) }, "(m0)"},
			{"restated", func(tx *store.Tx, in store.Place) error {
				return tx.RestateThread(in, "m0", []string{"vault", "kei", "vault"})
			}, "(m0)"},
		}
		for _, step := range steps {
			turn(t, s, func(tx *store.Tx) { ok(t, step.do(tx, threadRoom(t, tx))) })
			equal(t, step.name, left(t, s), step.want)
		}
		view(t, s, func(tx *store.Tx) {
			in, _, err := tx.FindPlace(conn, "C1")
			ok(t, err)
			th := found[store.Thread](t)(tx.Thread(in.ID, "m0"))
			same(t, "terms", th.Terms, tx.HashTerms(in, []string{"vault", "kei"}))
			equal(t, "day", th.Day, start().Truncate(24*time.Hour))
		})
		turn(t, s, func(tx *store.Tx) { ok(t, tx.RestateThread(threadRoom(t, tx), "m0", nil)) })
		equal(t, "restated to nothing", left(t, s), "")
	})
}

func TestSolvedThreads(t *testing.T) {
	t.Parallel()
	s := open(t, ":memory:")
	turn(t, s, func(tx *store.Tx) {
		in, ana := threadRoom(t, tx), someone(t, tx, "ana")
		for i := range 4 {
			message := chat.MessageID(fmt.Sprint("m", i))
			ok(t, tx.AddThread(in, message, ana, start().AddDate(0, 0, -i), []string{"kei"}))
			if i != 1 {
				ok(t, tx.SolveThread(in.ID, message, someone(t, tx, "hal")))
			}
		}
		var ids []chat.MessageID
		for _, th := range must[[]store.Thread](t)(tx.SolvedThreads(in.ID, 2)) {
			ids = append(ids, th.Message)
			equal(t, "ana's own", must[bool](t)(tx.AskedThread(th, ana)), true)
			equal(t, "hal's own", must[bool](t)(tx.AskedThread(th, someone(t, tx, "hal"))), false)
		}
		same(t, "the newest first", ids, []chat.MessageID{"m0", "m2"})
	})
}

// What a person solved or asked goes with them, and nothing else does.
func TestThreadsGo(t *testing.T) {
	for name, c := range map[string]struct {
		do   func(t *testing.T, s *store.Store)
		want string
	}{
		"withdrawn": {func(t *testing.T, s *store.Store) {
			turn(t, s, func(tx *store.Tx) { ok(t, tx.WithdrawThreads(someone(t, tx, "hal"))) })
		}, "m2 m3 (m4)"},
		"forgotten, who answered": {func(t *testing.T, s *store.Store) { ok(t, s.Forget(context.Background(), conn, "hal")) }, "m2 m3 (m4)"},
		"forgotten, who asked":    {func(t *testing.T, s *store.Store) { ok(t, s.Forget(context.Background(), conn, "ana")) }, "m1 m2 m3"},
		"a stranger":              {func(t *testing.T, s *store.Store) { ok(t, s.Forget(context.Background(), conn, "zoe")) }, "m0 m1 m2 m3 (m4)"},
		"the last who agreed": {func(t *testing.T, s *store.Store) {
			turn(t, s, func(tx *store.Tx) {
				left := agreed(someone(t, tx, "gus"))
				left.State = store.Removed
				ok(t, tx.SetRole(left))
				ok(t, tx.WithdrawThreads(left.Person))
			})
		}, ""},
		"the last who agreed, forgotten": {func(t *testing.T, s *store.Store) { ok(t, s.Forget(context.Background(), conn, "gus")) }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t, ":memory:")
			turn(t, s, func(tx *store.Tx) {
				in := threadRoom(t, tx)
				solved(t, tx, in, "m0", "ana", "hal")
				solved(t, tx, in, "m1", "ben", "hal")
				solved(t, tx, in, "m2", "ben", "ida")
				solved(t, tx, in, "m3", "hal", "ida")
				ok(t, tx.AddThread(in, "m4", someone(t, tx, "ana"), start(), []string{"kei"}))
			})
			if name == "forgotten, who answered" {
				c.want = "m2 (m4)" // m3 was hal's question
			}
			c.do(t, s)
			equal(t, "left", left(t, s), c.want)
		})
	}
}

func TestKeepsThreads(t *testing.T) {
	t.Parallel()
	s := open(t, ":memory:")
	keeps := func(space chat.SpaceID) (is bool) {
		turn(t, s, func(tx *store.Tx) { is = must[bool](t)(tx.KeepsThreads(conn, space)) })
		view(t, s, func(tx *store.Tx) { equal(t, "in a view", must[bool](t)(tx.KeepsThreads(conn, space)), is) })
		return is
	}
	equal(t, "at first", keeps("T1"), false)
	turn(t, s, func(tx *store.Tx) {
		asked := agreed(someone(t, tx, "hal"))
		asked.State = store.Asked
		ok(t, tx.SetRole(asked))
	})
	equal(t, "when somebody was asked", keeps("T1"), false)
	turn(t, s, func(tx *store.Tx) { ok(t, tx.SetRole(agreed(someone(t, tx, "hal")))) })
	equal(t, "when somebody agreed", keeps("T1"), true)
	equal(t, "elsewhere", keeps("T2"), false)
	ok(t, s.Forget(context.Background(), conn, "hal"))
	equal(t, "when they are forgotten", keeps("T1"), false)
}

// The file holds neither the words nor a way to see that two threads are of one person.
func TestThreadsTellNothing(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "gofirst.db")
	s := open(t, path)
	turn(t, s, func(tx *store.Tx) {
		in := threadRoom(t, tx)
		solved(t, tx, in, "m0", "ana", "hal")
		solved(t, tx, in, "m1", "ana", "hal")
	})
	same(t, "a word", traces(t, path, "rotat"), []string(nil))
	marks := map[string]int{}
	for line := range strings.Lines(dump(t, s)) {
		if !strings.HasPrefix(line, "threads ") {
			continue
		}
		for _, field := range strings.Fields(line) {
			if strings.HasPrefix(field, "asked=") || strings.HasPrefix(field, "helped=") {
				marks[field]++
			}
		}
	}
	equal(t, "different marks", len(marks), 4)
}

// A term is another number under another key and in another space, and the order of the terms is not that of the text.
func TestHashTerms(t *testing.T) {
	t.Parallel()
	key := testKey(t, 1)
	seen := map[uint64]bool{}
	for _, n := range []uint64{
		key.Term(conn, "T1", "kei"), key.Term(conn, "T2", "kei"), key.Term("other", "T1", "kei"), key.Term(conn, "T1", "keys"),
		testKey(t, 2).Term(conn, "T1", "kei"),
	} {
		seen[n] = true
	}
	equal(t, "different numbers", len(seen), 5)
	s := open(t, ":memory:")
	turn(t, s, func(tx *store.Tx) {
		terms := tx.HashTerms(threadRoom(t, tx), []string{"one", "two", "three", "four", "two"})
		equal(t, "each once", len(terms), 4)
		equal(t, "by number", slices.IsSorted(terms), true)
	})
}
