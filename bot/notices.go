package bot

import (
	"slices"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// What the engine itself says, without a playbook: it goes the same way through attention and deliveries. In a
// delivery its name stands where a rule's does, and the playbook is empty.
const (
	noticeCard    = "card"    // a person's given words, in the room that they chose: asked for, so nothing holds it
	noticeConsent = "consent" // "would you like to …?": once a person and role
	noticeThanks  = "thanks"  // somebody thanks you; the first time, who may see such things?
	noticeExample = "example" // "may this message of yours be shown as an example?": once a message
	noticeHello   = "hello"   // the first words in a room
	noticeChanges = "changes" // what was changed, for observers
	noticeShadow  = "shadow"  // what came of a playbook that ran in shadow
	noticeAlarm   = "alarm"   // to a steward: something does not work
)

// notice queues one. whom is 0 for a message in the room.
func (t *turn) notice(name string, place store.Place, whom store.PersonID, c cause, parts ...string) error {
	d := store.Delivery{
		Key: t.noticeKey(name, place, c, parts...), Conn: t.conn.Name, Space: place.Space, Rule: name, Place: place.ID,
		Subject: c.about(), Refs: c.refs().String(), State: store.Pending, Due: t.now, Created: t.queuedAt(),
		NotAfter: t.now.Add(3 * day), Recipient: whom, Nudge: whom != 0 && name != noticeAlarm,
	}
	if name == noticeConsent {
		d.NotAfter = t.now.Add(30 * day) // nobody is asked again, so it waits for a leave to end
	}
	if c.act != nil && c.act.Kind == actWhy {
		d.Thread = t.threadOf(c.act.Source)
	}
	fresh, err := t.tx.AddDelivery(d)
	if err != nil || !fresh {
		return err
	}
	t.wake(&t.deliveries, t.now)
	return t.seal(whom)
}

// noticeKey is under which a notice is sent, once.
func (t *turn) noticeKey(name string, place store.Place, c cause, parts ...string) string {
	return t.store.Key().DeliveryKey(append([]string{t.conn.Name, string(place.Space), "", name, c.about()}, parts...)...)
}

// composeNotice makes the message of a notice.
func (t *turn) composeNotice(g tongue, out *draft) error {
	switch out.d.Rule {
	case noticeCard:
		return t.composeCard(g, out)
	case noticeConsent:
		return t.composeConsent(g, out)
	case noticeThanks:
		return t.composeThanks(g, out)
	case noticeShadow:
		return t.composeShadow(g, out)
	case noticeChanges:
		return t.composeChanges(g, out)
	case noticeExample:
		t.composeExample(g, out)
	case noticeAlarm:
		return t.composeAlarm(g, out)
	case noticeHello:
		out.message.Body = append(t.texts.say(g, "hello", holes{"runs": text(t.runs(g))}), t.blind(g)...)
	}
	return nil
}

// sentNotice goes on from a notice that was sent.
func (t *turn) sentNotice(out *draft, r chat.Receipt) error {
	switch out.d.Rule {
	case noticeCard:
		return t.cardStands(out, r)
	case noticeConsent:
		ref, err := parseRefs(out.d.Refs)
		if err != nil {
			return err
		}
		role, ok, err := t.tx.Role(t.conn.Name, out.d.Space, out.d.Recipient, ref.Role)
		if err != nil || ok && role.State != store.Candidate {
			return err // answered already
		}
		return t.tx.SetRole(store.Role{
			Conn: t.conn.Name, Space: out.d.Space, Person: out.d.Recipient, Role: ref.Role, State: store.Asked, Since: t.now,
		})
	}
	return nil
}

// composeCard shows given words under their author's name, and says that a bot brought them.
func (t *turn) composeCard(g tongue, out *draft) error {
	if a := out.cause.act; a != nil {
		out.message.Body = t.card(g, *a)
	}
	return nil
}

func (t *turn) card(g tongue, a store.Act) []chat.Node {
	fill := holes{"author": t.mention(g, a.Author), "words": {chat.Text(a.Words)}, "why": {chat.Text(a.Why)}}
	if source := t.sourceOf(&a); source != nil {
		fill["source"] = t.mention(g, source.Author)
		fill["link"] = t.actLink(*source)
	}
	if a.Kind == actThanks {
		fill["receivers"] = t.thanked(g, a)
	}
	body := t.texts.say(g, cardText(a), fill)
	if a.Why != "" && a.Kind != actThanks {
		body = append(body, t.texts.say(g, "card.why", fill)...)
	}
	return body
}

// cardText names the sentence of a card: a share says of what kind it is.
func cardText(a store.Act) string {
	if a.Kind == actShare && slices.Contains(shareKinds, a.Practice) {
		return "card.share." + a.Practice
	}
	if a.Kind == actWhy {
		return "card.told"
	}
	return "card." + a.Kind
}

func (t *turn) sourceOf(a *store.Act) *store.Act {
	if a.Source == 0 {
		return nil
	}
	source, ok, err := t.tx.Act(a.Source)
	if err != nil || !ok {
		return nil
	}
	return &source
}

// cardStands tells the playbooks about an act whose card now stands in the room; a question begins to wait.
func (t *turn) cardStands(out *draft, r chat.Receipt) error {
	if out.cause.act == nil {
		return nil
	}
	a, ok, err := t.tx.Act(out.cause.act.ID)
	if err != nil || !ok {
		return err
	}
	if !a.Undone.IsZero() {
		t.removeCard(out.w.place, r.Message)
		return nil
	}
	a.Message = r.Message
	if err := t.tx.SetAct(a); err != nil {
		return err
	}
	if err := t.signOfLife(out.w.place, t.now, false); err != nil {
		return err
	}
	if a.Kind == actAsk {
		author, _, err := t.tx.PersonByID(a.Author)
		if err != nil {
			return err
		}
		m := chat.MessagePosted{Message: r.Message, Text: a.Words}
		m.Time, m.Place, m.Actor.User = t.now, chat.Place{Space: out.d.Space, Channel: out.w.place.Channel}, t.userOf(a.Author)
		if err := t.asked(out.w.place, author, m, true); err != nil {
			return err
		}
	}
	return t.actHappened(out.w.place, a)
}

// joined: the bot introduces itself once in a room that it enters; a person who enters is new there.
func (t *turn) joined(ev chat.MemberJoined) error {
	if ev.Place.Channel == "" {
		return t.joinedSpace(ev)
	}
	place, err := t.place(ev.Place)
	if err != nil {
		return err
	}
	if ev.Actor.Self {
		return t.arrive(place)
	}
	if !ev.Actor.Human() {
		return nil
	}
	person, err := t.person(ev.Actor.User)
	if err != nil {
		return err
	}
	if err := t.markNewcomer(person, ev.Time); err != nil {
		return err
	}
	return t.occasion(playbooks.Joined, "", cause{place: place, author: person.ID, slot: t.comingSubject(ev.Actor.User)})
}

// markNewcomer notes that somebody is new. Who has been heard in any room is not: they only found another one.
func (t *turn) markNewcomer(person store.Person, at time.Time) error {
	if person.Firsts != 0 {
		return nil
	}
	counts, err := t.tx.MessagesBy(person.ID, t.now.Add(-roomMemory))
	if err != nil || len(counts) > 0 {
		return err
	}
	return t.tx.MarkNewcomer(person.ID, at)
}

// comingSubject names somebody's coming without naming them.
func (t *turn) comingSubject(user chat.UserID) string { return "j" + t.roleMark(user) }

// left: who is gone again is not spoken of as having come, and gets nothing more out of the room.
func (t *turn) left(ev chat.MemberLeft) error {
	if err := t.endsHere(ev); err != nil {
		return err
	}
	if ev.Actor.Self || !ev.Actor.Human() {
		return nil
	}
	return t.overtaken(t.comingSubject(ev.Actor.User))
}
