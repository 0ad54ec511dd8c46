package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// Enable turns a playbook on in a space with these settings, or gives one that is on these settings: for
// configuration files, rehearsals and tests. Rooms may be given as identifiers or, where the adapter has a
// directory, as "#names". The same again changes nothing, so it may be called at every start.
func (e *Engine) Enable(ctx context.Context, conn string, space chat.SpaceID, playbook string, settings map[string]any, now time.Time) error {
	c, err := e.connection(conn)
	if err != nil {
		return fmt.Errorf("enable %s: %w", playbook, err)
	}
	book := e.current.Load().books[playbook]
	if book == nil {
		return fmt.Errorf("enable %s: there is no such playbook", playbook)
	}
	given, err := e.resolveRooms(ctx, c, space, book, settings)
	if err != nil {
		return fmt.Errorf("enable %s: %w", playbook, err)
	}
	err = e.turn(ctx, c, now, func(t *turn) error { return t.enableAs(space, book, given) })
	if err != nil {
		return fmt.Errorf("enable %s: %w", playbook, err)
	}
	return nil
}

// resolveRooms gives the settings with "#names" replaced by what the service calls the rooms.
func (e *Engine) resolveRooms(ctx context.Context, c *Connection, space chat.SpaceID, book *playbooks.Playbook, settings map[string]any) (map[string]any, error) {
	given := map[string]any{}
	maps.Copy(given, settings)
	for key, raw := range settings {
		name, room, per := strings.Cut(key, "@")
		if per && strings.HasPrefix(room, "#") {
			id, err := e.room(ctx, c, space, room)
			if err != nil {
				return nil, err
			}
			delete(given, key)
			given[name+"@"+id] = raw
		}
		if s := book.Setting(name); s == nil || s.Type != "channels" {
			continue
		}
		ids, err := e.roomList(ctx, c, space, book.Setting(name), raw)
		if err != nil {
			return nil, err
		}
		given[name] = ids
	}
	return given, nil
}

func (e *Engine) roomList(ctx context.Context, c *Connection, space chat.SpaceID, s *playbooks.Setting, raw any) ([]string, error) {
	value, err := s.Value(raw)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, room := range value.([]string) {
		id, err := e.room(ctx, c, space, room)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// room finds what "#name" means. Anything else is an identifier already.
func (e *Engine) room(ctx context.Context, c *Connection, space chat.SpaceID, name string) (string, error) {
	if !strings.HasPrefix(name, "#") {
		return name, nil
	}
	directory, ok := c.Adapter.(chat.Directory)
	if !ok {
		return "", fmt.Errorf("find the room %s: the service does not tell names; give its identifier", name)
	}
	id, err := directory.FindChannel(ctx, space, name)
	if err != nil {
		return "", fmt.Errorf("find the room %s: %w", name, err)
	}
	return string(id), nil
}

// enable turns a playbook on with these settings, after checking them, and notes the change and by whose hand it was.
func (t *turn) enable(space chat.SpaceID, book *playbooks.Playbook, given map[string]any, by string) error {
	row, _, err := t.tx.Instance(t.conn.Name, space, book.ID)
	if err != nil {
		return err
	}
	if _, err := book.Fill(given); err != nil {
		return err
	}
	settings, err := json.Marshal(given)
	if err != nil {
		return err
	}
	if row.Enabled && row.Settings == string(settings) && row.Hash == book.Hash {
		return nil
	}
	what, since := "on", t.now
	if row.Enabled {
		what, since = "settings", row.Since
	}
	was, set := differing(row.Settings, given)
	if err := t.noteChange(change{What: what, By: by, Playbook: book.ID, Conn: t.conn.Name, Space: space, Was: was, Set: set}); err != nil {
		return err
	}
	if err := t.moved(space, book, set); err != nil {
		return err
	}
	return t.keepInstance(store.Instance{
		Conn: t.conn.Name, Space: space, Playbook: book.ID, Enabled: true, Settings: string(settings), Hash: book.Hash, Since: since,
	})
}

// disable turns a playbook off and keeps its settings for the next time.
func (t *turn) disable(space chat.SpaceID, book *playbooks.Playbook) error {
	row, _, err := t.tx.Instance(t.conn.Name, space, book.ID)
	if err != nil {
		return err
	}
	if err := t.noteChange(change{What: "off", Playbook: book.ID, Conn: t.conn.Name, Space: space}); err != nil {
		return err
	}
	row.Enabled = false
	return t.keepInstance(row)
}

func (t *turn) keepInstance(row store.Instance) error {
	if err := t.tx.SetInstance(row); err != nil {
		return err
	}
	t.changed(spaceKey{row.Conn, row.Space})
	return nil
}

// change is what the chain keeps of a steward's act: what was changed, never who changed it.
type change struct {
	What     string         `json:"what"`         // on, off, settings, halt begun, halt ended, shadow begun, shadow ended
	By       string         `json:"by,omitempty"` // byFile, byRoom; empty: a steward
	Playbook string         `json:"playbook,omitempty"`
	Conn     string         `json:"conn"`
	Space    chat.SpaceID   `json:"space"`
	Was      map[string]any `json:"was,omitempty"` // of what Set has
	Set      map[string]any `json:"set,omitempty"`
}

// byFile says of a change that the configuration file made it.
const byFile = "file"

// byRoom says of a change that somebody made it in the room that it is about.
const byRoom = "room"

// chainSteward is the kind under which the chain has them.
const chainSteward = "steward"

func (t *turn) noteChange(c change) error {
	data, err := json.Marshal(c)
	if err != nil {
		return err
	}
	if _, err = t.tx.Append(chainSteward, string(data), t.now); err != nil {
		return err
	}
	return t.tellObservers(c.Space)
}

// differing are the settings that are not as they were, as they were and as they are. What was taken out is there
// with nothing.
func differing(old string, given map[string]any) (was, set map[string]any) {
	before, after := storedSettings(old), again(given)
	was, set = map[string]any{}, map[string]any{}
	for _, name := range append(sortedKeys(before), sortedKeys(after)...) {
		if reflect.DeepEqual(before[name], after[name]) {
			continue
		}
		if before[name] != nil {
			was[name] = before[name]
		}
		set[name] = after[name]
	}
	return was, set
}

// storedSettings reads settings as they stand in the store; what cannot be read counts as none.
func storedSettings(text string) map[string]any {
	out := map[string]any{}
	if json.Unmarshal([]byte(text), &out) != nil || out == nil {
		return map[string]any{}
	}
	return out
}
