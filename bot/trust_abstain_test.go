package bot_test

import (
	"fmt"
	"slices"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// abstention is one thing that somebody was asked, and a way to turn it down that must leave what silence leaves.
type abstention struct {
	name   string
	who    chat.UserID
	book   string // the one playbook that is on; empty: the engine asks by itself
	role   string // in which Sil is asked
	offer  string // the choice by which the question is known
	choose []string
	lead   func(*trustWorld) // what leads to the question
	stops  []string          // tables in which "never again", which is an act, may stand
}

// only turns one playbook on, in all rooms.
func only(id string) func(*playbooks.Playbook) (map[string]any, bool) {
	return func(b *playbooks.Playbook) (map[string]any, bool) {
		settings := map[string]any{}
		for _, s := range b.Settings {
			if s.Type == "channels" {
				settings[s.Name] = []string{"platform", "help"}
			}
		}
		return settings, b.ID == id
	}
}

// choice presses a button, or, with "submit", sends the form that was opened.
func (a abstention) choice(w *trustWorld, choice string) error {
	if choice != "submit" {
		return w.press(a.who, choice)
	}
	for _, post := range slices.Backward(w.chat.Posts()) {
		if post.Form != nil && post.To == a.who {
			_, err := w.chat.Submit(a.who, post.Reply, map[string]string{"motive": "It was late."})
			return err
		}
	}
	return fmt.Errorf("no form was opened for %s", a.who)
}

// abstainHour is an hour of the Monday on which something leads to a question.
func abstainHour(h int) time.Time {
	return trustMonday().AddDate(0, 0, 35).Add(time.Duration(h) * time.Hour)
}

func abstentions() []abstention {
	question := func(w *trustWorld) { w.planThread(abstainHour(10), uAna, "help", "", 0) }
	open := func(w *trustWorld) { w.planThread(abstainHour(10), uAna, "platform", "", 0) }
	helped := func(w *trustWorld) { w.planThread(abstainHour(10), uAna, "help", uHal, 20*time.Minute) }
	first := func(w *trustWorld) { w.planComing(); w.planThread(abstainHour(10), "U0QNEW", "platform", "", 0) }
	lesson := func(w *trustWorld) { w.planShared("share lesson never on a Friday") }
	mistake := func(w *trustWorld) { w.planShared("share mistake the key was the old one") }
	long := func(w *trustWorld) { w.planLong(abstainHour(10), uIda) }
	incident := func(w *trustWorld) { w.planSay(abstainHour(10), uBo, "platform", "Incident closed.") }
	nothing := func(*trustWorld) {}
	candidate := func(w *trustWorld) { w.plan(abstainHour(9), func() error { return trustCandidates(w) }) }
	rescue, share, errs := "question-rescue", "share-first", "right-to-error"
	return []abstention{
		{"the asker presses yes", uAna, rescue, "", "found", []string{"yes"}, question, nil},
		{"a helper passes", uSil, rescue, "helper", "take", []string{"pass"}, question, nil},
		{"a helper suggests somebody else", uSil, rescue, "helper", "take", []string{"suggest"}, question, nil},
		{"a helper asks why it came", uSil, rescue, "helper", "take", []string{"why"}, question, nil},
		{"a leader says not this week", uSil, share, "leader", "write", []string{"later"}, nothing, nil},
		{"a leader means to write, and does not", uSil, share, "leader", "write", []string{"write"}, nothing, nil},
		{"a leader opens the form, and closes it", uSil, share, "leader", "write", []string{"write", "here"}, nothing, nil},
		{"a leader asks why it came", uSil, share, "leader", "write", []string{"why"}, nothing, nil},
		{"a neighbour passes", uSil, share, "helper", "adopt", []string{"pass"}, lesson, nil},
		{"a neighbour opens the form, and closes it", uSil, share, "helper", "adopt", []string{"adopt"}, lesson, nil},
		{"it was no example", uIda, share, "", "never", []string{"no"}, long, nil},
		{"it was none, and never ask", uIda, share, "", "never", []string{"never"}, long, []string{"optouts"}},
		{"a host passes", uSil, "celebrate-first", "host", "pass", []string{"pass"}, first, nil},
		{"a host leaves a newcomer to others", uSil, "welcome-human", "host", "pass", []string{"pass"}, (*trustWorld).planComing, nil},
		{"a candidate declines", uCam, "", "", "no", []string{"no"}, candidate, nil},
		{"an author wants to be no example", uBo, "", "", "no", []string{"no"}, (*trustWorld).planMarked, nil},
		{"a helper does not want to be mentioned", uHal, "bridges", "", "yes", []string{"no"}, helped, nil},
		{"a leader thanks nobody", uSil, "bridges", "leader", "thank", []string{"pass"}, (*trustWorld).planOpenHelp, nil},
		{"a leader opens the form for thanks, and closes it", uSil, "bridges", "leader", "thank", []string{"thank"}, (*trustWorld).planOpenHelp, nil},
		{"an author tells no why", uIda, "ask-why", "", "tell", []string{"pass"}, (*trustWorld).planExample, nil},
		{"an author opens the form for the why, and closes it", uIda, "ask-why", "", "tell", []string{"tell"}, (*trustWorld).planExample, nil},
		{"an author looks at their why, and drops it", uIda, "ask-why", "", "tell", []string{"tell", "submit", "drop"}, (*trustWorld).planExample, nil},
		{"a leader answers none of the questions", uSil, "answer-in-public", "leader", "pass", []string{"pass"}, open, nil},
		{"a leader answers none this week", uSil, "answer-in-public", "leader", "later", []string{"later"}, open, nil},
		{"a leader looks how to thank, and does not", uSil, "thanks-why", "leader", "thank", []string{"thank"}, nothing, nil},
		{"a leader thanks nobody this week", uSil, "thanks-why", "leader", "thank", []string{"later"}, nothing, nil},
		{"a leader tells no mistake after an incident", uSil, errs, "leader", "write", []string{"write", "here"}, incident, nil},
		{"somebody tells no mistake of theirs", uSil, errs, "helper", "mine", []string{"pass"}, mistake, nil},
		{"somebody opens the form for a mistake, and closes it", uSil, errs, "helper", "mine", []string{"mine"}, mistake, nil},
	}
}

// planComing lets somebody come.
func (w *trustWorld) planComing() {
	w.plan(abstainHour(9), func() error { w.chat.AddPerson(chat.Profile{User: "U0QNEW", Handle: "newt"}); return nil })
	w.plan(abstainHour(9), func() error { _, err := w.chat.Join("U0QNEW", "platform"); return err })
}

// planShared lets a leader go first.
func (w *trustWorld) planShared(words string) {
	w.plan(abstainHour(9), func() error { _, err := w.chat.Command(uIda, "platform", words); return err })
	w.plan(abstainHour(9).Add(time.Minute), func() error { return w.press(uIda, "post") })
}

// planMarked lets somebody mark another's message as an example.
func (w *trustWorld) planMarked() {
	w.plan(abstainHour(9), func() error {
		m, err := w.chat.Say(uBo, "platform", "", "The new page stands.", 0)
		w.plan(abstainHour(10), func() error {
			_, err := w.chat.Command(uAna, "platform", "example #platform/"+string(m.Message))
			return err
		})
		return err
	})
}

// planExample lets somebody mark a message of their own.
func (w *trustWorld) planExample() {
	w.plan(abstainHour(9), func() error {
		m, err := w.chat.Say(uIda, "platform", "", "The new page stands.", 0)
		w.plan(abstainHour(10), func() error {
			_, err := w.chat.Command(uIda, "platform", "example #platform/"+string(m.Message))
			return err
		})
		return err
	})
}

// planOpenHelp lets somebody help who does not mind being named, where no other leader is.
func (w *trustWorld) planOpenHelp() {
	w.turn(func(tx *store.Tx) error {
		hal, _, err := tx.Person("local", uHal)
		if err != nil {
			return err
		}
		hal.Prefs = `{"recognition":"public"}`
		if err := tx.UpdatePerson(hal); err != nil {
			return err
		}
		return tx.SetRole(store.Role{Conn: "local", Space: trustSpace, Person: w.ids[uIda], Role: "leader", State: store.Removed, Since: w.now})
	})
	w.planThread(abstainHour(10), uAna, "help", uHal, 20*time.Minute)
}
