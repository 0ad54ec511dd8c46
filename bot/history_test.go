package bot_test

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gofirst/gofirst/adapters/local"
	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/store"
)

// TestHistory: what was changed, from what to what, by whose hand; ten at a time, for everybody.
func TestHistory(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	s.enable("restitution", map[string]any{"rooms": []string{"#help"}, "least": "2"})
	one(s, s.command("tom", "playbook enable question-rescue in #help now"))
	one(s, s.command("tom", "playbook enable question-rescue in #platform patience eager now"))
	one(s, s.command("tom", "playbook dryrun share-first"))
	s.command("tom", "halt question-rescue")
	text := one(s, s.command("ana", "playbook history"))
	has(s, text, "a steward: question-rescue set; patience eager; rooms from #help to #help, #platform",
		"the configuration file: restitution on; least 2; rooms #help", "a steward: question-rescue made quiet", "a steward: share-first in shadow; rooms #platform")
	hasNot(s, text, "tom", "broken", "goes on")
	has(s, one(s, s.command("zoe", "scénario historique question-rescue")), "l'intendance : question-rescue réglé", "rooms de #help à #help, #platform")
	for i := range 12 {
		one(s, s.command("tom", fmt.Sprintf("playbook set restitution least %d now", i+3)))
	}
	has(s, one(s, s.command("ana", "playbook history restitution")), "least from 13 to 14", "least from 4 to 5", "/gofirst playbook history restitution 2 goes on")
	text = one(s, s.command("ana", "playbook history restitution 2"))
	has(s, text, "least from 3 to 4", "restitution on")
	hasNot(s, text, "goes on")
	has(s, one(s, s.command("ana", "playbook history 9")), "Nothing was changed here")
}

// TestABrokenChainIsSaid: an entry that does not follow from the ones before it.
func TestABrokenChainIsSaid(t *testing.T) {
	t.Parallel()
	s, path := newOffice(t), filepath.Join(t.TempDir(), "bot.db")
	key, err := store.NewKey(bytes.NewReader(bytes.Repeat([]byte{7}, 64)))
	s.must(err)
	s.must(s.store.Close())
	s.store, err = store.Open(t.Context(), path, key)
	s.must(err)
	s.engine = s.newEngine(bot.Options{NoNotice: true, Stewards: []bot.Steward{{Name: "@tom"}}})
	one(s, s.command("tom", "playbook enable question-rescue now"))
	one(s, s.command("tom", "playbook disable question-rescue"))
	hasNot(s, one(s, s.command("ana", "playbook history")), "broken")
	db, err := sql.Open("sqlite", path)
	s.must(err)
	_, err = db.Exec(`UPDATE chain SET data = replace(data, '"off"', '"settings"')`)
	s.must(errors.Join(err, db.Close()))
	has(s, one(s, s.command("ana", "playbook history")), "The chain of these entries is broken")
}

// TestAHaltIsSeen by everybody on every page, and posted only where it was given, unless it is said aloud.
func TestAHaltIsSeen(t *testing.T) {
	t.Parallel()
	s := newOffice(t)
	s.enable("question-rescue", map[string]any{"rooms": []string{"#help", "#platform"}})
	s.enable("restitution", map[string]any{"rooms": []string{"#help"}})
	s.wants(s.told("tom", "halt"), "tom: `halt aloud` says it in the rooms, too")
	for _, say := range []string{"help", "help leaders", "questions", "spread", "playbook list"} {
		has(s, one(s, s.command("ana", say)), "A steward has made me quiet for now")
	}
	has(s, one(s, s.command("zoe", "questions")), "L'intendance m'a fait taire pour l'instant")
	page, _ := s.homeOf("ana", "h1")
	has(s, page, "A steward has made me quiet for now")
	s.command("tom", "halt end")
	got := s.told("tom", "halt restitution aloud")
	s.wants(got, "room: restitution", "tom: said once in each room")
	if got[0].Channel != "help" {
		t.Errorf("said in %s", got[0].Channel)
	}
	has(s, one(s, s.command("ana", "halt")), "A steward has made restitution quiet for now")
	s.command("tom", "halt end")
	if got := s.command("tom", "halte publiquement"); len(got) != 3 || rooms(got) != "platform help" {
		t.Errorf("said in %q", rooms(got))
	}
}

func rooms(posts []local.Post) string {
	var out []string
	for _, p := range posts {
		if !p.Private {
			out = append(out, string(p.Channel))
		}
	}
	return strings.Join(out, " ")
}
