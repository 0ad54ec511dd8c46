package store_test

import (
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/store"
)

func TestPlaces(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		var want store.Place
		turn(t, s, func(tx *store.Tx) {
			p, created, err := tx.Place(conn, "T1", "C1")
			ok(t, err)
			equal(t, "created", created, true)
			p.Name, p.Zone, p.Language = "help", "Europe/Paris", "fr"
			p.Since, p.NoticeUntil = start(), start().Add(48*time.Hour)
			ok(t, tx.SetPlace(p))
			ok(t, tx.SetCursor(p.ID, "17"))
			ok(t, tx.SetLastHuman(p.ID, start().Add(time.Hour)))
			ok(t, tx.SetLastHuman(p.ID, start()))
			room(t, tx, "C2")
			_, _, err = tx.Place(conn, "T2", "C3")
			ok(t, err)
			_, _, err = tx.Place("home", "T1", "C1")
			ok(t, err)
			p.Cursor, p.LastHuman = "17", start().Add(time.Hour)
			want = p
			equal(t, "in the turn", found[store.Place](t)(tx.PlaceByID(p.ID)), p)
			equal(t, "space T1", len(must[[]store.Place](t)(tx.Places(conn, "T1"))), 2)
		})
		view(t, s, func(tx *store.Tx) {
			equal(t, "by channel", found[store.Place](t)(tx.FindPlace(conn, "C1")), want)
			equal(t, "listed", must[[]store.Place](t)(tx.Places(conn, ""))[0], want)
			equal(t, "all spaces", len(must[[]store.Place](t)(tx.Places(conn, ""))), 3)
			absent[store.Place](t)(tx.FindPlace(conn, "C9"))
			absent[store.Place](t)(tx.PlaceByID(99))
		})
	})
}

func TestRoomDays(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		for range 2 {
			turn(t, s, func(tx *store.Tx) {
				c1 := room(t, tx, "C1")
				for day := range 5 {
					for range day {
						ok(t, tx.AddRoomPost(c1, day))
					}
				}
				ok(t, tx.AddRoomPost(room(t, tx, "C2"), 2))
			})
		}
		view(t, s, func(tx *store.Tx) {
			c1 := found[store.Place](t)(tx.FindPlace(conn, "C1"))
			same(t, "days", must[map[int]int](t)(tx.RoomDays(c1.ID, 0, 3)), map[int]int{1: 2, 2: 4, 3: 6})
		})
	})
}
