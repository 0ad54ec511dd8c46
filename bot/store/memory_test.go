package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"pgregory.net/rapid"
)

// What the store holds in memory never differs from what is in its file, whatever is done and undone: after
// each step the answers of a turn, given from memory, are those of a view, which reads anew; in the end they
// are those of a store that was just opened.
func TestMemoryIsRight(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		dir := must[string](t)(os.MkdirTemp(t.TempDir(), ""))
		path := filepath.Join(dir, "gofirst.db")
		s := must[*store.Store](t)(store.OpenWith(context.Background(), path, testKey(t, 1), random(2)))
		for range rapid.IntRange(1, 8).Draw(r, "steps") {
			drawAction(r, s)
			var inTurn, inView string
			agree(r, s.Turn, &inTurn)
			agree(r, s.View, &inView)
			if inTurn != inView {
				r.Fatalf("a turn says\n%s\na view says\n%s", inTurn, inView)
			}
		}
		var before, after string
		agree(r, s.Turn, &before)
		ok(t, s.Close())
		s = must[*store.Store](t)(store.OpenWith(context.Background(), path, testKey(t, 1), random(2)))
		agree(r, s.Turn, &after)
		ok(t, s.Close())
		if before != after {
			r.Fatalf("before closing\n%s\nafter opening\n%s", before, after)
		}
	})
}

type runner func(context.Context, func(*store.Tx) error) error

func drawUser(r *rapid.T) chat.UserID {
	return chat.UserID(rapid.SampledFrom([]string{"ana", "ben", "cho"}).Draw(r, "user"))
}

func drawAction(r *rapid.T, s *store.Store) {
	switch rapid.IntRange(0, 9).Draw(r, "action") {
	case 0:
		if err := s.Forget(context.Background(), conn, drawUser(r)); err != nil {
			r.Fatal(err)
		}
	case 1:
		keep(r, s)
	case 2, 3, 4:
		drawBatch(r, s)
	default:
		drawTurn(r, s)
	}
}

func drawTurn(r *rapid.T, s *store.Store) {
	fails := rapid.Bool().Draw(r, "fails")
	undo := errors.New("undo")
	err := s.Turn(context.Background(), func(tx *store.Tx) error {
		for range rapid.IntRange(1, 4).Draw(r, "steps") {
			if err := drawStep(r, tx); err != nil {
				return err
			}
		}
		if fails {
			return undo
		}
		return nil
	})
	if err != nil && !errors.Is(err, undo) {
		r.Fatal(err)
	}
}

func drawBatch(r *rapid.T, s *store.Store) {
	b, err := s.Batch(context.Background())
	if err != nil {
		r.Fatal(err)
	}
	b.Every = rapid.IntRange(1, 4).Draw(r, "every")
	for range rapid.IntRange(1, 6).Draw(r, "turns") {
		err := b.Turn(func(tx *store.Tx) error { return drawStep(r, tx) })
		if err == nil && rapid.IntRange(0, 9).Draw(r, "fails") == 0 {
			_ = b.Turn(func(tx *store.Tx) error { _ = drawStep(r, tx); return errors.New("undo") })
			return
		}
		if err != nil {
			r.Fatal(err)
		}
	}
	if err := b.Close(); err != nil {
		r.Fatal(err)
	}
}

func keep(r *rapid.T, s *store.Store) {
	days := rapid.IntRange(0, 50).Draw(r, "days later")
	if err := s.Turn(context.Background(), func(tx *store.Tx) error {
		_, err := tx.Housekeeping(start().AddDate(0, 0, days))
		return err
	}); err != nil {
		r.Fatal(err)
	}
}

// drawStep does one thing of all that memory has a part in.
func drawStep(r *rapid.T, tx *store.Tx) error {
	place, _, err := tx.Place(conn, "T1", chat.ChannelID(rapid.SampledFrom([]string{"C1", "C2"}).Draw(r, "channel")))
	if err != nil {
		return err
	}
	user := drawUser(r)
	person, _, err := tx.Person(conn, user)
	if err != nil {
		return err
	}
	n := rapid.IntRange(0, 5).Draw(r, "n")
	at := start().Add(time.Duration(n) * time.Hour)
	message := chat.MessageID(fmt.Sprint("m", n))
	all := append(steps(tx, place, person, user, message, at, n), dueSteps(tx, string(message), at, n)...)
	return rapid.SampledFrom(all).Draw(r, "step")()
}

// agree asks everything that may be answered from memory.
func agree(r *rapid.T, run runner, answers *string) {
	if err := run(context.Background(), func(tx *store.Tx) (err error) {
		*answers, err = answer(tx)
		return err
	}); err != nil {
		r.Fatal(err)
	}
}

func answer(tx *store.Tx) (text string, err error) {
	say := func(v any, there bool, e error) { text += fmt.Sprintf("%+v %v\n", v, there); err = errors.Join(err, e) }
	for _, c := range []chat.ChannelID{"C1", "C2"} {
		p, there, e := tx.FindPlace(conn, c)
		say(p, there, e)
		byID, there, e := tx.PlaceByID(p.ID)
		say(byID, there, e)
		days, e := tx.RoomDays(p.ID, 0, 9)
		say(days, true, e)
		for n := range 6 {
			q, there, e := tx.OpenQuestion(p.ID, chat.MessageID(fmt.Sprint("m", n)))
			say(q, there, e)
			m, there, e := tx.Message(p.ID, chat.MessageID(fmt.Sprint("m", n)))
			say(m, there, e)
		}
	}
	for _, u := range []chat.UserID{"ana", "ben", "cho"} {
		p, there, e := tx.FindPerson(conn, u)
		say(p, there, e)
		byID, there, e := tx.PersonByID(p.ID)
		say(byID, there, e)
		out, e := tx.OptedOut(conn, u, "bridges")
		say(out, true, e)
		out, e = tx.PersonOptedOut(p.ID, "ama")
		say(out, true, e)
	}
	for n := range 6 {
		v, there, e := tx.Setting(conn, "T1", fmt.Sprint("m", n))
		say(v, there, e)
	}
	next, there, e := tx.NextWatchDue()
	say(next, there, e)
	next, there, e = tx.NextDeliveryDue()
	say(next, there, e)
	watches, e := tx.DueWatches(start().Add(2*time.Hour), 9)
	say(watches, true, e)
	deliveries, e := tx.DueDeliveries(start().Add(2*time.Hour), 9)
	say(deliveries, true, e)
	all, e := tx.Instances("", "")
	say(all, true, e)
	return text, err
}
