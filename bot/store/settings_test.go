package store_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/store"
)

func TestInstances(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		turn(t, s, func(tx *store.Tx) {
			absent[store.Instance](t)(tx.Instance(conn, "T1", "ama"))
			i := store.Instance{Conn: conn, Space: "T1", Playbook: "ama", Settings: `{}`, Hash: "h", Since: start()}
			ok(t, tx.SetInstance(i))
			i.Enabled, i.Since = true, start().Add(time.Hour)
			ok(t, tx.SetInstance(i))
			equal(t, "instance", found[store.Instance](t)(tx.Instance(conn, "T1", "ama")), i)
			for _, playbook := range []string{"welcome", "bridges"} {
				ok(t, tx.SetInstance(store.Instance{Conn: conn, Space: "T2", Playbook: playbook}))
			}
		})
		view(t, s, func(tx *store.Tx) {
			equal(t, "enabled", found[store.Instance](t)(tx.Instance(conn, "T1", "ama")).Enabled, true)
			names := ""
			for _, i := range must[[]store.Instance](t)(tx.Instances("", "")) {
				names += i.Playbook + " "
			}
			equal(t, "all", names, "ama bridges welcome ")
			equal(t, "of a space", len(must[[]store.Instance](t)(tx.Instances(conn, "T2"))), 2)
			equal(t, "of none", len(must[[]store.Instance](t)(tx.Instances("home", ""))), 0)
		})
	})
}

func TestSettings(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		turn(t, s, func(tx *store.Tx) {
			absent[string](t)(tx.Setting(conn, "T1", "tone"))
			ok(t, tx.SetSetting(conn, "T1", "tone", "tu"))
			ok(t, tx.SetSetting(conn, "T1", "tone", "vous"))
			equal(t, "tone", found[string](t)(tx.Setting(conn, "T1", "tone")), "vous")
			absent[string](t)(tx.Setting(conn, "T2", "tone"))
			ok(t, tx.SetSetting(conn, "T1", "tone", ""))
			absent[string](t)(tx.Setting(conn, "T1", "tone"))
		})
	})
}

func TestChain(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "gofirst.db")
	s := open(t, path)
	turn(t, s, func(tx *store.Tx) {
		equal(t, "empty", must[int](t)(tx.Verify()), 0)
		for i := range 5 {
			l := must[store.Link](t)(tx.Append([]string{"coin", "steward"}[i%2], fmt.Sprint(i), start().Add(time.Duration(i)*time.Microsecond)))
			same(t, "link", must[[]store.Link](t)(tx.Links(""))[i], l)
		}
		equal(t, "coins", len(must[[]store.Link](t)(tx.Links("coin"))), 3)
		equal(t, "links", must[int](t)(tx.Verify()), 5)
	})
	for _, forgery := range []string{
		`UPDATE chain SET data = 'x' WHERE id = 3`, `DELETE FROM chain WHERE id = 3`, `UPDATE chain SET at = 1 WHERE id = 3`,
		`UPDATE chain SET kind = 'coi', data = 'n2' WHERE id = 3`, `UPDATE chain SET prev = hash WHERE id = 3`,
	} {
		copied := filepath.Join(t.TempDir(), "copy.db")
		change(t, path, fmt.Sprintf(`VACUUM INTO '%s'`, copied))
		change(t, copied, forgery)
		view(t, open(t, copied), func(tx *store.Tx) {
			if n, err := tx.Verify(); n != 2 || err == nil {
				t.Errorf("after %s, %d links hold, %v", forgery, n, err)
			}
		})
	}
}
