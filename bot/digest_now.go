package bot

import (
	"slices"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// slotNow begins the subject of a digest that a steward asked for. It is the room's unasked post of the day like any
// other, and once a day; the rule's own limit is about the plan, and so neither stops it nor counts it. What it showed
// the planned one no longer shows, which therefore comes only if enough has happened since.
const slotNow = "now-"

// besides reports whether a delivery comes besides what its rule has planned: a digest asked for by a steward, or
// somebody's own copy of one. The rule's limit does not concern it.
func besides(d store.Delivery) bool { return strings.HasPrefix(d.Subject, slotNow) || isCopy(d) }

// digestNow posts a room's digest at once, or says why there is none.
func (t *turn) digestNow(c *call, place store.Place) error {
	b, on, err := t.digestRule(place)
	if err != nil {
		return err
	}
	if b.Rule == nil || !on {
		p := t.page(c.g)
		err := t.digestStateLine(p, place)
		t.answer(c.reply, p.body)
		return err
	}
	f, decision, err := t.digestDecided(place, b)
	switch {
	case err != nil:
		return err
	case f.items == 0:
		return t.tellBack(c, "digest.empty", holes{"room": {chat.Room{Channel: place.Channel}}})
	case decision.Reason == chat.ConditionFalse && b.Rule.If != nil:
		t.answer(c.reply, t.texts.sayN(c.g, "digest.now.few", f.items, holes{"condition": {chat.Code(b.Rule.If.Source)}}))
		return nil
	case !decision.Speaks():
		return t.notNow(c, decision.Reason)
	case place.NoticeUntil.After(t.now):
		return t.notNow(c, chat.NoticePeriod)
	}
	return t.postDigest(c, b, place)
}

func (t *turn) notNow(c *call, r chat.Reason) error {
	return t.tellBack(c, "digest.now.not", holes{"reason": t.reason(c.g, r)})
}

// postDigest queues it, if attention would let it pass now.
func (t *turn) postDigest(c *call, b playbooks.Bound, place store.Place) error {
	d, why := t.digestAsked(b, place)
	v, err := t.wouldPass(d, why)
	if err != nil {
		return err
	}
	if !v.passes() {
		return t.notNow(c, v.reason)
	}
	if err := t.queue(b, d); err != nil {
		return err
	}
	when, err := t.nextWords(c.g, b, place)
	if err != nil {
		return err
	}
	return t.tellBack(c, "digest.now.done", holes{"room": {chat.Room{Channel: place.Channel}}, "when": when})
}

// digestAsked is the digest of a room that a steward asked for: one a day.
func (t *turn) digestAsked(b playbooks.Bound, place store.Place) (store.Delivery, cause) {
	today := calendar.DateOf(t.now, t.zoneOf(place)).At(0, time.UTC).Format(time.DateOnly)
	why := cause{place: place, at: t.now, slot: slotNow + today + "-" + t.store.Key().DeliveryKey(slotNow, string(place.Channel))[:8]}
	step := slices.IndexFunc(b.Rule.Do, func(a playbooks.Action) bool { _, ok := a.(playbooks.Digest); return ok })
	d := t.delivery(b, step, why, digestOf(b.Rule).Expires)
	d.Text = digestOf(b.Rule).As
	return d, why
}

// wouldPass asks attention about a delivery that is not queued yet.
func (t *turn) wouldPass(d store.Delivery, why cause) (verdict, error) {
	if _, said, err := t.tx.Delivery(d.Key); err != nil || said {
		return drop(chat.AlreadySaid), err
	}
	w, err := t.calm(d, why)
	if err != nil {
		return verdict{}, err
	}
	return t.attend(w)
}
