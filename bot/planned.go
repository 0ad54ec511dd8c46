package bot

import (
	"maps"
	"strconv"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// settingMoved is the setting under which stands, in seconds, when a steward or a room last moved a schedule. Slots
// that the new plan would have had before then are passed over: who says "Friday at three" on a Friday at four means
// the next one.
const settingMoved = "moved"

// moved notes that a schedule is another one now, if it is.
func (t *turn) moved(space chat.SpaceID, book *playbooks.Playbook, set map[string]any) error {
	for _, r := range book.Rules {
		when, _ := r.When.(playbooks.OnSchedule)
		for name := range set {
			if when.Uses(name) {
				return t.moveSlots(space)
			}
		}
	}
	return nil
}

func (t *turn) moveSlots(space chat.SpaceID) error {
	return t.tx.SetSetting(t.conn.Name, space, settingMoved, strconv.FormatInt(t.now.Unix(), 10))
}

// movedAt is the zero time where nobody ever moved anything.
func (t *turn) movedAt(space chat.SpaceID) (time.Time, error) {
	text, ok, err := t.tx.Setting(t.conn.Name, space, settingMoved)
	if err != nil || !ok {
		return time.Time{}, err
	}
	seconds, _ := strconv.ParseInt(text, 10, 64)
	return time.Unix(seconds, 0), nil
}

// enableAs is enable for a configuration file: what single rooms have chosen since stays, for the file speaks of it
// only where it names them.
func (t *turn) enableAs(space chat.SpaceID, book *playbooks.Playbook, given map[string]any) error {
	row, _, err := t.tx.Instance(t.conn.Name, space, book.ID)
	if err != nil {
		return err
	}
	all := storedSettings(row.Settings)
	maps.DeleteFunc(all, func(key string, _ any) bool {
		name, _, room := strings.Cut(key, "@")
		s := book.Setting(name)
		_, fixed := given[name]
		return !room || fixed || s == nil || !s.PerChannel
	})
	maps.Copy(all, given)
	return t.enable(space, book, all, byFile)
}

// locked reports whether the configuration file fixes a setting, in every room or in this one.
func (t *turn) locked(space chat.SpaceID, book *playbooks.Playbook, key string) bool {
	name, _, _ := strings.Cut(key, "@")
	fixed := t.fixed(space, book)
	_, everywhere := fixed[name]
	_, here := fixed[key]
	return everywhere || here
}

// settingIn is under which name a setting stands that is set for a room.
func settingIn(book *playbooks.Playbook, name string, place store.Place) string {
	if s := book.Setting(name); s == nil || !s.PerChannel {
		return name
	}
	return name + "@" + string(place.Channel)
}
