package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

func TestTurnUndone(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		turn(t, s, func(tx *store.Tx) { room(t, tx, "C1") })
		before := dump(t, s)
		wrong := errors.New("wrong")
		err := s.Turn(context.Background(), func(tx *store.Tx) error { return fill(t, tx, wrong) })
		equal(t, "error", err, wrong)
		same(t, "after an error", dump(t, s), before)

		func() {
			defer func() { equal(t, "panic", recover(), any("oh")) }()
			_ = s.Turn(context.Background(), func(tx *store.Tx) error {
				ok(t, fill(t, tx, nil))
				panic("oh")
			})
		}()
		same(t, "after a panic", dump(t, s), before)
		turn(t, s, func(tx *store.Tx) {
			_, created, err := tx.Person(conn, "ana")
			ok(t, err)
			equal(t, "ana is new again", created, true)
			absent[store.Question](t)(tx.OpenQuestion(room(t, tx, "C1"), "m1"))
			absent[string](t)(tx.Setting(conn, "T1", "tone"))
			equal(t, "days", len(must[map[int]int](t)(tx.RoomDays(room(t, tx, "C1"), 0, 9))), 0)
		})
	})
}

// fill touches all that is held in memory, and returns err.
func fill(t *testing.T, tx *store.Tx, err error) error {
	c1 := room(t, tx, "C1")
	ana := someone(t, tx, "ana")
	_, _, e := tx.AddQuestion(store.Question{Place: c1, Message: "m1", Asker: ana, At: start()})
	ok(t, e)
	must[bool](t)(tx.AddMessage(store.Message{Place: c1, Message: "m1", Author: ana, At: start()}))
	ok(t, tx.SetCursor(c1, "42"))
	ok(t, tx.SetLastHuman(c1, start()))
	ok(t, tx.AddRoomPost(c1, 3))
	ok(t, tx.SetSetting(conn, "T1", "tone", "tu"))
	ok(t, tx.SetInstance(store.Instance{Conn: conn, Space: "T1", Playbook: "bridges", Enabled: true}))
	ok(t, tx.OptOut(conn, "ana", "", 1))
	must[bool](t)(tx.PersonOptedOut(ana, "bridges"))
	must[bool](t)(tx.First(ana, 3))
	return err
}

func TestViewDoesNotWrite(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		var c1 store.PlaceID
		var ana store.PersonID
		turn(t, s, func(tx *store.Tx) { c1, ana = room(t, tx, "C1"), someone(t, tx, "ana") })
		before := dump(t, s)
		view(t, s, func(tx *store.Tx) {
			_, _, person := tx.Person(conn, "ben")
			_, _, place := tx.Place(conn, "T1", "C2")
			_, message := tx.AddMessage(store.Message{Place: c1, Message: "m1", At: start()})
			_, first := tx.First(ana, 1)
			_, keeping := tx.Housekeeping(start())
			for name, err := range map[string]error{
				"person": person, "place": place, "message": message, "first": first, "housekeeping": keeping,
				"cursor": tx.SetCursor(c1, "1"), "post": tx.AddRoomPost(c1, 1), "human": tx.SetLastHuman(c1, start()),
				"journal": tx.Journal(store.Entry{}), "setting": tx.SetSetting(conn, "T1", "a", "b"),
			} {
				if err == nil {
					t.Errorf("a view wrote: %s", name)
				}
			}
		})
		same(t, "dump", dump(t, s), before)
	})
}

func TestCancelled(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		ctx, cancel := context.WithCancel(context.Background())
		batch := must[*store.Batch](t)(s.Batch(ctx))
		cancel()
		never := func(*store.Tx) error { t.Error("it ran"); return nil }
		for _, err := range []error{s.Turn(ctx, never), s.View(ctx, never), batch.Turn(never), batch.Close()} {
			if !errors.Is(err, context.Canceled) {
				t.Errorf("got %v", err)
			}
		}
	})
}

// Many turns at once share commits; those that fail or panic among them take only their own work with them.
func TestTurnsTogether(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		const writers, each = 8, 25
		var all sync.WaitGroup
		for w := range writers {
			all.Go(func() {
				for i := range each {
					one := func(tx *store.Tx) error { return contend(tx, w, i) }
					func() {
						defer func() { _ = recover() }()
						if err := s.Turn(context.Background(), one); (err != nil) != (i%5 == 3) {
							t.Errorf("turn %d of %d: %v", i, w, err)
						}
					}()
					view(t, s, func(tx *store.Tx) { must[[]store.Place](t)(tx.Places(conn, "")) })
				}
			})
		}
		all.Wait()
		same(t, "people in memory and on disk", whoIsThere(t, s.Turn, writers, each), whoIsThere(t, s.View, writers, each))
		view(t, s, func(tx *store.Tx) {
			kept := must[[]store.Entry](t)(tx.JournalOn("all"))
			equal(t, "kept", len(kept), writers*each*3/5)
			p := found[store.Place](t)(tx.FindPlace(conn, "C0"))
			posts := must[map[int]int](t)(tx.RoomDays(p.ID, 0, 0))
			equal(t, "posts", posts[0], len(kept))
			for i, e := range kept {
				if e.Data == "3" || e.Data == "4" || i > 0 && e.ID <= kept[i-1].ID {
					t.Errorf("entry %v", e)
				}
			}
		})
	})
}

func whoIsThere(t *testing.T, run runner, writers, each int) (there []store.Person) {
	ok(t, run(context.Background(), func(tx *store.Tx) error {
		for w := range writers {
			for i := range each {
				p, _, err := tx.FindPerson(conn, chat.UserID(fmt.Sprint(w, i)))
				ok(t, err)
				there = append(there, p)
			}
		}
		return nil
	}))
	return there
}

// contend writes an entry and a post; of five, the fourth fails and the fifth panics.
func contend(tx *store.Tx, writer, i int) error {
	p, _, err := tx.Place(conn, "T1", "C0")
	if err != nil {
		return err
	}
	if _, _, err := tx.Person(conn, chat.UserID(fmt.Sprint(writer, i))); err != nil {
		return err
	}
	if err := tx.Journal(store.Entry{Subject: "all", Data: fmt.Sprint(i % 5), At: start()}); err != nil {
		return err
	}
	if err := tx.AddRoomPost(p.ID, 0); err != nil {
		return err
	}
	switch i % 5 {
	case 3: // having written, to read them, what the turns before it had queued
		_, err := tx.RoomDays(p.ID, 0, 0)
		return errors.Join(err, errors.New("no"))
	case 4:
		panic("no")
	}
	return nil
}
