package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/gofirst/gofirst/bot/chat"
)

func writtenTo(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "gofirst.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// initText is the configuration that init writes.
func initText(t *testing.T, kind, language string) string {
	t.Helper()
	text, err := (&initCmd{kind: kind, Language: language}).config(map[string]string{
		"You": "you@example.org", "Server": "https://chat.example.org", "URL": "https://bot.example.org",
	})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Both of init's configurations say the same, in their own words.
func TestInitConfigurations(t *testing.T) {
	t.Parallel()
	english, err := readConfig(writtenTo(t, initText(t, "local", "en")))
	if err != nil {
		t.Fatal(err)
	}
	french, err := readConfig(writtenTo(t, initText(t, "local", "fr")))
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
	path := writtenTo(t, "local: {rooms: [help], people: {ana: {}}}\ndatabase: data/bot.db\nkey_file: /run/key\n")
	c, err := readConfig(path)
	if err != nil {
		t.Fatal(err)
	}
	if want := filepath.Join(filepath.Dir(path), "data", "bot.db"); c.database != want || c.keyFile != "/run/key" {
		t.Errorf("database %s, key %s", c.database, c.keyFile)
	}
}

func TestSecret(t *testing.T) {
	t.Setenv("GOFIRST_SLACK_EU_BOT_TOKEN", " from-the-environment\n")
	doc, root, err := readDocument(writtenTo(t, "bot_token: xoxb-1\nbot_token_file: token\n"))
	if err != nil {
		t.Fatal(err)
	}
	c := newConfig(doc.file)
	s := &secret{connection: "slack-eu", name: "bot_token"}
	wants := func(value string, changed bool) {
		t.Helper()
		if got, err := s.read(); got != changed || err != nil || s.value() != value {
			t.Errorf("changed %t, %q, %v; want %t, %q", got, s.value(), err, changed, value)
		}
	}
	wants("from-the-environment", true)
	wants("from-the-environment", false)
	readers := map[string]func(value){}
	s.readers(c, readers)
	root.read(readers)
	if err := doc.err(); err == nil || strings.Contains(err.Error(), "xoxb") || !strings.Contains(err.Error(), "bot_token_file") {
		t.Errorf("a token in the file: %v", err)
	}
	if _, err := s.read(); !errors.Is(err, os.ErrNotExist) || s.value() != "from-the-environment" {
		t.Errorf("without the file: %v; known is %q", err, s.value())
	}
	put := func(text string) {
		t.Helper()
		if err := os.WriteFile(c.path("token"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put("from-the-file\n")
	wants("from-the-file", true)
	put("from-the-file")
	wants("from-the-file", false)
	put("another")
	wants("another", true)
	put(" \n")
	if _, err := s.read(); err == nil || s.value() != "another" {
		t.Errorf("an empty file: %v; known is %q", err, s.value())
	}
}

func TestASecretThatOthersCanRead(t *testing.T) {
	t.Parallel()
	s := &secret{path: filepath.Join(t.TempDir(), "token")}
	for mode, open := range map[os.FileMode]bool{0o600: false, 0o400: false, 0o640: true, 0o604: true, 0o644: true} {
		if err := os.WriteFile(s.path, []byte("x"), mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(s.path, mode); err != nil {
			t.Fatal(err)
		}
		if s.open() != open {
			t.Errorf("%o: %t", mode, s.open())
		}
		if err := os.Remove(s.path); err != nil {
			t.Fatal(err)
		}
	}
	if (&secret{}).open() {
		t.Error("a secret without a file is open")
	}
}

// Three lines are a whole configuration.
func TestTheShortestConfiguration(t *testing.T) {
	t.Parallel()
	c, err := readConfig(writtenTo(t, `slack:     {app_token_file: app.token, bot_token_file: bot.token}
stewards:  [you@example.org]
language:  en
`))
	if err != nil {
		t.Fatal(err)
	}
	if len(c.connections) != 1 || c.connections[0].name != "slack" || c.connections[0].doors || !c.connections[0].remote || !c.anywhere {
		t.Errorf("%+v", c.connections)
	}
	if c.listen != "127.0.0.1:8321" || c.hooks("slack") != "" {
		t.Errorf("listen %q, hooks %q", c.listen, c.hooks("slack"))
	}
}

func TestManyConnections(t *testing.T) {
	t.Parallel()
	c, err := readConfig(writtenTo(t, `
url: https://bot.example.org/
slack:
  - {name: eu, signing_secret_file: s, bot_token_file: b}
  - {name: us-2, app_token_file: a, bot_token_file: b}
mattermost: {name: mm, server: "http://chat.internal:8065/sub/", token_file: t, teams: [core]}
discord: {token_file: t, public_key: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789ABCDEF}
local: {rooms: [help], people: {ana: {}}}
`))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, conn := range c.connections {
		got = append(got, fmt.Sprint(conn.name, " ", conn.kind, " ", conn.doors, " ", conn.remote))
	}
	want := []string{"eu slack true true", "us-2 slack false true", "mm mattermost true true", "discord discord true true", "local local false false"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if c.hooks("eu") != "https://bot.example.org/hooks/eu" {
		t.Error(c.hooks("eu"))
	}
}

func TestIsNear(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]bool{
		"localhost": true, "127.0.0.1": true, "::1": true, "10.1.2.3": true, "192.168.0.9": true, "169.254.1.1": true,
		"mattermost": true, "chat.internal": true, "Chat.Local.": true, "bot.localhost": true,
		"chat.example.org": false, "8.8.8.8": false, "internal.example.org": false, "": false, "2001:db8::1": false,
	} {
		if isNear(host) != want {
			t.Errorf("%q: %t", host, !want)
		}
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
		"server: https://ana:pw@chat.example":   "server: https://••••••@chat.example",
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
