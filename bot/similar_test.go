package bot_test

import (
	"context"
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// TestSimilarOfThePast: of what is read from before, an answer counts only if its author had said yes by then.
func TestSimilarOfThePast(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		asked time.Duration // after the yes
		want  int
	}{"before the yes": {-3 * time.Hour, 0}, "after the yes": {3 * time.Hour, 1}} {
		w := newTrustWorld(t, ":memory:", []string{"help"}, trustPeople(), nil)
		at := trustMonday().Add(c.asked)
		w.now = trustMonday().Add(24 * time.Hour)
		for i, m := range []chat.MessagePosted{
			{Message: "m1", Text: "How do I rotate the signing key?"},
			{Message: "m2", Text: "Run rotate twice."},
		} {
			m.ID, m.Time = chat.EventID(m.Message), at.Add(time.Duration(i)*time.Hour)
			m.Place = chat.Place{Space: trustSpace, Channel: "help"}
			m.Actor = chat.Actor{User: uAna}
			if i > 0 {
				m.Actor.User, m.Place.Thread = uHal, "m1"
			}
			w.must(w.engine.Learn(context.Background(), "local", m, w.now))
		}
		solved := 0
		for _, r := range w.rows("threads") {
			if r.cols["helped"] != "-" {
				solved++
			}
		}
		if solved != c.want || len(w.rows("questions")) != 1 {
			t.Errorf("%s: %d solved threads of %d questions, want %d of 1", name, solved, len(w.rows("questions")), c.want)
		}
		w.close()
	}
}
