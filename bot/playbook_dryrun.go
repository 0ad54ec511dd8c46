package bot

import (
	"slices"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/playbooks"
)

// dryrunPlaybook lets a playbook run in shadow for two weeks, or reports how it goes.
func (t *turn) dryrunPlaybook(c *call, space chat.SpaceID) error {
	report := slices.ContainsFunc(c.words, func(word string) bool { return slices.Contains([]string{"report", "rapport"}, normal(word)) })
	may, err := t.mayWatch(c, space)
	switch {
	case err != nil:
		return err
	case !may, !report && !t.isSteward(c.user):
		return t.tellBack(c, "stewards.only", nil)
	}
	book, err := t.bookToChange(c)
	if err != nil || book == nil {
		return err
	}
	if report {
		return t.shadowReport(c, wished{book: book, space: space})
	}
	on, err := t.spaceOf(spaceKey{t.conn.Name, space})
	if err != nil {
		return err
	}
	if on.instances[book.ID] != nil {
		return t.tellBack(c, "shadow.is_on", holes{"playbook": {chat.Code(book.ID)}})
	}
	return t.withWish(c, book, space, (*turn).dryrun)
}

func (t *turn) dryrun(c *call, w wished) error {
	all, ok, err := t.merged(c, w)
	if err != nil {
		return err
	}
	if !ok {
		return t.tellBack(c, "setting.no_rooms", holes{"example": t.typed(c.g, "type.dryrun", w.book)})
	}
	values, err := w.book.Fill(again(t.withFixed(w, all)))
	if err != nil {
		return err
	}
	s, err := t.beginShadow(w, all)
	if err != nil {
		return err
	}
	p := t.page(c.g)
	p.say("shadow.begun", holes{
		"playbook": {chat.Code(w.book.ID)}, "rooms": t.roomWords(values, w.book), "until": t.texts.moment(c.g, s.until, t.now),
	})
	if err := t.enablePage(p, w, values); err != nil {
		return err
	}
	p.say("shadow.how", holes{
		"report": {chat.Code(t.texts.word(c.g, "type.dryrun") + " " + w.book.ID + " " + t.texts.word(c.g, "type.report"))},
		"end":    {chat.Code(t.texts.word(c.g, "type.disable") + " " + w.book.ID)},
	})
	t.answerSeen(c, p, t.strangeRooms(w, values))
	return nil
}

// shadowWords say until when a playbook runs in shadow; nothing where it does not.
func (t *turn) shadowWords(g tongue, space chat.SpaceID, book *playbooks.Playbook) ([]chat.Node, error) {
	s, ok, err := t.shadowOf(space, book.ID)
	if err != nil || !ok {
		return nil, err
	}
	return t.texts.say(g, "playbook.shadow", holes{"until": t.texts.moment(g, s.until, t.now)}), nil
}
