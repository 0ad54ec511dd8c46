package bot

import (
	"context"
	"strconv"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/playbooks"
)

// playbook lists, shows, turns on and off. Everybody may look; stewards change.
func (t *turn) playbook(c *call, space chat.SpaceID) error {
	verbs := playbookVerbs()
	if len(c.words) == 0 {
		return t.listPlaybooks(c, space)
	}
	for _, word := range c.words[:min(4, len(c.words))] { // in both orders: "show X" and "X show"
		if run := verbs[normal(word)]; run != nil {
			return run(t, c, space)
		}
	}
	if run := verbs[playbooks.Nearest(normal(c.words[0]), sortedKeys(verbs))]; run != nil {
		return run(t, c, space)
	}
	if book, _ := t.bookIn(c.words[0]); book != nil {
		return t.showPlaybook(c, space)
	}
	return t.tellBack(c, "playbook.what", nil)
}

func playbookVerbs() map[string]func(*turn, *call, chat.SpaceID) error {
	return map[string]func(*turn, *call, chat.SpaceID) error{
		"list": (*turn).listPlaybooks, "liste": (*turn).listPlaybooks,
		"show": (*turn).showPlaybook, "montre": (*turn).showPlaybook, "montrer": (*turn).showPlaybook, "voir": (*turn).showPlaybook,
		"enable": (*turn).enablePlaybook, "on": (*turn).enablePlaybook, "active": (*turn).enablePlaybook, "activer": (*turn).enablePlaybook,
		"set": (*turn).setPlaybook, "settings": (*turn).setPlaybook, "regler": (*turn).setPlaybook, "regle": (*turn).setPlaybook, "reglages": (*turn).setPlaybook, "preview": (*turn).previewPlaybook, "apercu": (*turn).previewPlaybook,
		"disable": (*turn).disablePlaybook, "off": (*turn).disablePlaybook, "desactive": (*turn).disablePlaybook, "desactiver": (*turn).disablePlaybook,
		"dryrun": (*turn).dryrunPlaybook, "dry-run": (*turn).dryrunPlaybook, "essai": (*turn).dryrunPlaybook, "essaie": (*turn).dryrunPlaybook,
		"history": (*turn).playbookHistory, "historique": (*turn).playbookHistory,
	}
}

// price is what a playbook can cost a person at most.
func price(book *playbooks.Playbook) []chat.Node {
	return text(strconv.FormatFloat(playbooks.Price(book), 'g', 2, 64))
}

// answerSeen answers with a page in which rooms that the person cannot read are not named.
// What more can only be learned by asking the service comes behind.
func (t *turn) answerSeen(c *call, p *page, more ...func(context.Context, *page)) {
	see := t.sightOf(c)
	t.answerLater(c.reply, func(ctx context.Context) []chat.Node {
		for _, add := range more {
			add(ctx, p)
		}
		p.hide(ctx, see)
		return p.body
	}, p.buttons...)
}

// hide names no room that the person cannot read.
func (p *page) hide(ctx context.Context, see *sight) {
	for i, node := range p.body {
		if room, ok := node.(chat.Room); ok && !see.sees(ctx, room.Channel) {
			p.body[i] = chat.Text(p.texts.word(p.g, "room.private"))
		}
	}
}

// listPlaybooks: name, on or off and where, price, what it is about.
func (t *turn) listPlaybooks(c *call, key chat.SpaceID) error {
	space, err := t.spaceOf(spaceKey{t.conn.Name, key})
	if err != nil {
		return err
	}
	p := t.page(c.g)
	p.say("playbook.list", nil)
	for _, id := range t.bookIDs() {
		book := t.books[id]
		state, err := t.stateWords(c.g, key, space.instances[id], book)
		if err != nil {
			return err
		}
		p.say("playbook.item", holes{
			"playbook": {chat.Code(id)}, "state": state, "price": price(book), "about": text(about(c.g, book.About)),
		})
	}
	p.say("playbook.list_foot", nil)
	if err := t.haltNote(p, key); err != nil {
		return err
	}
	t.answerSeen(c, p)
	return nil
}

// stateWords says whether a playbook is on, and where.
func (t *turn) stateWords(g tongue, space chat.SpaceID, in *playbooks.Instance, book *playbooks.Playbook) ([]chat.Node, error) {
	if in == nil {
		if words, err := t.shadowWords(g, space, book); words != nil || err != nil {
			return words, err
		}
		return t.texts.say(g, "playbook.off", nil), nil
	}
	halted, err := t.haltedFor(space, book.ID)
	if err != nil {
		return nil, err
	}
	if halted {
		return t.texts.say(g, "playbook.halted", nil), nil
	}
	return t.texts.say(g, "playbook.on", holes{"rooms": t.roomWords(in.Settings, book)}), nil
}

// roomWords lists the rooms of all settings that name rooms.
func (t *turn) roomWords(values playbooks.Values, book *playbooks.Playbook) []chat.Node {
	var rooms [][]chat.Node
	for _, s := range book.Settings {
		if s.Type != "channels" {
			continue
		}
		for _, channel := range values.Channels(s.Name) {
			rooms = append(rooms, []chat.Node{chat.Room{Channel: chat.ChannelID(channel)}})
		}
	}
	return joinNodes(", ", rooms...)
}
