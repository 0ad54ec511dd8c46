package bot_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// countsNothing: of many who followed an example a few are named, and how many there are is not said.
func countsNothing(t *testing.T, w *trustWorld) {
	w.plan(w.now.Add(10*time.Hour), func() error { _, err := w.chat.Command(uIda, "platform", "share lesson never on a Friday"); return err })
	w.plan(w.now.Add(10*time.Hour+time.Minute), func() error { return w.press(uIda, "post") })
	followers := []chat.UserID{uAna, uBo, uHal, uSil, uTom}
	for i, who := range followers {
		w.plan(w.now.Add(11*time.Hour+time.Duration(2*i)*time.Minute), func() error {
			_, text := w.to("")
			if len(text) == 0 {
				return fmt.Errorf("nothing was shared")
			}
			for _, p := range slices.Backward(w.said()) {
				if !p.Private && strings.HasPrefix(p.Text, "★") {
					_, err := w.chat.Command(who, "platform", fmt.Sprintf("adopt #platform/%s with my own page", p.Message))
					return err
				}
			}
			return fmt.Errorf("no card stands")
		})
		w.plan(w.now.Add(11*time.Hour+time.Duration(2*i+1)*time.Minute), func() error { return w.press(who, "post") })
	}
	lawDays(w, 10)
	_, texts := w.to(uIda)
	if len(texts) != 1 || !strings.Contains(texts[0], "@") {
		t.Fatalf("told %q", texts)
	}
	named := 0
	for _, who := range followers {
		named += strings.Count(texts[0], "@"+w.chat.PersonName(who))
	}
	if named != 3 || strings.ContainsAny(texts[0], "0123456789") {
		t.Errorf("%d of %d are named: %s", named, len(followers), texts[0])
	}
}

func waitsForLeader(t *testing.T, w *trustWorld) {
	lawDays(w, 9)
	if at, _ := w.to(uHal); len(at) > 0 {
		t.Fatalf("asked for an example at %v, before anybody gave one", at)
	}
	w.planLong(w.now.Add(10*time.Hour), uBo)
	lawDays(w, 9)
	if at, _ := w.to(uHal); len(at) > 0 {
		t.Fatalf("asked at %v, after somebody who is no leader", at)
	}
	w.planLong(w.now.Add(10*time.Hour), uIda)
	lawDays(w, 9)
	if at, _ := w.to(uHal); len(at) == 0 {
		t.Error("not asked after a leader went first")
	}
}

// saysWhy: "whyme" explains what was said, by its playbook.
func saysWhy(t *testing.T, w *trustWorld) {
	lawDays(w, 4)
	_, err := w.chat.Command(uSil, "platform", "whyme")
	w.must(err)
	w.live(w.now.Add(time.Minute))
	posts := w.chat.Posts()
	if last := posts[len(posts)-1]; last.To != uSil || !strings.Contains(last.Text, "hostile") {
		t.Errorf("says %q", last.Text)
	}
}

func pingsNobody(t *testing.T, w *trustWorld) {
	lawDays(w, 4)
	posts := w.said()
	if len(posts) == 0 {
		t.Fatal("nothing was posted: the test looks in the wrong place")
	}
	for _, p := range posts {
		if len(p.Pings) > 0 {
			t.Errorf("%q pings %v", p.Text, p.Pings)
		}
	}
}

// thanksWithConsent: the group stands in the room at once; the person only once they said so.
func thanksWithConsent(t *testing.T, w *trustWorld) {
	thank := func() {
		w.plan(w.now.Add(10*time.Hour), func() error {
			_, err := w.chat.Command(uAna, "platform", "thanks @halibut and the night crew for the runbook")
			return err
		})
	}
	thank()
	lawDays(w, 1)
	_, before := w.to("")
	w.plan(w.now.Add(9*time.Hour), func() error { _, err := w.chat.Tell(uHal, "me prefs recognition public"); return err })
	thank()
	lawDays(w, 2)
	_, all := w.to("")
	first, later := strings.Join(before, "\n"), strings.Join(all[len(before):], "\n")
	if !strings.Contains(first, "night crew") || strings.Contains(first, "halibut") {
		t.Errorf("before they were asked the room reads %q", first)
	}
	if !strings.Contains(later, "@halibut and the night crew") {
		t.Errorf("after a yes the room reads %q", later)
	}
}

// hasReasons: a rule that never speaks, of which even the condition fails, has said so each time.
func hasReasons(t *testing.T, w *trustWorld) {
	lawDays(w, 10)
	seen := 0
	for _, r := range w.rows("journal") {
		if seen++; r.cols["reason"] != string(chat.ConditionFalse) {
			t.Errorf("not the reason: %s", r.line)
		}
	}
	if slots := len(w.rows("slots")); seen < 10 || seen != slots {
		t.Errorf("%d reasons for %d slots", seen, slots)
	}
}

// doubts: every send succeeds, and none is known to have. Nothing is said twice.
func doubts(t *testing.T, w *trustWorld) {
	lawDays(w, 10)
	at, _ := w.to(uSil)
	if len(at) == 0 {
		t.Fatal("nothing was sent: the test looks in the wrong place")
	}
	keys := map[string]int{}
	for _, p := range w.said() {
		if keys[p.Key]++; keys[p.Key] > 1 {
			t.Errorf("said twice: %q", p.Text)
		}
	}
	for _, r := range w.rows("deliveries") {
		if r.cols["state"] == "sent" {
			t.Errorf("taken for sent: %s", r.line)
		}
	}
}

// keepsNoWords: of a question to which a message leads in every way that there is, no word is in any file.
func keepsNoWords(t *testing.T, w *trustWorld) {
	w.planThread(w.now.Add(10*time.Hour), uAna, "platform", "", 0)
	lawDays(w, 3)
	if at, _ := w.to(uAna); len(at) != 1 {
		t.Fatalf("told at %v: the test looks in the wrong place", at)
	}
	w.nowhere("afterwards", trustSecret)
}
