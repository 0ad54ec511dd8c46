package bot

import (
	"context"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// meImpact shows what others publicly made of one's acts, and what one was thanked for: links and words, no counts.
func (t *turn) meImpact(c *call) error {
	acts, err := t.tx.Acts(store.ActQuery{Conn: t.conn.Name, Author: c.who.ID})
	if err != nil {
		return err
	}
	var built []link
	for _, a := range acts {
		adopted, err := t.tx.Adoptions(a.ID)
		if err != nil {
			return err
		}
		for _, next := range adopted {
			if built, err = t.chain(built, store.ActTree{Act: next}, 1); err != nil {
				return err
			}
		}
	}
	thanks, err := t.tx.Acts(store.ActQuery{Conn: t.conn.Name, Kinds: []string{actThanks}, Receiver: c.who.ID, Limit: wordsShown})
	if err != nil {
		return err
	}
	see := t.sightOf(c)
	thanked := t.thanksLines(c.g, thanks)
	t.answerLater(c.reply, func(ctx context.Context) []chat.Node { return t.impactPage(ctx, c.g, built, thanked, see) })
	return nil
}

func (t *turn) thanksLines(g tongue, thanks []store.Act) (lines [][]chat.Node) {
	for _, a := range thanks {
		lines = append(lines, t.texts.say(g, "me.impact.thanks", holes{
			"author": t.mention(g, a.Author), "words": {chat.Quote{chat.Text(a.Words)}},
		}))
	}
	return lines
}

func (e *Engine) impactPage(ctx context.Context, g tongue, built []link, thanked [][]chat.Node, see *sight) []chat.Node {
	p := &page{texts: e.texts, g: g}
	shown := 0
	for _, l := range built {
		if shown == wordsShown || !l.public || !see.sees(ctx, l.channel) {
			continue
		}
		if shown++; shown == 1 {
			p.say("me.impact.built", nil)
		}
		p.line(e.linkLine(g, l, true)...)
	}
	if shown == 0 {
		p.say("me.impact.none", nil)
	}
	for _, line := range thanked {
		p.line(line...)
	}
	p.say("me.impact.foot", nil)
	return p.body
}
