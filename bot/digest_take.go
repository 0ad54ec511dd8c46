package bot

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// Choices under digests. That of one question is "q" and its number.
const (
	choiceTakeOne = "takeone"
	choiceNoMore  = "nomore"
)

// pressTakeOne shows to whoever presses, and to nobody else, which of a digest's questions are still open, each with
// a button that takes it. It may be pressed as often as one likes, and changes nothing.
func (t *turn) pressTakeOne(p *press) (bool, error) {
	open, err := t.stillOpen(p)
	if err != nil {
		return false, err
	}
	page := t.page(p.g)
	if len(open) == 0 {
		page.say("digest.take.none", nil)
		t.answer(p.ev.Reply, page.body)
		return true, nil
	}
	page.sayN("digest.take.head", len(open), holes{"room": {chat.Room{Channel: p.cause.place.Channel}}})
	var buttons []chat.Button
	for i, q := range open {
		page.line(append(numeral(i+1), chat.Text(" · "))...)
		page.body = append(page.body, t.questionLine(p.g, openQuestion{p.cause.place.Channel, q.Message, q.At, !q.FirstReply.IsZero()}, t.now)...)
		label := inWords(t.texts.sayN(p.g, "digest.take.this", i+1, nil))
		buttons = append(buttons, chat.Button{Label: label, Value: t.buttonValue(p.key, questionSubject(q.ID))})
	}
	t.answer(p.ev.Reply, page.body, buttons...)
	return true, nil
}

// stillOpen lists the questions that the digest spoke of and that nobody has settled since, but for the person's own.
func (t *turn) stillOpen(p *press) ([]store.Question, error) {
	book := t.books[p.d.Playbook]
	if book == nil || book.Rule(p.d.Rule) == nil || digestOf(book.Rule(p.d.Rule)) == nil {
		return nil, nil
	}
	b, err := t.boundOf(p.cause.place, book, p.d.Rule)
	if err != nil {
		return nil, err
	}
	f, err := t.gather(p.cause.place, b, p.d.Created, p.d.Subject)
	if err != nil {
		return nil, err
	}
	said := p.d.Settled
	if said.IsZero() {
		said = t.now
	}
	open := slices.DeleteFunc(f.open, func(q store.Question) bool { return q.Asker == p.who.ID || q.At.After(said) })
	return first(open, digestOpen), nil
}

// isQuestionChoice reports whether a button is one of those that pressTakeOne gives.
func isQuestionChoice(choice string) bool {
	_, ok := questionChoice(choice)
	return ok
}

func questionChoice(choice string) (id int64, ok bool) {
	number, ok := strings.CutPrefix(choice, "q")
	id, err := strconv.ParseInt(number, 10, 64)
	return id, ok && err == nil
}

// pressTakeThis takes the question on the button, as "take" does. One that was settled meanwhile says so.
func (t *turn) pressTakeThis(p *press) (bool, error) {
	id, _ := questionChoice(p.choice)
	q, ok, err := t.tx.QuestionByID(id)
	if err != nil {
		return false, err
	}
	if !ok || q.Place != p.cause.place.ID {
		t.answer(p.ev.Reply, t.texts.say(p.g, "question.settled", nil))
		return true, nil
	}
	c := &call{who: p.who, user: p.ev.Actor.User, g: p.g, place: p.cause.place, reply: p.ev.Reply}
	return true, t.takeQuestion(c, hanging{p.cause.place, q})
}
