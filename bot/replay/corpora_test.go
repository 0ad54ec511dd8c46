package replay_test

import (
	"archive/zip"
	"bufio"
	"context"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/export"
	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/replay"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// corpus gives a file of the folder of real chats; without the folder the test is skipped, without the file it fails.
func corpus(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("GOFIRST_CORPORA")
	if dir == "" {
		t.Skip("set GOFIRST_CORPORA to the absolute path of a folder with real chats")
	}
	path := filepath.Join(dir, name)
	if _, err := os.Stat(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func rehearse(t *testing.T, path string, o replay.Options) (*replay.Result, *export.Adapter) {
	t.Helper()
	record, err := export.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { record.Close() })
	if o.Playbooks, err = playbooks.Builtin(); err != nil {
		t.Fatal(err)
	}
	if o.Week, err = calendar.ParseTimetable("Mon-Fri 08:00-20:00"); err != nil {
		t.Fatal(err)
	}
	if o.Store, err = store.OpenWith(t.Context(), ":memory:", store.Key{}, rand.NewChaCha8([32]byte{})); err != nil {
		t.Fatal(err)
	}
	defer o.Store.Close()
	result, err := replay.Rehearse(t.Context(), record, o)
	if err != nil {
		t.Fatal(err)
	}
	return result, record
}

// TestHelpChannels rehearses three years of help channels: the bot has something to say, never too often, and what it
// sees of replies agrees with what people wrote down about each topic.
func TestHelpChannels(t *testing.T) {
	t.Parallel()
	path := corpus(t, "slack-export-lean-help-2020-2022.zip")
	r, record := rehearse(t, path, replay.Options{AutoHelpers: true, Topics: true})
	if r.Messages != 114952 {
		t.Errorf("read %d messages", r.Messages)
	}
	if r.Nudges.Total <= 100 || r.Nudges.Max > 2 || r.Nudges.Day > 1 {
		t.Errorf("%d nudges, at most %d in seven days and %d in one", r.Nudges.Total, r.Nudges.Max, r.Nudges.Day)
	}
	matched, agree := agreement(t, r, record, corpus(t, "threads/lean-topics.jsonl"))
	if matched < 5000 || float64(agree) < 0.99*float64(matched) {
		t.Errorf("of %d topics %d agree on whether anybody replied", matched, agree)
	}
}

func agreement(t *testing.T, r *replay.Result, record *export.Adapter, labels string) (matched, agree int) {
	t.Helper()
	seen := map[string]replay.Topic{}
	for _, topic := range r.Topics {
		room, err := record.Channel(context.Background(), topic.Channel)
		if err != nil {
			t.Fatal(err)
		}
		seen[room.Name+" "+string(topic.Message)] = topic
	}
	file, err := os.Open(labels)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<22)
	for lines.Scan() {
		var label struct {
			Channel, TS string
			Answered    bool `json:"answered_by_other"`
		}
		if err := json.Unmarshal(lines.Bytes(), &label); err != nil {
			t.Fatal(err)
		}
		topic, ok := seen[label.Channel+" "+label.TS]
		if !ok {
			continue
		}
		matched++
		if topic.Replied == label.Answered {
			agree++
		}
	}
	return matched, agree
}

const chair = "U4ZG2OPBPWQ"

// TestMonthlyMeetings invites the chair of meetings on first and third Mondays: only in weeks in which people wrote, on
// the day of the meeting, and not after a share of the chair's own.
func TestMonthlyMeetings(t *testing.T) {
	t.Parallel()
	path := corpus(t, "slack-export-owasp-crs.zip")
	invited := invitations(t, path)
	if len(invited) < 20 {
		t.Errorf("only %d invitations", len(invited))
	}
	days := busyDays(t, path)
	for _, at := range invited {
		if !days[calendar.DateOf(at, time.UTC)] {
			t.Errorf("invited at %v, a day on which nobody wrote", at)
		}
	}
	planted := plant(t, path, invited[4].AddDate(0, 0, -5))
	for _, at := range invitations(t, planted) {
		if at.Equal(invited[4]) {
			t.Errorf("invited at %v, five days after a share", at)
		}
	}
}

func invitations(t *testing.T, path string) (out []time.Time) {
	t.Helper()
	r, _ := rehearse(t, path, replay.Options{Only: []string{"share-first"}, Leaders: []string{chair}})
	for _, played := range r.Playbooks {
		for _, s := range played.Sample {
			if s.Rule == "invite the leader" {
				out = append(out, s.Time)
			}
		}
	}
	return out
}

func busyDays(t *testing.T, path string) map[calendar.Date]bool {
	t.Helper()
	record, err := export.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer record.Close()
	days := map[calendar.Date]bool{}
	err = record.Run(t.Context(), nil, func(_ context.Context, ev chat.Event) error {
		if ev.Head().Actor.Human() {
			days[calendar.DateOf(ev.Head().Time, time.UTC)] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return days
}

// plant adds a day on which the chair shows something.
func plant(t *testing.T, path string, at time.Time) string {
	t.Helper()
	from, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	planted := filepath.Join(t.TempDir(), "planted.zip")
	file, err := os.Create(planted)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	to := zip.NewWriter(file)
	for _, f := range from.File {
		if err := to.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
	w, err := to.Create("coreruleset/" + at.Format(time.DateOnly) + ".json")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Repeat("half a plan that still looks wrong to me ", 6)
	ts := strconv.FormatInt(at.Unix(), 10) + ".000100"
	if err := json.NewEncoder(w).Encode([]map[string]string{{"type": "message", "user": chair, "text": text, "ts": ts}}); err != nil {
		t.Fatal(err)
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return planted
}
