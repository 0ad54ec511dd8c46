package store_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gofirst/gofirst/bot/store"
)

// refused opens a database that must not open, and wants the error to say which and why.
func refused(t *testing.T, path string, key store.Key, why string) {
	t.Helper()
	s, err := store.Open(context.Background(), path, key)
	if err == nil {
		t.Fatal("it opened", s.Close())
	}
	if !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), why) {
		t.Errorf("error %q names not %q and %q", err, path, why)
	}
}

// change runs SQL behind the store's back.
func change(t *testing.T, path, statements string) {
	t.Helper()
	db := must[*sql.DB](t)(sql.Open("sqlite", path))
	defer db.Close()
	_, err := db.Exec(statements)
	ok(t, err)
}

func TestOpenAgain(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a b", "100% #1?.db")
	ok(t, os.Mkdir(filepath.Dir(path), 0o700))
	var id store.PersonID
	for range 3 {
		s := must[*store.Store](t)(store.Open(context.Background(), path, testKey(t, 1)))
		turn(t, s, func(tx *store.Tx) {
			again := someone(t, tx, "ana")
			equal(t, "same person", id == 0 || again == id, true)
			id = again
		})
		ok(t, s.Close())
		ok(t, s.Close())
	}
	files := must[[]os.DirEntry](t)(os.ReadDir(filepath.Dir(path)))
	equal(t, "files", len(files), 1)
	equal(t, "name", files[0].Name(), filepath.Base(path))
}

func TestOpenModes(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "gofirst.db")
	ok(t, os.WriteFile(path, nil, 0o666))
	s := open(t, path)
	turn(t, s, func(tx *store.Tx) { someone(t, tx, "ana") })
	for _, end := range []string{"", "-wal", "-shm"} {
		equal(t, "mode of "+end, must[os.FileInfo](t)(os.Stat(path+end)).Mode().Perm(), 0o600)
	}
}

func TestOpenRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	garbage := filepath.Join(dir, "garbage.db")
	ok(t, os.WriteFile(garbage, []byte(strings.Repeat("no database at all ", 500)), 0o600))
	refused(t, garbage, testKey(t, 1), "not a database")

	other := filepath.Join(dir, "other.db")
	change(t, other, `CREATE TABLE bookmarks (url TEXT)`)
	refused(t, other, testKey(t, 1), "another program")

	ours := filepath.Join(dir, "ours.db")
	ok(t, must[*store.Store](t)(store.Open(context.Background(), ours, testKey(t, 1))).Close())
	refused(t, ours, testKey(t, 2), "another key")
	change(t, ours, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, 1)`)
	refused(t, ours, testKey(t, 1), "newer gofirst")

	refused(t, filepath.Join(dir, "none", "x.db"), testKey(t, 1), "no such file")
	refused(t, dir, testKey(t, 1), "directory")
}

// A file that is damaged in the middle says so when the damage is met, and takes nothing with it.
func TestDamagedFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "gofirst.db")
	s := must[*store.Store](t)(store.Open(context.Background(), path, testKey(t, 1)))
	turn(t, s, func(tx *store.Tx) {
		for i := range 500 {
			must[int64](t)(tx.AddAct(store.Act{Conn: conn, Words: strings.Repeat("x", 200+i), At: start()}))
		}
	})
	ok(t, s.Close())
	f := must[*os.File](t)(os.OpenFile(path, os.O_RDWR, 0))
	info := must[os.FileInfo](t)(f.Stat())
	for at := info.Size() / 2; at+100 < info.Size(); at += 4096 {
		_, err := f.WriteAt([]byte(strings.Repeat("\xff", 4000)), at)
		ok(t, err)
	}
	ok(t, f.Close())
	s, err := store.Open(context.Background(), path, testKey(t, 1))
	if err != nil {
		return // also an honest answer
	}
	defer s.Close()
	if err := s.View(context.Background(), func(tx *store.Tx) error {
		_, err := tx.Acts(store.ActQuery{})
		return err
	}); err == nil || !strings.Contains(err.Error(), "malformed") {
		t.Errorf("damage was read over: %v", err)
	}
}

func TestClosed(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		ok(t, s.Close())
		nothing := func(*store.Tx) error { return nil }
		batch := must[*store.Batch](t)(s.Batch(context.Background()))
		for name, err := range map[string]error{
			"turn": s.Turn(context.Background(), nothing), "view": s.View(context.Background(), nothing),
			"batch": batch.Turn(nothing), "forget": s.Forget(context.Background(), conn, "ana"),
		} {
			if err == nil {
				t.Errorf("%s on a closed store", name)
			}
		}
	})
}
