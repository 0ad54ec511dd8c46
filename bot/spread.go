package bot

import (
	"context"
	"strings"

	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// How far back chains are looked for, and how many links are shown.
const (
	spreadDays  = 90
	spreadLines = 12
)

// link is one act in a chain, as everybody may see it.
type link struct {
	depth   int
	channel chat.ChannelID
	message chat.MessageID
	author  chat.UserID
	public  bool // by its audience; its room is looked at outside of the turn
}

// spread shows what came from what, as far as people said so themselves: the same to everybody.
func (t *turn) spread(c *call, space chat.SpaceID) error {
	since := t.now.AddDate(0, 0, -spreadDays)
	trees, err := t.tx.Chains(t.conn.Name, space, since)
	if err != nil {
		return err
	}
	practice := normal(strings.Join(c.words, " "))
	var chains [][]link
	for _, tree := range trees {
		if practice != "" && normal(tree.Act.Practice) != practice && tree.Act.Kind != practiceKind(practice) {
			continue
		}
		chain, err := t.chain(nil, tree, 0)
		if err != nil {
			return err
		}
		chains = append(chains, chain)
	}
	see := t.sightOf(c)
	from := t.texts.moment(c.g, calendar.DateOf(since, c.g.zone).At(0, c.g.zone), t.now)
	halt, err := t.haltNotes(c.g, space)
	if err != nil {
		return err
	}
	t.answerLater(c.reply, func(ctx context.Context) []chat.Node {
		return append(t.spreadPage(ctx, c.g, chains, see, from), halt...)
	})
	return nil
}

// practiceKind knows the French verbs.
func practiceKind(word string) string {
	switch word {
	case "partage":
		return actShare
	case "merci", "mercis":
		return actThanks
	case "exemple":
		return actExample
	}
	return word
}

// chain lays a tree out, line by line.
func (t *turn) chain(to []link, tree store.ActTree, depth int) ([]link, error) {
	place, _, err := t.tx.PlaceByID(tree.Act.Place)
	if err != nil {
		return nil, err
	}
	to = append(to, link{
		depth: depth, channel: place.Channel, message: tree.Act.Message, author: t.userOf(tree.Act.Author),
		public: tree.Act.Audience == "public" && tree.Act.Message != "",
	})
	for _, next := range tree.Adopted {
		if to, err = t.chain(to, next, depth+1); err != nil {
			return nil, err
		}
	}
	return to, nil
}

func (e *Engine) spreadPage(ctx context.Context, g tongue, chains [][]link, see *sight, from []chat.Node) []chat.Node {
	p := &page{texts: e.texts, g: g}
	if len(chains) == 0 {
		p.say("spread.none", holes{"since": from})
		p.say("spread.unmeasured", nil)
		return p.body
	}
	p.sayN("spread.head", len(chains), holes{"since": from})
	left := spreadLines
	for _, chain := range chains {
		for _, l := range first(chain, left) {
			p.line(e.linkLine(g, l, l.public && see.public(ctx, l.channel))...)
		}
		left -= min(left, len(chain))
	}
	if total := count(chains); total > spreadLines {
		p.sayN("spread.more", total-spreadLines, nil)
	}
	p.say("spread.bound", nil)
	p.say("spread.unmeasured", nil)
	return p.body
}

func count(chains [][]link) (n int) {
	for _, chain := range chains {
		n += len(chain)
	}
	return n
}

// linkLine names who did it where that may be seen, and else says no more than that something was done elsewhere.
func (e *Engine) linkLine(g tongue, l link, seen bool) []chat.Node {
	mark := "★ "
	if l.depth > 0 {
		mark = strings.Repeat("\u00a0\u00a0", l.depth-1) + "↳ "
	}
	if !seen {
		return append(text(mark), e.texts.say(g, "spread.elsewhere", nil)...)
	}
	who := text(e.texts.word(g, "somebody"))
	if l.author != "" {
		who = []chat.Node{chat.Mention{User: l.author}}
	}
	return append(text(mark), e.texts.say(g, "spread.line", holes{
		"author": who, "link": {chat.PostLink{Channel: l.channel, Message: l.message, Label: e.texts.word(g, "spread.link")}},
	})...)
}
