package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed migrations
var migrations embed.FS

// migrate brings the schema forward to what this program knows. There is no way back.
func migrate(ctx context.Context, db *sql.DB, d dialect) error {
	files, err := fs.Sub(migrations, d.migrations)
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(d.goose, db, files)
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	have, known, err := p.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("schema version: %w", err)
	}
	if have > known {
		return fmt.Errorf("its schema is version %d and this program knows %d: a newer gofirst wrote it", have, known)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// checkKey keeps the key's fingerprint with the first opening, and refuses another key ever after.
func (s *Store) checkKey(ctx context.Context) error {
	mark, found := "", false
	err := s.View(ctx, func(t *Tx) (err error) {
		mark, found, err = first(t, "key", oneText, `SELECT value FROM meta WHERE name = 'key'`)
		return err
	})
	switch {
	case err != nil:
		return err
	case !found:
		return s.Turn(ctx, func(t *Tx) error {
			_, err := t.exec("key", `INSERT INTO meta (name, value) VALUES ('key', $1)`, s.key.fingerprint())
			return err
		})
	case mark != s.key.fingerprint():
		return errors.New("it was made with another key; without its own key nobody in it can be found again")
	}
	return nil
}
