package store_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// post adds message i to the room C1.
func post(t testing.TB, tx *store.Tx, i int) {
	t.Helper()
	equal(t, "fresh", must[bool](t)(tx.AddMessage(store.Message{
		Place: room(t, tx, "C1"), Message: chat.MessageID(fmt.Sprint("m", i)), Author: someone(t, tx, "ana"),
		At: start().Add(time.Duration(i) * time.Second),
	})), true)
	ok(t, tx.AddRoomPost(room(t, tx, "C1"), 0))
}

// has checks that exactly the messages before n are there.
func has(t testing.TB, tx *store.Tx, n int) {
	t.Helper()
	p, _, err := tx.FindPlace(conn, "C1")
	ok(t, err)
	messages := must[[]store.Message](t)(tx.MessagesIn(p.ID, start(), start().Add(time.Hour)))
	equal(t, "messages", len(messages), n)
	equal(t, "posts", must[map[int]int](t)(tx.RoomDays(p.ID, 0, 0))[0], n)
}

func TestBatchCommits(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "gofirst.db")
	s := open(t, path)
	batch := must[*store.Batch](t)(s.Batch(context.Background()))
	batch.Every = 100
	for i := range 250 {
		ok(t, batch.Turn(func(tx *store.Tx) error { post(t, tx, i); return nil }))
	}
	view(t, s, func(tx *store.Tx) { has(t, tx, 250) }) // what the batch has written so far
	second := open(t, path)                            // what is on disk
	view(t, second, func(tx *store.Tx) { has(t, tx, 200) })
	ok(t, batch.Close())
	view(t, second, func(tx *store.Tx) { has(t, tx, 250) })
}

func TestBatchFails(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		batch := must[*store.Batch](t)(s.Batch(context.Background()))
		batch.Every = 100
		wrong := errors.New("wrong")
		for i := range 150 {
			ok(t, batch.Turn(func(tx *store.Tx) error { post(t, tx, i); return nil }))
		}
		equal(t, "error", batch.Turn(func(tx *store.Tx) error { post(t, tx, 150); return wrong }), wrong)
		if batch.Turn(func(*store.Tx) error { return nil }) == nil || batch.Close() == nil {
			t.Error("the batch went on")
		}
		view(t, s, func(tx *store.Tx) { has(t, tx, 100) })
		turn(t, s, func(tx *store.Tx) { post(t, tx, 100) })
		view(t, s, func(tx *store.Tx) { has(t, tx, 101) })
	})
}

// A turn and another batch may come between; each is complete when it returns, and none loses anything.
func TestBatchAndTurns(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		one := must[*store.Batch](t)(s.Batch(context.Background()))
		two := must[*store.Batch](t)(s.Batch(context.Background()))
		for i := 0; i < 90; i += 3 {
			ok(t, one.Turn(func(tx *store.Tx) error { post(t, tx, i); has(t, tx, i+1); return nil }))
			ok(t, two.Turn(func(tx *store.Tx) error { post(t, tx, i+1); return nil }))
			if i%2 == 0 {
				view(t, s, func(tx *store.Tx) { has(t, tx, i+2) })
			}
			turn(t, s, func(tx *store.Tx) { post(t, tx, i+2) })
		}
		ok(t, errors.Join(one.Close(), two.Close()))
		view(t, s, func(tx *store.Tx) { has(t, tx, 90) })
	})
}

// Two processes on one file see each other's work: nothing in memory outlives a stranger's commit.
func TestTwoOwners(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "gofirst.db")
	a, b := open(t, path), open(t, path)
	for i := range 20 {
		turn(t, a, func(tx *store.Tx) { post(t, tx, 2*i) })
		turn(t, b, func(tx *store.Tx) {
			has(t, tx, 2*i+1)
			post(t, tx, 2*i+1)
			p, _, err := tx.Person(conn, "ana")
			ok(t, err)
			p.Prefs = fmt.Sprint(i)
			ok(t, tx.UpdatePerson(p))
		})
		turn(t, a, func(tx *store.Tx) {
			equal(t, "prefs", found[store.Person](t)(tx.FindPerson(conn, "ana")).Prefs, fmt.Sprint(i))
		})
	}
}
