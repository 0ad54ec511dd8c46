package store

import (
	"context"
	"errors"
)

// Batch runs many turns in one transaction, for a source that waits for no acknowledgement. A turn of it is
// stored when a later commit is, at the latest with Close.
type Batch struct {
	// Every is how many turns share a commit.
	Every int

	store *Store
	ctx   context.Context
	turns int
	err   error
}

const batchEvery = 2000

// Batch begins a batch; it ends with Close. A Turn of the Store meanwhile first commits what the batch has so far.
func (s *Store) Batch(ctx context.Context) (*Batch, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return &Batch{Every: batchEvery, store: s, ctx: ctx}, nil
}

// Turn runs f. If f fails or panics the batch is over, and its turns since the last commit are undone.
func (b *Batch) Turn(f func(*Tx) error) error {
	s := b.store
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := b.enter(); err != nil {
		return err
	}
	kept := false
	defer func() {
		if !kept {
			b.fail(errors.New("an earlier turn of the batch failed"))
		}
	}()
	if err := f(s.turnTx()); err != nil {
		return err
	}
	kept = true
	b.turns++
	if b.turns >= b.Every {
		return b.commit()
	}
	return nil
}

// enter sees that the open transaction is this batch's own.
func (b *Batch) enter() error {
	s := b.store
	if b.err == nil {
		b.err = b.ctx.Err()
	}
	if b.err != nil || s.batch == b {
		return b.err
	}
	if s.writer == nil {
		return errClosed()
	}
	if err := s.settle(); err != nil {
		return err
	}
	if err := s.begin(); err != nil {
		return err
	}
	s.batch = b
	s.batching.Store(true)
	return nil
}

// commit stores the turns so far and gives the transaction up. The caller holds the store's mu.
func (b *Batch) commit() error {
	b.leave()
	if err := b.store.commit(); err != nil {
		b.err = err
	}
	return b.err
}

func (b *Batch) fail(err error) {
	b.leave()
	b.store.rollback()
	b.err = err
}

func (b *Batch) leave() {
	b.turns, b.store.batch = 0, nil
	b.store.batching.Store(false)
}

// Close commits the rest and returns the error that ended the batch, if one did.
func (b *Batch) Close() error {
	b.store.mu.Lock()
	defer b.store.mu.Unlock()
	if b.store.batch == b {
		return b.commit()
	}
	return b.err
}
