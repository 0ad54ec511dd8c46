package bot_test

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// What people write in this office, and what they give to the bot. Neither word occurs anywhere else.
const (
	trustSecret = "marzipanoctopus"
	trustGiven  = "rhubarbtelescope"
)

// The people of the office. Identifiers and handles differ, and neither occurs anywhere else. Sil said yes to every
// role and never answers anything; Cam was asked for a role and never answers.
const (
	uAna chat.UserID = "U0QANA" // asks
	uBo  chat.UserID = "U0QBOO" // writes
	uHal chat.UserID = "U0QHAL" // helps
	uIda chat.UserID = "U0QIDA" // leads
	uSil chat.UserID = "U0QSIL" // is silent
	uCam chat.UserID = "U0QCAM" // is silent too
	uTom chat.UserID = "U0QTOM" // is new
)

func trustPeople() []trustSeat {
	seat := func(user chat.UserID, handle string, roles ...string) trustSeat {
		return trustSeat{chat.Profile{User: user, Handle: handle, Name: strings.ToUpper(handle[:1]) + handle[1:]}, roles}
	}
	return []trustSeat{
		seat(uAna, "anemone"), seat(uBo, "bobolink"), seat(uHal, "halibut", "helper"), seat(uIda, "idahoan", "leader"),
		seat(uSil, "silkworm", "leader", "helper", "host"), seat(uCam, "camellia"), seat(uTom, "tomcat"),
	}
}

// trustOffice is an office in which these people live for some weeks. Cam is a candidate.
func trustOffice(w *trustWorld, weeks int) {
	for week := range weeks {
		w.planWeek(trustMonday().AddDate(0, 0, 7*week), week)
	}
}

// planWeek plans what people do in a week: chatter, questions that are answered, that are not and that are settled in
// some other way, something shown, words given to the bot, edits, deletions, and talk to the bot alone.
func (w *trustWorld) planWeek(monday time.Time, week int) {
	at := func(day, hour, minute int) time.Time {
		return monday.AddDate(0, 0, day).Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
	}
	for day := range 4 {
		w.planSay(at(day, 9, 20), uBo, "platform", fmt.Sprintf("The %s is warm again, and so are we.", trustSecret))
		w.planSay(at(day, 9, 40), uHal, "help", fmt.Sprintf("See [the %s page](https://example.org/%s) and #platform.", trustSecret, trustSecret))
	}
	w.planThread(at(0, 10, 30), uAna, "help", uBo, 40*time.Minute) // answered by somebody
	if week%2 == 0 {
		w.planThread(at(0, 11, 30), uAna, "help", "", 0) // by nobody
	} else {
		w.planThread(at(2, 10, 30), uBo, "platform", uHal, 28*time.Hour) // late
	}
	w.planEdited(at(2, 13, 0), uBo, "platform")
	w.planLong(at(2, 14, 0), uIda)
	w.plan(at(1, 16, 0), func() error { _, err := w.chat.Tell(uAna, "do you like "+trustSecret+"?"); return err })
	w.plan(at(1, 16, 30), func() error {
		_, err := w.chat.Command(uIda, "platform", "share lesson never on a Friday: "+trustGiven+" because nobody was there")
		return err
	})
	w.plan(at(1, 16, 31), func() error { return w.press(uIda, "post") })
	w.plan(at(3, 16, 30), func() error {
		_, err := w.chat.Command(uBo, "help", "thanks @halibut for the "+trustGiven)
		return err
	})
	w.plan(at(3, 17, 0), func() error { _, err := w.chat.Command(uBo, "help", "questions"); return err })
	user := chat.UserID(fmt.Sprintf("U0QNEW%c", 'A'+week))
	w.plan(at(3, 10, 0), func() error {
		w.chat.AddPerson(chat.Profile{User: user, Handle: fmt.Sprintf("newt%c", 'a'+week)})
		_, err := w.chat.Join(user, "platform")
		return err
	})
	w.planThread(at(3, 10, 10), user, "platform", uBo, 20*time.Minute) // somebody's first
}

func (w *trustWorld) planSay(at time.Time, user chat.UserID, room chat.ChannelID, text string) {
	w.plan(at, func() error { _, err := w.chat.Say(user, room, "", text, 0); return err })
}

// planThread plans a question and, where somebody answers, an answer in its thread, with thanks.
func (w *trustWorld) planThread(at time.Time, asker chat.UserID, room chat.ChannelID, by chat.UserID, wait time.Duration) {
	w.plan(at, func() error {
		q, err := w.chat.Say(asker, room, "", "How do I rotate the "+trustSecret+" key?", 0)
		if err != nil || by == "" {
			return err
		}
		w.plan(at.Add(wait), func() error {
			_, err := w.chat.Say(by, room, q.Message, "Use the rotate command, with the "+trustSecret+" flag.", 0)
			return err
		})
		w.plan(at.Add(wait+time.Minute), func() error {
			_, err := w.chat.Say(asker, room, q.Message, "Thanks, that worked.", 0)
			return err
		})
		return nil
	})
}

// planEdited plans a message that is changed, reacted to, and taken away.
func (w *trustWorld) planEdited(at time.Time, user chat.UserID, room chat.ChannelID) {
	w.plan(at, func() error {
		m, err := w.chat.Say(user, room, "", "The "+trustSecret+" is late.", 0)
		w.plan(at.Add(time.Minute), func() error {
			_, err := w.chat.Edit(user, room, m.Message, "The "+trustSecret+" is very late.")
			return err
		})
		w.plan(at.Add(2*time.Minute), func() error { _, err := w.chat.React(uAna, room, m.Message, "eyes", true); return err })
		w.plan(at.Add(20*time.Minute), func() error { _, err := w.chat.Delete(user, room, m.Message); return err })
		return err
	})
}

// planLong plans a message that is long enough to be seen as something shown.
func (w *trustWorld) planLong(at time.Time, user chat.UserID) {
	w.planSay(at, user, "platform", "Half of the new page stands. "+strings.Repeat("The "+trustSecret+" is not there yet, and the rest is a sketch. ", 4))
}

// trustOccasions adds what one playbook waits for beside the usual, so that each of its rules speaks. Only where a rule
// follows a yes does somebody answer.
func trustOccasions(w *trustWorld, book string) {
	at := func(week, day, hour int) time.Time {
		return trustMonday().AddDate(0, 0, 7*week+day).Add(time.Duration(hour) * time.Hour)
	}
	if book == "bridges" { // whoever leads there is silent
		w.turn(func(tx *store.Tx) error {
			return tx.SetRole(store.Role{Conn: "local", Space: trustSpace, Person: w.ids[uIda], Role: "leader", State: store.Removed, Since: w.now})
		})
	}
	for week := range trustWeeks {
		switch book {
		case "question-rescue":
			w.plan(at(week, 1, 10), func() error { _, err := w.chat.Command(uBo, "help", "ask Where is the key?"); return err })
		case "right-to-error":
			w.planSay(at(week, 2, 9), uBo, "platform", "Incident closed, the "+trustSecret+" is back.")
		case "answer-in-public":
			w.planThread(at(week, 0, 9), uAna, "platform", "", 0)
		case "ask-why":
			w.planExampleOf(uIda, at(week, 1, 9))
		case "bridges":
			w.planThread(at(week, 1, 9), uAna, "help", uHal, 30*time.Minute)
			for day := range 5 {
				w.plan(at(week, day, 15), func() error { return w.pressNew(uHal, "yes") })
			}
			if week == 2 {
				w.plan(at(week, 0, 8), func() error { _, err := w.chat.Tell(uHal, "me prefs recognition public"); return err })
			}
		}
	}
}

// pressNew chooses on what was asked of late, if anything was.
func (w *trustWorld) pressNew(user chat.UserID, choice string) error {
	if p, _, ok := w.asked(user, choice); !ok || w.now.Sub(p.Time) > 24*time.Hour {
		return nil
	}
	return w.press(user, choice)
}

// planExampleOf plans that somebody marks what they wrote, and that somebody else asks for the why of it.
func (w *trustWorld) planExampleOf(user chat.UserID, at time.Time) {
	w.plan(at.Add(50*time.Hour), func() error { // of another one, of which nobody has asked
		m, err := w.chat.Say(user, "platform", "", "The "+trustSecret+" drawing hangs.", 0)
		if err != nil {
			return err
		}
		_, err = w.chat.Command(uAna, "platform", "ask-why #platform/"+string(m.Message))
		return err
	})
	w.plan(at, func() error {
		m, err := w.chat.Say(user, "platform", "", "The "+trustSecret+" page stands.", 0)
		link := "#platform/" + string(m.Message)
		w.plan(at.Add(time.Minute), func() error { _, err := w.chat.Command(user, "platform", "example "+link); return err })
		return err
	})
}

// consents asks the candidates, as a start does.
func trustCandidates(w *trustWorld) error {
	return w.engine.AskCandidates(context.Background(), w.now)
}

// person reads a person's row.
func (w *trustWorld) person(user chat.UserID) (p store.Person) {
	w.Helper()
	w.turn(func(tx *store.Tx) (err error) { p, _, err = tx.Person("local", user); return err })
	return p
}
