package bot

import (
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/playbooks"
)

// settingHalt is the setting under which a halt of everything stands, with its time; "halt@ID" is one playbook's.
const settingHalt = "halt"

func haltName(playbook string) string {
	if playbook == "" {
		return settingHalt
	}
	return settingHalt + "@" + playbook
}

// halted reports whether a steward stopped the bot in a space.
func (t *turn) halted(space chat.SpaceID) (bool, error) { return t.haltedFor(space, "") }

// haltedFor reports whether a steward stopped the bot, or this playbook, in a space.
func (t *turn) haltedFor(space chat.SpaceID, playbook string) (bool, error) {
	_, all, err := t.tx.Setting(t.conn.Name, space, settingHalt)
	if err != nil || all || playbook == "" {
		return all, err
	}
	_, one, err := t.tx.Setting(t.conn.Name, space, haltName(playbook))
	return one, err
}

// halt stops everything unasked in a space, or one playbook, until "halt end". Everybody may ask whether it is so.
func (t *turn) halt(c *call, space chat.SpaceID) error {
	if !t.isSteward(c.user) {
		return t.haltState(c, space)
	}
	words, ends := withoutEnd(withoutAloud(c.words))
	book, rest, near := t.bookSaid(strings.Join(words, " "))
	switch {
	case near != nil:
		return t.askBack(c, near)
	case book == nil && !everything(rest):
		return t.tellBack(c, "halt.unclear", holes{"playbooks": t.bookNames()})
	case ends:
		return t.endHalt(c, space, book)
	}
	return t.beginHalt(c, space, book)
}

// withoutEnd takes out the words that end a halt, and reports whether there were any.
func withoutEnd(words []string) (rest []string, ends bool) {
	for _, word := range words {
		switch normal(word) {
		case "end", "ends", "over", "off", "resume", "lift", "fin", "reprise", "reprendre", "lever":
			ends = true
		default:
			rest = append(rest, word)
		}
	}
	return rest, ends
}

// haltState tells whoever is no steward how it is.
func (t *turn) haltState(c *call, space chat.SpaceID) error {
	at, halted, err := t.tx.Setting(t.conn.Name, space, settingHalt)
	if err != nil {
		return err
	}
	if halted {
		since, _ := time.Parse(time.RFC3339, at)
		return t.tellBack(c, "halt.is", holes{"since": t.texts.moment(c.g, since, t.now)})
	}
	p := t.page(c.g)
	if err := t.haltNote(p, space); err != nil {
		return err
	}
	if len(p.body) == 0 {
		p.say("halt.is_not", nil)
	}
	t.answer(c.reply, p.body)
	return nil
}

func (t *turn) beginHalt(c *call, space chat.SpaceID, book *playbooks.Playbook) error {
	return t.setHalt(c, space, book, t.now.UTC().Format(time.RFC3339), "begun")
}

// endHalt lifts a halt; that of everything lifts those of single playbooks with it.
func (t *turn) endHalt(c *call, space chat.SpaceID, book *playbooks.Playbook) error {
	if book != nil {
		return t.setHalt(c, space, book, "", "ended")
	}
	any := false
	for _, id := range append(t.bookIDs(), "") {
		_, halted, err := t.tx.Setting(t.conn.Name, space, haltName(id))
		if err != nil {
			return err
		}
		any = any || halted
		if halted && id != "" {
			if err := t.tx.SetSetting(t.conn.Name, space, haltName(id), ""); err != nil {
				return err
			}
		}
	}
	if !any {
		return t.tellBack(c, "halt.is_not", nil)
	}
	return t.setHalt(c, space, nil, "", "ended")
}

// setHalt keeps the change, notes it in the chain, and says it.
func (t *turn) setHalt(c *call, space chat.SpaceID, book *playbooks.Playbook, value, what string) error {
	id, text, fill := "", "halt."+what, holes(nil)
	if book != nil {
		id, text, fill = book.ID, "halt."+what+"_one", holes{"playbook": {chat.Code(book.ID)}}
	}
	if err := t.tx.SetSetting(t.conn.Name, space, haltName(id), value); err != nil {
		return err
	}
	if err := t.noteChange(change{What: "halt " + what, Playbook: id, Conn: t.conn.Name, Space: space}); err != nil {
		return err
	}
	return t.sayHalt(c, space, book, text, fill)
}
