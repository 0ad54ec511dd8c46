package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"pgregory.net/rapid"
)

// Whatever the order and the times, in turns as in batches, a message is fresh exactly once.
func TestFreshOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		s, err := store.OpenWith(context.Background(), ":memory:", testKey(t, 1), random(2))
		ok(t, err)
		defer s.Close()
		seen := map[string]bool{}
		for range rapid.IntRange(1, 4).Draw(r, "rounds") {
			run := s.Turn
			batch, err := s.Batch(context.Background())
			ok(t, err)
			batch.Every = rapid.IntRange(1, 50).Draw(r, "every")
			if rapid.Bool().Draw(r, "batch") {
				run = func(_ context.Context, f func(*store.Tx) error) error { return batch.Turn(f) }
			}
			for _, id := range rapid.SliceOfN(rapid.IntRange(0, 120), 1, 80).Draw(r, "ids") {
				ok(t, run(context.Background(), func(tx *store.Tx) error { return addOnce(r, tx, id, seen) }))
			}
			ok(t, batch.Close())
		}
	})
}

// addOnce adds message id; forty messages share an hour, so that ties are many.
func addOnce(r *rapid.T, tx *store.Tx, id int, seen map[string]bool) error {
	p, _, err := tx.Place(conn, "T1", chat.ChannelID(fmt.Sprint("C", id%2)))
	if err != nil {
		return err
	}
	m := store.Message{Place: p.ID, Message: chat.MessageID(fmt.Sprint("m", id)), At: start().Add(time.Duration(id/40) * time.Hour)}
	fresh, err := tx.AddMessage(m)
	name := fmt.Sprint(id)
	if fresh == seen[name] {
		r.Fatalf("message %d: fresh %v, seen %v", id, fresh, seen[name])
	}
	seen[name] = true
	return err
}

func TestMessages(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		turn(t, s, func(tx *store.Tx) {
			c1, c2, ana := room(t, tx, "C1"), room(t, tx, "C2"), someone(t, tx, "ana")
			m := store.Message{Place: c1, Message: "m1", Author: ana, At: start(), Flags: 5, Thread: "m0"}
			add := func(m store.Message) { equal(t, "fresh", must[bool](t)(tx.AddMessage(m)), true) }
			add(m)
			add(store.Message{Place: c2, Message: "m1", Author: ana, At: start().AddDate(0, 0, -3)})
			add(store.Message{Place: c1, Message: "m2", Author: ana, At: start().AddDate(0, 0, -5)})
			equal(t, "m1", found[store.Message](t)(tx.Message(c1, "m1")), m)
			equal(t, "m2 at", found[store.Message](t)(tx.Message(c1, "m2")).At, start().AddDate(0, 0, -5))
			absent[store.Message](t)(tx.Message(c1, "m3"))
			same(t, "by ana", must[map[store.PlaceID]int](t)(tx.MessagesBy(ana, start().AddDate(0, 0, -4))),
				map[store.PlaceID]int{c1: 1, c2: 1})
			ok(t, tx.SetMessageFlags(c1, "m1", 9))
			equal(t, "flags", found[store.Message](t)(tx.Message(c1, "m1")).Flags, 9)
			in := must[[]store.Message](t)(tx.MessagesIn(c1, start().AddDate(0, 0, -9), start().Add(time.Hour)))
			equal(t, "in", fmt.Sprint(in[0].Message, " ", in[1].Message, " ", len(in)), "m2 m1 2")
			ok(t, tx.DeleteMessage(c1, "m1"))
			absent[store.Message](t)(tx.Message(c1, "m1"))
			if _, err := tx.AddMessage(store.Message{Place: 99, Message: "m1", At: start()}); err == nil {
				t.Error("a message of no place")
			}
		})
	})
}

func TestEvents(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		turn(t, s, func(tx *store.Tx) {
			equal(t, "first", must[bool](t)(tx.SeenEvent(conn, "E1", start())), true)
			equal(t, "again", must[bool](t)(tx.SeenEvent(conn, "E1", start())), false)
			equal(t, "other event", must[bool](t)(tx.SeenEvent(conn, "E2", start())), true)
			equal(t, "other connection", must[bool](t)(tx.SeenEvent("home", "E1", start())), true)
		})
	})
}
