package bot

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// thanks takes "thanks @who for what". In a conversation with the bot it stays between those whom it concerns,
// unless a room is named.
func (t *turn) thanks(c *call) error {
	room, rest := c.place, c.wording()
	_, _, named := roomNamed(rest)
	if c.direct && named {
		var ok bool
		var err error
		if room, rest, ok, err = t.roomFor(c, rest); err != nil {
			return err
		}
		if !ok {
			return t.whichRoom(c)
		}
	}
	g := parseThanks(rest)
	g.private = g.private || c.direct && !named
	return t.thank(c, room, g)
}

// thank records thanks, tells those who receive them, and lets them stand in the room as far as they allow.
func (t *turn) thank(c *call, room store.Place, g gratitude) error {
	whom := slices.DeleteFunc(slices.Clone(g.whom), func(u chat.UserID) bool { return u == c.user || t.isBot(u) })
	if id, fill := t.thanksObjection(g, whom); id != "" {
		t.answer(c.reply, t.texts.sayN(c.g, id, mostWords, fill))
		return nil
	}
	a, err := t.thanksAct(room, g, whom)
	if err != nil {
		return err
	}
	if a, err = t.record(room, c.who, a); err != nil {
		return err
	}
	for _, id := range a.Receivers {
		if err := t.tellThanks(room, a, id); err != nil {
			return err
		}
	}
	t.answerThanks(c, room, a)
	return nil
}

// thanksAct makes the act. A reason that names people is not shown before they allow it.
func (t *turn) thanksAct(room store.Place, g gratitude, whom []chat.UserID) (store.Act, error) {
	a := store.Act{Place: room.ID, Kind: actThanks, Team: g.team, Words: g.reason, Audience: audiencePublic, Declared: true}
	for _, user := range whom {
		p, err := t.person(user)
		if err != nil {
			return a, err
		}
		a.Receivers = append(a.Receivers, p.ID)
	}
	if g.private || g.named && !t.mayStand(a) {
		a.Audience = audiencePrivate
	}
	return a, nil
}

// thanksObjection names what is missing, or why this is not to be thanked for here.
func (t *turn) thanksObjection(g gratitude, whom []chat.UserID) (id string, fill holes) {
	switch {
	case len(g.unknown) > 0:
		return "thanks.unknown", holes{"name": {chat.Text(g.unknown[0])}}
	case len(whom) > 0 || g.team != "":
	case slices.ContainsFunc(g.whom, t.isBot):
		return "thanks.bot", nil
	case len(g.whom) > 0:
		return "thanks.self", nil
	default:
		return "how.thanks", nil
	}
	switch {
	case g.reason == "":
		return "thanks.reason", nil
	case utf8.RuneCountInString(g.reason) > mostWords:
		return "given.long", nil
	}
	return "", nil
}

func (t *turn) isBot(user chat.UserID) bool {
	return user == t.conn.info.Self || t.conn.people.remembered(user).Bot
}

// tellThanks tells one receiver in private, unless they want no thanks brought to them.
func (t *turn) tellThanks(room store.Place, a store.Act, id store.PersonID) error {
	person, ok, err := t.tx.PersonByID(id)
	if err != nil || !ok || prefsOf(person).Recognition == "none" {
		return err
	}
	c := actCause(room, a)
	c.receiver = id
	return t.notice(noticeThanks, room, id, c, strconv.FormatInt(int64(id), 10))
}

// answerThanks says who sees it. It does not tell what a receiver chose.
func (t *turn) answerThanks(c *call, room store.Place, a store.Act) {
	fill := holes{"receivers": t.receivers(c.g, a, func(store.PersonID) bool { return true }), "room": {chat.Room{Channel: room.Channel}}}
	switch {
	case a.Audience == audiencePrivate && len(a.Receivers) == 0:
		t.answer(c.reply, t.texts.say(c.g, "thanks.kept", fill))
	case a.Audience == audiencePrivate:
		t.answer(c.reply, t.texts.say(c.g, "thanks.private", fill))
	case t.mayStand(a):
		fill["card"] = []chat.Node{chat.Quote(t.card(t.tongueIn(room), a))}
		t.answer(c.reply, t.texts.say(c.g, "thanks.stands", fill), t.undoButton(c.g, room, a))
	default:
		t.answer(c.reply, t.texts.say(c.g, "thanks.waits", fill))
	}
}

// receivers lists the receivers of thanks that are to be named, and the group: "Hal, Ida and the release crew".
func (t *turn) receivers(g tongue, a store.Act, named func(store.PersonID) bool) []chat.Node {
	var names [][]chat.Node
	for _, id := range a.Receivers {
		if named(id) {
			names = append(names, t.mention(g, id))
		}
	}
	if a.Team != "" {
		names = append(names, text(a.Team))
	}
	var out []chat.Node
	for i, name := range names {
		switch {
		case i > 0 && i == len(names)-1:
			out = append(out, chat.Text(" "+t.texts.word(g, "and")+" "))
		case i > 0:
			out = append(out, chat.Text(", "))
		}
		out = append(out, name...)
	}
	return out
}

// composeThanks brings somebody their thanks, and asks with the first ones who may see such things.
func (t *turn) composeThanks(g tongue, out *draft) error {
	a := out.cause.act
	if a == nil {
		return nil
	}
	fill := holes{"author": t.mention(g, a.Author), "words": {chat.Quote{chat.Text(a.Words)}}}
	out.message.Body = t.texts.say(g, "thanks.notice", fill)
	if prefsOf(out.w.person).Recognition != "" {
		return nil
	}
	if first, err := t.firstThanks(out.d.Recipient, *a); err != nil || !first {
		return err
	}
	out.message.Body = append(out.message.Body, t.texts.say(g, "thanks.who_sees", nil)...)
	out.message.Buttons = t.buttons(g, out.d.Key, []string{"onlyme", "myteam", "everyone"})
	return nil
}

// recognitions are what the buttons under thanks mean.
var recognitions = map[string]string{"onlyme": "private", "myteam": "team", "everyone": "public"}

// pressedThanks keeps what a person chose, for these thanks and those to come. They may choose again at any time.
func (t *turn) pressedThanks(p *press) error {
	chosen := recognitions[p.choice]
	if chosen == "" {
		return nil
	}
	if err := t.keepRecognition(p, chosen); err != nil {
		return err
	}
	if err := t.chosen(p.who.ID); err != nil {
		return err
	}
	t.answer(p.ev.Reply, t.texts.say(p.g, "pressed."+p.choice, nil))
	c, err := t.cause(p.d.Place, p.d.Refs)
	if err != nil || c.act == nil || !c.act.Undone.IsZero() || c.act.Message != "" || !t.mayStand(*c.act) {
		return err
	}
	return t.notice(noticeCard, c.place, 0, actCause(c.place, *c.act))
}

// noticeChoices are what the buttons of the engine's own notices do.
func noticeChoices() map[string]func(*turn, *press) error {
	return map[string]func(*turn, *press) error{
		noticeCard:    (*turn).pressedCard,
		noticeConsent: (*turn).pressedConsent,
		noticeExample: (*turn).pressedExample,
		noticeThanks:  (*turn).pressedThanks,
	}
}
