package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	_ "modernc.org/sqlite" // the driver: SQLite in Go, without cgo
)

const (
	readersOpen = 3
	// applicationID stands in the header of each of our files ("gofi"), so that another program's database
	// is not taken for ours.
	applicationID = 0x676f6669
)

// Open opens the database file, making it where there is none, or a database in memory for ":memory:".
// It refuses a file that is not ours, that a newer gofirst wrote, or that was made with another key.
func Open(ctx context.Context, path string, key Key) (*Store, error) {
	return OpenWith(ctx, path, key, rand.Reader)
}

// OpenWith is Open with randomness of the caller's own: with the same one, people get the same ids again.
// The store reads it in one goroutine at a time.
func OpenWith(ctx context.Context, path string, key Key, random io.Reader) (*Store, error) {
	s := &Store{key: key, random: random, path: path, dialect: sqlite(), memory: newMemory(), closed: make(chan struct{})}
	if err := s.open(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open store %s: %w", path, err), s.release())
	}
	return s, nil
}

func (s *Store) open(ctx context.Context) error {
	source, err := s.prepareFile()
	if err != nil {
		return err
	}
	if s.pool, err = sql.Open(s.dialect.driver, source); err != nil {
		return err
	}
	s.pool.SetMaxOpenConns(1)
	if err := s.checkFile(ctx); err != nil {
		return err
	}
	if err := migrate(ctx, s.pool, s.dialect); err != nil {
		return err
	}
	if s.writer, err = dial(ctx, s.pool); err != nil {
		return err
	}
	if err := s.openReaders(ctx); err != nil {
		return err
	}
	return s.checkKey(ctx)
}

// prepareFile makes the file before SQLite does, so that nobody else can read it, not even for a moment.
func (s *Store) prepareFile() (source string, err error) {
	if s.path == inMemory {
		return sqliteSource(inMemory), nil
	}
	if s.path, err = filepath.Abs(s.path); err != nil {
		return "", err
	}
	f, err := os.OpenFile(s.path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return "", err
	}
	if err := errors.Join(f.Chmod(0o600), f.Close()); err != nil {
		return "", err
	}
	return sqliteSource(s.path, "journal_mode(WAL)", "synchronous(FULL)", "cache_size(-8000)"), nil
}

// checkFile refuses what is not a database, and another program's database.
func (s *Store) checkFile(ctx context.Context) error {
	var id, tables int
	if err := s.pool.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return fmt.Errorf("not a database, or a damaged one: %w", err)
	}
	if err := s.pool.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master").Scan(&tables); err != nil {
		return fmt.Errorf("not a database, or a damaged one: %w", err)
	}
	if id == applicationID {
		return nil
	}
	if id != 0 || tables > 0 {
		return errors.New("a database of another program")
	}
	_, err := s.pool.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", applicationID))
	return err
}

// openReaders opens the connections of views. In memory there is but one connection, and the writer reads.
func (s *Store) openReaders(ctx context.Context) (err error) {
	if s.path == inMemory {
		return nil
	}
	if s.readPool, err = sql.Open(s.dialect.driver, sqliteSource(s.path, "query_only(ON)")); err != nil {
		return err
	}
	s.readers = make(chan *conn, readersOpen)
	for range readersOpen {
		c, err := dial(ctx, s.readPool)
		if err != nil {
			return err
		}
		s.readers <- c
	}
	return nil
}
