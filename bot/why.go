package bot

import (
	"slices"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// whyRead is how many messages to a person are looked through for the last one.
const whyRead = 50

// whyMe explains the last message that a person got unasked.
func (t *turn) whyMe(c *call) error {
	spent, ok, err := t.tx.LastSpent(c.who.ID)
	if err != nil {
		return err
	}
	if !ok {
		return t.tellBack(c, "why.nothing", nil)
	}
	d, err := t.deliveryOf(spent)
	if err != nil {
		return err
	}
	body, err := t.explainDelivery(c.g, d)
	if err != nil {
		return err
	}
	t.answer(c.reply, body)
	return nil
}

// deliveryOf finds what was sent; where that is forgotten already, as much of it as the ledger of attention has.
func (t *turn) deliveryOf(s store.Spent) (store.Delivery, error) {
	sent, err := t.tx.DeliveriesTo(s.Person, whyRead)
	if err != nil {
		return store.Delivery{}, err
	}
	for _, d := range sent {
		if d.Playbook == s.Playbook && d.Rule == s.Rule && d.Subject == s.Why {
			return d, nil
		}
	}
	return store.Delivery{Playbook: s.Playbook, Rule: s.Rule, Subject: s.Why, Recipient: s.Person, Settled: s.At}, nil
}

// explainDelivery says why a message came: which playbook and rule, why this person, why then, what for, what is
// kept, how to stop.
func (t *turn) explainDelivery(g tongue, d store.Delivery) ([]chat.Node, error) {
	p := t.page(g)
	book := t.books[d.Playbook]
	switch {
	case d.Playbook == "":
		t.explainNotice(p, d)
	case book == nil || book.Rule(d.Rule) == nil:
		p.say("why.changed", holes{"playbook": {chat.Code(d.Playbook)}})
	default:
		if err := t.explainRule(p, d, book); err != nil {
			return nil, err
		}
	}
	if d.Recipient == 0 {
		p.say("why.kept_room", nil)
		return p.body, nil
	}
	p.say("why.kept", nil)
	if book == nil {
		p.say("why.stop", nil)
	} else {
		p.say("why.stop_playbook", holes{"command": {chat.Code("/gofirst stop " + book.ID)}})
	}
	return p.body, nil
}

// explainNotice explains what the engine itself says.
func (t *turn) explainNotice(p *page, d store.Delivery) {
	id := "why.notice." + d.Rule
	if !t.texts.has(p.g, id) {
		id = "why.notice"
	}
	p.say(id, holes{"runs": text(t.runs(p.g))})
}

func (t *turn) explainRule(p *page, d store.Delivery, book *playbooks.Playbook) error {
	c, err := t.cause(d.Place, d.Refs)
	if err != nil {
		return err
	}
	b, err := t.boundOf(c.place, book, d.Rule)
	if err != nil {
		return err
	}
	p.say("why.playbook", holes{"playbook": {chat.Code(book.ID)}, "about": text(about(p.g, book.About))})
	p.say("why.rule", holes{"rule": text(d.Rule), "trigger": t.triggerWordsIn(p.g, b, c.place.Channel)})
	if c.place.Channel != "" {
		p.say("why.room", holes{"room": {chat.Room{Channel: c.place.Channel}}})
	}
	t.explainChoice(p, b, d)
	t.explainTime(p, d)
	if err := t.explainWay(p, d); err != nil {
		return err
	}
	p.say("why.purpose", holes{"hypothesis": text(about(p.g, book.Hypothesis))})
	return nil
}

// about gives a text of a playbook in a tongue, set as print would.
func about(g tongue, x playbooks.Text) string {
	return playbooks.Typeset(g.language, x.In(g.language, g.formal, 0))
}

// boundOf is a rule with its settings in the space; with the defaults where the playbook is off by now.
func (t *turn) boundOf(place store.Place, book *playbooks.Playbook, rule string) (playbooks.Bound, error) {
	b := playbooks.Bound{Rule: book.Rule(rule)}
	space, err := t.space(place)
	if err != nil {
		return b, err
	}
	if b.Instance = space.instances[book.ID]; b.Instance != nil {
		return b, nil
	}
	values, err := book.Fill(nil)
	b.Instance = &playbooks.Instance{Playbook: book, Settings: values}
	return b, err
}

// explainChoice says why it came to this person.
func (t *turn) explainChoice(p *page, b playbooks.Bound, d store.Delivery) {
	if isCopy(d) {
		p.say("why.you.subscribed", nil)
		return
	}
	tell, ok := actionOf(b.Rule, d.Step).(playbooks.Tell)
	if !ok {
		tell, ok = firstTell(b.Rule)
	}
	if !ok || d.Recipient == 0 {
		return
	}
	setting := ""
	switch s, _ := b.Rule.When.(playbooks.OnSchedule); {
	case tell.Whom == "picked" && b.Rule.Pick != nil:
		setting = b.Rule.Pick.From
	case tell.Whom == "leader":
		setting = s.For
	}
	role, _ := b.Instance.Settings[setting].(string)
	p.say("why.you."+tell.Whom, holes{"role": text(t.roleWord(p.g, role))})
}

func firstTell(r *playbooks.Rule) (playbooks.Tell, bool) {
	for _, a := range r.Do {
		if tell, ok := a.(playbooks.Tell); ok {
			return tell, true
		}
	}
	return playbooks.Tell{}, false
}

func (t *turn) roleWord(g tongue, role string) string {
	if t.texts.has(g, "role."+role) {
		return t.texts.word(g, "role."+role)
	}
	return role
}

// late is from when on a message counts as one that had waited.
const late = 10 * time.Minute

// explainTime says when it was decided and, where it waited in between, when it was sent.
func (t *turn) explainTime(p *page, d store.Delivery) {
	decided, sent := d.Created, d.Settled
	if decided.IsZero() {
		decided = sent
	}
	if decided.IsZero() {
		return
	}
	fill := holes{"decided": t.texts.moment(p.g, decided, t.now), "sent": t.texts.moment(p.g, sent, t.now)}
	if d.State == store.Sent && sent.Sub(decided) >= late {
		p.say("why.waited", fill)
		return
	}
	p.say("why.time", fill)
}

// explainWay gives the reasons that the journal has, in their order.
func (t *turn) explainWay(p *page, d store.Delivery) error {
	entries, err := t.tx.JournalOn(d.Subject)
	if err != nil {
		return err
	}
	var reasons [][]chat.Node
	var seen []string
	for _, e := range entries {
		if e.Playbook != d.Playbook || e.Rule != d.Rule || slices.Contains(seen, e.Reason) {
			continue
		}
		seen = append(seen, e.Reason)
		reasons = append(reasons, t.reason(p.g, chat.Reason(e.Reason)))
	}
	if len(reasons) > 0 {
		p.say("why.way", holes{"reasons": joinNodes(t.texts.word(p.g, "joined.then"), reasons...)})
	}
	return nil
}

// reason says a reason in words.
func (t *turn) reason(g tongue, r chat.Reason) []chat.Node {
	if !t.texts.has(g, "reason."+string(r)) {
		return text(string(r))
	}
	return t.texts.say(g, "reason."+string(r), nil)
}
