package bot

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
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
	all, taken, left := storedSettings(row.Settings), false, 0
	for _, s := range w.book.Settings {
		if s.Type != "channels" {
			continue
		}
		rooms := listed(all[s.Name])
		kept := slices.DeleteFunc(slices.Clone(rooms), func(room string) bool { return slices.Contains(gone, room) })
		taken, left = taken || len(kept) < len(rooms), left+len(kept)
		all[s.Name] = kept
	}
	values, err := w.book.Fill(storedSettings(row.Settings))
	if err != nil {
		return err
	}
	fill := holes{"playbook": {chat.Code(w.book.ID)}, "rooms": t.roomWords(values, w.book)}
	p := t.page(c.g)
	switch {
	case !taken:
		p.say("disable.not_there", fill)
	case left == 0:
		if err := t.disable(w.space, w.book); err != nil {
			return err
		}
		p.say("disable.last", fill)
	default:
		for name := range all {
			if _, room, per := strings.Cut(name, "@"); per && slices.Contains(gone, room) {
				delete(all, name)
			}
		}
		if err := t.enable(w.space, w.book, all, ""); err != nil {
			return err
		}
		if values, err = w.book.Fill(again(all)); err != nil {
			return err
		}
		fill["rooms"] = t.roomWords(values, w.book)
		p.say("disable.room", fill)
	}
	t.answerSeen(c, p)
	return nil
}

// again gives settings as they will be read from the store.
func again(settings map[string]any) map[string]any {
	text, _ := json.Marshal(settings) // lists of strings and strings always encode
	return storedSettings(string(text))
}
