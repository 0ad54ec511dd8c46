package bot

import (
	"time"

	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// This file is how the bot holds its tongue. Whatever it is about to say without having been asked passes the
// stages below, in their order, at the moment at which it would be sent. Each stage lets it pass, holds it until
// a time, or drops it, and names its reason.

// The limits that hold for all playbooks together, over any such window.
const (
	day           = 24 * time.Hour
	week          = 7 * day
	nudgesPerDay  = 1
	nudgesPerWeek = 2
	postsPerDay   = 1 // unasked, at the top level of one room
)

// verdict is a stage's answer. One without drop and until lets pass, perhaps with a reason.
type verdict struct {
	reason chat.Reason
	until  time.Time // held until then
	drop   bool
}

func pass() verdict                               { return verdict{} }
func drop(r chat.Reason) verdict                  { return verdict{reason: r, drop: true} }
func hold(r chat.Reason, until time.Time) verdict { return verdict{reason: r, until: until} }
func (v verdict) passes() bool                    { return !v.drop && v.until.IsZero() }

// calm is what the stages look at: a delivery, whom or where it goes, and the rule that wants it.
type calm struct {
	d      store.Delivery
	place  store.Place
	person store.Person // zero: a post in a room
	rule   *playbooks.Rule
	tell   *playbooks.Tell // nil: a post
	own    bool            // it answers what its recipient did just now: no nudge
	shadow bool            // it will not be said: see cast
}

// stage is one question that attention asks.
type stage struct {
	name string
	ask  func(*turn, calm) (verdict, error)
}

// stages are the whole of attention, in order.
func stages() []stage {
	return []stage{
		{"playbook on", (*turn).stageOn},
		{"role accepted", (*turn).stageRole},
		{"not stopped", (*turn).stageStopped},
		{"not paused, not away", (*turn).stagePaused},
		{"quiet hours", (*turn).stageHours},
		{"not said in another way", (*turn).stageSaid},
		{"something left to show", (*turn).stageShow},
		{"person's budget", (*turn).stagePerson},
		{"room's budget", (*turn).stageRoom},
		{"rule's budget", (*turn).stageRule},
		{"room alive", (*turn).stageAlive},
		{"coin", (*turn).stageCoin},
		{"not too late", (*turn).stageTooLate},
	}
}

// attend asks the stages in their order and gives the first objection, else the last reason to let pass. What
// would be held beyond its moment is dropped at once.
func (t *turn) attend(w calm) (last verdict, err error) {
	if w.d.Playbook == "" && w.d.Rule == noticeCard {
		return verdict{reason: chat.Asked}, nil
	}
	for _, s := range stages() {
		v, err := s.ask(t, w)
		if err != nil {
			return v, err
		}
		if !v.passes() {
			v.drop = v.drop || v.until.After(w.d.NotAfter)
			return v, nil
		}
		if v.reason != "" {
			last = v
		}
	}
	return last, nil
}

// stageOn drops what belongs to a playbook that is off, was halted, or no longer has the rule.
func (t *turn) stageOn(w calm) (verdict, error) {
	halted, err := t.haltedFor(w.place.Space, w.d.Playbook)
	if err != nil || halted {
		return drop(chat.Halted), err
	}
	if w.d.Playbook == "" {
		return pass(), nil
	}
	space, err := t.space(w.place)
	if err != nil {
		return pass(), err
	}
	switch {
	case t.books[w.d.Playbook] == nil:
		return drop(chat.PlaybookChanged), nil
	case space.playing(w.d.Playbook) == nil:
		return drop(chat.PlaybookOff), nil
	case w.rule == nil:
		return drop(chat.PlaybookChanged), nil
	case !inRoom(playbooks.Bound{Instance: space.playing(w.d.Playbook), Rule: w.rule}, w.place):
		return drop(chat.PlaybookOff), nil
	}
	return pass(), nil
}

// stageRole drops what is addressed to somebody who has not accepted the role that it needs. Being asked about
// one's own question, act or first step needs none.
func (t *turn) stageRole(w calm) (verdict, error) {
	role := t.roleNeeded(w)
	if role == "" {
		return pass(), nil
	}
	has, err := t.options.Roster.Has(t.tx, w.place, w.person.ID, role)
	if err != nil || has {
		return pass(), err
	}
	return drop(chat.NoRole), nil
}

// stageStopped drops what the person does not want, ever or of this kind.
func (t *turn) stageStopped(w calm) (verdict, error) {
	if w.person.ID == 0 {
		return pass(), nil
	}
	out, err := t.tx.PersonOptedOut(w.person.ID, w.d.Playbook)
	if err == nil && !out && w.tell != nil {
		out, err = t.tx.PersonOptedOut(w.person.ID, askOf(w.d.Playbook, w.tell.As))
	}
	if err != nil || !out {
		return pass(), err
	}
	return drop(chat.Stopped), nil
}

// stagePaused holds while the person paused the bot, is away, or said "not this week".
func (t *turn) stagePaused(w calm) (verdict, error) {
	p := w.person
	switch {
	case p.ID == 0 || w.own:
		return pass(), nil
	case p.PausedUntil.After(t.now):
		return hold(chat.Paused, p.PausedUntil), nil
	case p.NotBefore.After(t.now):
		return hold(chat.Paused, p.NotBefore), nil
	}
	if until := prefsOf(p).pausedFor(w.d.Playbook); until.After(t.now) {
		return hold(chat.Paused, until), nil
	}
	if until, away := t.hoursOf(p).AwayAt(t.now); away {
		return hold(chat.Away, until), nil
	}
	return pass(), nil
}

func (t *turn) stageTooLate(w calm) (verdict, error) {
	if t.now.After(w.d.NotAfter) {
		return drop(chat.TooLate), nil
	}
	return pass(), nil
}

// stageAlive holds an invitation into a room in which nobody has written this week; the first message there lets
// it go. Two visible examples where people are beat ten in empty rooms.
func (t *turn) stageAlive(w calm) (verdict, error) {
	if w.tell == nil || !w.tell.Alive {
		return pass(), nil
	}
	today := calendar.DateOf(t.now, t.zoneOf(w.place))
	days, err := t.tx.RoomDays(w.place.ID, dayNumber(today)-(int(today.Weekday())+6)%7, dayNumber(today))
	if err != nil || len(days) > 0 {
		return pass(), err
	}
	if !t.now.Before(w.d.NotAfter) {
		return drop(chat.RoomSilent), nil
	}
	return hold(chat.RoomSilent, w.d.NotAfter), nil
}

// stageHours holds what is private for the person's hours, and what is public for the room's.
func (t *turn) stageHours(w calm) (verdict, error) {
	if w.own {
		return pass(), nil
	}
	hours := t.roomHours(w.place)
	if w.person.ID != 0 {
		hours = t.hoursOf(w.person)
	}
	next, ok := hours.NextOpen(t.now)
	switch {
	case !ok:
		return drop(chat.QuietHours), nil
	case next.After(t.now):
		return hold(chat.QuietHours, next), nil
	}
	return pass(), nil
}

// stagePerson keeps to one nudge in 24 hours and two in seven days, over all playbooks together.
func (t *turn) stagePerson(w calm) (verdict, error) {
	if w.person.ID == 0 || !w.d.Nudge && !w.shadow || w.d.Tries > 0 || w.own {
		return pass(), nil
	}
	spent, err := t.tx.SpentSince(w.person.ID, t.now.Add(-week))
	if err != nil {
		return pass(), err
	}
	if at, full := fullUntil(spent, t.now, day, nudgesPerDay); full {
		return hold(chat.DailyBudget, at), nil
	}
	if at, full := fullUntil(spent, t.now, week, nudgesPerWeek); full {
		return hold(chat.WeeklyBudget, at), nil
	}
	return pass(), nil
}

// fullUntil reports whether a window that ends now holds most times already, and when the next may come.
func fullUntil(spent []time.Time, now time.Time, window time.Duration, most int) (time.Time, bool) {
	var inside []time.Time
	for _, at := range spent {
		if !at.Before(now.Add(-window)) {
			inside = append(inside, at)
		}
	}
	if len(inside) < most {
		return time.Time{}, false
	}
	return inside[len(inside)-most].Add(window + time.Second), true
}

func withinBudget(spent []time.Time, now time.Time) bool {
	_, today := fullUntil(spent, now, day, nudgesPerDay)
	_, thisWeek := fullUntil(spent, now, week, nudgesPerWeek)
	return !today && !thisWeek
}

// stageRoom keeps to one unasked post at the top level of a room in 24 hours.
func (t *turn) stageRoom(w calm) (verdict, error) {
	if w.person.ID != 0 || w.d.Thread != "" || w.d.Tries > 0 {
		return pass(), nil
	}
	n, err := t.tx.RoomSpentSince(w.place.ID, t.now.Add(-day), roomPost)
	if err != nil || n < postsPerDay {
		return pass(), err
	}
	return drop(chat.RoomBudget), nil
}

// stageRule keeps to the rule's own at_most.
func (t *turn) stageRule(w calm) (verdict, error) {
	if w.rule == nil || w.d.Tries > 0 || besides(w.d) {
		return pass(), nil
	}
	full, err := t.roomRuleFull(w, w.rule.AtMost.PerRoom)
	if err == nil && !full && w.person.ID != 0 {
		full, err = t.personRuleFull(w, w.rule.AtMost.PerPerson)
	}
	if err != nil || !full {
		return pass(), err
	}
	return drop(chat.RuleBudget), nil
}

func (t *turn) roomRuleFull(w calm, r playbooks.Rate) (bool, error) {
	if r.Times == 0 {
		return false, nil
	}
	n, err := t.tx.RoomSpentSince(w.place.ID, t.now.Add(-windowOf(r)), w.ledger())
	return n >= r.Times, err
}

// slack is by how much a slot may come early: a weekly one does by an hour when clocks go forward, and by seconds
// where the last one was sent late.
const slack = 2 * time.Hour

// windowOf is the time that a rule's own limit looks back on. "1 a week" lets a weekly slot pass every week.
func windowOf(r playbooks.Rate) time.Duration { return time.Duration(r.Days)*day - slack }

func (t *turn) personRuleFull(w calm, r playbooks.Rate) (bool, error) {
	switch r {
	case playbooks.Rate{}:
		return false, nil
	case playbooks.Once:
		return t.tx.SlotTaken(t.onceSlot(w))
	}
	n, err := t.tx.SpentOn(w.person.ID, t.now.Add(-windowOf(r)), w.d.Playbook, w.d.Rule)
	return n >= r.Times, err
}

// stageCoin is where a trial's coin will fall. No playbook has one yet, so everybody passes with reason no_coin,
// which the journal keeps beside the decision.
func (t *turn) stageCoin(calm) (verdict, error) { return verdict{reason: chat.NoCoin}, nil }
