package bot

import (
	"fmt"
	"hash/fnv"
	"strconv"
	"time"

	"github.com/gofirst/gofirst/bot/calendar"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// occasion lets every rule that waits for it decide.
func (t *turn) occasion(kind playbooks.Kind, name string, c cause) error {
	if t.learning {
		return nil
	}
	space, err := t.space(c.place)
	if err != nil {
		return err
	}
	for _, b := range space.match(kind, name, c.place) {
		if err := t.ruleOrWatch(b, c); err != nil {
			return err
		}
	}
	return nil
}

// ruleOrWatch lets a rule decide now, or, where its trigger waits, later.
func (t *turn) ruleOrWatch(b playbooks.Bound, c cause) error {
	act, ok := b.Rule.When.(playbooks.OnAct)
	if !ok || act.After == (calendar.Wait{}) {
		return t.rule(b, c)
	}
	return t.watch(b, watchAfter, c, act.After.From(t.now, t.roomHours(c.place)))
}

// rule lets one rule decide, keeps its reason in the journal, and does what it says.
func (t *turn) rule(b playbooks.Bound, c cause) error {
	facts, err := t.facts(b, c)
	if err != nil {
		return err
	}
	d := playbooks.Decide(b, facts, t.draw(b, c))
	if c.place.NoticeUntil.After(t.now) && d.Speaks() {
		d.Reason = chat.NoticePeriod
	}
	if unwished, err := t.unwished(b, c); err != nil {
		return err
	} else if unwished && d.Speaks() {
		d.Reason = chat.Stopped
	}
	if d.Reason == chat.NobodyToPick {
		if d.Reason, err = t.waitForSomebody(b, c, facts.People); err != nil {
			return err
		}
	}
	if d.Err != nil {
		t.options.Log.Warn("condition failed", "playbook", b.Instance.Playbook.ID, "rule", b.Rule.Name, "err", d.Err)
	}
	if err := t.journal(b, c.place, c.about(), d.Reason); err != nil {
		return err
	}
	t.traceRule(b, c, d.Reason)
	if !d.Speaks() {
		return nil
	}
	for step, action := range b.Rule.Do {
		if err := t.do(b, step, action, c, d.Picked); err != nil {
			return err
		}
	}
	return nil
}

// unwished reports whether a rule would point others at somebody who wants nothing of it: at their first step, at
// their coming, at a help that they gave, or at a question with which they did not come to the bot themselves.
func (t *turn) unwished(b playbooks.Bound, c cause) (bool, error) {
	if b.Rule.Pick == nil {
		return false, nil
	}
	switch b.Rule.When.(type) {
	case playbooks.OnAnswered:
		if c.question != nil && c.question.Explicit {
			return false, nil
		}
	case playbooks.OnFirst, playbooks.OnJoined, playbooks.OnQuestionAnswered, playbooks.OnThanked:
	default:
		return false, nil
	}
	return t.tx.PersonOptedOut(c.author, b.Instance.Playbook.ID)
}

// draw is the rule's own number for what it is about: the same each time it is asked, different for each key file.
func (t *turn) draw(b playbooks.Bound, c cause) uint64 {
	if b.Rule.Pick == nil {
		return 0
	}
	h := fnv.New64a()
	h.Write([]byte(t.store.Key().DeliveryKey("draw", b.Instance.Playbook.ID, b.Rule.Name, c.about())))
	return h.Sum64()
}

func (t *turn) journal(b playbooks.Bound, place store.Place, subject string, reason chat.Reason) error {
	return t.tx.Journal(store.Entry{
		At: t.now, Conn: t.conn.Name, Space: place.Space, Playbook: b.Instance.Playbook.ID,
		Rule: b.Rule.Name, Subject: subject, Reason: string(reason),
	})
}

func (t *turn) traceRule(b playbooks.Bound, c cause, reason chat.Reason) {
	t.trace(Trace{
		Step: Decided, Channel: c.place.Channel, Playbook: b.Instance.Playbook.ID, Rule: b.Rule.Name,
		Subject: c.about(), Reason: reason, Message: c.message, Author: t.userOf(c.author),
		Person: t.userOf(c.leader),
	})
}

// do carries out one action of a rule.
func (t *turn) do(b playbooks.Bound, step int, action playbooks.Action, c cause, picked []int64) error {
	switch a := action.(type) {
	case playbooks.Tell:
		if a.Whom == "picked" {
			return t.tellPicked(b, step, a, c, picked)
		}
		whom := map[string]store.PersonID{"author": c.author, "leader": c.leader, "receiver": c.receiver}[a.Whom]
		return t.tell(b, step, a, c, whom)
	case playbooks.Post:
		return t.post(b, step, a, c)
	case playbooks.Digest:
		return t.digest(b, step, a, c)
	case playbooks.Mark:
		if silent, err := t.inShadow(c.place, b.Instance.Playbook.ID); err != nil || silent {
			return err
		}
		return t.mark(a, c)
	}
	return fmt.Errorf("no action of this kind is known: %T", action)
}

// mark sets the state of the question at hand, or makes an act that was merely seen a declared one.
func (t *turn) mark(a playbooks.Mark, c cause) error {
	switch {
	case a.Act != "" && c.act != nil && !c.act.Declared && c.act.Undone.IsZero():
		c.act.Declared = true
		if err := t.tx.SetAct(*c.act); err != nil {
			return err
		}
		return t.actHappened(c.place, *c.act)
	case a.Question != "" && c.question != nil:
		return t.close(c.place, *c.question, store.QuestionState(a.Question), t.now)
	}
	return nil
}

// delivery is what all that a rule says has in common.
func (t *turn) delivery(b playbooks.Bound, step int, c cause, expires calendar.Wait, parts ...string) store.Delivery {
	at := c.at
	if at.IsZero() {
		at = t.now
	}
	number := strconv.Itoa(step)
	parts = append([]string{t.conn.Name, string(c.place.Space), b.Instance.Playbook.ID, b.Rule.Name, c.about(), number}, parts...)
	return store.Delivery{
		Key: t.store.Key().DeliveryKey(parts...), Conn: t.conn.Name, Space: c.place.Space,
		Playbook: b.Instance.Playbook.ID, Hash: b.Instance.Playbook.Hash, Rule: b.Rule.Name, Step: number,
		Place: c.place.ID, Subject: c.about(), Refs: c.refs().String(), State: store.Pending,
		Due: t.now, NotAfter: expires.From(at, t.roomHours(c.place)), Created: t.queuedAt(),
	}
}

// tellPicked prepares a private message to each of the picked. A rule picks once about a thing, however often it decides
// about it: later it could not know any more whom it has told.
func (t *turn) tellPicked(b playbooks.Bound, step int, a playbooks.Tell, c cause, picked []int64) error {
	_, before, err := t.tx.Delivery(t.delivery(b, step, c, a.Expires).Key)
	if err != nil {
		return err
	}
	if before {
		return t.journal(b, c.place, c.about(), chat.AlreadySaid)
	}
	for n, id := range picked {
		var parts []string
		if n > 0 {
			parts = []string{strconv.Itoa(n)}
		}
		if err := t.tell(b, step, a, c, store.PersonID(id), parts...); err != nil {
			return err
		}
	}
	return nil
}

// tell prepares a private message. One rule says one thing about one subject once, whoever is picked.
func (t *turn) tell(b playbooks.Bound, step int, a playbooks.Tell, c cause, whom store.PersonID, parts ...string) error {
	switch whom {
	case 0:
		return nil
	case t.spared:
		return t.journal(b, c.place, c.about(), chat.AlreadySaid)
	}
	silent, err := t.inShadow(c.place, b.Instance.Playbook.ID)
	if err != nil {
		return err
	}
	c.own = whom == t.by
	d := t.delivery(b, step, c, a.Expires, parts...)
	d.Recipient, d.Text, d.Nudge = whom, a.As, !silent
	return t.queue(b, d)
}

// post prepares a message in a room, or under an act or a question.
func (t *turn) post(b playbooks.Bound, step int, a playbooks.Post, c cause) error {
	d := t.delivery(b, step, c, a.Expires)
	d.Text = a.As
	switch a.Under {
	case "act", "question":
		d.Thread = c.message
		if c.thread != "" {
			d.Thread = c.thread
		}
		if d.Thread == "" {
			return nil
		}
	}
	return t.queue(b, d)
}

func (t *turn) queue(b playbooks.Bound, d store.Delivery) error {
	fresh, err := t.tx.AddDelivery(d)
	if err != nil {
		return err
	}
	if !fresh {
		return t.tx.Journal(store.Entry{
			At: t.now, Conn: d.Conn, Space: d.Space, Playbook: d.Playbook, Rule: d.Rule,
			Subject: d.Subject, Reason: string(chat.AlreadySaid),
		})
	}
	t.wake(&t.deliveries, d.Due)
	return t.seal(d.Recipient)
}

// seal keeps the account behind a person readable for as long as something is to be said to them.
func (t *turn) seal(id store.PersonID) error {
	if user := t.userOf(id); user != "" {
		return t.tx.KeepSealed(id, user)
	}
	return nil
}

// Names of watches. What a rule asked waits under "asked/NAME".
const (
	watchUnanswered = "unanswered"
	watchAfter      = "after"
	watchPick       = "pick"
	watchAsked      = "asked/"
)

// watch waits until a time, or until something cancels it.
func (t *turn) watch(b playbooks.Bound, name string, c cause, due time.Time) error {
	person := c.author // for as long as it waits, the bot must be able to write to whom it is about
	if silent, err := t.inShadow(c.place, b.Instance.Playbook.ID); err != nil {
		return err
	} else if silent {
		person = 0
	}
	_, err := t.tx.AddWatch(store.Watch{
		Conn: t.conn.Name, Space: c.place.Space, Playbook: b.Instance.Playbook.ID, Hash: b.Instance.Playbook.Hash,
		Rule: b.Rule.Name, Name: name, Place: c.place.ID, Subject: c.about(), Due: due, Data: c.refs().String(), Person: person,
	})
	t.wake(&t.watches, due)
	return err
}
