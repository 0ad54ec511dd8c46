package bot

import (
	"maps"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// digestSchedule plans the digest of a room, and sets the room's language and clocks. Without a plan it says when the
// next one comes, to everybody.
func (t *turn) digestSchedule(c *call, place store.Place) error {
	b, on, err := t.digestRule(place)
	if err != nil {
		return err
	}
	words := planTokens(c)
	p := t.page(c.g)
	switch {
	case b.Rule == nil || !on || len(words) == 0:
		err := t.digestStateLine(p, place)
		if on && t.isSteward(c.user) {
			p.say("digest.plan.example", nil)
		}
		t.answer(c.reply, p.body)
		return err
	case !t.isSteward(c.user):
		return t.tellBack(c, "stewards.only", nil)
	}
	wanted := readPlan(words)
	next, given := t.planned(b, place, &wanted)
	if len(wanted.problems) == 0 {
		return t.keepPlan(c, place, next, given, wanted)
	}
	for _, problem := range wanted.problems {
		p.say(problem.id, problem.fill)
	}
	p.say("digest.plan.example", nil)
	t.answer(c.reply, p.body)
	return nil
}

// planTokens are the words of the plan: all but the verb and the room.
func planTokens(c *call) (words []string) {
	for _, tok := range tokens(c.text, c.references) {
		if tok.channel == "" {
			words = append(words, tok.word)
		}
	}
	return words[min(1, len(words)):]
}

// planned is the rule as it would be by a plan, and the settings that make it so. What cannot be set is a problem of
// the plan.
func (t *turn) planned(b playbooks.Bound, place store.Place, p *plan) (playbooks.Bound, map[string]any) {
	when, book := b.Rule.When.(playbooks.OnSchedule), b.Instance.Playbook
	given := map[string]any{}
	for _, part := range []struct{ name, value, id string }{
		{when.From.Every, p.every, "digest.plan.fixed_rhythm"}, {when.From.Day, p.day, "digest.plan.fixed_day"}, {when.From.At, p.at, "digest.plan.fixed_time"},
	} {
		if part.value == "" {
			continue
		}
		s, key := book.Setting(part.name), settingIn(book, part.name, place)
		if s == nil {
			p.problems = append(p.problems, problem{part.id, nil})
			continue
		}
		if t.locked(place.Space, book, key) {
			p.problems = append(p.problems, problem{"setting.locked", holes{"name": {chat.Code(s.Name)}}})
		}
		if _, err := s.Value(part.value); err != nil {
			p.problems = append(p.problems, problem{"digest.plan.not_offered", holes{"word": {chat.Code(part.value)}, "names": codes(s.Of)}})
		}
		given[key] = part.value
	}
	values := maps.Clone(b.Instance.Settings)
	maps.Copy(values, given)
	return playbooks.Bound{Instance: &playbooks.Instance{Playbook: book, Settings: values}, Rule: b.Rule}, given
}

// keepPlan stores what was planned, unless the room is quiet whenever it would come, and says what was understood.
func (t *turn) keepPlan(c *call, place store.Place, b playbooks.Bound, given map[string]any, wanted plan) error {
	if wanted.language != "" {
		place.Language = wanted.language
	}
	if wanted.zone != "" {
		place.Zone = wanted.zone
	}
	next, ok, err := t.comes(b, place)
	if err != nil {
		return err
	}
	if !ok {
		return t.tellBack(c, "digest.plan.quiet", holes{
			"room": {chat.Room{Channel: place.Channel}}, "hours": text(t.hoursWords(c.g, t.roomHours(place).Week)),
		})
	}
	if err := t.setInRoom(place, b.Instance.Playbook, given, ""); err != nil {
		return err
	}
	if wanted.settles() {
		if err := t.settleRoom(place); err != nil {
			return err
		}
	}
	t.answer(c.reply, t.planPage(c.g, place, b, next, wanted))
	return nil
}

// settles reports whether a plan is about more than the digest: about what is spoken in the room, and by which clocks.
func (p plan) settles() bool { return p.language != "" || p.zone != "" }

// planPage says what was understood, by the clocks of the room.
func (t *turn) planPage(g tongue, place store.Place, b playbooks.Bound, next time.Time, wanted plan) []chat.Node {
	g.zone = t.zoneOf(place)
	room := chat.Room{Channel: place.Channel}
	p := t.page(g)
	p.say("digest.plan.done", holes{
		"room": {room}, "plan": t.triggerWordsIn(g, b, place.Channel), "zone": text(g.zone.String()),
		"language": text(t.texts.word(g, "pref.language."+t.tongueIn(place).language)), "when": t.texts.moment(g, next, t.now),
	})
	if wanted.settles() {
		p.say("digest.plan.follows", holes{"room": {room}})
	}
	return p.body
}

// comes is when the next digest is really said: at once when planned, or when the room's hours begin. It is not ok
// where it would be too late by then, every time.
func (t *turn) comes(b playbooks.Bound, place store.Place) (time.Time, bool, error) {
	next, err := t.nextDigest(b, place)
	if err != nil {
		return next, false, err
	}
	hours := t.roomHours(place)
	open, ok := hours.NextOpen(next)
	return open, ok && !open.After(digestOf(b.Rule).Expires.From(next, hours)), nil
}

// settleRoom keeps a room's language and clocks. Slots move with the clocks.
func (t *turn) settleRoom(place store.Place) error {
	if err := t.tx.SetPlace(place); err != nil {
		return err
	}
	t.changed(spaceKey{place.Conn, place.Space})
	return t.moveSlots(place.Space)
}
