package store

import (
	"context"
	"fmt"
)

// group is the turns that share one commit. While further turns wait for the writer, a finished turn does
// not commit but leaves its work in the open transaction; the last of them commits for all. So a hundred
// turns cost one sync of the disk, and none is told "stored" before that.
type group struct {
	turns int // kept so far
	done  chan struct{}
	err   error // of the commit; read after done is closed
}

const groupLimit = 128

// Turn runs f in one transaction. A nil error means that it is stored for good; on an error or a panic of f
// nothing of it is. Turns run one at a time.
func (s *Store) Turn(ctx context.Context, f func(*Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.waiting.Add(1)
	s.mu.Lock()
	s.waiting.Add(-1)
	g, err := s.join()
	if err != nil {
		s.mu.Unlock()
		return err
	}
	if err := s.take(g, f); err != nil {
		return err
	}
	<-g.done
	return g.err
}

// join gives the open group, or begins one.
func (s *Store) join() (*group, error) {
	if s.writer == nil {
		return nil, errClosed()
	}
	if s.batch != nil {
		if err := s.settle(); err != nil {
			return nil, err
		}
	}
	if s.group != nil {
		return s.group, nil
	}
	if err := s.begin(); err != nil {
		return nil, err
	}
	s.group = &group{done: make(chan struct{})}
	return s.group, nil
}

// take runs f as a part of the group, takes back what it did if it fails or panics, and lets go of the writer.
func (s *Store) take(g *group, f func(*Tx) error) error {
	t := s.turnTx()
	t.shares = g.turns > 0
	s.memory.queues.begin()
	kept := false
	defer func() {
		if !kept {
			s.takeBack(g, t)
		}
		s.leave(g)
	}()
	if err := f(t); err != nil {
		return err
	}
	if t.saved {
		if _, err := s.writer.exec("RELEASE turn"); err != nil {
			return fmt.Errorf("turn: %w", err)
		}
	}
	g.turns++
	kept = true
	return nil
}

// takeBack undoes the last turn of a group, and the whole group if that alone is not to be had.
func (s *Store) takeBack(g *group, t *Tx) {
	if g.turns > 0 {
		err := s.toSavepoint(t)
		if err == nil {
			return
		}
		g.err = fmt.Errorf("turn: lost with a later one: %w", err)
	}
	s.rollback()
	s.group = nil
	close(g.done)
}

// toSavepoint undoes a turn in the queues, in the database and in memory. What the turns before it queued is
// written first, since memory is about to be read anew.
func (s *Store) toSavepoint(t *Tx) error {
	s.memory.queues.undo()
	if t.saved {
		for _, statement := range []string{"ROLLBACK TO turn", "RELEASE turn"} {
			if _, err := s.writer.exec(statement); err != nil {
				return err
			}
		}
	}
	if err := s.turnTx().flush(); err != nil {
		return err
	}
	s.memory.reset()
	return nil
}

// leave hands the open transaction to the next turn that waits, or commits it.
func (s *Store) leave(g *group) {
	defer s.mu.Unlock()
	if s.group != g || s.waiting.Load() > 0 && g.turns < groupLimit {
		return
	}
	_ = s.settle() // every turn of the group returns g.err
}

// settle commits whatever is open. The caller holds mu.
func (s *Store) settle() error {
	if b := s.batch; b != nil {
		return b.commit()
	}
	g := s.group
	if g == nil {
		return nil
	}
	g.err = s.commit()
	s.group = nil
	close(g.done)
	return g.err
}
