package replay_test

import (
	"archive/zip"
	"context"
	"database/sql"
	"encoding/json"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"github.com/gofirst/gofirst/adapters/export"
	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/replay"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// BenchmarkRehearse measures the processor time of a whole rehearsal against a floor in the same run: unzip, decode
// four fields with encoding/json, and insert the same rows in batches of a hundred. It reports the ratio of the two,
// which is what is promised: at most 1.5. The machine may be noisy; so the two take turns.
func BenchmarkRehearse(b *testing.B) {
	path := benchExport(b)
	var ours, floor time.Duration
	messages := 0
	for b.Loop() {
		before := processorTime(b)
		messages = rehearseOnce(b, path)
		ours += processorTime(b) - before
		before = processorTime(b)
		floorOnce(b, path, ":memory:")
		floor += processorTime(b) - before
	}
	b.ReportMetric(float64(ours)/float64(floor), "ours/floor")
	b.ReportMetric(float64(ours.Microseconds())/float64(messages*b.N), "µs-cpu/message")
	b.ReportMetric(float64(floor.Microseconds())/float64(messages*b.N), "µs-cpu-floor/message")
}

// benchExport is a real export where GOFIRST_CORPORA names the folder of them.
func benchExport(tb testing.TB) string {
	dir := os.Getenv("GOFIRST_CORPORA")
	if dir == "" {
		tb.Skip("set GOFIRST_CORPORA to the absolute path of a folder with slack-export-lean-help-2020-2022.zip")
	}
	path := filepath.Join(dir, "slack-export-lean-help-2020-2022.zip")
	if _, err := os.Stat(path); err != nil {
		tb.Fatal(err)
	}
	return path
}

func processorTime(tb testing.TB) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

func rehearseOnce(tb testing.TB, path string) int {
	ctx := context.Background()
	record, err := export.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer record.Close()
	books, err := playbooks.Builtin()
	if err != nil {
		tb.Fatal(err)
	}
	kept, err := store.OpenWith(ctx, ":memory:", store.Key{}, rand.NewChaCha8([32]byte{}))
	if err != nil {
		tb.Fatal(err)
	}
	defer kept.Close()
	week, err := calendar.ParseTimetable("Mon-Fri 08:00-20:00")
	if err != nil {
		tb.Fatal(err)
	}
	result, err := replay.Rehearse(ctx, record, replay.Options{
		Playbooks: books, AutoHelpers: true, Zone: time.UTC, Week: week, Store: kept,
	})
	if err != nil {
		tb.Fatal(err)
	}
	return result.Messages
}

// floorOnce is the least that anybody would have to do.
func floorOnce(tb testing.TB, path, database string) {
	db, err := sql.Open("sqlite", database)
	if err != nil {
		tb.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("PRAGMA synchronous = FULL; CREATE TABLE m (ts TEXT, user TEXT, text TEXT, thread TEXT)"); err != nil {
		tb.Fatal(err)
	}
	archive, err := zip.OpenReader(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer archive.Close()
	in := &inserter{tb: tb, db: db}
	for _, f := range archive.File {
		if strings.Contains(f.Name, "/") {
			in.file(f)
		}
	}
	in.commit()
}

type inserter struct {
	tb   testing.TB
	db   *sql.DB
	tx   *sql.Tx
	stmt *sql.Stmt
	n    int
}

func (in *inserter) file(f *zip.File) {
	r, err := f.Open()
	if err != nil {
		in.tb.Fatal(err)
	}
	defer r.Close()
	text, err := io.ReadAll(r)
	if err != nil {
		in.tb.Fatal(err)
	}
	var rows []struct {
		TS, User, Text string
		Thread         string `json:"thread_ts"`
	}
	if err := json.Unmarshal(text, &rows); err != nil {
		in.tb.Fatal(err)
	}
	for _, row := range rows {
		in.begin()
		if _, err := in.stmt.Exec(row.TS, row.User, row.Text, row.Thread); err != nil {
			in.tb.Fatal(err)
		}
		if in.n++; in.n%100 == 0 {
			in.commit()
		}
	}
}

func (in *inserter) begin() {
	if in.tx != nil {
		return
	}
	var err error
	if in.tx, err = in.db.Begin(); err != nil {
		in.tb.Fatal(err)
	}
	if in.stmt, err = in.tx.Prepare("INSERT INTO m VALUES (?, ?, ?, ?)"); err != nil {
		in.tb.Fatal(err)
	}
}

func (in *inserter) commit() {
	if in.tx == nil {
		return
	}
	if err := in.tx.Commit(); err != nil {
		in.tb.Fatal(err)
	}
	in.tx = nil
}
