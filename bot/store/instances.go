package store

import (
	"cmp"
	"slices"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// Instance is a playbook in a space, with what its stewards set.
type Instance struct {
	Conn     string
	Space    chat.SpaceID
	Playbook string
	Enabled  bool
	Settings string // JSON
	Hash     string // of the playbook's file when it was last set
	Since    time.Time
}

type instanceKey struct {
	conn     string
	space    chat.SpaceID
	playbook string
}

func (i Instance) key() instanceKey { return instanceKey{i.Conn, i.Space, i.Playbook} }

// SetInstance writes an instance, replacing what was there.
func (t *Tx) SetInstance(i Instance) error {
	_, err := t.exec("set instance", `INSERT INTO instances (conn, space, playbook, enabled, settings, hash, since)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (conn, space, playbook) DO UPDATE SET
		enabled = excluded.enabled, settings = excluded.settings, hash = excluded.hash, since = excluded.since`,
		i.Conn, string(i.Space), i.Playbook, bit(i.Enabled), i.Settings, i.Hash, micros(i.Since))
	if t.memory.instances != nil && err == nil {
		i.Since = stored(i.Since)
		t.memory.instances[i.key()] = i
	}
	return err
}

// Instance gives a playbook's instance in a space, from memory.
func (t *Tx) Instance(conn string, space chat.SpaceID, playbook string) (Instance, bool, error) {
	if err := t.readInstances(); err != nil {
		return Instance{}, false, err
	}
	i, found := t.memory.instances[instanceKey{conn, space, playbook}]
	return i, found, nil
}

// Instances gives the instances of a space, from memory, by (conn, space, playbook). What is empty does not select.
func (t *Tx) Instances(conn string, space chat.SpaceID) ([]Instance, error) {
	if err := t.readInstances(); err != nil {
		return nil, err
	}
	var found []Instance
	for _, i := range t.memory.instances {
		if (conn == "" || i.Conn == conn) && (space == "" || i.Space == space) {
			found = append(found, i)
		}
	}
	slices.SortFunc(found, func(a, b Instance) int {
		return cmp.Or(cmp.Compare(a.Conn, b.Conn), cmp.Compare(a.Space, b.Space), cmp.Compare(a.Playbook, b.Playbook))
	})
	return found, nil
}

func (t *Tx) readInstances() error {
	if t.memory.instances != nil {
		return nil
	}
	all, err := list(t, "instances", func(r scanner) (Instance, error) {
		var i Instance
		err := r.Scan(&i.Conn, &i.Space, &i.Playbook, &i.Enabled, &i.Settings, &i.Hash, moment{&i.Since})
		return i, err
	}, `SELECT conn, space, playbook, enabled, settings, hash, since FROM instances`)
	if err != nil {
		return err
	}
	t.memory.instances = make(map[instanceKey]Instance, len(all))
	for _, i := range all {
		t.memory.instances[i.key()] = i
	}
	return nil
}
