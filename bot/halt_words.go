package bot

import (
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
