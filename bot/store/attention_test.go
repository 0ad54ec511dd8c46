package store_test

import (
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/store"
)

func TestAttention(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		at := func(hours int) time.Time { return start().Add(time.Duration(hours) * time.Hour) }
		turn(t, s, func(tx *store.Tx) {
			ana, ben, far := someone(t, tx, "ana"), someone(t, tx, "ben"), someoneOn(t, tx, "home", "ana")
			absent[store.Spent](t)(tx.LastSpent(ana))
			for _, spent := range []store.Spent{
				{ana, at(5), "p", "r", "w5"}, {ana, at(1), "p", "r", "w1"}, {ben, at(2), "q", "r", "w2"}, {far, at(3), "p", "s", "w3"},
			} {
				ok(t, tx.Spend(spent))
			}
			same(t, "since", must[[]time.Time](t)(tx.SpentSince(ana, at(1))), []time.Time{at(1), at(5)})
			same(t, "later", must[[]time.Time](t)(tx.SpentSince(ana, at(2))), []time.Time{at(5)})
			same(t, "all", must[map[store.PersonID][]time.Time](t)(tx.SpentAll(at(2))),
				map[store.PersonID][]time.Time{ana: {at(5)}, ben: {at(2)}, far: {at(3)}})
			equal(t, "last", found[store.Spent](t)(tx.LastSpent(ana)), store.Spent{Person: ana, At: at(5), Playbook: "p", Rule: "r", Why: "w5"})
			equal(t, "on a rule", must[int](t)(tx.SpentOn(ana, at(0), "p", "r")), 2)
			equal(t, "on another", must[int](t)(tx.SpentOn(ana, at(0), "q", "r")), 0)
			ok(t, tx.SpendRoom(1, at(1), "r"))
			ok(t, tx.SpendRoom(1, at(2), "s"))
			ok(t, tx.SpendRoom(2, at(2), "r"))
			equal(t, "room", must[int](t)(tx.RoomSpentSince(1, at(1), "")), 2)
			equal(t, "room by rule", must[int](t)(tx.RoomSpentSince(1, at(0), "s")), 1)
			equal(t, "room later", must[int](t)(tx.RoomSpentSince(1, at(3), "")), 0)
		})
	})
}

func TestSlots(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		slot := store.Slot{Conn: conn, Space: "T1", Playbook: "p", Rule: "r", Subject: "C1", At: start()}
		other := slot
		other.At = start().Add(time.Hour)
		for i, wants := range []bool{true, false} {
			turn(t, s, func(tx *store.Tx) {
				equal(t, "slot", must[bool](t)(tx.TakeSlot(slot)), wants)
				equal(t, "other", must[bool](t)(tx.TakeSlot(other)), i == 0)
			})
		}
	})
}

func TestJournal(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		turn(t, s, func(tx *store.Tx) {
			e := store.Entry{At: start(), Conn: conn, Space: "T1", Playbook: "p", Rule: "r", Subject: "q1", Reason: "sent", Data: `{"n":1}`}
			for _, reason := range []string{"sent", "away", "sent"} {
				e.Reason = reason
				ok(t, tx.Journal(e))
			}
			e.Playbook, e.Subject = "q", "q2"
			ok(t, tx.Journal(e))
			on := must[[]store.Entry](t)(tx.JournalOn("q1"))
			equal(t, "entries", len(on), 3)
			e.Playbook, e.Subject, e.Reason, e.ID = "p", "q1", "away", on[1].ID
			equal(t, "second", on[1], e)
			same(t, "newest first", must[[]store.Entry](t)(tx.JournalOf(conn, "T1", "p", 2)), []store.Entry{on[2], on[1]})
			equal(t, "of all", len(must[[]store.Entry](t)(tx.JournalOf("", "", "", 9))), 4)
			same(t, "counts", must[[]store.ReasonCount](t)(tx.JournalCounts(start())), []store.ReasonCount{
				{conn, "T1", "p", "r", "away", 1}, {conn, "T1", "p", "r", "sent", 2}, {conn, "T1", "q", "r", "sent", 1},
			})
			same(t, "later", must[[]store.ReasonCount](t)(tx.JournalCounts(start().Add(time.Microsecond))), []store.ReasonCount{})
		})
	})
}
