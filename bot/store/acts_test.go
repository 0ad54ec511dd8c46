package store_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/store"
)

func TestActs(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		turn(t, s, func(tx *store.Tx) {
			c1, ana, ben := room(t, tx, "C1"), someone(t, tx, "ana"), someone(t, tx, "ben")
			want := store.Act{Conn: conn, Space: "T1", Place: c1, Kind: "thanks", Practice: "help", Author: ana,
				Receivers: []store.PersonID{ben, ana}, Team: "ops", Audience: "team", Words: "for the night shift", Why: "it saved us",
				Message: "m1", Link: "https://x/1", Source: 0, Seen: true, Declared: true, At: start()}
			want.ID = must[int64](t)(tx.AddAct(want))
			same(t, "by id", found[store.Act](t)(tx.Act(want.ID)), want)
			same(t, "by message", found[store.Act](t)(tx.ActByMessage(c1, "m1")), want)
			want.Audience, want.Words = "none", ""
			ok(t, tx.SetAct(want))
			same(t, "changed", found[store.Act](t)(tx.Act(want.ID)), want)
			ok(t, tx.UndoAct(want.ID, start().Add(time.Hour)))
			absent[store.Act](t)(tx.ActByMessage(c1, "m1"))
			undone := found[store.Act](t)(tx.Act(want.ID))
			equal(t, "undone", undone.Undone, start().Add(time.Hour))
			equal(t, "words", undone.Words+undone.Why, "")
		})
	})
}

func TestActQuery(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		turn(t, s, func(tx *store.Tx) {
			c1, c2, ana, ben := room(t, tx, "C1"), room(t, tx, "C2"), someone(t, tx, "ana"), someone(t, tx, "ben")
			at := func(hours int) time.Time { return start().Add(time.Duration(hours) * time.Hour) }
			acts := []store.Act{
				{Space: "T1", Place: c1, Kind: "share", Practice: "lesson", Author: ana, At: at(1)},
				{Space: "T1", Place: c1, Kind: "thanks", Author: ben, Receivers: []store.PersonID{ana}, At: at(2)},
				{Space: "T2", Place: c2, Kind: "share", Practice: "wip", Author: ben, At: at(3)},
				{Space: "T1", Place: c2, Kind: "adopt", Practice: "lesson", Author: ben, At: at(4)},
				{Space: "T1", Place: c1, Kind: "share", Practice: "wip", Author: ana, At: at(5)},
			}
			for _, a := range acts {
				a.Conn = conn
				must[int64](t)(tx.AddAct(a))
			}
			ok(t, tx.UndoAct(5, at(9)))
			for want, q := range map[string]store.ActQuery{
				"4 3 2 1 ":   {},
				"5 4 3 2 1 ": {Undone: true},
				"4 3 ":       {Limit: 2},
				"4 2 1 ":     {Conn: conn, Space: "T1"},
				"3 1 ":       {Kinds: []string{"share"}},
				"4 3 1 ":     {Kinds: []string{"share", "adopt"}},
				"4 1 ":       {Practice: "lesson"},
				"2 1 ":       {Place: c1},
				"1 ":         {Author: ana},
				"2 ":         {Receiver: ana, Limit: 1},
				"3 2 ":       {Since: at(2), Until: at(4)},
				"4 3 2 ":     {Author: ben, Limit: 9},
				"":           {Conn: "home"},
			} {
				got := ""
				for _, a := range must[[]store.Act](t)(tx.Acts(q)) {
					got += fmt.Sprint(a.ID, " ")
				}
				equal(t, fmt.Sprintf("%+v", q), got, want)
			}
		})
	})
}

func TestChains(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		turn(t, s, func(tx *store.Tx) {
			for i, source := range []int64{0, 1, 1, 2, 0, 0, 6, 99} { // ids 1…8
				must[int64](t)(tx.AddAct(store.Act{Conn: conn, Space: "T1", Kind: store.Adopted, Source: source, At: start().Add(time.Duration(i) * time.Hour)}))
			}
			ok(t, tx.UndoAct(6, start()))
			equal(t, "adoptions", len(must[[]store.Act](t)(tx.Adoptions(1))), 2)
			equal(t, "chains", draw(must[[]store.ActTree](t)(tx.Chains(conn, "T1", start()))), "1(2(4())3())")
			equal(t, "later", draw(must[[]store.ActTree](t)(tx.Chains(conn, "T1", start().Add(time.Minute)))), "2(4())")
		})
	})
}

func draw(trees []store.ActTree) (s string) {
	for _, tree := range trees {
		s += fmt.Sprintf("%d(%s)", tree.Act.ID, draw(tree.Adopted))
	}
	return s
}

func TestHelping(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		turn(t, s, func(tx *store.Tx) {
			c1, ana, ben := room(t, tx, "C1"), someone(t, tx, "ana"), someone(t, tx, "ben")
			for _, day := range []int{0, 0, 180} {
				ok(t, tx.AddHelping(ana, c1, day))
			}
			ok(t, tx.AddHelping(ben, c1, 360))
			ok(t, tx.AddHelping(ben, room(t, tx, "C2"), 360))
			got := must[map[store.PersonID]float64](t)(tx.Helping(c1, 360))
			if len(got) != 2 || math.Abs(got[ana]-1) > 1e-9 || got[ben] != 1 {
				t.Errorf("two answers of a year ago and one of half a year are %v", got)
			}
		})
	})
}
