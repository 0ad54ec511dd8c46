package bot

import (
	"context"
	"slices"
	"strings"

	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// press is a button that was pressed, checked: this person may press it, and it still means something.
type press struct {
	ev     chat.ButtonPressed
	key    string
	choice string
	d      store.Delivery
	who    store.Person
	g      tongue
	action playbooks.Action
	watch  *store.Watch // what waits for the answer; nil where nothing does
	cause  cause
}

// pressed takes a press. One by another person, on a spent key, or a forged one gets a private sentence and
// changes nothing.
func (t *turn) pressed(ev chat.ButtonPressed) error {
	who, err := t.person(ev.Actor.User)
	if err != nil {
		return err
	}
	t.by = who.ID
	g := t.tongueOf(who)
	key, choice, ok := t.checkValue(ev.Value)
	if !ok {
		t.onStored(func(context.Context) { t.conn.forged.Add(1) })
		t.answer(ev.Reply, t.texts.say(g, "press.unknown", nil))
		return nil
	}
	if key == homeKey {
		return t.pressedHome(ev, choice)
	}
	if id, is := draftID(key); is {
		return t.pressedDraft(ev, id, choice)
	}
	if done, err := t.pressedSettings(ev, key); done || err != nil {
		return err
	}
	if done, err := t.pressedWish(ev, who, key, choice); done || err != nil {
		return err
	}
	d, ok, err := t.tx.Delivery(key)
	if err != nil {
		return err
	}
	if !ok || d.Recipient != 0 && d.Recipient != who.ID {
		id := "press.spent"
		if ok {
			t.onStored(func(context.Context) { t.conn.foreign.Add(1) })
			id = "press.foreign"
		}
		t.answer(ev.Reply, t.texts.say(g, id, nil))
		return nil
	}
	if err := t.pressSettles(d, ev); err != nil {
		return err
	}
	p := &press{ev: ev, key: key, choice: choice, d: d, who: who, g: g}
	if do := noticeChoices()[d.Rule]; d.Playbook == "" && do != nil {
		return do(t, p)
	}
	if err := t.openWatch(p); err != nil {
		return err
	}
	return t.choose(p)
}

// pressSettles takes a press for a receipt: who presses has the message before them, whether or not the service has
// confirmed it yet, or ever will.
func (t *turn) pressSettles(d store.Delivery, ev chat.ButtonPressed) error {
	if d.State != store.Claimed && d.State != store.Doubtful {
		return nil
	}
	return t.settleDoubt(d, chat.Receipt{Channel: ev.Place.Channel, Message: ev.Message, Time: t.now}, true)
}

// checkValue takes a button's value apart and checks that this bot made it.
func (t *turn) checkValue(value string) (key, choice string, ok bool) {
	parts := strings.Split(value, ".")
	if len(parts) != 3 || !t.store.Key().CheckButton(parts[0], parts[1], parts[2]) {
		return "", "", false
	}
	return parts[0], parts[1], true
}

// openWatch finds what waits for the answer, and what it is about.
func (t *turn) openWatch(p *press) error {
	text := p.d.Refs
	watches, err := t.tx.WatchesOn(p.d.Subject)
	if err != nil {
		return err
	}
	for _, w := range watches {
		ref, err := parseRefs(w.Data)
		if err != nil {
			return err
		}
		if ref.Key == p.key {
			p.watch, text = &w, w.Data
			break
		}
	}
	if p.cause, err = t.cause(p.d.Place, text); err != nil {
		return err
	}
	w, err := t.calm(p.d, p.cause)
	if err != nil || w.rule == nil {
		return err
	}
	p.action = actionOf(w.rule, p.d.Step)
	return nil
}

// choose does what a choice means to the engine, then lets the playbook go on from it.
func (t *turn) choose(p *press) error {
	do := effects()[p.choice]
	if isQuestionChoice(p.choice) {
		do = (*turn).pressTakeThis
	}
	if do != nil {
		done, err := do(t, p)
		if err != nil || done {
			return err
		}
	}
	if p.watch == nil {
		t.answer(p.ev.Reply, t.texts.say(p.g, "press.spent", nil))
		return nil
	}
	if t.withdrawn(p) {
		return t.pressWithdrawn(p)
	}
	if err := t.tx.DeleteWatch(p.watch.ID); err != nil {
		return err
	}
	space, err := t.space(p.cause.place)
	if err != nil {
		return err
	}
	t.answer(p.ev.Reply, t.texts.say(p.g, "pressed."+p.choice, nil))
	in := space.instances[p.d.Playbook]
	if in == nil {
		return nil
	}
	if slices.Contains(playbooks.Refusals, p.choice) {
		t.spared = p.who.ID
	}
	for _, b := range in.AnswersTo(strings.TrimPrefix(p.watch.Name, watchAsked), p.choice) {
		if err := t.rule(b, p.cause); err != nil {
			return err
		}
	}
	return nil
}

// effects are what the choices mean to the engine, for every playbook. An effect that reports done has answered,
// and leaves what waits waiting.
func effects() map[string]func(*turn, *press) (done bool, err error) {
	return map[string]func(*turn, *press) (bool, error){
		"why":       (*turn).pressWhy,
		"stop":      (*turn).pressStop,
		"later":     (*turn).pressLater,
		"write":     (*turn).pressWrite,
		"here":      (*turn).pressHere,
		"adopt":     (*turn).pressAdopt,
		"mine":      (*turn).pressMine,
		"tell":      (*turn).pressTell,
		"thank":     (*turn).pressThank,
		"never":     (*turn).pressNever,
		"found":     (*turn).pressFound,
		"leave":     (*turn).pressLeave,
		"take":      (*turn).pressTake,
		"fortnight": (*turn).pressFortnight,

		choiceTakeOne: (*turn).pressTakeOne,
		choiceNoMore:  (*turn).pressNoMore,
	}
}

func (t *turn) pressWhy(p *press) (bool, error) {
	body, err := t.explainDelivery(p.g, p.d)
	if err != nil {
		return false, err
	}
	t.answer(p.ev.Reply, body)
	return true, nil
}

// pressStop ends this playbook for the person: nothing unasked of this kind ever again.
func (t *turn) pressStop(p *press) (bool, error) {
	if err := t.optOut(p.ev.Actor.User, p.who, p.d.Playbook); err != nil {
		return false, err
	}
	t.answer(p.ev.Reply, t.texts.say(p.g, "stopped.playbook", holes{"playbook": text(p.d.Playbook)}))
	return true, nil
}

// pressLater leaves the person alone until the next week begins. Nothing is kept but that.
func (t *turn) pressLater(p *press) (bool, error) {
	monday := calendar.DateOf(t.now, p.g.zone)
	monday = monday.AddDays(7 - (int(monday.Weekday())+6)%7)
	p.who.NotBefore = monday.At(0, p.g.zone)
	if err := t.tx.UpdatePerson(p.who); err != nil {
		return false, err
	}
	if p.watch != nil {
		if err := t.tx.DeleteWatch(p.watch.ID); err != nil {
			return false, err
		}
	}
	t.answer(p.ev.Reply, t.texts.say(p.g, "pressed.later", nil))
	return true, nil
}

func (t *turn) pressFound(p *press) (bool, error) {
	return t.closePressed(p, store.SolvedState)
}

func (t *turn) pressLeave(p *press) (bool, error) {
	return t.closePressed(p, store.LeftState)
}

func (t *turn) pressTake(p *press) (bool, error) {
	return t.closePressed(p, store.TakenState)
}

// closePressed sets the state of the question that was asked about. Its watches go with it.
func (t *turn) closePressed(p *press, state store.QuestionState) (bool, error) {
	q := p.cause.question
	if q == nil || !isOpen(*q) {
		t.answer(p.ev.Reply, t.texts.say(p.g, "question.settled", nil))
		return true, nil
	}
	if state == store.TakenState {
		q.TakenBy = p.who.ID
	}
	if err := t.close(p.cause.place, *q, state, t.now); err != nil {
		return false, err
	}
	t.answer(p.ev.Reply, t.texts.say(p.g, "pressed."+p.choice, holes{"link": {chat.PostLink{Channel: p.cause.place.Channel, Message: q.Message}}}))
	return true, nil
}

// optOut remembers that a person wants nothing of a playbook, or nothing at all where it is empty, and drops what
// is on its way to them.
func (t *turn) optOut(user chat.UserID, who store.Person, playbook string) error {
	if err := t.tx.OptOut(t.conn.Name, user, playbook, int(t.now.Unix()/86400)); err != nil {
		return err
	}
	if err := t.withdraw(who, playbook); err != nil {
		return err
	}
	waiting, err := t.tx.DeliveriesTo(who.ID, dueAtOnce)
	if err != nil {
		return err
	}
	for _, d := range waiting {
		open := d.State == store.Pending || d.State == store.Held
		if !open || playbook != "" && d.Playbook != playbook {
			continue
		}
		if err := t.give(d, store.Dropped, chat.Stopped); err != nil {
			return err
		}
	}
	return nil
}
