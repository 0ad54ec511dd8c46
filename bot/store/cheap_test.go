package store_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// Five years of daily housekeeping with 10,000 live messages, in the processor's time. It is only run where
// GOFIRST_SLOW is set: a test that is always run must not depend on how fast the machine is.
func TestHousekeepingIsCheap(t *testing.T) {
	if os.Getenv("GOFIRST_SLOW") == "" {
		t.Skip("set GOFIRST_SLOW to run it")
	}
	s := open(t, filepath.Join(t.TempDir(), "gofirst.db"))
	var took time.Duration
	batch := must[*store.Batch](t)(s.Batch(context.Background()))
	for day := range 1800 {
		for i := range 285 {
			ok(t, batch.Turn(func(tx *store.Tx) error { return benchMessage(tx, day*285+i) }))
		}
		ok(t, batch.Turn(func(tx *store.Tx) error { return oneDay(tx, day) }))
		ok(t, batch.Turn(func(tx *store.Tx) error {
			from := processorTime(t)
			_, err := tx.Housekeeping(start().AddDate(0, 0, day+1))
			took += processorTime(t) - from
			return err
		}))
	}
	ok(t, batch.Close())
	t.Logf("1800 housekeepings: %v", took)
	if took > 3*time.Second {
		t.Error("too slow")
	}
}

// oneDay is what a day brings besides messages.
func oneDay(tx *store.Tx, day int) error {
	at := start().AddDate(0, 0, day)
	for i := range 4 {
		p, _, err := tx.Person(conn, chat.UserID(fmt.Sprintf("U%06d", i)))
		if err != nil {
			return err
		}
		subject := fmt.Sprint("question ", day, i)
		if _, _, err := tx.AddQuestion(store.Question{Place: 1, Message: chat.MessageID(subject), Asker: p.ID, At: at}); err != nil {
			return err
		}
		if _, err := tx.AddDelivery(store.Delivery{Key: subject, Recipient: p.ID, State: store.Sent, Settled: at, NotAfter: at, Subject: subject}); err != nil {
			return err
		}
		if _, err := tx.AddWatch(store.Watch{Subject: subject, Person: p.ID, Due: at, NotAfter: at.AddDate(0, 0, 1)}); err != nil {
			return err
		}
		if err := tx.Journal(store.Entry{At: at, Subject: subject, Reason: "sent"}); err != nil {
			return err
		}
	}
	_, _, err := tx.Message(1, "none") // writes what is gathered, which is not housekeeping
	return err
}
