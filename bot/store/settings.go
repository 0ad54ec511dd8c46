package store

import (
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

type settingKey struct {
	conn  string
	space chat.SpaceID
	name  string
}

// Setting gives a setting of a space, from memory.
func (t *Tx) Setting(conn string, space chat.SpaceID, name string) (string, bool, error) {
	if err := t.readSettings(); err != nil {
		return "", false, err
	}
	value, found := t.memory.settings[settingKey{conn, space, name}]
	return value, found, nil
}

// SettingsUnder gives the settings of a space whose names begin so, by what follows.
func (t *Tx) SettingsUnder(conn string, space chat.SpaceID, prefix string) (map[string]string, error) {
	if err := t.readSettings(); err != nil {
		return nil, err
	}
	out := map[string]string{}
	for key, value := range t.memory.settings {
		if rest, ok := strings.CutPrefix(key.name, prefix); ok && key.conn == conn && key.space == space {
			out[rest] = value
		}
	}
	return out, nil
}

// SetSetting writes a setting of a space; an empty value deletes it.
func (t *Tx) SetSetting(conn string, space chat.SpaceID, name, value string) (err error) {
	if value == "" {
		_, err = t.exec("delete setting", `DELETE FROM settings WHERE conn = $1 AND space = $2 AND name = $3`,
			conn, string(space), name)
	} else {
		_, err = t.exec("set setting", `INSERT INTO settings (conn, space, name, value) VALUES ($1, $2, $3, $4)
			ON CONFLICT (conn, space, name) DO UPDATE SET value = excluded.value`, conn, string(space), name, value)
	}
	if err == nil {
		t.memory.settings = nil
	}
	return err
}

func (t *Tx) readSettings() error {
	if t.memory.settings != nil {
		return nil
	}
	type setting struct {
		key   settingKey
		value string
	}
	all, err := list(t, "settings", func(r scanner) (s setting, err error) {
		err = r.Scan(&s.key.conn, &s.key.space, &s.key.name, &s.value)
		return s, err
	}, `SELECT conn, space, name, value FROM settings`)
	if err != nil {
		return err
	}
	t.memory.settings = make(map[settingKey]string, len(all))
	for _, s := range all {
		t.memory.settings[s.key] = s.value
	}
	return nil
}
