package bot

import (
	"slices"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// previewDigest shows a room's digest to one person alone, as the room would see it, and whether it would come.
func (t *turn) previewDigest(c *call, place store.Place) error {
	body, err := t.digestPage(c.g, place)
	if err != nil {
		return err
	}
	t.answer(c.reply, body)
	return nil
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
			if _, planned := r.When.(playbooks.OnSchedule); digestOf(r) == nil || !planned {
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
	f, decision, err := t.digestDecided(place, b)
	if err != nil {
		return nil, err
	}
	room := holes{"room": {chat.Room{Channel: place.Channel}}, "playbook": {chat.Code(b.Instance.Playbook.ID)}}
	if f.items == 0 {
		p.say("digest.empty", room)
		return p.body, nil
	}
	p.sayN("digest.preview", f.items, room)
	p.line(t.digestLines(t.tongueIn(place), place, b, f)...)
	switch {
	case !on:
		p.say("digest.off", room)
	case decision.Speaks():
		room["when"] = t.triggerWordsIn(g, b, place.Channel)
		p.say("digest.comes", room)
	default:
		t.digestObjection(p, b, decision.Reason)
	}
	return p.body, nil
}

// digestDecided gathers what there is and lets the rule decide about it.
func (t *turn) digestDecided(place store.Place, b playbooks.Bound) (found, playbooks.Decision, error) {
	f, err := t.gather(place, b, t.now, "")
	if err != nil {
		return f, playbooks.Decision{}, err
	}
	facts, err := t.facts(b, cause{place: place, at: t.now})
	return f, playbooks.Decide(b, facts, 0), err
}

// digestObjection says why nothing would be posted.
func (t *turn) digestObjection(p *page, b playbooks.Bound, r chat.Reason) {
	if r == chat.ConditionFalse && b.Rule.If != nil {
		p.say("digest.condition", holes{"condition": {chat.Code(b.Rule.If.Source)}})
		return
	}
	p.say("digest.silent", holes{"reason": t.reason(p.g, r)})
}
