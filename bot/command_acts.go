package bot

import (
	"unicode/utf8"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// actCommands are the verbs by which people give their words to the bot, and take them back.
func actCommands() []*command {
	return []*command{
		{name: "share", aliases: []string{"partage", "partager"}, run: (*turn).share},
		{name: "ask", aliases: []string{"demande", "demander"}, run: (*turn).ask},
		{name: "thanks", aliases: []string{"thank", "merci", "remercie", "remercier"}, run: (*turn).thanks},
		{name: "adopt", aliases: []string{"adopte", "adopter"}, run: (*turn).adopt},
		{name: "example", aliases: []string{"exemple"}, topic: "more", run: (*turn).example},
		{name: "ask-why", aliases: []string{"askwhy", "demande-pourquoi"}, topic: "more", run: (*turn).askWhy},
		{name: "undo", aliases: []string{"annule", "annuler", "retire", "unshare"}, topic: "more", run: (*turn).undo},
	}
}

func (t *turn) share(c *call) error { return t.giveWords(c, actShare, parseGiven) }

func (t *turn) ask(c *call) error {
	return t.giveWords(c, actAsk, func(text string) given { return given{words: text} })
}

// giveWords takes words for a room from a command, or opens the form for them.
func (t *turn) giveWords(c *call, kind string, read func(string) given) error {
	room, rest, ok, err := t.roomFor(c, c.wording())
	if err != nil {
		return err
	}
	g := read(rest.text)
	switch {
	case g.words == "":
		return t.openWords(c, asking{kind: kind, room: room, practice: g.practice})
	case !ok:
		return t.whichRoom(c)
	}
	if kind == actShare {
		return t.preview(c, room, g.act(kind))
	}
	return t.stand(c, room, g.act(kind))
}

// stand records given words, and shows their author what will stand in the room and how to take it back.
func (t *turn) stand(c *call, room store.Place, a store.Act) error {
	if utf8.RuneCountInString(a.Words) > mostWords || utf8.RuneCountInString(a.Why) > mostWhy {
		t.answer(c.reply, t.texts.sayN(c.g, "given.long", mostWords, nil))
		return nil
	}
	a, err := t.record(room, c.who, a)
	if err != nil {
		return err
	}
	if a.Kind == actAdopt || a.Kind == actWhy {
		if err := t.answeredWatch(c.who, actSubject(a.Source)); err != nil {
			return err
		}
	}
	body := t.texts.say(c.g, "given.stands", holes{
		"room": {chat.Room{Channel: room.Channel}}, "card": {chat.Quote(t.card(t.tongueIn(room), a))},
	})
	if a.Kind == actAsk {
		after, err := t.askedWhere(c.g, room)
		if err != nil {
			return err
		}
		body = append(append(body, after...), t.similarToWords(c.g, room, c.who.ID, a.Words)...)
	}
	t.answer(c.reply, body, t.undoButton(c.g, room, a))
	return nil
}

// askedWhere says what happens if nobody answers: what is not turned on is not promised.
func (t *turn) askedWhere(g tongue, room store.Place) ([]chat.Node, error) {
	space, err := t.space(room)
	if err != nil {
		return nil, err
	}
	if len(space.match(playbooks.Unanswered, "", room)) == 0 {
		return t.texts.say(g, "asked.unwatched", nil), nil
	}
	return t.texts.say(g, "asked.watched", nil), nil
}

// undoButton takes a card back. It goes to the author alone, and works for nobody else.
func (t *turn) undoButton(g tongue, room store.Place, a store.Act) chat.Button {
	key := t.noticeKey(noticeCard, room, actCause(room, a))
	return chat.Button{Label: t.texts.word(g, "button.undo"), Value: t.buttonValue(key, "undo")}
}
