package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"

	_ "modernc.org/sqlite"
)

// The traffic of both benchmarks: 20 rooms, 500 people, 285 messages a day.
func traffic(i int) (channel, user, message string, at time.Time) {
	return fmt.Sprintf("C%04d", i%20), fmt.Sprintf("U%06d", i*7919%500), fmt.Sprintf("17000%05d.%06d", i/20, i%20),
		start().Add(time.Duration(i) * (24 * time.Hour / 285))
}

// processorTime is what the process has used so far: on a busy machine it says more than the clock.
func processorTime(t testing.TB) time.Duration {
	var r syscall.Rusage
	ok(t, syscall.Getrusage(syscall.RUSAGE_SELF, &r))
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// cpuTime reports the processor's time an operation.
func cpuTime(b *testing.B) func() {
	from := processorTime(b)
	return func() { b.ReportMetric(float64(processorTime(b)-from)/float64(b.N), "cpu-ns/op") }
}

// BenchmarkBareInsert is the floor: the same rows by a prepared statement, 2000 a transaction, same driver,
// same pragmas, nothing else.
func BenchmarkBareInsert(b *testing.B) { bareInsert(b, 2000) }

// BenchmarkBareHundred is the floor of live traffic: 100 a transaction.
func BenchmarkBareHundred(b *testing.B) { bareInsert(b, 100) }

func bareInsert(b *testing.B, each int) {
	ctx := context.Background()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(b.TempDir(), "bare.db")+"?_pragma=journal_mode(WAL)"+
		"&_pragma=synchronous(FULL)&_pragma=secure_delete(ON)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-8000)")
	ok(b, err)
	defer db.Close()
	db.SetMaxOpenConns(1)
	_, err = db.ExecContext(ctx, `CREATE TABLE messages (place BIGINT NOT NULL, message TEXT NOT NULL, author BIGINT NOT NULL,
		at BIGINT NOT NULL, flags BIGINT NOT NULL, thread TEXT NOT NULL, PRIMARY KEY (place, message)) WITHOUT ROWID`)
	ok(b, err)
	defer cpuTime(b)()
	b.ReportAllocs()
	b.ResetTimer()
	for i := 0; i < b.N; {
		tx, err := db.BeginTx(ctx, nil)
		ok(b, err)
		insert, err := tx.PrepareContext(ctx, `INSERT INTO messages VALUES ($1, $2, $3, $4, $5, $6)`)
		ok(b, err)
		for range min(each, b.N-i) {
			_, _, message, at := traffic(i)
			_, err := insert.ExecContext(ctx, int64(i%20), message, int64(i*7919%500), at.UnixMicro(), int64(3), "")
			ok(b, err)
			i++
		}
		ok(b, tx.Commit())
	}
}

// BenchmarkBatchMessage is what a replayed message costs: find its place and its author, keep its trace, its
// cursor, the room's day and who last wrote.
func BenchmarkBatchMessage(b *testing.B) {
	s := open(b, filepath.Join(b.TempDir(), "batch.db"))
	batch, err := s.Batch(context.Background())
	ok(b, err)
	defer cpuTime(b)()
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		ok(b, batch.Turn(func(tx *store.Tx) error { return benchMessage(tx, i) }))
	}
	ok(b, batch.Close())
}

func benchMessage(tx *store.Tx, i int) error {
	channel, user, message, at := traffic(i)
	p, _, err := tx.Place(conn, "T1", chat.ChannelID(channel))
	if err != nil {
		return err
	}
	who, _, err := tx.Person(conn, chat.UserID(user))
	if err != nil {
		return err
	}
	_, err = tx.AddMessage(store.Message{Place: p.ID, Message: chat.MessageID(message), Author: who.ID, At: at, Flags: 3})
	if err != nil {
		return err
	}
	if err := tx.SetCursor(p.ID, chat.Cursor(message)); err != nil {
		return err
	}
	if err := tx.SetLastHuman(p.ID, at); err != nil {
		return err
	}
	return tx.AddRoomPost(p.ID, i/285)
}

// BenchmarkTurn is live traffic: a hundred events at a time, each a turn of its own that is stored when it returns.
func BenchmarkTurn(b *testing.B) {
	s := open(b, filepath.Join(b.TempDir(), "live.db"))
	var next atomic.Int64
	defer cpuTime(b)()
	b.SetParallelism(100 / runtime.GOMAXPROCS(0))
	b.ReportAllocs()
	b.ResetTimer()
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			i := int(next.Add(1))
			if err := s.Turn(context.Background(), func(tx *store.Tx) error { return benchMessage(tx, i) }); err != nil {
				b.Error(err)
			}
		}
	})
}
