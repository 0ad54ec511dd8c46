package bot

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// disablePlaybook turns a playbook off, everywhere or in the rooms that are named; one that the configuration file
// turns on stays.
func (t *turn) disablePlaybook(c *call, space chat.SpaceID) error {
	if !t.isSteward(c.user) {
		return t.tellBack(c, "stewards.only", nil)
	}
	book, err := t.bookToChange(c)
	switch {
	case err != nil || book == nil:
		return err
	case t.fixed(space, book) != nil:
		return t.tellBack(c, "disable.locked", holes{"playbook": {chat.Code(book.ID)}})
	}
	return t.withWish(c, book, space, (*turn).turnOff)
}

// turnOff takes the named rooms out, and turns off where none is left, or none was named.
func (t *turn) turnOff(c *call, w wished) error {
	fill := holes{"playbook": {chat.Code(w.book.ID)}}
	row, _, err := t.tx.Instance(t.conn.Name, w.space, w.book.ID)
	if err != nil {
		return err
	}
	if stopped, err := t.stopShadow(w.space, w.book.ID); err != nil || stopped {
		return errors.Join(err, t.tellBack(c, "shadow.stopped", fill))
	}
	named := t.roomsWished(w)
	switch {
	case len(named) < len(w.given):
		return t.tellBack(c, "disable.only_rooms", holes{"example": t.typed(c.g, "type.disable", w.book)})
	case !row.Enabled:
		return t.tellBack(c, "disable.was_off", fill)
	case len(named) > 0:
		return t.turnOffIn(c, w, row, named)
	}
	if err := t.disable(w.space, w.book); err != nil {
		return err
	}
	return t.tellBack(c, "disable.done", fill)
}

// roomsWished are the lists of rooms among what is given, by the settings that they stand in.
func (t *turn) roomsWished(w wished) map[string][]string {
	out := map[string][]string{}
	for name, value := range w.given {
		if s := w.book.Setting(name); s != nil && s.Type == "channels" {
			out[name] = listed(value)
		}
	}
	return out
}

// turnOffIn takes rooms out of every setting that names rooms, with what was set for them alone.
func (t *turn) turnOffIn(c *call, w wished, row store.Instance, named map[string][]string) error {
	var gone []string
	for _, rooms := range named {
		gone = append(gone, rooms...)
	}
	all, taken, left := withoutRooms(w.book, storedSettings(row.Settings), gone)
	id, do := "disable.room", func() error { return t.enable(w.space, w.book, all, "") }
	switch {
	case !taken:
		id, do, all = "disable.not_there", func() error { return nil }, storedSettings(row.Settings)
	case left == 0:
		id, do = "disable.last", func() error { return t.disable(w.space, w.book) }
	}
	if err := do(); err != nil {
		return err
	}
	values, err := w.book.Fill(again(all))
	if err != nil {
		return err
	}
	p := t.page(c.g)
	p.say(id, holes{"playbook": {chat.Code(w.book.ID)}, "rooms": t.roomWords(values, w.book)})
	t.answerSeen(c, p)
	return nil
}

// withoutRooms gives settings without some rooms; whether any of those was there, and how many rooms are left.
func withoutRooms(book *playbooks.Playbook, all map[string]any, gone []string) (left map[string]any, taken bool, n int) {
	for _, s := range book.Settings {
		if s.Type != "channels" {
			continue
		}
		rooms := listed(all[s.Name])
		kept := slices.DeleteFunc(slices.Clone(rooms), func(room string) bool { return slices.Contains(gone, room) })
		taken, n = taken || len(kept) < len(rooms), n+len(kept)
		all[s.Name] = kept
	}
	for name := range all {
		if _, room, per := strings.Cut(name, "@"); per && slices.Contains(gone, room) {
			delete(all, name)
		}
	}
	return all, taken, n
}

// again gives settings as they will be read from the store.
func again(settings map[string]any) map[string]any {
	text, _ := json.Marshal(settings) // lists of strings and strings always encode
	return storedSettings(string(text))
}
