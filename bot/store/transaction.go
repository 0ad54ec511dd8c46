package store

import (
	"errors"
	"fmt"
)

// begin opens a transaction for writing. What is in memory is dropped if another process has written since.
func (s *Store) begin() error {
	if _, err := s.writer.exec(s.dialect.begin); err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	version, err := s.fileVersion()
	if err != nil {
		s.rollback()
		return err
	}
	if version != s.version {
		s.memory.reset()
		s.version = version
	}
	s.memory.trim()
	return nil
}

// fileVersion changes whenever somebody else commits to the file.
func (s *Store) fileVersion() (version int64, err error) {
	version, _, err = first(s.turnTx(), "file version", oneNumber, "PRAGMA data_version")
	return version, err
}

// commit flushes what is still in memory and commits, or rolls everything back.
func (s *Store) commit() error {
	err := s.turnTx().flush()
	if err == nil {
		_, err = s.writer.exec("COMMIT")
	}
	if err != nil {
		s.rollback()
		return fmt.Errorf("commit: %w", err)
	}
	s.memory.queues.clear()
	return nil
}

// rollback ends the transaction without effect. Its own error says nothing new: SQLite may have ended the
// transaction already because of the error that led here.
func (s *Store) rollback() {
	s.memory.reset()
	_, _ = s.writer.exec("ROLLBACK")
}

func (s *Store) turnTx() *Tx {
	return &Tx{store: s, conn: s.writer, memory: s.memory, writes: true}
}

// flush writes what is queued. Afterwards the database is as the turns left it.
func (t *Tx) flush() error {
	return errors.Join(t.flushMessages(), t.flushPosts(), t.flushRooms(), t.writeQuestions(), t.writeWatches())
}
