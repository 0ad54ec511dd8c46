package bot_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/playbooks"
)

// TestNothingOfSecretsOrSilence lets an office live for some weeks with each of the playbooks, in which every text holds
// a secret and two people never answer, and then looks for both wherever something is kept.
func TestNothingOfSecretsOrSilence(t *testing.T) {
	t.Parallel()
	for _, b := range trustBooks(t) {
		t.Run(b.ID, func(t *testing.T) {
			t.Parallel()
			nothingOfSecretsOrSilence(t, b)
		})
	}
}

func nothingOfSecretsOrSilence(t *testing.T, b *playbooks.Playbook) {
	w := newTrustWorld(t, filepath.Join(t.TempDir(), "gofirst.db"), []string{"platform", "help"}, trustPeople(), func(w *trustWorld) {
		w.set = func(o *bot.Options) {
			o.Groups = []bot.Group{{Role: "leader", Names: []string{"camellia", "nobody-of-this-name"}}}
		}
		w.fill = only(b.ID)
	})
	defer func() { w.close() }()
	w.must(trustCandidates(w))
	trustOffice(w, trustWeeks)
	trustOccasions(w, b.ID)
	for week := range trustWeeks {
		w.live(trustMonday().AddDate(0, 0, 7*(week+1)))
		w.nowhere(fmt.Sprint("after week ", week+1), w.private()...)
	}
	w.wasAsked(b)
	if !strings.Contains(w.log.String(), "nobody of this name") {
		t.Error("nothing was logged: the test looks in the wrong place")
	}
	if len(w.traceFiles(trustGiven)) == 0 {
		t.Error("given words are not in the file: the test looks in the wrong place")
	}
	w.tracesNameNobody()
	w.nowhere("at the end", w.private()...)
	w.close()
	w.nowhere("after the end", w.private()...)
	w.open()
}

const trustWeeks = 5

// private is all that must be nowhere: what people wrote, and whoever they are.
func (w *trustWorld) private() []string {
	out := []string{trustSecret}
	for _, p := range trustPeople() {
		out = append(out, string(p.User), p.Handle)
	}
	for week := range trustWeeks {
		out = append(out, fmt.Sprintf("U0QNEW%c", 'A'+week), fmt.Sprintf("newt%c", 'a'+week))
	}
	return out
}

// nowhere looks for words in the files of the store, row by row, and in the log. A handle that somebody wrote among the
// words that they gave does not occur in this office.
func (w *trustWorld) nowhere(when string, words ...string) {
	w.Helper()
	for _, word := range words {
		if files := w.traceFiles(word); len(files) > 0 {
			w.Errorf("%s %q stands in %v%s", when, word, files, w.whereIs(word))
		}
		if strings.Contains(strings.ToLower(w.log.String()), strings.ToLower(word)) {
			w.Errorf("%s %q stands in the log", when, word)
		}
	}
}

// whereIs names the columns that hold a word.
func (w *trustWorld) whereIs(word string) (out string) {
	for _, r := range w.rows() {
		for column, value := range r.cols {
			if strings.Contains(strings.ToLower(value), strings.ToLower(word)) {
				out += fmt.Sprintf("\n  %s.%s: %s", r.table, column, r.line)
			}
		}
	}
	return out
}

// traceFiles says in which of the database's files a word stands, in whatever case.
func (w *trustWorld) traceFiles(word string) (files []string) {
	for _, end := range []string{"", "-wal", "-shm", "-journal"} {
		raw, err := os.ReadFile(w.path + end)
		if err == nil && bytes.Contains(bytes.ToLower(raw), []byte(strings.ToLower(word))) {
			files = append(files, "db"+end)
		}
	}
	return files
}

// wasAsked wants every rule that speaks to people in private to have spoken: to the silent one, where it is for a role,
// and else to somebody who never answers it.
func (w *trustWorld) wasAsked(b *playbooks.Playbook) {
	w.Helper()
	told := map[string]map[chat.UserID]bool{}
	for _, tr := range w.traces {
		if tr.Step == bot.Said && tr.Playbook == b.ID {
			if told[tr.Rule] == nil {
				told[tr.Rule] = map[chat.UserID]bool{}
			}
			told[tr.Rule][tr.Person] = true
		}
	}
	for _, r := range b.Rules {
		for _, a := range r.Do {
			tell, private := a.(playbooks.Tell)
			toRole := tell.Whom == "picked" || tell.Whom == "leader"
			if private && (len(told[r.Name]) == 0 || toRole && !told[r.Name][uSil]) {
				w.Errorf("the rule %q told %v", r.Name, told[r.Name])
			}
		}
	}
	if n := w.told(uCam)["consent"]; n != 1 {
		w.Errorf("the silent candidate was asked %d times", n)
	}
}

// tracesNameNobody: a trace may say who is spoken to and whose message it is about, and nothing else of anybody.
func (w *trustWorld) tracesNameNobody() {
	w.Helper()
	if len(w.traces) == 0 {
		w.Error("nothing was traced")
	}
	for _, tr := range w.traces {
		tr.Person, tr.Author = "", ""
		if !tr.At.IsZero() && tr.Step != bot.Said && tr.Step != bot.Held && tr.Step != bot.Dropped && tr.ID != 0 {
			w.Errorf("a trace that speaks to nobody names a person: %+v", tr)
		}
		tr.ID = 0
		text := strings.ToLower(fmt.Sprintf("%+v", tr))
		for _, word := range append(w.private(), trustGiven) {
			if strings.Contains(text, strings.ToLower(word)) {
				w.Errorf("%q is in the trace %s", word, text)
			}
		}
	}
}

// TestGivenWordsGo: what was given to the bot is in the file, and after "undo" and "me forget yes" it is in none of its
// files any more, nor is who gave it.
func TestGivenWordsGo(t *testing.T) {
	t.Parallel()
	const team, why, practice = "the quincequartet", "figsandfalcons", "plumplanetarium"
	given := []string{trustGiven, team, why, practice}
	for _, c := range []struct {
		name string
		end  func(*trustWorld) error
	}{
		{"undo", func(w *trustWorld) error {
			for _, what := range []string{"", "", "", " #help/" + w.marked} {
				if _, err := w.chat.Tell(uAna, "undo"+what); err != nil {
					return err
				}
			}
			return nil
		}},
		{"me forget yes", func(w *trustWorld) error { _, err := w.chat.Tell(uAna, "me forget yes"); return err }},
		{"me forget yes, in a room", func(w *trustWorld) error { _, err := w.chat.Command(uAna, "help", "me forget yes"); return err }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newTrustWorld(t, filepath.Join(t.TempDir(), "gofirst.db"), []string{"platform", "help"}, trustPeople(), nil)
			defer func() { w.close() }()
			w.live(trustMonday().Add(9 * time.Hour))
			say := func(do func() error) { t.Helper(); w.must(do()); w.live(w.now.Add(time.Minute)) }
			say(func() error { _, err := w.chat.Say(uAna, "platform", "", "Good morning.", 0); return err })
			say(func() error { _, err := w.chat.Say(uAna, "help", "", "Good morning.", 0); return err })
			say(func() error {
				_, err := w.chat.Tell(uAna, "share #platform lesson never on a Friday "+trustGiven+" because "+why)
				return err
			})
			say(func() error { return w.press(uAna, "post") })
			say(func() error {
				_, err := w.chat.Command(uAna, "help", "thanks @halibut and "+team+" for the "+trustGiven)
				return err
			})
			say(func() error {
				_, err := w.chat.Command(uAna, "help", "ask Who has the "+trustGiven+" key?")
				return err
			})
			m, err := w.chat.Say(uAna, "help", "", "A page about keys.", 0)
			w.must(err)
			w.marked = string(m.Message)
			say(func() error {
				_, err := w.chat.Command(uAna, "help", fmt.Sprintf("example #help/%s %s", m.Message, practice))
				return err
			})
			for _, word := range given {
				if len(w.traceFiles(word)) == 0 {
					t.Errorf("%q is not in the file: the test looks in the wrong place", word)
				}
			}
			say(func() error { return c.end(w) })
			for _, word := range given {
				if files := w.traceFiles(word); len(files) > 0 {
					t.Errorf("%q still stands in %v%s", word, files, w.whereIs(word))
				}
			}
			for _, word := range w.names(uAna) {
				if c.name != "undo" && slices.ContainsFunc(w.rows(), func(r trustRow) bool { return r.holds(word) }) {
					t.Errorf("the giver is still named%s", w.whereIs(word))
				}
			}
			w.nowhere(c.name, string(uAna), w.chat.PersonName(uAna))
		})
	}
}
