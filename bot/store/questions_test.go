package store_test

import (
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

func TestQuestions(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		turn(t, s, func(tx *store.Tx) {
			c1, ana := room(t, tx, "C1"), someone(t, tx, "ana")
			q := store.Question{Place: c1, Message: "m1", Asker: ana, At: start(), Explicit: true, State: store.OpenState}
			id, fresh, err := tx.AddQuestion(q)
			ok(t, err)
			equal(t, "fresh", fresh, true)
			again, fresh, err := tx.AddQuestion(store.Question{Place: c1, Message: "m1", At: start().Add(time.Hour)})
			ok(t, err)
			equal(t, "again", !fresh && again == id, true)
			q.ID = id
			waits := func(want store.Question) {
				t.Helper()
				equal(t, "open", found[store.Question](t)(tx.OpenQuestion(c1, "m1")), want)
				equal(t, "by message", found[store.Question](t)(tx.Question(c1, "m1")), want)
				equal(t, "by id", found[store.Question](t)(tx.QuestionByID(id)), want)
			}
			waits(q)
			q.State, q.TakenBy, q.FirstReply = store.TakenState, ana, start().Add(time.Minute)
			ok(t, tx.UpdateQuestion(q))
			waits(q)
			q.State, q.Answered, q.Closed = store.SolvedState, start().Add(time.Hour), start().Add(time.Hour)
			ok(t, tx.UpdateQuestion(q))
			absent[store.Question](t)(tx.OpenQuestion(c1, "m1"))
			equal(t, "solved", found[store.Question](t)(tx.QuestionByID(id)), q)
			q.State, q.Answered, q.Closed = store.OpenState, time.Time{}, time.Time{}
			ok(t, tx.UpdateQuestion(q))
			waits(q)
			absent[store.Question](t)(tx.OpenQuestion(c1, "m2"))
		})
	})
}

func TestQuestionLists(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		turn(t, s, func(tx *store.Tx) {
			c1, c2, ana := room(t, tx, "C1"), room(t, tx, "C2"), someone(t, tx, "ana")
			ask := func(c store.PlaceID, m chat.MessageID, minute, waited int, state store.QuestionState) {
				q := store.Question{Place: c, Message: m, Asker: ana, At: start().Add(time.Duration(minute) * time.Minute), State: state}
				if waited > 0 {
					q.FirstReply = q.At.Add(time.Duration(waited) * time.Minute)
				}
				_, _, err := tx.AddQuestion(q)
				ok(t, err)
			}
			ask(c1, "m1", 3, 0, store.OpenState)
			ask(c2, "m2", 1, 0, store.TakenState)
			ask(c1, "m3", 2, 9, store.SolvedState)
			ask(c1, "m4", 4, 5, store.LeftState)
			ask(c1, "m5", 5, 7, store.OpenState)
			names := func(qs []store.Question, err error) (all string) {
				ok(t, err)
				for _, q := range qs {
					all += string(q.Message) + " "
				}
				return all
			}
			equal(t, "all", names(tx.OpenQuestions(conn, "", 0, 9)), "m2 m1 m5 ")
			equal(t, "some", names(tx.OpenQuestions(conn, "T1", 0, 2)), "m2 m1 ")
			equal(t, "here", names(tx.OpenQuestions(conn, "T1", c1, 9)), "m1 m5 ")
			equal(t, "elsewhere", names(tx.OpenQuestions(conn, "T2", 0, 9)), "")
			equal(t, "mine", names(tx.QuestionsOf(ana, 2)), "m5 m4 ")
			same(t, "waits", must[[]time.Duration](t)(tx.QuestionWaits(c1, start().Add(3*time.Minute))),
				[]time.Duration{5 * time.Minute, 7 * time.Minute})
		})
	})
}
