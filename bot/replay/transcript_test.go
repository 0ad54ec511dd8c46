package replay_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gofirst/gofirst/bot/replay"
	"github.com/gofirst/gofirst/playbooks"
)

const head = "people  ana  hal: helper\nrooms  #help\nplaybook  question-rescue\n"

// TestMistakes makes one mistake after the other and wants it told with its place.
func TestMistakes(t *testing.T) {
	for _, one := range []struct{ name, text, want string }{
		{"an unknown person", head + "Mon 09:00  bea → #help  Hello", `
t.txt:4:12: "bea" is none of the people
  Mon 09:00  bea → #help  Hello
             ^`},
		{"an unknown room", head + "Mon 09:00  ana → #hlep  Hello", `
t.txt:4:18: "#hlep" is none of the rooms
  Mon 09:00  ana → #hlep  Hello
                   ^`},
		{"an unknown deed", head + "Mon 09:00  ana presse yes", `
t.txt:4:16: ana does what? There are →, ↳, chooses, deletes, edits, in, joins, leaves, presses, reacts, submits, takes
  Mon 09:00  ana presse yes
                 ^`},
		{"a time that goes back", head + "Tue 09:00  ana deletes\nTue 08:59  silence", `
t.txt:5:1: times never go back, and the line before is of Tue 3 March 09:00; for a week on, write "later 7 days" above
  Tue 08:59  silence
  ^`},
		{"no time", head + "Mon 9h  silence", `
t.txt:4:5: "9h" is no time; one reads 09:00
  Mon 9h  silence
      ^`},
		{"neither a time nor a heading", head + "ana → #help  Hello", `
t.txt:4:1: a line begins with a time (Mon 09:00), "later 14 days", or one of people, rooms, playbook, scene
  ana → #help  Hello
  ^`},
		{"a role that is none", "people  ana  hal: healer\n", `
t.txt:1:18: "healer" is no role, language, tu, vous, or zone; roles are steward, leader, helper, host, ambassador, observer
  people  ana  hal: healer
                   ^`},
		{"a setting without a value", "playbook  question-rescue  eager\nMon 09:00 silence", `
t.txt:1:28: a setting reads "name: value", and settings stand two spaces apart
  playbook  question-rescue  eager
                             ^`},
		{"a heading too late", head + "Mon 09:00  silence\nzone  Europe/Paris", `
t.txt:5:1: "zone" comes before what happens
  zone  Europe/Paris
  ^`},
		{"words after silence", head + "Mon 09:00  silence, please", `
t.txt:4:12: "silence," is none of the people
  Mon 09:00  silence, please
             ^`},
		{"a mistake in a second line", head + "Mon 09:00  ana submits\n    what it is", `
t.txt:4:23: a form is filled like this: what=A sketch why=It helps
  Mon 09:00  ana submits
                        ^`},
		{"nothing", "# A title\n", `
t.txt: nothing happens in this transcript`},
		{"an empty scene", head + "scene  One\nscene  Two\nMon 09:00  silence", `
t.txt:4:1: nothing happens in this scene
  scene  One
  ^`},
	} {
		t.Run(one.name, func(t *testing.T) {
			_, err := replay.Parse("t.txt", []byte(one.text))
			if err == nil {
				t.Fatal("is read")
			}
			if diff := cmp.Diff(strings.TrimPrefix(one.want, "\n"), err.Error()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// FuzzParse holds that no text breaks the parser, and that every mistake has its place within the text.
func FuzzParse(f *testing.F) {
	names, err := filepath.Glob(filepath.Join("..", "..", "playbooks", "testdata", "*.txt"))
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte(head + "Mon 09:00  ana → #help  Hello\n  again\nlater 2 weeks\nMon 09:01  bot ↳ ana  … Hi … [yes] [no]"))
	f.Add([]byte(head + "2026-03-17 09:00  ana in #help: /gofirst stop\n 09:01 ana [stop]\n09:01 silence"))
	f.Fuzz(func(t *testing.T, text []byte) {
		_, err := replay.Parse("t.txt", text)
		var joined interface{ Unwrap() []error }
		if err == nil || !errors.As(err, &joined) {
			return
		}
		lines := strings.Count(string(text), "\n") + 1
		for _, one := range joined.Unwrap() {
			if p := one.(*playbooks.Problem); p.Line > lines || p.Line > 0 && p.Column < 1 {
				t.Errorf("a mistake outside the text of %d lines: %v", lines, p)
			}
		}
	})
}
