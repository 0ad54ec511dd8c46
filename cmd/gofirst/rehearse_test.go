package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// smallExport writes a Slack export of one room: tom shows something every working day, hal writes a lot, and somebody
// asks on the last day but one.
func smallExport(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	put := func(name string, v any) {
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	type row = map[string]any
	var users []row
	for _, name := range []string{"tom", "hal", "ana"} {
		users = append(users, row{"id": "U" + strings.ToUpper(name), "name": name, "team_id": "T1"})
	}
	put("users.json", users)
	put("channels.json", []row{{"id": "C1", "name": "platform", "created": 1, "members": []string{"UTOM", "UHAL", "UANA"}}})
	first := time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC)
	for day := range 28 {
		at := first.AddDate(0, 0, day)
		if at.Weekday() == time.Saturday || at.Weekday() == time.Sunday {
			continue
		}
		message := func(user string, minute int, text string) row {
			ts := fmt.Sprintf("%d.000100", at.Add(time.Duration(minute)*time.Minute).Unix())
			return row{"type": "message", "user": user, "ts": ts, "text": text, "team": "T1"}
		}
		rows := []row{message("UTOM", 0, "The runners are up."), message("UHAL", 5, "The runners are down."), message("UHAL", 9, "And up.")}
		if day == 24 {
			rows = append(rows, message("UANA", 20, "How do I rotate the signing key?"))
			rows = append(rows, row{"type": "message", "subtype": "channel_join", "user": "UANA", "ts": message("UANA", 10, "")["ts"], "text": "<@UANA> has joined the channel"})
		}
		put("platform/"+at.Format(time.DateOnly)+".json", rows)
	}
	return dir
}

// Groups are chosen from the record, and each message can be read as its reader would have seen it.
func TestRehearseChoosesGroupsAndTellsWhatIsSaid(t *testing.T) {
	t.Parallel()
	said := filepath.Join(t.TempDir(), "said.jsonl")
	var out, problems bytes.Buffer
	args := []string{"rehearse", smallExport(t), "--helpers", "auto", "--leaders", "auto", "--hosts", "auto", "--said", said}
	if code := run(args, &stdio{out: &out, err: &problems, clock: time.Now}); code != exitDone {
		t.Fatalf("exit %d: %s", code, problems.String())
	}
	text, err := os.ReadFile(said)
	if err != nil {
		t.Fatal(err)
	}
	rules := map[string]saidLine{}
	for line := range strings.Lines(string(text)) {
		var l saidLine
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatal(err)
		}
		rules[l.Rule] = l
	}
	for rule, want := range map[string]string{
		"ask the asker":     "Your question in #platform seems still open",
		"invite the leader": "bot here. You",
		"tell a host":       "joined #platform",
	} {
		l, ok := rules[rule]
		if !ok || !strings.Contains(l.Text, want) || l.To == "" || len(l.Buttons) == 0 || strings.Contains(l.Text, "UTOM") || strings.Contains(l.Text, "{") {
			t.Errorf("%s: %+v", rule, l)
		}
	}
	if t.Failed() {
		t.Log(out.String())
	}
}
