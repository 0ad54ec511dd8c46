package bot

import (
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"strconv"
)

// callBy makes a call of what somebody did without a command: an action, a form.
func (t *turn) callBy(h chat.Header, reply chat.ReplyHandle, trigger string) (*call, error) {
	who, err := t.person(h.Actor.User)
	if err != nil {
		return nil, err
	}
	place, err := t.place(h.Place)
	if err != nil {
		return nil, err
	}
	t.by = who.ID
	return &call{
		who: who, user: h.Actor.User, place: place, direct: h.Place.Direct, g: t.tongueOf(who),
		reply: reply, trigger: trigger, thread: h.Place.Thread,
	}, nil
}

// call makes a call of a press, in the room that the press is about.
func (p *press) call() *call {
	return &call{
		who: p.who, user: p.ev.Actor.User, place: p.cause.place, g: p.g, reply: p.ev.Reply, trigger: p.ev.Trigger,
	}
}

// action does what somebody chose from a message's menu.
func (t *turn) action(ev chat.ActionInvoked) error {
	c, err := t.callBy(ev.Header, ev.Reply, ev.Trigger)
	if err != nil {
		return err
	}
	if ev.Author.Human() {
		if _, err := t.person(ev.Author.User); err != nil { // so that it is known whom to ask
			return err
		}
	}
	l := linked{c.place, ev.Message}
	switch {
	case ev.Message == "" && ev.Action == "thank":
		return t.thankAuthor(c, l, ev.Author)
	case ev.Message == "":
		return t.tellBack(c, "command.unknown", nil)
	}
	switch ev.Action {
	case "thank":
		return t.thankAuthor(c, l, ev.Author)
	case "example":
		return t.markExample(c, l, "")
	case "why":
		return t.noteWhy(c, l)
	case "open":
		return t.openThis(c, l, ev.Author)
	case "take":
		return t.takeThis(c, l)
	}
	t.answer(c.reply, t.texts.say(c.g, "command.unknown", nil))
	return nil
}

// thankAuthor opens the form for thanks to whoever wrote a message.
func (t *turn) thankAuthor(c *call, l linked, author chat.Actor) error {
	user := author.User
	if author.Self { // a card: its author is whose words it shows
		if a, ok, err := t.tx.ActByMessage(l.place.ID, l.message); err != nil {
			return err
		} else if ok {
			user = t.userOf(a.Author)
		}
	}
	switch {
	case user == "" || t.isBot(user):
		t.answer(c.reply, t.texts.say(c.g, "thanks.bot", nil))
		return nil
	case user == c.user:
		t.answer(c.reply, t.texts.say(c.g, "thanks.self", nil))
		return nil
	}
	receiver, err := t.person(user)
	if err != nil {
		return err
	}
	return t.openWords(c, asking{kind: actThanks, room: c.place, receiver: receiver.ID})
}

// openThis marks a message as a question that wants help. Its author says so.
func (t *turn) openThis(c *call, l linked, author chat.Actor) error {
	q, ok, err := t.tx.Question(l.place.ID, l.message)
	switch {
	case err != nil:
		return err
	case ok:
		return t.reopenQuestion(c, hanging{l.place, q})
	case author.User != c.user:
		t.answer(c.reply, t.texts.say(c.g, "asked.foreign", nil))
		return nil
	}
	posted := chat.MessagePosted{Message: l.message}
	posted.Time, posted.Place, posted.Actor = t.now, chat.Place{Space: l.place.Space, Channel: l.place.Channel}, author
	if err := t.asked(l.place, c.who, posted, true); err != nil {
		return err
	}
	after, err := t.askedWhere(c.g, l.place)
	if err != nil {
		return err
	}
	t.answerMarked(c, l.place, posted, append(t.texts.say(c.g, "asked.marked", nil), after...))
	return nil
}

func (t *turn) takeThis(c *call, l linked) error {
	q, ok, err := t.tx.Question(l.place.ID, l.message)
	if err != nil {
		return err
	}
	if !ok {
		t.answer(c.reply, t.texts.say(c.g, "question.unknown", nil))
		return nil
	}
	return t.takeQuestion(c, hanging{l.place, q})
}

// pressWrite notes that somebody means to follow an invitation, and offers a place to write. Until it lapses, what
// they post in the room is the example.
func (t *turn) pressWrite(p *press) (bool, error) {
	if p.watch == nil {
		t.answer(p.ev.Reply, t.texts.say(p.g, "press.spent", nil))
		return true, nil
	}
	ref, err := parseRefs(p.watch.Data)
	if err != nil {
		return false, err
	}
	ref.Wrote = true
	if err := t.tx.SetWatchData(p.watch.ID, ref.String()); err != nil {
		return false, err
	}
	here := chat.Button{Label: t.texts.word(p.g, "button.here"), Value: t.buttonValue(p.key, "here")}
	t.answer(p.ev.Reply, t.texts.say(p.g, "pressed.write", holes{
		"room": {chat.Room{Channel: p.cause.place.Channel}}, "until": t.moment(p.g, p.watch.Due),
	}), here)
	return true, nil
}

// moment names a time of the coming week, in the person's own zone: "Thursday 09:00".
func (t *turn) moment(g tongue, at time.Time) []chat.Node {
	at = at.In(g.zone)
	return t.texts.say(g, "moment", holes{
		"weekday": text(t.texts.word(g, "weekday."+strings.ToLower(at.Weekday().String()))), "time": text(at.Format("15:04")),
	})
}

// pressHere opens the form for a share in the room of an invitation.
func (t *turn) pressHere(p *press) (bool, error) {
	return true, t.openWords(p.call(), asking{kind: actShare, room: p.cause.place, practice: p.cause.practice})
}

// pressAdopt opens the form for doing an example one's own way. The offer stays until the words are there.
func (t *turn) pressAdopt(p *press) (bool, error) {
	a, err := t.actOf(p)
	if err != nil {
		return false, err
	}
	if a == nil || a.Message == "" {
		t.answer(p.ev.Reply, t.texts.say(p.g, "press.spent", nil))
		return true, nil
	}
	return true, t.adoptFrom(p.call(), linked{p.cause.place, a.Message}, p.cause.place, given{}, (*turn).stand)
}

// actOf gives the act that a button is about, unless it was taken back. The line under an example outlives its
// references; its subject stays.
func (t *turn) actOf(p *press) (*store.Act, error) {
	if a := p.cause.act; a != nil && !a.Undone.IsZero() {
		return nil, nil
	}
	number, isAct := strings.CutPrefix(p.d.Subject, "a")
	id, notNumber := strconv.ParseInt(number, 10, 64)
	if p.cause.act != nil || !isAct || notNumber != nil {
		return p.cause.act, nil
	}
	a, ok, err := t.tx.Act(id)
	if err != nil || !ok || !a.Undone.IsZero() {
		return nil, err
	}
	return &a, nil
}
