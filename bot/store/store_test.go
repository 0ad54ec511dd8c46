package store_test

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// start is a Monday at nine.
func start() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) }

func random(seed byte) *rand.ChaCha8 { return rand.NewChaCha8([32]byte{seed}) }

func testKey(t testing.TB, seed byte) store.Key {
	t.Helper()
	k, err := store.NewKey(random(seed))
	ok(t, err)
	return k
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// open opens a database that is closed with the test.
func open(t testing.TB, path string) *store.Store {
	t.Helper()
	s, err := store.OpenWith(context.Background(), path, testKey(t, 1), random(2))
	ok(t, err)
	t.Cleanup(func() { ok(t, s.Close()) })
	return s
}

// onBoth runs a test in memory and on a file.
func onBoth(t *testing.T, test func(t *testing.T, s *store.Store)) {
	t.Helper()
	t.Parallel()
	t.Run("memory", func(t *testing.T) {
		t.Parallel()
		test(t, open(t, ":memory:"))
	})
	t.Run("file", func(t *testing.T) {
		t.Parallel()
		test(t, open(t, filepath.Join(t.TempDir(), "gofirst.db")))
	})
}

// turn runs a turn that must succeed.
func turn(t testing.TB, s *store.Store, f func(tx *store.Tx)) {
	t.Helper()
	ok(t, s.Turn(context.Background(), func(tx *store.Tx) error {
		f(tx)
		return nil
	}))
}

// view runs a view that must succeed.
func view(t testing.TB, s *store.Store, f func(tx *store.Tx)) {
	t.Helper()
	ok(t, s.View(context.Background(), func(tx *store.Tx) error {
		f(tx)
		return nil
	}))
}

const conn = "work"

// room and someone make a place and a person, or find them again.
func room(t testing.TB, tx *store.Tx, name string) store.PlaceID {
	t.Helper()
	p, _, err := tx.Place(conn, "T1", chat.ChannelID(name))
	ok(t, err)
	return p.ID
}

func someone(t testing.TB, tx *store.Tx, name string) store.PersonID {
	t.Helper()
	p, _, err := tx.Person(conn, chat.UserID(name))
	ok(t, err)
	return p.ID
}

func equal[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// must takes a value and its error apart: must[bool](t)(tx.Claim(…)).
func must[T any](t testing.TB) func(T, error) T {
	t.Helper()
	return func(v T, err error) T {
		t.Helper()
		ok(t, err)
		return v
	}
}

// found takes a value that has to be there.
func found[T any](t testing.TB) func(T, bool, error) T {
	t.Helper()
	return func(v T, there bool, err error) T {
		t.Helper()
		ok(t, err)
		if !there {
			t.Error("not found")
		}
		return v
	}
}

// absent checks that something is not there.
func absent[T any](t testing.TB) func(T, bool, error) {
	t.Helper()
	return func(v T, there bool, err error) {
		t.Helper()
		ok(t, err)
		if there {
			t.Errorf("there is one: %v", v)
		}
	}
}

func same(t testing.TB, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func dump(t testing.TB, s *store.Store) string {
	t.Helper()
	var b strings.Builder
	ok(t, s.Dump(context.Background(), &b, true))
	return b.String()
}
