package replay_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/gofirst/gofirst/adapters/local"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/replay"
	"github.com/gofirst/gofirst/playbooks"
)

// stage is a local chat as transcripts see it.
type stage struct{ *local.Chat }

func newStage(now func() time.Time) replay.Stage { return stage{local.New(local.Options{Now: now})} }

func (s stage) Adapter() chat.Adapter { return s.Connect() }

func (s stage) Said() (all []replay.Said) {
	for _, p := range s.Posts() {
		form := p.Kind == local.FormOpened
		if !p.Bot || p.Kind != local.Said && !form {
			continue
		}
		all = append(all, replay.Said{
			At: p.Time, To: p.To, Channel: p.Channel, Message: p.Message, Under: p.Answers,
			Answer: p.Key == "" && !form, Form: form, Reply: p.Reply, Text: p.Text, Buttons: p.Buttons,
		})
	}
	return all
}

func options(t testing.TB) replay.PlayOptions {
	all, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return replay.PlayOptions{Stage: newStage, Playbooks: all}
}

// TestTranscripts plays the transcripts of the playbooks that come with gofirst, and holds that each playbook has,
// in each language, a scene for each way in which people can take it, and one in which the bot says nothing at all.
func TestTranscripts(t *testing.T) {
	o := options(t)
	all, broken, err := replay.ReadDir(os.DirFS(filepath.Join("..", "..", "playbooks")))
	if err != nil || len(all) == 0 {
		t.Fatalf("no transcripts: %v", err)
	}
	for _, b := range broken {
		t.Error(b.Err)
	}
	outcomes := make([]replay.Outcome, len(all))
	t.Run("scenes", func(t *testing.T) {
		for i, one := range all {
			t.Run(filepath.Base(one.File)+"/"+one.Title, func(t *testing.T) {
				t.Parallel()
				outcomes[i] = played(t, one, o)
				if outcomes[i].Err != nil {
					t.Error(outcomes[i].Err)
				}
			})
		}
	})
	for _, p := range o.Playbooks {
		for _, language := range []string{"", ".fr"} {
			file := "testdata/" + p.ID + language + ".txt"
			for _, way := range replay.Ways {
				if !slices.ContainsFunc(all, func(one replay.Transcript) bool { return one.File == file && one.Way == way }) {
					t.Errorf("%s has no scene of the way %q", file, way)
				}
			}
			if !slices.ContainsFunc(outcomes, func(r replay.Outcome) bool { return r.File == file && r.Spoke == 0 && r.Err == nil }) {
				t.Errorf("%s has no scene in which the bot says nothing at all", file)
			}
		}
	}
}

func played(t *testing.T, one replay.Transcript, o replay.PlayOptions) replay.Outcome {
	out, err := replay.Play(t.Context(), one, o)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestFailures makes transcripts go otherwise than written, and wants it told so that somebody can act on it.
func TestFailures(t *testing.T) {
	const asked = head + "Mon 09:00  ana → #help  How do I rotate the signing key?\n"
	for _, one := range []struct{ name, text, want string }{
		{"said too late", asked + "Mon 12:00  bot → @ana  … still open …", `
t.txt:5:
  Mon 12:00 bot → @ana … still open …
  but the bot said nothing
  decided before that:
    Mon 09:00  heard  (of ana, q1)`},
		{"said to somebody else", asked + "Mon 13:00  bot → @hal  … still open …", `
t.txt:5:
  Mon 13:00 bot → @hal … still open …
  but the bot spoke → @ana, not → @hal
    Mon 13:00  bot → @ana  Bot here. Your question in #help seems still open: …  [yes] [found] [leave]
  decided before that:
    Mon 09:00  heard  (of ana, q1)
    Mon 13:00  question-rescue/ask the asker: rule_fired  (of ana, q1)
    Mon 13:00  question-rescue/ask one helper at once: condition_false  (of ana, q1)
    Mon 13:00  question-rescue/ask the asker, said: no_coin  (of ana, to ana, q1)`},
		{"other words", asked + "Mon 13:00  bot → @ana  … quietly … still open …", `
t.txt:5:
  Mon 13:00 bot → @ana … quietly … still open …
  but "still open" stands before "quietly", not after it`},
		{"words that are nearly there", asked + "Mon 13:00  bot → @ana  … Shall I quickly ask one person …", `
t.txt:5:
  Mon 13:00 bot → @ana … Shall I quickly ask one person …
  but "Shall I quickly ask one person" is not in it; the nearest is "Shall I quietly ask one person"`},
		{"words that are not there at all", asked + "Mon 13:00  bot → @ana  … the weather …", `
t.txt:5:
  Mon 13:00 bot → @ana … the weather …
  but "the weather" is not in it
    Mon 13:00`},
		{"other buttons", asked + "Mon 13:00  bot → @ana  … still open …  [yes] [no]", `
t.txt:5:
  Mon 13:00 bot → @ana … still open … [yes] [no]
  but its buttons are [yes] [found] [leave]`},
		{"no silence", asked + "Mon 13:00  silence", `
t.txt:5:
  Mon 13:00 silence
  but the bot said`},
		{"something left out", asked + "Mon 13:00  bot → @ana\nMon 15:00  ana deletes", `
t.txt:6:
  Mon 15:00 ana deletes
  before this line the bot said what no line tells
    Mon 14:00  bot → @hal`},
		{"an end that leaves something out", asked + "Mon 13:00  ana ↳ ana  Thanks, found it.", `
t.txt:5:
  Mon 13:00 ana ↳ ana Thanks, found it.
  the transcript ends without telling what the bot said`},
		{"a button that is not there", asked + "Mon 13:00  bot → @ana\nMon 13:00  hal presses yes", `
t.txt:6:
  Mon 13:00 hal presses yes
  nothing that hal can see has a button [yes]`},
		{"what cannot be done", head + "Mon 09:00  ana joins #help\nMon 09:00  ana joins #help", `
t.txt:5:
  Mon 09:00 ana joins #help
  this cannot be done: ana is already in #help`},
		{"a playbook that is none", "playbook  question-rescu\nMon 09:00  silence", `
t.txt:1:
  playbook  question-rescu
  there is no such playbook`},
		{"a setting that is none", "rooms  #help\nplaybook  question-rescue  patience: none\nMon 09:00  silence", `
t.txt:2:
  playbook  question-rescue
  enable question-rescue: question-rescue: the setting "patience": is one of eager, normal, patient, not "none"`},
	} {
		t.Run(one.name, func(t *testing.T) {
			t.Parallel()
			all, err := replay.Parse("t.txt", []byte(one.text))
			if err != nil {
				t.Fatal(err)
			}
			out := played(t, all[0], options(t))
			if out.Err == nil {
				t.Fatal("goes as written")
			}
			if want := strings.TrimPrefix(one.want, "\n"); !reads(out.Err.Error(), want) {
				t.Errorf("reads\n%s\nnot\n%s", out.Err, want)
			}
		})
	}
}

// reads reports whether a text begins with what is wanted; an … stands for anything.
func reads(text, want string) bool {
	for i, part := range strings.Split(want, "…") {
		part = strings.Trim(part, " ")
		at := strings.Index(text, part)
		if at < 0 || i == 0 && at > 0 {
			return false
		}
		text = text[at+len(part):]
	}
	return true
}

// TestTestDir plays a community's folder: its own playbook in the place of a built-in one, a transcript that passes,
// one that does not, and one that cannot be read.
func TestTestDir(t *testing.T) {
	own, err := playbooks.Source("question-rescue")
	if err != nil {
		t.Fatal(err)
	}
	dir := fstest.MapFS{
		"question-rescue.yaml":  {Data: []byte(strings.Replace(string(own), "Bot here.", "It is the bot.", 1))},
		"own.txt":               {Data: []byte(head + "Mon 09:00  ana → #help  How do I rotate the key?\nMon 13:00  bot → @ana  It is the bot. …")},
		"red.txt":               {Data: []byte(head + "\nscene  Said\nMon 09:00  bot → @ana  …")},
		"testdata/unread.txt":   {Data: []byte(head + "Mon 9:00  silence")},
		"testdata/notes.md":     {Data: []byte("no transcript")},
		"testdata/a/b/deep.txt": {Data: []byte("too deep")},
	}
	outcomes, err := replay.TestDir(t.Context(), dir, options(t))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, o := range outcomes {
		got = append(got, fmt.Sprintf("%s:%d %q spoke %d, red %v", o.File, o.Line, o.Title, o.Spoke, o.Err != nil))
	}
	want := []string{
		`own.txt:1 "" spoke 1, red false`,
		`red.txt:5 "Said" spoke 0, red true`,
		`testdata/unread.txt:4 "cannot be read" spoke 0, red true`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
