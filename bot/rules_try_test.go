package bot_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// lawDays lets somebody write every morning, so that the room is alive.
func lawDays(w *trustWorld, n int) {
	for day := range n {
		w.planSay(w.now.AddDate(0, 0, day).Add(9*time.Hour), uBo, "platform", "Good morning.")
	}
	w.days(n)
}

func keepsBudget(t *testing.T, w *trustWorld) {
	lawDays(w, 28)
	at, _ := w.to(uSil)
	if len(at) < 6 {
		t.Fatalf("spoken to %d times: the test looks in the wrong place", len(at))
	}
	for i := range at {
		if i > 0 && at[i].Sub(at[i-1]) <= 24*time.Hour || i > 1 && at[i].Sub(at[i-2]) <= 7*24*time.Hour {
			t.Errorf("spoken to at %v", at[:i+1])
		}
	}
}

func keepsRoomBudget(t *testing.T, w *trustWorld) {
	lawDays(w, 12)
	at, _ := w.to("")
	if len(at) < 4 {
		t.Fatalf("posted %d times: the test looks in the wrong place", len(at))
	}
	for i := range at[1:] {
		if at[i+1].Sub(at[i]) <= 24*time.Hour {
			t.Errorf("posted at %s and at %s", at[i], at[i+1])
		}
	}
}

// leavesAlone: what is planned for three in the morning comes at nine, or not at all; on leave, in a pause, and after
// "stop" nothing comes.
func leavesAlone(t *testing.T, w *trustWorld) {
	set := func(change func(*store.Person)) {
		w.turn(func(tx *store.Tx) error {
			p, _, err := tx.Person("local", uSil)
			if err != nil {
				return err
			}
			change(&p)
			return tx.UpdatePerson(p)
		})
	}
	week := 7 * 24 * time.Hour
	heard := func() int { at, _ := w.to(uSil); return len(at) }
	lawDays(w, 7)
	before := heard()
	if at, _ := w.to(uSil); before == 0 || at[0].Hour() < 9 {
		t.Fatalf("spoken to at %v", at)
	}
	set(func(p *store.Person) { p.AwayFrom, p.AwayUntil = w.now, w.now.Add(week) })
	lawDays(w, 7)
	set(func(p *store.Person) { p.PausedUntil = w.now.Add(week) })
	lawDays(w, 7)
	if n := heard(); n != before {
		t.Errorf("spoken to %d times on leave and in a pause", n-before)
	}
	lawDays(w, 7)
	before = heard()
	_, err := w.chat.Command(uSil, "platform", "stop hostile")
	w.must(err)
	lawDays(w, 14)
	if n := heard(); n != before {
		t.Errorf("spoken to %d times after \"stop\"", n-before)
	}
}

// forgetsRole: whoever gave a role back is not spoken to in it, not even in answer to a press on what came before.
func forgetsRole(t *testing.T, w *trustWorld) {
	lawDays(w, 1)
	role := func(state store.RoleState) {
		w.turn(func(tx *store.Tx) error {
			return tx.SetRole(store.Role{Conn: "local", Space: trustSpace, Person: w.ids[uSil], Role: "leader", State: state, Since: w.now})
		})
	}
	heard := func() int {
		_, texts := w.to(uSil)
		return len(slices.DeleteFunc(texts, func(s string) bool { return s != "Bot here again." }))
	}
	for _, state := range []store.RoleState{store.Accepted, store.Removed} {
		w.live(w.now.AddDate(0, 0, 7-int(w.now.Weekday())+1).Truncate(24 * time.Hour).Add(10*time.Hour + 5*time.Minute))
		before := heard()
		role(state)
		w.must(w.press(uSil, "yes"))
		w.live(w.now.Add(time.Minute))
		if said := heard() - before; said != map[store.RoleState]int{store.Accepted: 1}[state] {
			t.Errorf("answered %d times while the role was %s", said, state)
		}
		role(store.Accepted)
	}
}

// diesLate: the bot was down from midnight on, and what was to be said between one and nine is not said at ten past.
func diesLate(t *testing.T, w *trustWorld) {
	lawDays(w, 1)
	before, _ := w.to(uSil)
	w.now = w.now.Add(9*time.Hour + 10*time.Minute)
	w.must(w.engine.Due(context.Background(), w.now))
	w.live(w.now.Add(20 * time.Hour))
	if after, _ := w.to(uSil); len(after) != len(before) {
		t.Errorf("said at %v", after)
	}
	if !slices.ContainsFunc(w.rows("journal"), func(r trustRow) bool { return r.cols["reason"] == string(chat.TooLate) }) {
		t.Error("nothing was too late: the test looks in the wrong place")
	}
}

// asksOnce: helpers say nothing, for longer than attention remembers; none is asked again about the same question.
func asksOnce(t *testing.T, w *trustWorld) {
	for week := range 6 {
		w.planThread(w.now.AddDate(0, 0, 7*week).Add(10*time.Hour), uAna, "platform", "", 0)
	}
	lawDays(w, 70)
	asked := map[string]int{}
	for _, tr := range w.traces {
		if tr.Step != bot.Said || tr.Playbook == "" {
			continue
		}
		if asked[string(tr.Person)+tr.Subject]++; asked[string(tr.Person)+tr.Subject] > 1 {
			t.Errorf("%s was asked about %s at %s again", tr.Person, tr.Subject, tr.At)
		}
	}
	if len(asked) < 8 {
		t.Errorf("%v: the test looks in the wrong place", asked)
	}
}
