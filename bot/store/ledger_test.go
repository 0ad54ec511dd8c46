package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/store"
)

// delivery is due some minutes after the start.
func delivery(key string, minutes int) store.Delivery {
	return store.Delivery{
		Key: key, Conn: conn, Space: "T1", Playbook: "bridges", Hash: "h", Rule: "tell", Step: "ask", Text: "tip", Language: "fr",
		Place: 1, Thread: "m1", Subject: "question 1", Refs: `{"a":1}`, Watch: 7, Nudge: true, State: store.Pending,
		Due: start().Add(time.Duration(minutes) * time.Minute), NotAfter: start().Add(24 * time.Hour), Created: start(),
	}
}

func add(t testing.TB, tx *store.Tx, d store.Delivery) {
	t.Helper()
	equal(t, "fresh "+d.Key, must[bool](t)(tx.AddDelivery(d)), true)
}

func keys(ds []store.Delivery) string {
	var all []string
	for _, d := range ds {
		all = append(all, d.Key)
	}
	return strings.Join(all, " ")
}

func TestDeliveryKept(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		want := delivery("k", 1)
		want.Recipient, want.LeaseUntil, want.Tries, want.Message = 12, start(), 3, "m9"
		want.Reason, want.Settled, want.State = "sent", start(), store.Sent
		turn(t, s, func(tx *store.Tx) {
			add(t, tx, want)
			other := delivery("k", 2)
			equal(t, "the same key", must[bool](t)(tx.AddDelivery(other)), false)
			equal(t, "kept", found[store.Delivery](t)(tx.Delivery("k")), want)
			same(t, "to", must[[]store.Delivery](t)(tx.DeliveriesTo(12, 9)), []store.Delivery{want})
			same(t, "on", must[[]store.Delivery](t)(tx.DeliveriesOn("question 1")), []store.Delivery{want})
			absent[store.Delivery](t)(tx.Delivery("none"))
			if _, err := tx.AddDelivery(store.Delivery{Key: "endless"}); err == nil {
				t.Error("a delivery that can never be too late")
			}
		})
	})
}

func TestDueOrder(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		turn(t, s, func(tx *store.Tx) {
			absent[time.Time](t)(tx.NextDeliveryDue())
			for _, i := range rand.Perm(8) {
				add(t, tx, delivery(fmt.Sprint("k", i), i/2))
			}
			ok(t, tx.Hold("k3", start().Add(2*time.Minute), "quiet_hours"))
			ok(t, tx.Hold("k2", time.Time{}, "room_silent"))
			ok(t, tx.Settle("k0", store.Dropped, "paused", "", start()))
			due := func(minutes, limit int) string {
				return keys(must[[]store.Delivery](t)(tx.DueDeliveries(start().Add(time.Duration(minutes)*time.Minute), limit)))
			}
			equal(t, "now", due(0, 9), "k1")
			equal(t, "later", due(2, 9), "k1 k3 k4 k5")
			equal(t, "all", due(60, 9), "k1 k3 k4 k5 k6 k7")
			equal(t, "some", due(60, 3), "k1 k3 k4")
			equal(t, "next", found[time.Time](t)(tx.NextDeliveryDue()), start())
			equal(t, "held", keys(must[[]store.Delivery](t)(tx.HeldFor(1, "room_silent"))), "k2")
			equal(t, "held elsewhere", keys(must[[]store.Delivery](t)(tx.HeldFor(2, "room_silent"))), "")
			ok(t, tx.Hold("k2", start().Add(-time.Minute), "released"))
			equal(t, "released", due(0, 9), "k2 k1")
		})
	})
}

// The ways of a delivery: what each step does to each state.
func TestLedgerSteps(t *testing.T) {
	later := start().Add(time.Hour)
	steps := map[string]func(*store.Tx) error{
		"claim": func(tx *store.Tx) error { _, err := tx.Claim("k", later); return err },
		"hold":  func(tx *store.Tx) error { return tx.Hold("k", later, "r") },
		"sent":  func(tx *store.Tx) error { return tx.Settle("k", store.Sent, "r", "m", later) },
		"drop":  func(tx *store.Tx) error { _, err := tx.DropOn("question 1", "r", later); return err },
	}
	want := map[store.DeliveryState]map[string]store.DeliveryState{
		store.Pending:  {"claim": store.Claimed, "hold": store.Held, "sent": store.Sent, "drop": store.Dropped},
		store.Held:     {"claim": store.Claimed, "hold": store.Held, "sent": store.Sent, "drop": store.Dropped},
		store.Claimed:  {"claim": store.Claimed, "hold": store.Held, "sent": store.Sent, "drop": store.Claimed},
		store.Doubtful: {"claim": store.Doubtful, "hold": store.Doubtful, "sent": store.Sent, "drop": store.Doubtful},
		store.Sent:     {"claim": store.Sent, "hold": store.Sent, "sent": store.Sent, "drop": store.Sent},
		store.Dropped:  {"claim": store.Dropped, "hold": store.Dropped, "sent": store.Dropped, "drop": store.Dropped},
		store.Refused:  {"claim": store.Refused, "hold": store.Refused, "sent": store.Refused, "drop": store.Refused},
		store.Expired:  {"claim": store.Expired, "hold": store.Expired, "sent": store.Expired, "drop": store.Expired},
	}
	onBoth(t, func(t *testing.T, s *store.Store) {
		for state, after := range want {
			for step, then := range after {
				undo := fmt.Errorf("undo")
				equal(t, "error", s.Turn(context.Background(), func(tx *store.Tx) error {
					d := delivery("k", 0)
					d.State = state
					add(t, tx, d)
					ok(t, steps[step](tx))
					equal(t, fmt.Sprintf("%s, then %s", state, step), found[store.Delivery](t)(tx.Delivery("k")).State, then)
					return undo
				}), undo)
			}
		}
	})
}

// Of many who claim a delivery one gets it; when the lease is over it is in doubt.
func TestClaim(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		turn(t, s, func(tx *store.Tx) { add(t, tx, delivery("k", 0)) })
		var got atomic.Int32
		var all sync.WaitGroup
		for range 16 {
			all.Go(func() {
				turn(t, s, func(tx *store.Tx) {
					if must[bool](t)(tx.Claim("k", start().Add(time.Minute))) {
						got.Add(1)
					}
				})
			})
		}
		all.Wait()
		equal(t, "claims", got.Load(), 1)
		view(t, s, func(tx *store.Tx) {
			equal(t, "due", keys(must[[]store.Delivery](t)(tx.DueDeliveries(start().Add(time.Hour), 9))), "")
			equal(t, "in the lease", keys(must[[]store.Delivery](t)(tx.LapsedClaims(start(), 9))), "")
			equal(t, "after it", keys(must[[]store.Delivery](t)(tx.LapsedClaims(start().Add(time.Minute), 9))), "k")
			equal(t, "tries", found[store.Delivery](t)(tx.Delivery("k")).Tries, 1)
		})
	})
}
