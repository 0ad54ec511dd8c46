package bot

import (
	"slices"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// resume undoes stop, pause and leave: of everything, or of one playbook. It names what it undid, and what holds all
// the same.
func (t *turn) resume(c *call) error {
	book, _, near := t.bookSaid(c.text)
	switch {
	case near != nil:
		return t.askBack(c, near)
	case book != nil:
		return t.resumeBook(c, book.ID)
	}
	outs, err := t.tx.Optouts(t.conn.Name, c.user)
	if err != nil {
		return err
	}
	if len(outs) == 0 && !quiet(c.who, t.now) {
		return t.resumed(c, "resume.nothing", nil)
	}
	for _, id := range outs {
		if err := t.tx.OptIn(t.conn.Name, c.user, id); err != nil {
			return err
		}
	}
	undone := t.quietened(c, outs)
	p := prefsOf(c.who)
	p.Pauses = ""
	c.who.Prefs = p.String()
	c.who.PausedUntil, c.who.NotBefore, c.who.AwayFrom, c.who.AwayUntil = time.Time{}, time.Time{}, time.Time{}, time.Time{}
	if err := t.tx.UpdatePerson(c.who); err != nil {
		return err
	}
	return t.resumed(c, "resume.all", holes{"undone": undone})
}

// quietened names what kept the bot quiet for a person.
func (t *turn) quietened(c *call, outs []string) []chat.Node {
	var list [][]chat.Node
	if slices.Contains(outs, "") {
		list = append(list, t.texts.say(c.g, "resume.undone.stop", nil))
	}
	if outs = slices.DeleteFunc(slices.Clone(outs), func(id string) bool { return id == "" }); len(outs) > 0 {
		list = append(list, t.texts.say(c.g, "resume.undone.stops", holes{"playbooks": codes(outs)}))
	}
	for _, held := range []struct {
		id    string
		until time.Time
	}{
		{"resume.undone.pause", c.who.PausedUntil}, {"resume.undone.later", c.who.NotBefore}, {"resume.undone.leave", c.who.AwayUntil},
	} {
		if held.until.After(t.now) {
			list = append(list, t.texts.say(c.g, held.id, holes{"until": t.texts.moment(c.g, held.until, t.now)}))
		}
	}
	if prefsOf(c.who).Pauses != "" {
		list = append(list, t.texts.say(c.g, "resume.undone.pauses", nil))
	}
	return joinNodes(", ", list...)
}

func (t *turn) resumeBook(c *call, id string) error {
	if err := t.optInto(c, id); err != nil {
		return err
	}
	c.who.Prefs = prefsOf(c.who).pausing(id, time.Time{}, t.now).String()
	if err := t.tx.UpdatePerson(c.who); err != nil {
		return err
	}
	outs, err := t.tx.Optouts(t.conn.Name, c.user)
	if err != nil {
		return err
	}
	if !slices.Contains(outs, "") {
		outs = nil
	}
	fill := holes{"playbook": {chat.Code(id)}}
	still := c.who
	still.Prefs = ""
	if len(outs) > 0 || quiet(still, t.now) {
		stopped := slices.DeleteFunc(outs, func(id string) bool { return id != "" })
		fill["still"] = t.quietened(&call{who: still, g: c.g}, stopped)
		return t.resumed(c, "resume.playbook_but", fill)
	}
	return t.resumed(c, "resume.playbook", fill)
}

// optInto takes the stop of a playbook back, and those of single questions of it.
func (t *turn) optInto(c *call, id string) error {
	outs, err := t.tx.Optouts(t.conn.Name, c.user)
	if err != nil {
		return err
	}
	for _, out := range outs {
		if out != id && !strings.HasPrefix(out, askOf(id, "")) {
			continue
		}
		if err := t.tx.OptIn(t.conn.Name, c.user, out); err != nil {
			return err
		}
	}
	return nil
}

// resumed answers, and says where a steward's halt keeps the bot quiet for everybody.
func (t *turn) resumed(c *call, id string, fill holes) error {
	p := t.page(c.g)
	p.say(id, fill)
	if space, ok, err := t.spaceFor(c); err != nil {
		return err
	} else if ok {
		if err := t.haltNote(p, space); err != nil {
			return err
		}
	}
	t.answer(c.reply, p.body)
	return nil
}

// stopHolds adds to a pause that a stop goes on after it.
func (t *turn) stopHolds(c *call) ([]chat.Node, error) {
	out, err := t.tx.OptedOut(t.conn.Name, c.user, "")
	if err != nil || !out {
		return nil, err
	}
	return append(text(" "), t.texts.say(c.g, "pause.stopped", nil)...), nil
}
