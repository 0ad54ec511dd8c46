package bot_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// TestTurningDownLeavesWhatSilenceLeaves plays each of these twice, once with an answer and once without, and compares
// what is kept of the person two weeks later.
func TestTurningDownLeavesWhatSilenceLeaves(t *testing.T) {
	for _, a := range abstentions() {
		t.Run(a.name, func(t *testing.T) {
			t.Parallel()
			silent, answered := a.play(t, false), a.play(t, true)
			compareTrust(t, silent, answered, a)
		})
	}
}

// play lives until somebody is asked, and two weeks more.
func (a abstention) play(t *testing.T, answers bool) *trustWorld {
	t.Helper()
	w := a.office(t)
	a.lead(w)
	answer := a.await(w, w.now).Add(5 * time.Minute)
	w.live(answer)
	if answers {
		for _, choice := range a.choose {
			w.must(a.choice(w, choice))
			w.live(w.now.Add(time.Second))
		}
	}
	w.live(answer.Add(time.Hour).AddDate(0, 0, 14))
	return w
}

// office is where people have lived for five weeks, so that the rooms have found their rhythm.
func (a abstention) office(t *testing.T) *trustWorld {
	t.Helper()
	w := newTrustWorld(t, ":memory:", []string{"platform", "help"}, a.seats(), func(w *trustWorld) {
		w.set = func(o *bot.Options) { o.Groups = []bot.Group{{Role: "leader", Names: []string{"camellia"}}} }
		w.fill = only(a.book)
	})
	t.Cleanup(w.close)
	begin := trustMonday().AddDate(0, 0, 35)
	for day := trustMonday(); day.Before(begin.AddDate(0, 0, 12)); day = day.AddDate(0, 0, 1) {
		if weekday := day.Weekday(); weekday == time.Monday || weekday == time.Wednesday {
			w.planSay(day.Add(9*time.Hour+20*time.Minute), uBo, "platform", "Good morning.")
			w.planSay(day.Add(9*time.Hour+30*time.Minute), uBo, "help", "Good morning.")
		}
	}
	w.live(begin)
	w.turn(func(tx *store.Tx) error { return w.accept(tx, a.sayYes()) })
	return w
}

// TestAnInvitationLeavesNothing: whoever lets an invitation lapse is in the database what they would be without one.
func TestAnInvitationLeavesNothing(t *testing.T) {
	t.Parallel()
	a := abstention{who: uSil, book: "share-first", role: "leader", offer: "write"}
	halt := func(w *trustWorld) {
		w.turn(func(tx *store.Tx) error { return tx.SetSetting("local", trustSpace, "halt", "for a test") })
	}
	invited, other := a.office(t), a.office(t)
	halt(other)
	a.await(invited, invited.now)
	invited.live(invited.now.Add(time.Minute))
	halt(invited)
	invited.days(14)
	other.live(invited.now)
	if n, more := other.told(uSil)["invite the leader"], invited.told(uSil)["invite the leader"]; n != 0 || more != 1 {
		t.Fatalf("%d invitations where there should be none, %d where there should be one", n, more)
	}
	own, ownToo := invited.rowsAbout(uSil), other.rowsAbout(uSil)
	for _, line := range append(lessTrust(own, ownToo), lessTrust(ownToo, own)...) {
		t.Errorf("an invitation makes a difference: %s", line)
	}
}

// seats are the people of the office, before Sil and Hal have said yes to anything.
func (a abstention) seats() []trustSeat {
	people := trustPeople()
	for i := range people {
		if people[i].User == uSil || people[i].User == uHal {
			people[i].roles = nil
		}
	}
	return people
}

// sayYes gives Sil the one role that the question needs, so that nothing else is ever asked.
func (a abstention) sayYes() []trustSeat {
	if a.role == "" {
		return nil
	}
	return []trustSeat{{chat.Profile{User: uSil}, []string{a.role}}}
}

// await lives until the person is asked, and gives when that was.
func (a abstention) await(w *trustWorld, begin time.Time) time.Time {
	w.Helper()
	for w.now.Before(begin.AddDate(0, 0, 12)) {
		w.live(w.now.Add(30 * time.Minute))
		if p, _, ok := w.asked(a.who, a.offer); ok && !p.Time.Before(begin) {
			return p.Time
		}
	}
	w.Fatalf("%s was never asked: %v", a.who, w.told(a.who))
	return time.Time{}
}

// compareTrust wants the rows about a person to be the same, and names all columns in which the others differ.
func compareTrust(t *testing.T, silent, answered *trustWorld, a abstention) {
	t.Helper()
	own, ownToo := silent.rowsAbout(a.who), answered.rowsAbout(a.who)
	if len(own) == 0 {
		t.Fatalf("nothing is kept of %s: the test looks in the wrong place", a.who)
	}
	for _, line := range lessTrust(own, ownToo) {
		t.Errorf("only after silence:   %s", line)
	}
	for _, line := range lessTrust(ownToo, own) {
		if table, _, _ := strings.Cut(line, " "); !slices.Contains(a.stops, table) {
			t.Errorf("only after an answer: %s", line)
		}
	}
	differ := differingTrust(silent, answered)
	t.Logf("rows that name nobody differ in %v", slices.Sorted(maps.Keys(differ)))
	for column := range differ {
		if table, _, _ := strings.Cut(column, "."); !slices.Contains(append([]string{"events", "journal", "deliveries"}, a.stops...), table) {
			t.Errorf("%s tells an answer from silence: %s", column, differ[column])
		}
	}
}

// rowsAbout lists the rows that name a person in any way.
func (w *trustWorld) rowsAbout(who chat.UserID) (lines []string) {
	for _, r := range w.rows() {
		if r.holds(w.names(who)...) {
			lines = append(lines, plainTrust(r.line))
		}
	}
	return lines
}

var trustSealed = regexp.MustCompile(`sealed=[0-9a-f]+`)

// plainTrust takes out what is random: the ciphertext of an account.
func plainTrust(line string) string { return trustSealed.ReplaceAllString(line, "sealed=kept") }

func lessTrust(a, b []string) (out []string) {
	for _, line := range a {
		if !slices.Contains(b, line) {
			out = append(out, line)
		}
	}
	return out
}

// differingTrust gives the columns in which two databases differ, with an example of each. A row that is in one alone
// is compared with one of the same key in the other; where there is none, it differs as a whole.
func differingTrust(a, b *trustWorld) map[string]string {
	out := map[string]string{}
	for _, pair := range [][2]*trustWorld{{a, b}, {b, a}} {
		own, others := pair[0].only(pair[1]), pair[1].only(pair[0])
		for _, r := range own {
			i := slices.IndexFunc(others, func(o trustRow) bool { return o.table == r.table && o.key() == r.key() })
			if i < 0 {
				out[r.table+".*"] = r.line
				continue
			}
			for column, value := range r.cols {
				if value != others[i].cols[column] {
					out[r.table+"."+column] = fmt.Sprintf("%s and %s in %s", value, others[i].cols[column], r.line)
				}
			}
		}
	}
	return out
}

// only gives the rows that another database does not have.
func (w *trustWorld) only(other *trustWorld) (out []trustRow) {
	theirs := map[string]bool{}
	for _, r := range other.rows() {
		theirs[plainTrust(r.line)] = true
	}
	for _, r := range w.rows() {
		if !theirs[plainTrust(r.line)] {
			out = append(out, r)
		}
	}
	return out
}

func (r trustRow) key() string {
	switch r.table {
	case "places", "people", "questions", "watches", "acts", "chain":
		return r.cols["id"]
	case "roles":
		return r.cols["role"] + r.cols["person"]
	case "deliveries", "events":
		return r.cols["key"]
	case "journal":
		return r.cols["subject"] + r.cols["rule"] + r.cols["reason"]
	}
	return r.line
}

// TestNoRowTiesAPersonToSilence: once the moment of a message has passed, no delivery says to whom it went or about
// whom it was; nothing waits for an answer any more; and the journal has never named anybody.
func TestNoRowTiesAPersonToSilence(t *testing.T) {
	t.Parallel()
	var w *trustWorld
	upkeeps, emptied := 0, 0
	w = newTrustWorld(t, ":memory:", []string{"platform", "help"}, trustPeople(), func(w *trustWorld) {
		w.set = func(o *bot.Options) { o.Groups = []bot.Group{{Role: "leader", Names: []string{"camellia"}}} }
		w.done = func(at time.Time) {
			w.journalNamesNobody()
			if at.Hour() == 3 && at.Minute() == 0 {
				upkeeps++
				emptied += w.passedIsEmpty(at)
			}
		}
	})
	defer func() { w.close() }()
	w.must(trustCandidates(w))
	trustOffice(w, 3)
	w.live(trustMonday().AddDate(0, 0, 24))
	if upkeeps < 20 || emptied < 50 {
		t.Errorf("%d times something was emptied in %d nights: the test looks in the wrong place", emptied, upkeeps)
	}
	w.days(21) // what became of the last share was told, or could not be any more
	for _, r := range w.rows("watches") {
		t.Errorf("something still waits: %s", r.line)
	}
	for _, r := range w.rows("deliveries", "spent") {
		if r.table == "spent" || r.cols["recipient"] != "-" || r.cols["refs"] != "" {
			t.Errorf("a row still tells of somebody: %s", r.line)
		}
	}
	w.onlyActs()
}

// passedIsEmpty checks the deliveries whose moment has passed, and counts them.
func (w *trustWorld) passedIsEmpty(at time.Time) (n int) {
	w.Helper()
	for _, r := range w.rows("deliveries") {
		if r.number("not_after") >= at.UnixMicro() {
			continue
		}
		n++
		if r.cols["recipient"] != "-" || r.cols["refs"] != "" {
			w.Errorf("its moment has passed: %s", r.line)
		}
		if r.number("settled") == 0 || r.cols["state"] == "pending" || r.cols["state"] == "held" {
			w.Errorf("its moment has passed, and it is still open: %s", r.line)
		}
	}
	for _, r := range w.rows("watches") {
		if due := r.number("due"); due != 0 && due < at.Add(-time.Minute).UnixMicro() {
			w.Errorf("a watch that has lapsed is still there: %s", r.line)
		}
	}
	return n
}

// journalNamesNobody looks for everybody in the tables that say what was decided.
func (w *trustWorld) journalNamesNobody() {
	w.Helper()
	rows := w.rows("journal", "slots", "room_spent", "events", "chain", "settings")
	for user := range w.ids {
		names := w.names(user)
		for _, r := range rows {
			if r.holds(names...) {
				w.Errorf("%s is named: %s", user, r.line)
			}
		}
	}
}

// onlyActs: of the silent ones nothing is left but their own row and what they said yes to, or were asked.
func (w *trustWorld) onlyActs() {
	w.Helper()
	for _, who := range []chat.UserID{uSil, uCam} {
		for _, r := range w.rows() {
			if r.holds(w.names(who)...) && r.table != "people" && r.table != "roles" {
				w.Errorf("%s kept silent, and this tells of them: %s", who, r.line)
			}
		}
	}
	w.turn(func(tx *store.Tx) error {
		for _, who := range []chat.UserID{uSil, uCam} {
			p, _, err := tx.Person("local", who)
			if err != nil {
				return err
			}
			if p.Firsts != 0 || !p.NotBefore.IsZero() || p.Prefs != "" || !p.PausedUntil.IsZero() || p.Sealed != (who == uSil) {
				w.Errorf("the row of %s has more than it may: %+v", who, p)
			}
		}
		return nil
	})
}
