package bot

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// dueAtOnce bounds how much is read at a time.
const dueAtOnce = 64

// Due does everything that has fallen due by now: upkeep, planned slots, watches, deliveries. Only one Due runs
// at a time in a process; several processes on one store do not disturb each other.
func (e *Engine) Due(ctx context.Context, now time.Time) error {
	e.dueMu.Lock()
	defer e.dueMu.Unlock()
	for _, step := range []func(context.Context, time.Time) error{e.upkeep, e.slotsDue, e.watchesDue, e.deliveriesDue} {
		if err := step(ctx, now); err != nil {
			return err
		}
	}
	e.slots.set(e.nextSlot())
	e.upkeeps.set(e.nextUpkeep, true)
	return nil
}

// NextDue says when Due has something to do; false where nothing is planned. It may be earlier than needed.
func (e *Engine) NextDue() (next time.Time, ok bool) {
	for _, a := range []*alarm{&e.upkeeps, &e.slots, &e.watches, &e.deliveries} {
		if at, set := a.get(); set && (!ok || at.Before(next)) {
			next, ok = at, true
		}
	}
	return next, ok
}

// wake tells an alarm of something planned, and whoever sleeps until NextDue.
func (e *Engine) wake(a *alarm, at time.Time) {
	a.earlier(at)
	select {
	case e.woken <- struct{}{}:
	default:
	}
}

// upkeep forgets what is older than it may be: once a day, over a record every four weeks.
func (e *Engine) upkeep(ctx context.Context, now time.Time) error {
	if now.Before(e.nextUpkeep) {
		return nil
	}
	if !e.recorded() {
		if err := e.expireOverdue(ctx, now); err != nil {
			return err
		}
	}
	err := e.options.Turns.Turn(ctx, func(tx *store.Tx) error {
		_, err := tx.Housekeeping(now)
		return err
	})
	if err != nil {
		return err
	}
	e.nextUpkeep = now.Truncate(day).Add(day + 3*time.Hour)
	if e.recorded() {
		e.nextUpkeep = e.nextUpkeep.Add(27 * day)
	}
	if e.recorded() {
		return nil
	}
	e.emptyLog(ctx)
	return e.meetMembers(ctx, now)
}

// recorded reports whether all that the engine hears is a record.
func (e *Engine) recorded() bool {
	for _, c := range e.list() {
		if !c.info.Replay {
			return false
		}
	}
	return true
}

func (e *Engine) watchesDue(ctx context.Context, now time.Time) error {
	if !e.watches.rings(now) {
		return nil
	}
	for {
		var due []store.Watch
		err := e.look(ctx, func(tx *store.Tx) (err error) {
			due, err = tx.DueWatches(now, dueAtOnce)
			return err
		})
		if err != nil {
			return err
		}
		if len(due) == 0 {
			return e.find(ctx, &e.watches, (*store.Tx).NextWatchDue)
		}
		for _, w := range due {
			if err := e.watchDue(ctx, w, now); err != nil {
				return err
			}
		}
	}
}

func (e *Engine) watchDue(ctx context.Context, w store.Watch, now time.Time) error {
	c, err := e.connection(w.Conn)
	if err != nil {
		return e.options.Turns.Turn(ctx, func(tx *store.Tx) error { return tx.DeleteWatch(w.ID) })
	}
	if w.Name == watchShadow {
		e.meetStewards(ctx, c, now)
	}
	return e.turn(ctx, c, now, func(t *turn) error { return t.lapsed(w) })
}

// lapsed lets the rules decide that waited for this moment. The watch is deleted exactly as one that was fulfilled.
func (t *turn) lapsed(w store.Watch) error {
	if _, there, err := t.tx.WatchByID(w.ID); err != nil || !there {
		return err
	}
	if err := t.tx.DeleteWatch(w.ID); err != nil {
		return err
	}
	if w.Name == watchShadow {
		return t.shadowOver(w)
	}
	c, err := t.cause(w.Place, w.Data)
	if err != nil {
		return err
	}
	if w.Name == watchDraft {
		return t.draftLapsed(c)
	}
	space, err := t.space(c.place)
	if err != nil {
		return err
	}
	in := space.playing(w.Playbook)
	if in == nil {
		if t.books[w.Playbook] == nil {
			return t.outdated(w)
		}
		return nil
	}
	if strings.HasPrefix(w.Name, watchAsked) {
		t.spared = w.Person
	}
	rules := rulesFor(in, w)
	if len(rules) == 0 && w.Hash != in.Playbook.Hash {
		return t.outdated(w)
	}
	for _, b := range rules {
		if !inRoom(b, c.place) {
			continue
		}
		if err := t.rule(b, c); err != nil {
			return err
		}
	}
	return nil
}

// rulesFor lists the rules that a watch waited for.
func rulesFor(in *playbooks.Instance, w store.Watch) []playbooks.Bound {
	switch {
	case w.Name == watchUnanswered:
		var out []playbooks.Bound
		for _, r := range in.Playbook.Rules {
			if _, ok := r.When.(playbooks.OnUnanswered); ok {
				out = append(out, playbooks.Bound{Instance: in, Rule: r})
			}
		}
		return out
	case w.Name == watchAfter:
		if r := in.Playbook.Rule(w.Rule); r != nil {
			if _, still := r.When.(playbooks.OnAct); still {
				return []playbooks.Bound{{Instance: in, Rule: r}}
			}
		}
	case w.Name == watchPick:
		if r := in.Playbook.Rule(w.Rule); r != nil && r.Pick != nil {
			return []playbooks.Bound{{Instance: in, Rule: r}}
		}
	case strings.HasPrefix(w.Name, watchAsked):
		return in.AnswersTo(strings.TrimPrefix(w.Name, watchAsked), "")
	}
	return nil
}

// find sets an alarm to what the store says comes next.
func (e *Engine) find(ctx context.Context, a *alarm, next func(*store.Tx) (time.Time, bool, error)) error {
	return e.look(ctx, func(tx *store.Tx) error {
		at, ok, err := next(tx)
		if err == nil && ok {
			a.earlier(at)
		}
		return err
	})
}

// look asks what is due. Over a record it asks inside the batch, which need not be written for that.
func (e *Engine) look(ctx context.Context, do func(*store.Tx) error) error {
	if e.recorded() {
		return e.options.Turns.Turn(ctx, do)
	}
	return e.store.View(ctx, do)
}

// inRoom reports whether the rule still speaks of a room: a steward may have taken it out.
func inRoom(b playbooks.Bound, place store.Place) bool {
	in := playbooks.Rooms(b.Rule.When)
	return in == "" || slices.Contains(b.Instance.Settings.Channels(in), string(place.Channel))
}
