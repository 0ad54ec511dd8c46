package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
)

// Store is one open database. Its methods may be called concurrently, but not from inside the function
// that was given to one of them.
type Store struct {
	key      Key
	random   io.Reader
	path     string
	dialect  dialect
	pool     *sql.DB // of the one connection that writes
	writer   *conn
	readPool *sql.DB
	readers  chan *conn // idle connections of views; nil in memory
	closed   chan struct{}

	// mu is held while a turn runs, not while a transaction is open: see group and Batch.
	mu       sync.Mutex
	waiting  atomic.Int32 // turns that are about to take mu
	memory   *memory
	version  int64 // of the file, as our last transaction left it
	group    *group
	batch    *Batch
	batching atomic.Bool // batch != nil, for those who do not hold mu
}

// Key is the key that the store was opened with.
func (s *Store) Key() Key { return s.key }

// View runs f on what is committed, and, while a batch is open, on what the batch has written so far.
// A method that writes is an error in it. Views run beside turns and beside each other.
func (s *Store) View(ctx context.Context, f func(*Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if s.readers == nil || s.batching.Load() {
		return s.viewWriter(f)
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-s.closed:
		return errClosed()
	case c := <-s.readers:
		defer func() { s.readers <- c }()
		return viewOn(c, &Tx{store: s, conn: c, memory: newMemory()}, f)
	}
}

// viewOn gives f one unchanging state of the database.
func viewOn(c *conn, t *Tx, f func(*Tx) error) (err error) {
	if _, err := c.exec("BEGIN"); err != nil {
		return fmt.Errorf("view: %w", err)
	}
	defer func() {
		if _, ended := c.exec("ROLLBACK"); ended != nil && err == nil {
			err = fmt.Errorf("view: %w", ended)
		}
	}()
	return f(t)
}

// viewWriter reads through the writing connection, inside its transaction if there is one.
func (s *Store) viewWriter(f func(*Tx) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.writer == nil {
		return errClosed()
	}
	t := &Tx{store: s, conn: s.writer, memory: s.memory}
	if s.group == nil && s.batch == nil {
		return viewOn(s.writer, t, f)
	}
	if err := s.turnTx().flush(); err != nil {
		return err
	}
	return f(t)
}

// Close commits an open batch, waits for the views to end, moves the log into the file and closes it.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.writer == nil {
		return nil
	}
	close(s.closed)
	err := s.settle()
	for range cap(s.readers) {
		err = errors.Join(err, (<-s.readers).close())
	}
	return errors.Join(err, s.checkpoint(), s.release())
}

// release closes what is open and idle.
func (s *Store) release() error {
	var errs []error
	for len(s.readers) > 0 {
		errs = append(errs, (<-s.readers).close())
	}
	if s.writer != nil {
		errs = append(errs, s.writer.close())
		s.writer = nil
	}
	for _, pool := range []*sql.DB{s.readPool, s.pool} {
		if pool != nil {
			errs = append(errs, pool.Close())
		}
	}
	return errors.Join(errs...)
}

// checkpoint moves the log into the file and empties it, so that nothing forgotten stays in the log.
func (s *Store) checkpoint() error {
	if s.path == inMemory {
		return nil
	}
	var busy, frames, moved int
	row := s.writer.sql.QueryRowContext(context.Background(), "PRAGMA wal_checkpoint(TRUNCATE)")
	if err := row.Scan(&busy, &frames, &moved); err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	if busy != 0 {
		return errors.New("checkpoint: another process is reading the database")
	}
	return nil
}

func errClosed() error { return errors.New("the store is closed") }
