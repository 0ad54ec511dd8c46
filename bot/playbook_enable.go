package bot

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// wished is a playbook with the settings that it would get.
type wished struct {
	book  *playbooks.Playbook
	given map[string]any
	space chat.SpaceID
	only  bool // the rooms given are all; else they are added to those in which it is on
	now   bool // without showing first what it would bring
}

// enablePlaybook turns a playbook on, or sets it while it is on, after showing what it will do, cost, and would have
// brought of late.
func (t *turn) enablePlaybook(c *call, space chat.SpaceID) error {
	if !t.isSteward(c.user) {
		return t.tellBack(c, "stewards.only", nil)
	}
	book, err := t.bookToChange(c)
	if err != nil || book == nil {
		return err
	}
	return t.withWish(c, book, space, (*turn).wish)
}

// previewPlaybook says what it would do and cost, and changes nothing.
func (t *turn) previewPlaybook(c *call, space chat.SpaceID) error {
	book := t.bookMeant(c)
	if book == nil {
		return t.tellBack(c, "playbook.which", holes{"playbooks": t.bookNames()})
	}
	return t.withWish(c, book, space, (*turn).wouldTurnOn)
}

// wouldTurnOn says what would happen.
func (t *turn) wouldTurnOn(c *call, w wished) error {
	all, ok, err := t.merged(c, w)
	if err != nil {
		return err
	}
	if !ok {
		return t.tellBack(c, "setting.no_rooms", holes{"example": t.enableLine(c.g, w.book)})
	}
	return t.show(c, w, all, "enable.would", nil)
}

// wish turns on at once what is wished at once, or where no button could be pressed; else it asks.
func (t *turn) wish(c *call, w wished) error {
	all, ok, err := t.merged(c, w)
	switch {
	case err != nil:
		return err
	case !ok:
		return t.tellBack(c, "setting.no_rooms", holes{"example": t.enableLine(c.g, w.book)})
	case w.now || t.conn.info.Plain:
		return t.turnOn(c, w, all)
	}
	return t.offer(c, w, all)
}

// merged lays what is wanted over what is stored. Rooms come to those in which the playbook is on; without any it is
// the room in which the command was given.
func (t *turn) merged(c *call, w wished) (map[string]any, bool, error) {
	row, _, err := t.tx.Instance(t.conn.Name, w.space, w.book.ID)
	if err != nil {
		return nil, false, err
	}
	all := storedSettings(row.Settings)
	maps.Copy(all, w.given)
	for _, s := range w.book.Settings {
		_, locked := t.fixed(w.space, w.book)[s.Name]
		switch {
		case s.Type != "channels" || locked:
		case w.given[s.Name] != nil && row.Enabled && !w.only:
			all[s.Name] = joinedRooms(storedSettings(row.Settings)[s.Name], w.given[s.Name])
		case all[s.Name] != nil || s.Default != nil:
		case c.direct:
			return nil, false, nil
		default:
			all[s.Name] = []string{string(c.place.Channel)}
		}
	}
	return all, true, nil
}

// joinedRooms are the rooms of two lists, each once.
func joinedRooms(lists ...any) []string {
	var out []string
	for _, list := range lists {
		for _, room := range listed(list) {
			if !slices.Contains(out, room) {
				out = append(out, room)
			}
		}
	}
	return out
}

// listed reads a list of rooms as it is given, or as JSON gives it; anything else counts as none.
func listed(value any) (out []string) {
	text, err := json.Marshal(value)
	if err != nil || json.Unmarshal(text, &out) != nil {
		return nil
	}
	return out
}

// turnOn stores it and says what will happen.
func (t *turn) turnOn(c *call, w wished, all map[string]any) error {
	before, _, err := t.tx.Instance(t.conn.Name, w.space, w.book.ID)
	if err != nil {
		return err
	}
	if _, err := t.stopShadow(w.space, w.book.ID); err != nil {
		return err
	}
	if err := t.enable(w.space, w.book, all, ""); err != nil {
		return err
	}
	if err := t.introduceIn(w, all); err != nil {
		return err
	}
	p := t.page(c.g)
	values, err := w.book.Fill(again(t.withFixed(w, all)))
	if err != nil {
		return err
	}
	id := "enable.done"
	if before.Enabled && t.addsRoom(w, before, all) {
		id = "enable.added"
	}
	p.say(id, holes{"playbook": {chat.Code(w.book.ID)}, "rooms": t.roomWords(values, w.book)})
	if err := t.enablePage(p, w, values); err != nil {
		return err
	}
	p.say("enable.undo", holes{"command": {chat.Code(t.texts.word(c.g, "type.disable") + " " + w.book.ID)}})
	t.answerSeen(c, p, t.strangeRooms(w, values))
	return nil
}

// withFixed are the settings as they will hold: what the configuration file fixes goes before what is given.
func (t *turn) withFixed(w wished, all map[string]any) map[string]any {
	out := maps.Clone(all)
	maps.Copy(out, t.fixed(w.space, w.book))
	return out
}

// addsRoom reports whether rooms have come to those in which it was on.
func (t *turn) addsRoom(w wished, before store.Instance, all map[string]any) bool {
	old := storedSettings(before.Settings)
	for _, s := range w.book.Settings {
		had, has := listed(old[s.Name]), listed(all[s.Name])
		if s.Type == "channels" && len(had) > 0 && len(has) > len(had) {
			return true
		}
	}
	return false
}
