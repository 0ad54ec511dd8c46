package bot

import (
	"maps"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// enablePlaybook turns a playbook on, or sets it while it is on, and says what it will do and cost.
func (t *turn) enablePlaybook(c *call, space chat.SpaceID) error {
	return t.stewardWish(c, space, (*turn).turnOn)
}

// previewPlaybook says what it would do and cost, and changes nothing.
func (t *turn) previewPlaybook(c *call, space chat.SpaceID) error {
	return t.withWish(c, space, (*turn).wouldTurnOn)
}

// wished is a playbook with the settings that it would get.
type wished struct {
	book  *playbooks.Playbook
	given map[string]any
	space chat.SpaceID
}

func (t *turn) stewardWish(c *call, space chat.SpaceID, do func(*turn, *call, wished) error) error {
	if !t.isSteward(c.user) {
		return t.tellBack(c, "stewards.only", nil)
	}
	return t.withWish(c, space, do)
}

// merged lays what is wanted over what is stored; without any room it is the one in which the command was given.
func (t *turn) merged(c *call, w wished) (map[string]any, bool, error) {
	row, _, err := t.tx.Instance(t.conn.Name, w.space, w.book.ID)
	if err != nil {
		return nil, false, err
	}
	all := storedSettings(row.Settings)
	maps.Copy(all, w.given)
	for _, s := range w.book.Settings {
		_, locked := t.fixed(w.space, w.book)[s.Name]
		if s.Type != "channels" || all[s.Name] != nil || s.Default != nil || locked {
			continue
		}
		if c.direct {
			return nil, false, nil
		}
		all[s.Name] = []string{string(c.place.Channel)}
	}
	return all, true, nil
}

// turnOn stores it and says what will happen.
func (t *turn) turnOn(c *call, w wished) error { return t.wish(c, w, true) }

// wouldTurnOn says what would happen.
func (t *turn) wouldTurnOn(c *call, w wished) error { return t.wish(c, w, false) }

func (t *turn) wish(c *call, w wished, forGood bool) error {
	all, ok, err := t.merged(c, w)
	if err != nil {
		return err
	}
	if !ok {
		return t.tellBack(c, "setting.no_rooms", holes{"example": t.enableLine(c.g, w.book)})
	}
	id := "enable.would"
	if forGood {
		if err := t.enable(w.space, w.book, all); err != nil {
			return err
		}
		if err := t.introduceIn(w, all); err != nil {
			return err
		}
		id = "enable.done"
	}
	values, err := w.book.Fill(all)
	if err != nil {
		return err
	}
	p := t.page(c.g)
	p.say(id, holes{"playbook": {chat.Code(w.book.ID)}, "rooms": t.roomWords(values, w.book)})
	p.say("enable.what", holes{"about": text(about(c.g, w.book.About)), "price": price(w.book)})
	if err := t.enableNotes(p, w, values); err != nil {
		return err
	}
	p.body = append(p.body, t.blind(c.g)...)
	p.say("enable.undo", holes{"command": {chat.Code(t.texts.word(c.g, "type.disable") + " " + w.book.ID)}})
	t.answer(c.reply, p.body)
	return nil
}

// enableNotes says what still keeps it quiet: roles that nobody has accepted, rooms in which the bot is new, a halt.
func (t *turn) enableNotes(p *page, w wished, values playbooks.Values) error {
	for _, s := range w.book.Settings {
		role, _ := values[s.Name].(string)
		if s.Type != "role" || role == "" {
			continue
		}
		members, err := t.tx.RoleMembers(t.conn.Name, w.space, role, store.Accepted)
		if err != nil {
			return err
		}
		if len(members) == 0 {
			p.say("enable.nobody", holes{"role": text(t.roleWord(p.g, role))})
		}
	}
	if err := t.newRooms(p, w.book, values); err != nil {
		return err
	}
	halted, err := t.haltedFor(w.space, w.book.ID)
	if err == nil && halted {
		p.say("halt.note", nil)
	}
	return err
}

// newRooms says in which rooms nothing starts yet.
func (t *turn) newRooms(p *page, book *playbooks.Playbook, values playbooks.Values) error {
	for _, s := range book.Settings {
		for _, channel := range values.Channels(s.Name) {
			place, ok, err := t.tx.FindPlace(t.conn.Name, chat.ChannelID(channel))
			if err != nil {
				return err
			}
			if ok && place.NoticeUntil.After(t.now) {
				p.say("enable.notice", holes{"room": {chat.Room{Channel: place.Channel}}, "until": t.texts.moment(p.g, place.NoticeUntil, t.now)})
			}
		}
	}
	return nil
}

// disablePlaybook turns a playbook off; one that the configuration file turns on stays.
func (t *turn) disablePlaybook(c *call, space chat.SpaceID) error {
	book := t.bookMeant(c)
	fill := holes{"playbooks": t.bookNames()}
	if book != nil {
		fill["playbook"] = []chat.Node{chat.Code(book.ID)}
	}
	switch {
	case !t.isSteward(c.user):
		return t.tellBack(c, "stewards.only", nil)
	case book == nil:
		return t.tellBack(c, "playbook.which", fill)
	case t.fixed(space, book) != nil:
		return t.tellBack(c, "disable.locked", fill)
	}
	row, _, err := t.tx.Instance(t.conn.Name, space, book.ID)
	if err != nil {
		return err
	}
	if !row.Enabled {
		return t.tellBack(c, "disable.was_off", fill)
	}
	if err := t.disable(space, book); err != nil {
		return err
	}
	return t.tellBack(c, "disable.done", fill)
}
