package store_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/store"
)

// rows counts the rows of a table by its dump.
func rows(t testing.TB, s *store.Store, table string) int {
	t.Helper()
	return strings.Count("\n"+dump(t, s), "\n"+table+" ")
}

// The table of retention: what is put down at the start, and for how many days it is still there. A row of
// kept days is there on day kept and gone on the next.
func TestRetention(t *testing.T) {
	c1, ana := store.PlaceID(1), store.PersonID(77)
	table := []struct {
		table string
		kept  int
		put   func(tx *store.Tx) error
	}{
		{"messages", 35, func(tx *store.Tx) error {
			_, _, err := tx.Place(conn, "T1", "C1")
			ok(t, err)
			_, err = tx.AddMessage(store.Message{Place: c1, Message: "m", At: start()})
			return err
		}},
		{"events", 35, func(tx *store.Tx) error { _, err := tx.SeenEvent(conn, "E", start()); return err }},
		{"questions", 35, func(tx *store.Tx) error {
			_, _, err := tx.AddQuestion(store.Question{State: store.SolvedState, At: start(), Closed: start()})
			return err
		}},
		{"questions", 35, func(tx *store.Tx) error { // also one that nobody came for
			_, _, err := tx.AddQuestion(store.Question{At: start()})
			return err
		}},
		{"watches", 3, func(tx *store.Tx) error {
			_, err := tx.AddWatch(store.Watch{NotAfter: start().AddDate(0, 0, 3)})
			return err
		}},
		{"deliveries", 35, func(tx *store.Tx) error {
			_, err := tx.AddDelivery(store.Delivery{NotAfter: start(), State: store.Sent, Settled: start()})
			return err
		}},
		{"deliveries", 39, func(tx *store.Tx) error { // pending: expires on day 4, and goes 35 days after that
			_, err := tx.AddDelivery(store.Delivery{NotAfter: start().AddDate(0, 0, 3)})
			return err
		}},
		{"spent", 7, func(tx *store.Tx) error { return tx.Spend(store.Spent{Person: ana, At: start()}) }},
		{"room_spent", 7, func(tx *store.Tx) error { return tx.SpendRoom(c1, start(), "r") }},
		{"slots", 35, func(tx *store.Tx) error { _, err := tx.TakeSlot(store.Slot{At: start()}); return err }},
		{"slots", 999, func(tx *store.Tx) error { _, err := tx.TakeSlot(store.Slot{}); return err }},
		{"journal", 35, func(tx *store.Tx) error { return tx.Journal(store.Entry{At: start()}) }},
		{"acts", 999, func(tx *store.Tx) error { _, err := tx.AddAct(store.Act{At: start(), Declared: true}); return err }},
		{"acts", 35, func(tx *store.Tx) error { // only seen; its day is over 35 days past, as a message's is
			_, err := tx.AddAct(store.Act{At: start(), Seen: true})
			return err
		}},
		{"helping", 720, func(tx *store.Tx) error {
			ok(t, tx.SetRole(store.Role{Person: ana, Role: "helper", State: store.Accepted}))
			return tx.AddHelping(ana, c1, int(start().Unix()/86400))
		}},
		{"helping", -1, func(tx *store.Tx) error { // of somebody who did not say yes
			return tx.AddHelping(ana, c1, int(start().Unix()/86400))
		}},
		{"threads", 180, func(tx *store.Tx) error { // solved, by somebody who agreed
			at := threadRoom(t, tx)
			ok(t, tx.AddThread(at, "m", ana, start(), []string{"kei"}))
			return tx.SolveThread(at.ID, "m", ana)
		}},
		{"threads", 35, func(tx *store.Tx) error { // waiting, with its question
			_, _, err := tx.AddQuestion(store.Question{Place: c1, Message: "m", At: start()})
			ok(t, err)
			return tx.AddThread(threadRoom(t, tx), "m", ana, start(), []string{"kei"})
		}},
		{"threads", -1, func(tx *store.Tx) error { // waiting for nothing
			return tx.AddThread(threadRoom(t, tx), "m", ana, start(), []string{"kei"})
		}},
		{"threads", -1, func(tx *store.Tx) error { // where nobody agreed
			_, _, err := tx.Place(conn, "T1", "C1")
			ok(t, err)
			ok(t, tx.AddThread(store.Place{ID: c1, Conn: conn, Space: "T1"}, "m", ana, start(), []string{"kei"}))
			return tx.SolveThread(c1, "m", ana)
		}},
		{"subscriptions", 999, func(tx *store.Tx) error { return tx.Subscribe(ana, c1, 1) }},
		{"room_days", 999, func(tx *store.Tx) error { return tx.AddRoomPost(c1, 1) }},
		{"people", 999, func(tx *store.Tx) error { _, _, err := tx.Person(conn, "ana"); return err }},
		{"optouts", 999, func(tx *store.Tx) error { return tx.OptOut(conn, "ana", "", 1) }},
	}
	t.Parallel()
	for i, row := range table {
		t.Run(fmt.Sprint(i, " ", row.table), func(t *testing.T) {
			t.Parallel()
			s := open(t, ":memory:")
			turn(t, s, func(tx *store.Tx) { ok(t, row.put(tx)) })
			for day := range 1000 {
				if day > 80 && day < row.kept {
					continue // nothing comes of what is kept for longer
				}
				if day > row.kept+1 {
					break
				}
				turn(t, s, func(tx *store.Tx) { must[store.Counts](t)(tx.Housekeeping(start().AddDate(0, 0, day))) })
				if there := rows(t, s, row.table) > 0; there != (day <= row.kept) {
					t.Fatalf("on day %d it is there: %v", day, there)
				}
			}
		})
	}
}

func TestHourIsLost(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		midnight := start().Truncate(24 * time.Hour)
		at := func(day int) (when time.Time) {
			turn(t, s, func(tx *store.Tx) {
				must[store.Counts](t)(tx.Housekeeping(start().AddDate(0, 0, day)))
				when = found[store.Message](t)(tx.Message(room(t, tx, "C1"), "m1")).At
			})
			return when
		}
		turn(t, s, func(tx *store.Tx) {
			must[bool](t)(tx.AddMessage(store.Message{Place: room(t, tx, "C1"), Message: "m1", At: start()}))
		})
		equal(t, "day 14", at(14), start())
		equal(t, "day 15", at(15), midnight)
		turn(t, s, func(tx *store.Tx) { // one that comes late, and again
			late := store.Message{Place: room(t, tx, "C1"), Message: "m2", At: start().Add(time.Minute)}
			equal(t, "late", must[bool](t)(tx.AddMessage(late)), true)
			equal(t, "late again", must[bool](t)(tx.AddMessage(late)), false)
			equal(t, "late at", found[store.Message](t)(tx.Message(late.Place, "m2")).At, midnight)
		})
	})
}

// When NotAfter has passed nothing tells any more to whom a delivery went; that it was there stays.
func TestDeliveryEmptied(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		then := map[store.DeliveryState]store.DeliveryState{
			store.Pending: store.Expired, store.Held: store.Expired, store.Claimed: store.Doubtful,
			store.Sent: store.Sent, store.Dropped: store.Dropped, store.Refused: store.Refused,
		}
		turn(t, s, func(tx *store.Tx) {
			for state := range then {
				d := delivery("k-"+string(state), 0)
				d.State, d.Recipient, d.Reason = state, 5, "because"
				add(t, tx, d)
			}
			equal(t, "too early", must[store.Counts](t)(tx.Housekeeping(start().Add(24*time.Hour))).Emptied, 0)
			equal(t, "emptied", must[store.Counts](t)(tx.Housekeeping(start().Add(24*time.Hour+time.Microsecond))).Emptied, len(then))
			for state, want := range then {
				d := found[store.Delivery](t)(tx.Delivery("k-" + string(state)))
				equal(t, string(state), d.State, want)
				equal(t, "recipient and refs", fmt.Sprint(d.Recipient, d.Refs), "0")
				equal(t, "reason", d.Reason, "because")
			}
			equal(t, "once", must[store.Counts](t)(tx.Housekeeping(start().Add(25*time.Hour))).Emptied, 0)
		})
	})
}

// What has passed of a person is cleared, what lies ahead or was said without an end stays.
func TestPassed(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		turn(t, s, func(tx *store.Tx) {
			p, _, err := tx.Person(conn, "ana")
			ok(t, err)
			p.PausedUntil, p.NotBefore = start().AddDate(0, 0, 2), start().AddDate(0, 0, 1)
			p.AwayFrom, p.AwayUntil = start(), start().AddDate(0, 0, 3)
			ok(t, tx.UpdatePerson(p))
			ok(t, tx.MarkNewcomer(p.ID, start()))
			must[bool](t)(tx.First(p.ID, 2))
			left := func(days int) string {
				must[store.Counts](t)(tx.Housekeeping(start().AddDate(0, 0, days).Add(time.Hour)))
				p := found[store.Person](t)(tx.FindPerson(conn, "ana"))
				return fmt.Sprint(!p.NotBefore.IsZero(), !p.PausedUntil.IsZero(), !p.AwayFrom.IsZero(), !p.AwayUntil.IsZero(), !p.Newcomer.IsZero(), p.Firsts)
			}
			equal(t, "at first", left(0), "true true true true true 4")
			equal(t, "day 1", left(1), "false true true true true 4")
			equal(t, "day 2", left(2), "false false true true true 4")
			equal(t, "day 3", left(3), "false false false false true 4")
			equal(t, "day 36", left(36), "false false false false false 4")
			p.AwayFrom, p.NotBefore = start(), start()
			p.AwayUntil, p.PausedUntil = time.Time{}, time.Time{}
			ok(t, tx.UpdatePerson(p))
			equal(t, "away without an end", left(90), "false false true false false 4")
		})
	})
}

// A person who answered and one who did not leave the same behind.
func TestSilenceLeavesNothing(t *testing.T) {
	t.Parallel()
	life := func(answers bool) string {
		s := open(t, ":memory:")
		turn(t, s, func(tx *store.Tx) {
			ana := someone(t, tx, "ana")
			ok(t, tx.SetRole(store.Role{Conn: conn, Space: "T1", Person: ana, Role: "helper", State: store.Accepted, Since: start()}))
			ok(t, tx.KeepSealed(ana, "ana"))
			d := delivery("k", 0)
			d.Recipient, d.State, d.Settled = ana, store.Sent, start()
			add(t, tx, d)
			w := must[int64](t)(tx.AddWatch(store.Watch{Subject: "question 1", Person: ana, Due: start().Add(time.Hour), NotAfter: start().Add(24 * time.Hour)}))
			ok(t, tx.Spend(store.Spent{Person: ana, At: start()}))
			if answers {
				ok(t, tx.DeleteWatch(w))
			}
		})
		for day := range 15 {
			turn(t, s, func(tx *store.Tx) { must[store.Counts](t)(tx.Housekeeping(start().AddDate(0, 0, day))) })
		}
		return dump(t, s)
	}
	same(t, "after 14 days", life(true), life(false))
}
