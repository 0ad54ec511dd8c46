package bot

import (
	"context"
	"slices"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// explainDigest says what the digest is, when it comes in this room, and who gets it here.
func (t *turn) explainDigest(c *call, place store.Place) error {
	p := t.page(c.g)
	p.say("digest.explain", nil)
	if err := t.digestStateLine(p, place); err != nil {
		return err
	}
	own, err := t.tx.SubscriptionsOf(c.who.ID)
	if err != nil {
		return err
	}
	if slices.Contains(own, place.ID) {
		p.say("digest.yours", nil)
	} else {
		p.say("digest.not_yours", nil)
	}
	t.digestFoot(p, c)
	t.answerSeen(c, p)
	return nil
}

// digestStateLine says when a room's digest comes next, or how it would.
func (t *turn) digestStateLine(p *page, place store.Place) error {
	b, on, err := t.digestRule(place)
	if err != nil {
		return err
	}
	fill := holes{"room": {chat.Room{Channel: place.Channel}}}
	switch {
	case b.Rule == nil:
		p.say("digest.no_playbook", nil)
		return nil
	case !on:
		fill["command"] = t.enableLine(p.g, b.Instance.Playbook)
		p.say("digest.is_off", fill)
		return nil
	}
	fill["plan"] = t.triggerWordsIn(p.g, b, place.Channel)
	fill["zone"] = text(t.zoneOf(place).String())
	if fill["when"], err = t.nextWords(p.g, b, place); err != nil {
		return err
	}
	p.say("digest.is_on", fill)
	return nil
}

func (t *turn) digestFoot(p *page, c *call) {
	p.say("digest.verbs", nil)
	if t.isSteward(c.user) {
		p.say("digest.steward_verbs", nil)
	}
}

// listDigests says in which rooms there is a digest, of those that the person can read.
func (t *turn) listDigests(c *call, space chat.SpaceID) error {
	order, lines, err := t.digestRooms(c.g, space)
	if err != nil {
		return err
	}
	see, p := t.sightOf(c), t.page(c.g)
	p.say("digest.explain", nil)
	t.answerLater(c.reply, func(ctx context.Context) []chat.Node {
		seen := slices.DeleteFunc(order, func(room chat.ChannelID) bool { return !see.sees(ctx, room) })
		for _, room := range first(seen, roomChoices) {
			p.line(lines[room]...)
		}
		if len(seen) == 0 {
			p.say("digest.nowhere", nil)
		}
		t.digestFoot(p, c)
		return p.body
	})
	return nil
}

// digestRooms lists the rooms with a digest, and of each the line that says when it comes.
func (t *turn) digestRooms(g tongue, space chat.SpaceID) (order []chat.ChannelID, lines map[chat.ChannelID][]chat.Node, err error) {
	places, err := t.tx.Places(t.conn.Name, space)
	lines = map[chat.ChannelID][]chat.Node{}
	for _, place := range places {
		_, on, err := t.digestRule(place)
		if err != nil {
			return nil, nil, err
		}
		if !on {
			continue
		}
		line := t.page(g)
		if err := t.digestStateLine(line, place); err != nil {
			return nil, nil, err
		}
		order, lines[place.Channel] = append(order, place.Channel), line.body
	}
	return order, lines, err
}
