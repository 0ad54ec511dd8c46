package bot

import (
	"time"

	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// mirrorKinds are the acts that a person sees of themself.
func mirrorKinds() []string { return []string{actShare, actAdopt, actExample, actWhy, actThanks} }

// meMirror sets what a person said yes to beside what they did: for their own eyes, in a private answer, from what is
// kept anyway. It names days and links, and counts nothing.
func (t *turn) meMirror(c *call) error {
	p := t.page(c.g)
	p.say("mirror.head", nil)
	roles, err := t.tx.RolesOf(c.who.ID)
	if err != nil {
		return err
	}
	said := false
	for _, r := range roles {
		if r.State == store.Accepted {
			said = true
			p.say("mirror.said", holes{"since": t.texts.moment(c.g, dayOf(r.Since, c.g), t.now), "role": text(t.roleWord(c.g, r.Role))})
		}
	}
	if !said {
		p.say("mirror.no_role", nil)
	}
	acts, err := t.tx.Acts(store.ActQuery{Conn: t.conn.Name, Author: c.who.ID, Kinds: mirrorKinds(), Since: t.now.Add(-remembered), Limit: wordsShown})
	if err != nil {
		return err
	}
	if len(acts) == 0 {
		p.say("mirror.nothing", nil)
	} else {
		p.say("mirror.done", nil)
		p.items(t.mirrorLines(c.g, acts))
	}
	p.say("mirror.foot", nil)
	t.answer(c.reply, p.body)
	return nil
}

// dayOf is the day of a moment, without its time.
func dayOf(at time.Time, g tongue) time.Time { return calendar.DateOf(at, g.zone).At(0, g.zone) }

func (t *turn) mirrorLines(g tongue, acts []store.Act) (lines [][]chat.Node) {
	for _, a := range acts {
		kind := a.Kind
		if a.Seen && !a.Declared {
			kind = "seen"
		}
		line := t.texts.say(g, "mirror.item", holes{
			"when": t.texts.moment(g, dayOf(a.At, g), t.now), "kind": text(t.texts.word(g, "mirror.kind."+kind)),
		})
		if link := t.actLink(a); link != nil {
			line = append(append(line, chat.Text(" ")), link...)
		}
		lines = append(lines, line)
	}
	return lines
}
