package bot

import (
	"context"
	"slices"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// digestCommand shows what a digest of a room would say now; the other words are answered with what there is.
func (t *turn) digestCommand(c *call, space chat.SpaceID) error {
	word := ""
	if len(c.words) > 0 {
		word = normal(c.words[0])
	}
	switch word {
	case "", "preview", "apercu", "show", "here", "ici":
		return t.previewDigest(c, space)
	}
	for _, r := range c.references {
		if r.Channel != "" {
			return t.previewDigest(c, space)
		}
	}
	b, _, err := t.digestRule(c.place)
	if err != nil {
		return err
	}
	if b.Rule == nil {
		return t.tellBack(c, "digest.no_playbook", nil)
	}
	return t.tellBack(c, "digest.exists", holes{"command": t.enableLine(c.g, b.Instance.Playbook)})
}

// previewDigest shows it to one person alone. A room that they cannot read is not shown.
func (t *turn) previewDigest(c *call, space chat.SpaceID) error {
	place, ok, err := t.roomMeant(c, space)
	if err != nil {
		return err
	}
	if !ok {
		return t.tellBack(c, "digest.which_room", nil)
	}
	body, err := t.digestPage(c.g, place)
	if err != nil {
		return err
	}
	see := t.sightOf(c)
	t.answerLater(c.reply, func(ctx context.Context) []chat.Node {
		if !see.sees(ctx, place.Channel) {
			return t.texts.say(c.g, "digest.which_room", nil)
		}
		return body
	})
	return nil
}

// roomMeant is the room that is named, else the one in which the command was given.
func (t *turn) roomMeant(c *call, space chat.SpaceID) (store.Place, bool, error) {
	for _, r := range c.references {
		if r.Channel != "" {
			place, ok, err := t.tx.FindPlace(t.conn.Name, r.Channel)
			return place, ok && place.Space == space, err
		}
	}
	return c.place, !c.direct, nil
}

// digestRule finds the rule that writes the room's digest, and reports whether it is on there; else any that could.
func (t *turn) digestRule(place store.Place) (b playbooks.Bound, on bool, err error) {
	space, err := t.space(place)
	if err != nil {
		return b, false, err
	}
	for _, id := range t.bookIDs() {
		in := space.instances[id]
		if in == nil {
			values, err := t.books[id].Fill(nil)
			if err != nil {
				continue
			}
			in = &playbooks.Instance{Playbook: t.books[id], Settings: values}
		}
		for _, r := range in.Playbook.Rules {
			if digestOf(r) == nil {
				continue
			}
			if b.Rule == nil {
				b = playbooks.Bound{Instance: in, Rule: r}
			}
			if slices.Contains(in.Settings.Channels(playbooks.Rooms(r.When)), string(place.Channel)) {
				return playbooks.Bound{Instance: in, Rule: r}, true, nil
			}
		}
	}
	return b, false, nil
}

func digestOf(r *playbooks.Rule) *playbooks.Digest {
	for _, a := range r.Do {
		if d, ok := a.(playbooks.Digest); ok {
			return &d
		}
	}
	return nil
}

// digestPage is the digest as the room would see it, and whether it would come.
func (t *turn) digestPage(g tongue, place store.Place) ([]chat.Node, error) {
	p := t.page(g)
	b, on, err := t.digestRule(place)
	if err != nil {
		return nil, err
	}
	if b.Rule == nil {
		p.say("digest.no_playbook", nil)
		return p.body, nil
	}
	found, err := t.gather(place, *digestOf(b.Rule))
	if err != nil {
		return nil, err
	}
	room := holes{"room": {chat.Room{Channel: place.Channel}}, "playbook": {chat.Code(b.Instance.Playbook.ID)}}
	if found.items == 0 {
		p.say("digest.empty", room)
		return p.body, nil
	}
	facts, err := t.facts(b, cause{place: place, at: t.now})
	if err != nil {
		return nil, err
	}
	decision := playbooks.Decide(b, facts, 0)
	p.sayN("digest.preview", found.items, room)
	body, err := t.digestBody(t.tongueIn(place), place, *digestOf(b.Rule))
	if err != nil {
		return nil, err
	}
	p.line(body...)
	t.whetherPosted(p, b, on, decision, room)
	return p.body, nil
}

// whetherPosted says why nothing would be posted, where that is so.
func (t *turn) whetherPosted(p *page, b playbooks.Bound, on bool, d playbooks.Decision, room holes) {
	switch {
	case !on:
		p.say("digest.off", room)
	case d.Speaks():
		p.say("digest.comes", holes{"when": t.triggerWords(p.g, b)})
	case d.Reason == chat.ConditionFalse && b.Rule.If != nil:
		p.say("digest.condition", holes{"condition": {chat.Code(b.Rule.If.Source)}})
	default:
		p.say("digest.silent", holes{"reason": t.reason(p.g, d.Reason)})
	}
}
