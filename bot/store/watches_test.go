package store_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/store"
)

func TestWatches(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		at := func(minutes int) time.Time { return start().Add(time.Duration(minutes) * time.Minute) }
		turn(t, s, func(tx *store.Tx) {
			absent[time.Time](t)(tx.NextWatchDue())
			w := store.Watch{Conn: conn, Space: "T1", Playbook: "p", Hash: "h", Rule: "r", Name: "still-open", Place: 3,
				Subject: "q1", Person: 5, Due: at(3), NotAfter: at(90), Data: `{"n":1}`}
			w.ID = must[int64](t)(tx.AddWatch(w))
			equal(t, "kept", found[store.Watch](t)(tx.WatchByID(w.ID)), w)
			second := must[int64](t)(tx.AddWatch(store.Watch{Subject: "q2", Due: at(1)}))
			third := must[int64](t)(tx.AddWatch(store.Watch{Subject: "q1", Due: at(1)}))
			timeless := must[int64](t)(tx.AddWatch(store.Watch{Subject: "q3"}))
			due := func(minutes, limit int) (all string) {
				for _, w := range must[[]store.Watch](t)(tx.DueWatches(at(minutes), limit)) {
					all += fmt.Sprint(w.ID, " ")
				}
				return all
			}
			equal(t, "before", due(0, 9), "")
			equal(t, "at", due(1, 9), fmt.Sprint(second, " ", third, " "))
			equal(t, "all", due(9, 9), fmt.Sprint(second, " ", third, " ", w.ID, " "))
			equal(t, "one", due(9, 1), fmt.Sprint(second, " "))
			equal(t, "next", found[time.Time](t)(tx.NextWatchDue()), at(1))
			ok(t, tx.SetWatchDue(second, time.Time{}))
			ok(t, tx.SetWatchDue(timeless, at(2)))
			ok(t, tx.SetWatchData(third, `{}`))
			equal(t, "data", found[store.Watch](t)(tx.WatchByID(third)).Data, `{}`)
			equal(t, "moved", due(9, 9), fmt.Sprint(third, " ", timeless, " ", w.ID, " "))
			equal(t, "on", len(must[[]store.Watch](t)(tx.WatchesOn("q1"))), 2)
			same(t, "of", must[[]store.Watch](t)(tx.WatchesOf(5)), []store.Watch{w})
			equal(t, "deleted", must[int](t)(tx.DeleteWatchesOn("q1")), 2)
			ok(t, tx.DeleteWatch(timeless))
			absent[store.Watch](t)(tx.WatchByID(timeless))
			equal(t, "ids are not used again", must[int64](t)(tx.AddWatch(store.Watch{})) > timeless, true)
		})
	})
}
