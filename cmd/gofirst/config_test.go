package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

func written(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "gofirst.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Both of init's configurations say the same, in their own words.
func TestInitConfigurations(t *testing.T) {
	t.Parallel()
	english, err := readConfig(written(t, string(englishConfig)))
	if err != nil {
		t.Fatal(err)
	}
	french, err := readConfig(written(t, string(frenchConfig)))
	if err != nil {
		t.Fatal(err)
	}
	if english.hours.String() != french.hours.String() || len(english.on) != len(french.on) || english.runs != french.runs ||
		strings.Join(english.people, " ") != strings.Join(french.people, " ") || french.language != "fr" {
		t.Errorf("they differ:\n%+v\n%+v", english, french)
	}
	if got, want := keys(english.groups), keys(french.groups); strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("groups %v and %v", got, want)
	}
}

func TestPathsAreTakenFromTheFile(t *testing.T) {
	t.Parallel()
	path := written(t, "local: {rooms: [help], people: {ana: {}}}\ndatabase: data/bot.db\nkey_file: /run/key\n")
	c, err := readConfig(path)
	if err != nil {
		t.Fatal(err)
	}
	if want := filepath.Join(filepath.Dir(path), "data", "bot.db"); c.database != want || c.keyFile != "/run/key" {
		t.Errorf("database %s, key %s", c.database, c.keyFile)
	}
}

func TestSecret(t *testing.T) {
	t.Setenv("GOFIRST_SLACK_TOKEN", " from-the-environment\n")
	doc, root, err := readDocument(written(t, "token: xoxb-1\ntoken_file: token\n"))
	if err != nil {
		t.Fatal(err)
	}
	s := secret{kind: "slack", name: "token"}
	c := newConfig(doc.file)
	if got, err := s.value(c); got != "from-the-environment" || err != nil {
		t.Errorf("from the environment: %q, %v", got, err)
	}
	readers := map[string]func(value){}
	s.readers(readers)
	root.read(readers)
	if err := doc.err(); err == nil || strings.Contains(err.Error(), "xoxb") || !strings.Contains(err.Error(), "token_file") {
		t.Errorf("a token in the file: %v", err)
	}
	if _, err := s.value(c); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("without the file: %v", err)
	}
	if err := os.WriteFile(c.path("token"), []byte("from-the-file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := s.value(c); got != "from-the-file" || err != nil {
		t.Errorf("from the file: %q, %v", got, err)
	}
}

func TestHidden(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"slack: {token: xoxb-1, rooms: [help]}": "slack: {token: ••••••, rooms: [help]}",
		`  bot_token: "a b"  # mine`:            `  bot_token: •••••  # mine`,
		"token_file: slack.token":               "token_file: slack.token",
		"key_file: gofirst.key":                 "key_file: gofirst.key",
		"Password: é":                           "Password: •",
	} {
		if got := hidden(line); got != want {
			t.Errorf("hidden(%q) = %q, want %q", line, got, want)
		}
	}
}

// Who is new in the configuration enters all rooms, a new room has everybody, and who left stays outside.
func TestLocalChatFollowsTheConfiguration(t *testing.T) {
	t.Parallel()
	l := localChat{rooms: []string{"help"}, people: []chat.Profile{{Handle: "ana"}, {Handle: "tom"}}, me: "ana", file: filepath.Join(t.TempDir(), "chat.jsonl")}
	members := func(during func(console)) map[string]int {
		t.Helper()
		c, err := openLocal(l)(t.Context(), opening{zone: time.UTC, clock: time.Now})
		if err != nil {
			t.Fatal(err)
		}
		during(c.console(seat{in: strings.NewReader(""), out: io.Discard, plain: true}))
		out := map[string]int{}
		for _, room := range l.rooms {
			inside, err := c.adapter.(chat.Directory).Members(t.Context(), chat.ChannelID(room))
			if err != nil {
				t.Fatal(err)
			}
			out[room] = len(inside)
		}
		if _, err := openLocal(l)(t.Context(), opening{zone: time.UTC, clock: time.Now}); err == nil || !strings.Contains(err.Error(), "in use by another gofirst") {
			t.Errorf("opened a second time: %v", err)
		}
		if err := c.close(); err != nil {
			t.Fatal(err)
		}
		return out
	}
	run := func(k console) {
		if err := k.Run(context.Background(), nil); err != nil {
			t.Error(err)
		}
	}
	if got := members(run); got["help"] != 2 {
		t.Errorf("at first: %v", got)
	}
	l.rooms = append(l.rooms, "platform")
	l.people = append(l.people, chat.Profile{Handle: "zoe"})
	if got := members(run); got["help"] != 3 || got["platform"] != 3 {
		t.Errorf("with a new room and person: %v", got)
	}
}
