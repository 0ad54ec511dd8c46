package bot

import (
	"slices"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// hanging is a question, and the room in which it was asked.
type hanging struct {
	place store.Place
	q     store.Question
}

// meant finds the question that a command is about: the one that is linked, or the thread's, or else the first of
// those that come into question. Where it finds none, or more than one of other people, it has answered.
func (t *turn) meant(c *call, otherwise func(*call) ([]hanging, error)) (hanging, bool, error) {
	l, _, pointed, err := t.pointed(c)
	if err != nil {
		return hanging{}, false, err
	}
	if pointed {
		q, ok, err := t.tx.Question(l.place.ID, l.message)
		if err == nil && !ok {
			t.answer(c.reply, t.texts.say(c.g, "question.unknown", nil))
		}
		return hanging{l.place, q}, ok, err
	}
	list, err := otherwise(c)
	switch {
	case err != nil:
		return hanging{}, false, err
	case len(list) == 0:
		t.answer(c.reply, t.texts.say(c.g, "question.none", holes{"example": usage(c, t.texts.word(c.g, "usage.link"))}))
		return hanging{}, false, nil
	case len(list) > 1 && list[0].q.Asker != c.who.ID:
		t.whichQuestion(c, list)
		return hanging{}, false, nil
	}
	return list[0], true, nil
}

// othersOpen lists the open questions of other people here.
func (t *turn) othersOpen(c *call) ([]hanging, error) {
	if c.direct {
		return nil, nil
	}
	open, err := t.tx.OpenQuestions(t.conn.Name, c.place.Space, c.place.ID, dueAtOnce)
	if err != nil {
		return nil, err
	}
	var out []hanging
	for _, q := range open {
		if isOpen(q) && q.Asker != c.who.ID {
			out = append(out, hanging{c.place, q})
		}
	}
	return out, nil
}

// ownLatest lists a person's own questions, here or, in a conversation with the bot, anywhere; the newest first.
func (t *turn) ownLatest(c *call, which func(store.Question) bool) ([]hanging, error) {
	own, err := t.tx.QuestionsOf(c.who.ID, dueAtOnce)
	if err != nil {
		return nil, err
	}
	var out []hanging
	for _, q := range own {
		if !which(q) || !c.direct && q.Place != c.place.ID {
			continue
		}
		place, ok, err := t.tx.PlaceByID(q.Place)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, hanging{place, q})
		}
	}
	return out, nil
}

// closedBy lists what a person may open again: what they took, then their own that are closed.
func (t *turn) closedBy(c *call) ([]hanging, error) {
	out, err := t.ownLatest(c, func(q store.Question) bool { return !isOpen(q) })
	if err != nil {
		return nil, err
	}
	room := c.place.ID
	if c.direct {
		room = 0
	}
	waiting, err := t.tx.OpenQuestions(t.conn.Name, c.place.Space, room, dueAtOnce)
	if err != nil {
		return nil, err
	}
	for _, q := range waiting {
		if q.State != store.TakenState || q.TakenBy != c.who.ID {
			continue
		}
		place, ok, err := t.tx.PlaceByID(q.Place)
		if err != nil {
			return nil, err
		}
		if ok {
			out = slices.Insert(out, 0, hanging{place, q})
		}
	}
	return out, nil
}

func (t *turn) whichQuestion(c *call, list []hanging) {
	var links []chat.Node
	for i, a := range first(list, digestOpen) {
		if i > 0 {
			links = append(links, chat.Text(" · "))
		}
		links = append(links, chat.PostLink{Channel: a.place.Channel, Message: a.q.Message, Label: t.texts.word(c.g, "questions.link")})
	}
	t.answer(c.reply, t.texts.say(c.g, "question.which", holes{"links": links, "example": usage(c, t.texts.word(c.g, "usage.link"))}))
}

func (a hanging) link() []chat.Node {
	return []chat.Node{chat.PostLink{Channel: a.place.Channel, Message: a.q.Message}}
}

// waits reports whether somebody may still come: nobody was there, or somebody took it.
func waits(q store.Question) bool { return isOpen(q) || q.State == store.TakenState }
