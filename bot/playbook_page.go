package bot

import (
	"slices"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// enablePage says what a playbook does and costs, how it is set, and what still keeps it quiet: roles that nobody has
// accepted, rooms in which the bot is new, a halt.
func (t *turn) enablePage(p *page, w wished, values playbooks.Values) error {
	p.say("enable.what", holes{"about": text(about(p.g, w.book.About)), "price": price(w.book)})
	if set := t.setWords(p.g, w); len(set) > 0 {
		p.say("enable.set", holes{"settings": set})
	}
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
	if err := t.haltNoteFor(p, w.space, w.book); err != nil {
		return err
	}
	p.body = append(p.body, t.blind(p.g)...)
	return nil
}

// setWords are the settings that were understood, but for the rooms, which the first line has.
func (t *turn) setWords(g tongue, w wished) []chat.Node {
	var list [][]chat.Node
	for _, name := range sortedKeys(w.given) {
		if s := w.book.Setting(name); s != nil && s.Type == "channels" {
			continue
		}
		list = append(list, append(append(settingName(name), chat.Text(" ")), t.valueWords(g, w.given[name])...))
	}
	return joinNodes(", ", list...)
}

// newRooms says in which rooms nothing starts yet.
func (t *turn) newRooms(p *page, book *playbooks.Playbook, values playbooks.Values) error {
	for _, channel := range roomsOf(book, values) {
		place, ok, err := t.tx.FindPlace(t.conn.Name, channel)
		if err != nil {
			return err
		}
		if ok && place.NoticeUntil.After(t.now) {
			p.say("enable.notice", holes{"room": {chat.Room{Channel: place.Channel}}, "until": t.texts.moment(p.g, place.NoticeUntil, t.now)})
		}
	}
	return nil
}

// roomsOf are the rooms of all settings that name rooms, each once.
func roomsOf(book *playbooks.Playbook, values playbooks.Values) (out []chat.ChannelID) {
	for _, s := range book.Settings {
		for _, channel := range values.Channels(s.Name) {
			if id := chat.ChannelID(channel); !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}
