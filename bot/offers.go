package bot

import (
	"github.com/gofirst/gofirst/bot/chat"
)

// pressMine opens the form in which somebody tells of a thing of their own, of the kind of the one that they were shown.
func (t *turn) pressMine(p *press) (bool, error) {
	a, err := t.actOf(p)
	if err != nil || a == nil {
		return false, err
	}
	return true, t.openWords(p.call(), asking{kind: actShare, room: p.cause.place, practice: a.Practice})
}

// pressTell opens the form in which the author of an example tells why they did it, unless they have.
func (t *turn) pressTell(p *press) (bool, error) {
	a := p.cause.act
	if a == nil || !a.Undone.IsZero() || a.Author != p.who.ID || a.Why != "" {
		return false, nil
	}
	return true, t.openWords(p.call(), asking{kind: actWhy, room: p.cause.place, source: linked{p.cause.place, a.Message}})
}

// pressThank opens the form for thanks to whom the message was about; where it was about nobody, it says how to thank.
func (t *turn) pressThank(p *press) (bool, error) {
	c := p.call()
	if p.cause.author == 0 || p.cause.author == p.who.ID || t.userOf(p.cause.author) == "" {
		t.answer(c.reply, t.texts.say(c.g, "how.thanks", nil))
		return true, nil
	}
	return true, t.openWords(c, asking{kind: actThanks, room: p.cause.place, receiver: p.cause.author})
}

// pressNever ends one kind of question of a playbook for a person, and leaves the others.
func (t *turn) pressNever(p *press) (bool, error) {
	if err := t.optOut(p.ev.Actor.User, p.who, askOf(p.d.Playbook, p.d.Text)); err != nil {
		return false, err
	}
	if p.watch != nil {
		if err := t.tx.DeleteWatch(p.watch.ID); err != nil {
			return false, err
		}
	}
	t.answer(p.ev.Reply, t.texts.say(p.g, "pressed.never", holes{"command": {chat.Code("/gofirst resume " + p.d.Playbook)}}))
	return true, nil
}
