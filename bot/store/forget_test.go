package store_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// traces says in which of the database's files a text stands.
func traces(t *testing.T, path, text string) (files []string) {
	t.Helper()
	for _, end := range []string{"", "-wal", "-shm", "-journal"} {
		raw, err := os.ReadFile(path + end)
		if err == nil && bytes.Contains(raw, []byte(text)) {
			files = append(files, "db"+end)
		}
	}
	return files
}

const (
	given     = "I broke the billing on a Friday"
	becauseOf = "nobody had told me that one may ask"
	userID    = "U0SECRETANA"
)

// liveALife leaves a row of a person in every table that can name one.
func liveALife(t *testing.T, tx *store.Tx, user chat.UserID) store.PersonID {
	t.Helper()
	c1, ben := room(t, tx, "C1"), someone(t, tx, "ben")
	p, _, err := tx.Person(conn, user)
	ok(t, err)
	p.Prefs = `{"address":"vous"}`
	ok(t, tx.UpdatePerson(p))
	ok(t, tx.KeepSealed(p.ID, user))
	ok(t, tx.SetRole(store.Role{Conn: conn, Space: "T1", Person: p.ID, Role: "leader", State: store.Accepted, Since: start()}))
	must[bool](t)(tx.AddMessage(store.Message{Place: c1, Message: "m1", Author: p.ID, At: start()}))
	_, _, err = tx.AddQuestion(store.Question{Place: c1, Message: "m1", Asker: p.ID, At: start()})
	ok(t, err)
	_, _, err = tx.AddQuestion(store.Question{Place: c1, Message: "m2", Asker: ben, TakenBy: p.ID, State: store.TakenState, At: start()})
	ok(t, err)
	must[int64](t)(tx.AddWatch(store.Watch{Conn: conn, Subject: "question 1", Person: p.ID, Due: start()}))
	d := delivery("k", 0)
	d.Recipient = p.ID
	add(t, tx, d)
	ok(t, tx.Spend(store.Spent{Person: p.ID, At: start(), Playbook: "share-first", Rule: "invite"}))
	ok(t, tx.AddHelping(p.ID, c1, 3))
	at := store.Place{ID: c1, Conn: conn, Space: "T1"}
	ok(t, tx.AddThread(at, "m1", p.ID, start(), []string{"rotat", "kei"}))
	ok(t, tx.AddThread(at, "m2", ben, start(), []string{"revok", "kei"}))
	ok(t, tx.SolveThread(c1, "m2", p.ID))
	ok(t, tx.Subscribe(p.ID, c1, 4))
	must[int64](t)(tx.AddAct(store.Act{Conn: conn, Space: "T1", Place: c1, Kind: "share", Practice: "mistake", Author: p.ID,
		Words: given, Why: becauseOf, Message: "m1", Link: "https://x/m1", At: start()}))
	must[int64](t)(tx.AddAct(store.Act{Conn: conn, Space: "T1", Kind: "thanks", Author: ben, Receivers: []store.PersonID{ben, p.ID},
		Words: "for her patience", At: start()}))
	return p.ID
}

func TestForget(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		var before, after string
		turn(t, s, func(tx *store.Tx) {
			someone(t, tx, "ben")
			ok(t, tx.OptOut(conn, userID, "bridges", 3))
		})
		before = dump(t, s)
		var ana store.PersonID
		turn(t, s, func(tx *store.Tx) { ana = liveALife(t, tx, userID) })
		ok(t, s.Forget(context.Background(), conn, userID))
		var raw strings.Builder
		ok(t, s.Dump(context.Background(), &raw, false))
		if strings.Contains(raw.String(), fmt.Sprint(int64(ana))) {
			t.Errorf("the id is still there:\n%s", raw.String())
		}
		after = dump(t, s)
		for _, gone := range []string{"roles ", "watches ", "deliveries ", "spent ", "helping ", "subscriptions ", "threads ", given, becauseOf, "https://x"} {
			equal(t, gone+" remains", strings.Contains(after, gone), false)
		}
		equal(t, "people", strings.Count(after, "\npeople "), strings.Count(before, "\npeople "))
		equal(t, "opt-outs", strings.Count(after, "\noptouts "), 1)
		turn(t, s, func(tx *store.Tx) {
			equal(t, "still out", must[bool](t)(tx.OptedOut(conn, userID, "bridges")), true)
			act := found[store.Act](t)(tx.Act(1))
			equal(t, "the act happened", act.Kind+act.Practice, "sharemistake")
			same(t, "the other receiver stays", found[store.Act](t)(tx.Act(2)).Receivers, []store.PersonID{someone(t, tx, "ben")})
			c1 := room(t, tx, "C1")
			absent[store.Question](t)(tx.OpenQuestion(c1, "m1"))
			equal(t, "ben's question", found[store.Question](t)(tx.OpenQuestion(c1, "m2")).TakenBy, 0)
			equal(t, "a message of nobody", found[store.Message](t)(tx.Message(c1, "m1")).Author, 0)
			p, created, err := tx.Person(conn, userID)
			ok(t, err)
			equal(t, "a stranger now", created && p.ID != ana, true)
		})
		ok(t, s.Forget(context.Background(), conn, "nobody"))
	})
}

// The words are in the files before, and in none after; the account's name never is.
func TestForgottenBytes(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "gofirst.db")
	s := open(t, path)
	turn(t, s, func(tx *store.Tx) { liveALife(t, tx, userID) })
	for _, words := range []string{given, becauseOf} {
		if len(traces(t, path, words)) == 0 {
			t.Errorf("the test looks in the wrong place for %q", words)
		}
	}
	same(t, "account", traces(t, path, userID), []string(nil))
	ok(t, s.Forget(context.Background(), conn, userID))
	for _, text := range []string{given, becauseOf, userID, "https://x/m1"} {
		same(t, text, traces(t, path, text), []string(nil))
	}
}

// Pages split, merge and are used again as acts come, change and go; whoever is forgotten among all that
// leaves none of their words behind, while the words of the others are still there.
func TestForgottenAmongMany(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "gofirst.db")
	s := open(t, path)
	dice := rand.New(random(9))
	words := func(who int) string { return fmt.Sprintf("the words of %03d, ", who) }
	const people = 60
	for round := range 12 {
		turn(t, s, func(tx *store.Tx) {
			for range 40 {
				who := dice.IntN(people)
				a := store.Act{Conn: conn, Author: someone(t, tx, fmt.Sprint("U", who)), At: start().Add(time.Duration(dice.IntN(1e6)) * time.Second),
					Words: strings.Repeat(words(who), 1+dice.IntN(60)), Why: words(who)}
				a.ID = must[int64](t)(tx.AddAct(a))
				if dice.IntN(3) == 0 {
					a.Words = strings.Repeat(words(who), 1+dice.IntN(400))
					ok(t, tx.SetAct(a))
				}
				if dice.IntN(4) == 0 {
					ok(t, tx.UndoAct(a.ID-int64(dice.IntN(20)), start()))
				}
			}
		})
		who := round * 5
		ok(t, s.Forget(context.Background(), conn, chat.UserID(fmt.Sprint("U", who))))
		same(t, "forgotten", traces(t, path, words(who)), []string(nil))
	}
	equal(t, "others remembered", len(traces(t, path, words(people-1))) > 0, true)
}

// The log is emptied even while others look and write.
func TestForgetAmongReaders(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "gofirst.db")
	s := open(t, path)
	turn(t, s, func(tx *store.Tx) { liveALife(t, tx, userID) })
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	for range 4 {
		go func() {
			defer func() { done <- struct{}{} }()
			for ctx.Err() == nil {
				_ = s.View(context.Background(), func(tx *store.Tx) error { _, err := tx.Acts(store.ActQuery{}); return err })
			}
		}()
	}
	for range 4 { // also at the same time as another
		go func() {
			defer func() { done <- struct{}{} }()
			ok(t, s.Forget(context.Background(), conn, "somebody"))
		}()
	}
	ok(t, s.Forget(context.Background(), conn, userID))
	same(t, "words", traces(t, path, given), []string(nil))
	stop()
	for range 8 {
		<-done
	}
}
