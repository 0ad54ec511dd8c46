package store_test

import (
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// steps are the things of which drawStep does one.
func steps(tx *store.Tx, place store.Place, person store.Person, user chat.UserID, message chat.MessageID, at time.Time, n int) []func() error {
	return []func() error{
		func() error { return tx.SetCursor(place.ID, chat.Cursor(message)) },
		func() error { return tx.SetLastHuman(place.ID, at) },
		func() error { return tx.AddRoomPost(place.ID, n) },
		func() error { place.Name = string(message); return tx.SetPlace(place) },
		func() error { person.Prefs, person.NotBefore = string(message), at; return tx.UpdatePerson(person) },
		func() error { return tx.MarkNewcomer(person.ID, at) },
		func() error { return tx.KeepSealed(person.ID, user) },
		func() error { _, err := tx.First(person.ID, uint(n)); return err },
		func() error { return tx.OptOut(conn, user, []string{"", "bridges"}[n%2], n) },
		func() error { return tx.OptIn(conn, user, []string{"", "bridges"}[n%2]) },
		func() error {
			_, _, err := tx.AddQuestion(store.Question{Place: place.ID, Message: message, Asker: person.ID, At: at})
			return err
		},
		func() error { return solve(tx, place.ID, message, at) },
		func() error { return tx.SetSetting(conn, "T1", string(message), string(user)) },
		func() error { return tx.SetSetting(conn, "T1", string(message), "") },
		func() error {
			return tx.SetInstance(store.Instance{Conn: conn, Space: "T1", Playbook: string(user), Enabled: n%2 == 0, Since: at})
		},
		func() error {
			_, err := tx.AddMessage(store.Message{Place: place.ID, Message: message, Author: person.ID, At: at})
			return err
		},
		func() error { return tx.DeleteMessage(place.ID, message) },
	}
}

// dueSteps change what is due next.
func dueSteps(tx *store.Tx, key string, at time.Time, n int) []func() error {
	return []func() error{
		func() error { _, err := tx.AddWatch(store.Watch{Subject: key, Due: at, NotAfter: at}); return err },
		func() error { return tx.SetWatchDue(int64(n), at) },
		func() error { return tx.DeleteWatch(int64(n)) },
		func() error { _, err := tx.DeleteWatchesOn(key); return err },
		func() error {
			_, err := tx.AddDelivery(store.Delivery{Key: key, Subject: key, Due: at.Add(time.Minute), NotAfter: at.AddDate(0, 0, n)})
			return err
		},
		func() error { _, err := tx.AddDelivery(store.Delivery{Key: key, Due: at, NotAfter: at}); return err },
		func() error { _, err := tx.Claim(key, at); return err },
		func() error { return tx.Hold(key, at, "r") },
		func() error { return tx.Settle(key, store.Sent, "r", "", at) },
		func() error { _, err := tx.DropOn(key, "r", at); return err },
	}
}

func solve(tx *store.Tx, place store.PlaceID, message chat.MessageID, at time.Time) error {
	q, waits, err := tx.OpenQuestion(place, message)
	if err != nil || !waits {
		return err
	}
	q.State, q.Closed = store.SolvedState, at
	return tx.UpdateQuestion(q)
}
