package main

import (
	"context"
	"sync"
	"time"

	"github.com/gofirst/gofirst/playbooks"
)

// openFiles goes on from the playbooks that the engine was made with.
func (s *server) openFiles() (err error) {
	s.files, err = newReloader(s.config, s.log, func(ctx context.Context, books []*playbooks.Playbook, stale []string) error {
		return s.engine.Replace(ctx, books, stale, s.clock())
	})
	return err
}

// watchFiles looks at the files of playbooks until ctx is done. What it gives waits for the last look to be over.
func (s *server) watchFiles(ctx context.Context) (wait func()) {
	ticker := time.NewTicker(lookEvery)
	var watching sync.WaitGroup
	watching.Go(func() {
		defer ticker.Stop()
		s.files.watch(ctx, ticker.C)
	})
	return watching.Wait
}
