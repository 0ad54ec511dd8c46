package store_test

import (
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

func TestSubscriptions(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		turn(t, s, func(tx *store.Tx) {
			c1, c2, ana, ben := room(t, tx, "C1"), room(t, tx, "C2"), someone(t, tx, "ana"), someone(t, tx, "ben")
			for _, who := range []store.PersonID{ana, ana, ben} { // twice is once
				ok(t, tx.Subscribe(who, c1, 3))
			}
			ok(t, tx.Subscribe(ana, c2, 4))
			same(t, "rooms", must[[]store.PlaceID](t)(tx.SubscriptionsOf(ana)), []store.PlaceID{c1, c2})
			equal(t, "people", len(must[[]store.PersonID](t)(tx.Subscribers(c1))), 2)
			equal(t, "one ended", must[int](t)(tx.Unsubscribe(ana, c1)), 1)
			equal(t, "ended again", must[int](t)(tx.Unsubscribe(ana, c1)), 0)
			same(t, "left", must[[]store.PlaceID](t)(tx.SubscriptionsOf(ana)), []store.PlaceID{c2})
			ok(t, tx.Subscribe(ana, c1, 5))
			equal(t, "all ended", must[int](t)(tx.Unsubscribe(ana, 0)), 2)
			same(t, "ben's stays", must[[]store.PersonID](t)(tx.Subscribers(c1)), []store.PersonID{ben})
			ok(t, tx.UnsubscribeSpace(ben, conn, "elsewhere"))
			equal(t, "another space", len(must[[]store.PersonID](t)(tx.Subscribers(c1))), 1)
			ok(t, tx.UnsubscribeSpace(ben, conn, "T1"))
			equal(t, "the space", len(must[[]store.PersonID](t)(tx.Subscribers(c1))), 0)
			ok(t, tx.Subscribe(ben, c1, 6))
			ok(t, tx.UnsubscribeAll(c1))
			equal(t, "the room", len(must[[]store.PersonID](t)(tx.Subscribers(c1))), 0)
		})
	})
}

// A subscription is a reason to keep the account, and the end of it the end of the reason.
func TestSubscriptionKeepsAccount(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		turn(t, s, func(tx *store.Tx) {
			c1, ana := room(t, tx, "C1"), someone(t, tx, "ana")
			ok(t, tx.KeepSealed(ana, "ana"))
			ok(t, tx.Subscribe(ana, c1, 3))
			equal(t, "unsealed", must[store.Counts](t)(tx.Housekeeping(start())).Unsealed, 0)
			equal(t, "account", found[chat.UserID](t)(tx.Unseal(ana)), "ana")
			must[int](t)(tx.Unsubscribe(ana, c1))
			equal(t, "unsealed then", must[store.Counts](t)(tx.Housekeeping(start())).Unsealed, 1)
			absent[chat.UserID](t)(tx.Unseal(ana))
		})
	})
}

func TestPosts(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		turn(t, s, func(tx *store.Tx) {
			c1, c2 := room(t, tx, "C1"), room(t, tx, "C2")
			last := func() time.Time {
				return must[time.Time](t)(tx.LastPosted(c1, "p", "r", "this one", start().Add(time.Hour)))
			}
			put := func(key string, place store.PlaceID, after time.Duration, nudge bool, state store.DeliveryState) {
				add(t, tx, store.Delivery{Key: key, Playbook: "p", Rule: "r", Place: place, Nudge: nudge, State: state,
					Settled: start().Add(after), NotAfter: start().Add(2 * time.Hour)})
			}
			equal(t, "nothing yet", last().IsZero(), true)
			put("there", c1, time.Minute, false, store.Sent)
			put("elsewhere", c2, 2*time.Minute, false, store.Sent)
			put("to one person", c1, 3*time.Minute, true, store.Sent)
			put("dropped", c1, 4*time.Minute, false, store.Dropped)
			add(t, tx, store.Delivery{Key: "this", Playbook: "p", Rule: "r", Place: c1, Subject: "this one", State: store.Sent,
				Settled: start().Add(5 * time.Minute), NotAfter: start().Add(2 * time.Hour)})
			put("later", c1, time.Hour, false, store.Sent)
			equal(t, "last", last(), start().Add(time.Minute))

			put("waits", c1, 0, false, store.Pending)
			add(t, tx, store.Delivery{Key: "for somebody", Recipient: 7, NotAfter: start()})
			equal(t, "not yet", len(must[[]store.Delivery](t)(tx.Overdue(start().Add(2*time.Hour), 9))), 0)
			over := must[[]store.Delivery](t)(tx.Overdue(start().Add(3*time.Hour), 9))
			equal(t, "overdue", len(over) == 1 && over[0].Key == "waits", true)

			ok(t, tx.SpendRoom(c1, start(), "p/r"))
			ok(t, tx.SpendRoom(c1, start().Add(time.Minute), "other"))
			equal(t, "spent", must[time.Time](t)(tx.LastRoomSpent(c1, "p/r")), start())
			equal(t, "unspent", must[time.Time](t)(tx.LastRoomSpent(c2, "p/r")).IsZero(), true)
		})
	})
}
