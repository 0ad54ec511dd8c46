package bot

import (
	"context"
	"slices"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/playbooks"
)

// haltNote says, on whatever page is looked at, that a steward has made the bot quiet: all of it, or some playbooks.
func (t *turn) haltNote(p *page, space chat.SpaceID) error {
	all, err := t.halted(space)
	if err != nil {
		return err
	}
	if all {
		p.say("halt.note", nil)
		return nil
	}
	var quiet []string
	for _, id := range t.bookIDs() {
		one, err := t.haltedFor(space, id)
		if err != nil {
			return err
		}
		if one {
			quiet = append(quiet, id)
		}
	}
	if len(quiet) > 0 {
		p.say("halt.note_some", holes{"playbooks": codes(quiet)})
	}
	return nil
}

// haltNoteFor says it of one playbook.
func (t *turn) haltNoteFor(p *page, space chat.SpaceID, book *playbooks.Playbook) error {
	halted, err := t.haltedFor(space, book.ID)
	if err == nil && halted {
		p.say("halt.note", nil)
	}
	return err
}

// haltNotes is haltNote for a page that is written later.
func (t *turn) haltNotes(g tongue, space chat.SpaceID) ([]chat.Node, error) {
	p := t.page(g)
	if err := t.haltNote(p, space); err != nil || len(p.body) == 0 {
		return nil, err
	}
	return append(text("\n"), p.body...), nil
}

// sayHalt says a halt, or its end, where it was given: in the room, and with "aloud" once in every other room in which
// people may be waiting for something. Given in private it stands on everybody's pages, and is posted nowhere.
func (t *turn) sayHalt(c *call, space chat.SpaceID, book *playbooks.Playbook, id string, fill holes) error {
	aloud := len(withoutAloud(c.words)) < len(c.words)
	rooms, err := t.haltRooms(c, space, book, aloud)
	if err != nil {
		return err
	}
	for i, room := range rooms {
		if slices.Contains(rooms[:i], room) {
			continue
		}
		if err := t.postHalt(space, room, id, fill); err != nil {
			return err
		}
	}
	switch {
	case aloud && len(rooms) > 0:
		return t.tellBack(c, "halt.done_aloud", nil)
	case c.direct:
		return t.tellBack(c, "halt.done_private", nil)
	}
	return t.tellBack(c, "halt.done", nil)
}

// haltRooms are the rooms in which a halt is said.
func (t *turn) haltRooms(c *call, space chat.SpaceID, book *playbooks.Playbook, aloud bool) (rooms []chat.ChannelID, err error) {
	if !c.direct {
		rooms = append(rooms, c.place.Channel)
	}
	if !aloud {
		return rooms, nil
	}
	on, err := t.spaceOf(spaceKey{t.conn.Name, space})
	if err != nil {
		return nil, err
	}
	for _, name := range sortedKeys(on.instances) {
		if in := on.instances[name]; book == nil || in.Playbook == book {
			rooms = append(rooms, roomsOf(in.Playbook, in.Settings)...)
		}
	}
	return rooms, nil
}

func (t *turn) postHalt(space chat.SpaceID, room chat.ChannelID, id string, fill holes) error {
	place, err := t.place(chat.Place{Space: space, Channel: room})
	if err != nil {
		return err
	}
	m := chat.Message{To: chat.To{Space: space, Channel: room}, Body: t.texts.say(t.tongueIn(place), id, fill)}
	t.onStored(func(ctx context.Context) { t.say(ctx, t.conn, m) })
	return nil
}

// withoutAloud takes out the words that ask for a halt to be said in the rooms.
func withoutAloud(words []string) (rest []string) {
	for _, word := range words {
		if !slices.Contains([]string{"aloud", "loud", "loudly", "publicly", "publiquement", "annonce"}, normal(word)) {
			rest = append(rest, word)
		}
	}
	return rest
}
