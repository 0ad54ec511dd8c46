package store_test

import (
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

func TestPeople(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		var want store.Person
		turn(t, s, func(tx *store.Tx) {
			p, created, err := tx.Person(conn, "ana")
			ok(t, err)
			equal(t, "created", created && p.ID > 0, true)
			equal(t, "on another connection", someoneOn(t, tx, "home", "ana") != p.ID, true)
			p.Prefs, p.PausedUntil, p.NotBefore = `{"hours":"9-17"}`, start(), start().Add(time.Hour)
			p.AwayFrom, p.AwayUntil = start().AddDate(0, 0, 1), start().AddDate(0, 0, 9)
			ok(t, tx.UpdatePerson(p))
			ok(t, tx.MarkNewcomer(p.ID, start()))
			for _, news := range []bool{true, false} {
				equal(t, "first", must[bool](t)(tx.First(p.ID, 62)), news)
				equal(t, "another first", must[bool](t)(tx.First(p.ID, 0)), news)
			}
			if _, err := tx.First(p.ID, 63); err == nil {
				t.Error("a 64th first")
			}
			p.Newcomer, p.Firsts = start(), 1<<62|1
			want = p
		})
		view(t, s, func(tx *store.Tx) {
			equal(t, "found", found[store.Person](t)(tx.FindPerson(conn, "ana")), want)
			equal(t, "by id", found[store.Person](t)(tx.PersonByID(want.ID)), want)
			absent[store.Person](t)(tx.FindPerson(conn, "ben"))
			absent[chat.UserID](t)(tx.Unseal(want.ID))
		})
	})
}

func someoneOn(t *testing.T, tx *store.Tx, conn, name string) store.PersonID {
	p, _, err := tx.Person(conn, chat.UserID(name))
	ok(t, err)
	return p.ID
}

func TestOptOut(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		turn(t, s, func(tx *store.Tx) {
			ana := someone(t, tx, "ana")
			out := func(what string, user chat.UserID, playbook string, want bool) {
				t.Helper()
				equal(t, what, must[bool](t)(tx.OptedOut(conn, user, playbook)), want)
				if user == "ana" {
					equal(t, what+" by id", must[bool](t)(tx.PersonOptedOut(ana, playbook)), want)
				}
			}
			out("before", "ana", "bridges", false)
			ok(t, tx.OptOut(conn, "ana", "bridges", 1))
			ok(t, tx.OptOut(conn, "ana", "bridges", 2))
			out("of one", "ana", "bridges", true)
			out("of another", "ana", "ama", false)
			ok(t, tx.OptOut(conn, "ana", "", 3))
			out("of all", "ana", "ama", true)
			ok(t, tx.OptIn(conn, "ana", ""))
			out("back but for one", "ana", "bridges", true)
			out("back", "ana", "ama", false)
			ok(t, tx.OptOut(conn, "ben", "", 1)) // of whom there is no row
			out("ben", "ben", "bridges", true)
			someone(t, tx, "ben")
			out("ben with a row", "ben", "bridges", true)
			same(t, "list", must[[]string](t)(tx.Optouts(conn, "ana")), []string{"bridges"})
		})
	})
}

func TestRoles(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		turn(t, s, func(tx *store.Tx) {
			ana, ben := someone(t, tx, "ana"), someone(t, tx, "ben")
			set := func(who store.PersonID, role string, state store.RoleState, days int) store.Role {
				r := store.Role{Conn: conn, Space: "T1", Person: who, Role: role, State: state, Since: start().AddDate(0, 0, days)}
				ok(t, tx.SetRole(r))
				return r
			}
			set(ana, "helper", store.Candidate, 0)
			want := set(ana, "helper", store.Accepted, 2)
			set(ben, "helper", store.Accepted, 1)
			set(ben, "leader", store.Declined, 0)
			equal(t, "role", found[store.Role](t)(tx.Role(conn, "T1", ana, "helper")), want)
			absent[store.Role](t)(tx.Role(conn, "T2", ana, "helper"))
			same(t, "helpers", must[[]store.PersonID](t)(tx.RoleMembers(conn, "T1", "helper", store.Accepted)), []store.PersonID{ben, ana})
			same(t, "candidates", must[[]store.PersonID](t)(tx.RoleMembers(conn, "T1", "helper", store.Candidate)), []store.PersonID{})
			equal(t, "roles of ben", len(must[[]store.Role](t)(tx.RolesOf(ben))), 2)
		})
	})
}

// A person can be addressed while there is a reason to, and no longer than to the next housekeeping after it.
func TestSealed(t *testing.T) {
	role := func(tx *store.Tx, p store.Person, state store.RoleState) error {
		return tx.SetRole(store.Role{Conn: conn, Space: "T1", Person: p.ID, Role: "leader", State: state, Since: start()})
	}
	prefs := func(tx *store.Tx, p store.Person, text string) error { p.Prefs = text; return tx.UpdatePerson(p) }
	reasons := map[string]struct {
		begin, end func(*store.Tx, store.Person) error
	}{
		"accepted role": {
			func(tx *store.Tx, p store.Person) error { return role(tx, p, store.Accepted) },
			func(tx *store.Tx, p store.Person) error { return role(tx, p, store.Removed) },
		},
		"preference": {
			func(tx *store.Tx, p store.Person) error { return prefs(tx, p, `{"hours":"9-12"}`) },
			func(tx *store.Tx, p store.Person) error { return prefs(tx, p, `{}`) },
		},
		"open watch": {
			func(tx *store.Tx, p store.Person) error {
				_, err := tx.AddWatch(store.Watch{Subject: "s", Person: p.ID, NotAfter: start().AddDate(1, 0, 0)})
				return err
			},
			func(tx *store.Tx, p store.Person) error { _, err := tx.DeleteWatchesOn("s"); return err },
		},
		"delivery": {
			func(tx *store.Tx, p store.Person) error {
				_, err := tx.AddDelivery(store.Delivery{Key: "k", Recipient: p.ID, NotAfter: start().AddDate(1, 0, 0)})
				return err
			},
			func(tx *store.Tx, p store.Person) error { return tx.Settle("k", store.Sent, "sent", "m", start()) },
		},
	}
	onBoth(t, func(t *testing.T, s *store.Store) {
		for name, reason := range reasons {
			var ana store.Person
			turn(t, s, func(tx *store.Tx) {
				ana, _, _ = tx.Person(conn, chat.UserID("U-"+name))
				ok(t, reason.begin(tx, ana))
				ok(t, tx.KeepSealed(ana.ID, chat.UserID("U-"+name)))
				ok(t, tx.KeepSealed(ana.ID, chat.UserID("U-"+name)))
				equal(t, name+" unsealed", must[store.Counts](t)(tx.Housekeeping(start())).Unsealed, 0)
				equal(t, name, found[chat.UserID](t)(tx.Unseal(ana.ID)), chat.UserID("U-"+name))
				ana = found[store.Person](t)(tx.PersonByID(ana.ID))
				equal(t, name+" sealed", ana.Sealed, true)
			})
			turn(t, s, func(tx *store.Tx) {
				ok(t, reason.end(tx, ana))
				equal(t, name+" unsealed", must[store.Counts](t)(tx.Housekeeping(start())).Unsealed, 1)
				absent[chat.UserID](t)(tx.Unseal(ana.ID))
				equal(t, name+" sealed", found[store.Person](t)(tx.FindPerson(conn, chat.UserID("U-"+name))).Sealed, false)
			})
		}
	})
}
