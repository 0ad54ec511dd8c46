package export

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// benchFile is the export that the benchmarks read: a real one where GOFIRST_CORPORA is set, else one made
// up of the shapes that real ones have.
func benchFile(b *testing.B) string {
	b.Helper()
	if os.Getenv("GOFIRST_CORPORA") != "" {
		return corpus(b, firstOf(os.Getenv("GOFIRST_BENCH"), "slack-export-lean-help-2020-2022.zip"))
	}
	path := filepath.Join(b.TempDir(), "made-up.zip")
	if err := os.WriteFile(path, madeUp(20, 60, 40), 0o600); err != nil {
		b.Fatal(err)
	}
	return path
}

// madeUp packs an export of so many channels, days and messages a day.
func madeUp(channels, days, messages int) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	write := func(name string, v any) {
		w, _ := z.Create(name)
		_ = json.NewEncoder(w).Encode(v)
	}
	type object = map[string]any
	var users, rooms []object
	for i := range 50 {
		users = append(users, object{"id": fmt.Sprintf("U%03d", i), "team_id": "T1", "name": fmt.Sprintf("member%d", i)})
	}
	for c := range channels {
		rooms = append(rooms, object{"id": fmt.Sprintf("C%03d", c), "name": fmt.Sprintf("room%d", c)})
	}
	write("users.json", users)
	write("channels.json", rooms)
	words := strings.Fields("how can the build be made to wait for `make test` when <@U001> is away? &gt; see <https://example.org/a|the page>")
	for c := range channels {
		for d := range days {
			day := time.Date(2024, 1, 1+d, 8, 0, 0, 0, time.UTC)
			var rows []object
			root := ""
			for m := range messages {
				ts := fmt.Sprintf("%d.%06d", day.Unix()+int64(m*600+r.IntN(600)), m)
				var text []string
				for range 5 + r.IntN(60) {
					text = append(text, words[r.IntN(len(words))])
				}
				row := object{"type": "message", "user": fmt.Sprintf("U%03d", r.IntN(50)), "text": strings.Join(text, " ") + "\n", "ts": ts}
				if root == "" || r.IntN(4) == 0 {
					root = ts
					row["reply_count"], row["reply_users"] = 3, []string{"U001", "U002"}
				} else {
					row["parent_user_id"] = "U001"
				}
				row["thread_ts"] = root
				rows = append(rows, row)
			}
			write(fmt.Sprintf("room%d/%s.json", c, day.Format(time.DateOnly)), rows)
		}
	}
	_ = z.Close()
	return out.Bytes()
}

// cpu is what the process has used, user and system. Elapsed time says little on a machine that is shared.
func cpu() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkSlackRead reads an export whole, in the order of time; compare with BenchmarkSlackFloor.
func BenchmarkSlackRead(b *testing.B) {
	path := benchFile(b)
	b.ReportAllocs()
	rows, before := 0, cpu()
	for b.Loop() {
		a, err := Open(path)
		if err != nil {
			b.Fatal(err)
		}
		if err := a.Run(context.Background(), nil, func(context.Context, chat.Event) error { return nil }); err != nil {
			b.Fatal(err)
		}
		rows += a.Counts().Rows
		a.Close()
	}
	b.ReportMetric(float64((cpu()-before).Nanoseconds())/float64(rows), "cpu-ns/message")
}

// BenchmarkSlackFloor does the least that a reader with the standard library does: unzip, and decode four
// fields a message.
func BenchmarkSlackFloor(b *testing.B) {
	path := benchFile(b)
	b.ReportAllocs()
	rows, before := 0, cpu()
	for b.Loop() {
		n, err := floor(path)
		if err != nil {
			b.Fatal(err)
		}
		rows += n
	}
	b.ReportMetric(float64((cpu()-before).Nanoseconds())/float64(rows), "cpu-ns/message")
}

func floor(path string) (rows int, err error) {
	z, err := zip.OpenReader(path)
	if err != nil {
		return 0, err
	}
	defer z.Close()
	for _, f := range z.File {
		if !strings.Contains(f.Name, "/") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return 0, err
		}
		var day []struct {
			TS, User, Text string
			Thread         string `json:"thread_ts"`
		}
		if err := json.NewDecoder(r).Decode(&day); err != nil {
			return 0, err
		}
		r.Close()
		rows += len(day)
	}
	return rows, nil
}
