package bot

import (
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// example marks a message as an example. Of somebody else's message its author alone decides.
func (t *turn) example(c *call) error {
	l, rest, ok, err := t.pointed(c)
	if err != nil {
		return err
	}
	if !ok {
		t.answer(c.reply, t.texts.say(c.g, "marked.how", nil))
		return nil
	}
	return t.markExample(c, l, practiceWord(rest.text))
}

// practiceWord reads "[practice]": a known kind by its name, any other in small letters.
func practiceWord(text string) string {
	if kind := kindWords[normal(text)]; kind != "" {
		return kind
	}
	return strings.ToLower(strings.TrimSpace(text))
}

func (t *turn) markExample(c *call, l linked, practice string) error {
	author, act, known, err := t.authorOf(l)
	id := "marked.asked"
	switch {
	case err != nil:
		return err
	case !known:
		id = "message.unknown"
	case act != nil && act.Declared && act.Kind != actAsk:
		id = "marked.already"
	case author == c.who.ID:
		id, err = "marked.own", t.declareExample(l, c.who, practice)
	case t.userOf(author) == "":
		id = "marked.unreachable"
	default:
		about := cause{place: l.place, author: c.who.ID, message: l.message, practice: practice}
		err = t.notice(noticeExample, l.place, author, about)
	}
	if err != nil {
		return err
	}
	t.answer(c.reply, t.texts.say(c.g, id, nil))
	return nil
}

// declareExample makes a person's own message an example.
func (t *turn) declareExample(l linked, author store.Person, practice string) error {
	_, act, _, err := t.authorOf(l)
	if err != nil {
		return err
	}
	if act == nil || act.Kind == actAsk {
		_, err := t.record(l.place, author, store.Act{
			Kind: actExample, Practice: practice, Message: l.message, Audience: audiencePublic, Declared: true,
		})
		return err
	}
	if act.Declared || act.Author != author.ID {
		return nil
	}
	act.Declared = true
	if act.Practice == "" {
		act.Practice = practice
	}
	if err := t.tx.SetAct(*act); err != nil {
		return err
	}
	return t.actHappened(l.place, *act)
}

// composeExample asks an author whether a message of theirs may be an example.
func (t *turn) composeExample(g tongue, out *draft) {
	out.message.Body = t.texts.say(g, "marked.notice", holes{
		"author": t.mention(g, out.cause.author), "room": {chat.Room{Channel: out.w.place.Channel}},
		"link": {chat.PostLink{Channel: out.w.place.Channel, Message: out.cause.message}},
	})
	out.message.Buttons = t.buttons(g, out.d.Key, []string{"yes", "no"})
}

// pressedExample takes the author's answer. A no leaves nothing.
func (t *turn) pressedExample(p *press) error {
	c, err := t.cause(p.d.Place, p.d.Refs)
	if err != nil {
		return err
	}
	if c.message == "" { // after retention
		t.answer(p.ev.Reply, t.texts.say(p.g, "press.spent", nil))
		return nil
	}
	id := "marked.no"
	if p.choice == "yes" {
		id = "marked.yes"
		if err := t.declareExample(linked{c.place, c.message}, p.who, c.practice); err != nil {
			return err
		}
	}
	t.answer(p.ev.Reply, t.texts.say(p.g, id, nil))
	return nil
}

// askWhy notes that somebody would like to know the why behind an example. What follows is a playbook's.
func (t *turn) askWhy(c *call) error {
	l, _, ok, err := t.pointed(c)
	if err != nil {
		return err
	}
	if !ok {
		t.answer(c.reply, t.texts.say(c.g, "askwhy.how", nil))
		return nil
	}
	return t.noteWhy(c, l)
}

func (t *turn) noteWhy(c *call, l linked) error {
	author, _, known, err := t.authorOf(l)
	if err != nil {
		return err
	}
	id := "askwhy.own"
	switch {
	case !known:
		id = "message.unknown"
	case author != c.who.ID:
		if id, err = t.recordWhy(c, l, author); err != nil {
			return err
		}
	}
	t.answer(c.reply, t.texts.say(c.g, id, nil))
	return nil
}

// recordWhy tells the playbooks, and names the sentence that says whether any of them listens.
func (t *turn) recordWhy(c *call, l linked, author store.PersonID) (string, error) {
	source, err := t.sourceAt(l)
	if err != nil || source.Why != "" {
		return "askwhy.told", err
	}
	_, err = t.record(l.place, c.who, store.Act{
		Kind: actAskWhy, Receivers: []store.PersonID{author}, Source: source.ID, Audience: audiencePrivate, Declared: true,
	})
	if err != nil {
		return "", err
	}
	space, err := t.space(l.place)
	if err != nil || len(space.match(playbooks.Acted, actAskWhy, l.place)) == 0 {
		return "askwhy.nobody", err
	}
	return "askwhy.noted", nil
}
