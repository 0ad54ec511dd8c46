package bot_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// trustKept says which columns may still tell of a message after 35 days. Where a place was read to is needed to go on
// from there; whatever was given to the bot, or marked as an example, stays until it is taken back.
func trustKept(r trustRow, column string) bool {
	switch r.table + "." + column {
	case "places.cursor", "places.newest":
		return true
	case "threads.message": // what somebody solved who agreed that it is found
		return r.cols["helped"] != "-"
	case "acts.message", "acts.at":
		return r.cols["declared"] == "1"
	}
	return false
}

// TestNothingOfMessagesAfterFiveWeeks: a week of talk, and five weeks and a day of nothing but upkeep.
func TestNothingOfMessagesAfterFiveWeeks(t *testing.T) {
	t.Parallel()
	w := newTrustWorld(t, ":memory:", []string{"platform", "help"}, trustPeople(), nil)
	defer func() { w.close() }()
	trustOffice(w, 1)
	w.live(trustMonday().AddDate(0, 0, 4))
	messages, authors := w.written()
	if before := w.tells(messages); len(before) < 20 {
		t.Errorf("only %d rows tell of messages: the test looks in the wrong place", len(before))
	}
	w.days(15)
	w.lostTheirHour(messages)
	w.days(36 - 15)
	for _, line := range w.tells(messages) {
		t.Errorf("a message is told of: %s", line)
	}
	for _, table := range []string{"messages", "events", "questions", "watches", "spent", "room_spent", "slots"} {
		if rows := w.rows(table); table != "slots" && len(rows) > 0 {
			t.Errorf("of %s there remain %d rows: %s", table, len(rows), rows[0].line)
		}
	}
	for _, user := range authors {
		for _, r := range w.rows() {
			if r.holds(w.names(user)...) && !slices.Contains([]string{"people", "roles", "acts", "helping"}, r.table) {
				t.Errorf("%s wrote five weeks ago, and this tells of them: %s", user, r.line)
			}
		}
	}
}

// written gives the messages that people wrote in rooms, with their times, and who they are.
func (w *trustWorld) written() (messages map[chat.MessageID]time.Time, authors []chat.UserID) {
	messages = map[chat.MessageID]time.Time{}
	for _, ev := range w.chat.Events() {
		m, ok := ev.(chat.MessagePosted)
		if !ok || m.Actor.Self || m.Place.Direct {
			continue
		}
		messages[m.Message] = m.Time
		if !slices.Contains(authors, m.Actor.User) {
			authors = append(authors, m.Actor.User)
			w.ids[m.Actor.User] = w.person(m.Actor.User).ID
		}
	}
	return messages, authors
}

// tells lists what still tells of a message, by its identifier or by its time, and may not.
func (w *trustWorld) tells(messages map[chat.MessageID]time.Time) (lines []string) {
	for _, r := range w.rows() {
		for column, value := range r.cols {
			if trustKept(r, column) {
				continue
			}
			for id, at := range messages {
				if strings.Contains(value, string(id)) || strings.Contains(value, fmt.Sprint(at.UnixMicro())) {
					lines = append(lines, fmt.Sprintf("%s.%s in %s", r.table, column, r.line))
				}
			}
		}
	}
	return lines
}

// lostTheirHour wants the times of messages to be those of days. Their identifiers are the service's.
func (w *trustWorld) lostTheirHour(messages map[chat.MessageID]time.Time) {
	w.Helper()
	times := map[string][]string{"messages": {"at"}, "questions": {"at", "first_reply", "answered", "closed"}, "acts": {"at"}}
	seen := map[string]int{}
	for _, r := range w.rows("messages", "questions", "acts") {
		if r.table == "acts" && r.cols["declared"] == "1" {
			continue
		}
		seen[r.table]++
		for _, column := range times[r.table] {
			if at := time.UnixMicro(r.number(column)).UTC(); !at.Equal(at.Truncate(24 * time.Hour)) {
				w.Errorf("%s.%s still has its hour after two weeks: %s", r.table, column, r.line)
			}
		}
	}
	if seen["messages"] < 10 || seen["questions"] == 0 || seen["acts"] == 0 {
		w.Errorf("%v: the test looks in the wrong place", seen)
	}
}

// TestAskedAndLeftAlone: a question that nobody came for is gone after 35 days as any other message is, with whoever
// asked it.
func TestAskedAndLeftAlone(t *testing.T) {
	t.Parallel()
	w := newTrustWorld(t, ":memory:", []string{"help"}, trustPeople(), nil)
	defer func() { w.close() }()
	w.live(trustMonday().Add(10 * time.Hour))
	m, err := w.chat.Say(uAna, "help", "", "How do I rotate the key?", 0)
	w.must(err)
	w.live(w.now.Add(time.Hour))
	w.turn(func(tx *store.Tx) error {
		p, _, err := tx.Place("local", trustSpace, "help")
		if err != nil {
			return err
		}
		if _, ok, err := tx.OpenQuestion(p.ID, m.Message); err != nil || !ok {
			t.Errorf("it is no question: %v", err)
		}
		return nil
	})
	w.days(37)
	for _, r := range w.rows("questions") {
		t.Errorf("a question is still kept: %s", r.line)
	}
	w.turn(func(tx *store.Tx) error {
		p, _, err := tx.Place("local", trustSpace, "help")
		if err != nil {
			return err
		}
		if _, ok, err := tx.OpenQuestion(p.ID, m.Message); err != nil || ok {
			t.Errorf("memory still has the question: %v", err)
		}
		return nil
	})
}
