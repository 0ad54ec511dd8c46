package bot

import (
	"time"

	"github.com/gofirst/gofirst/bot/store"
)

// questionCommands are the verbs by which people say what became of a question. Its asker's word wins.
func questionCommands() []*command {
	return []*command{
		{name: "take", aliases: []string{"prends", "prendre"}, topic: "more", run: (*turn).take},
		{name: "solved", aliases: []string{"resolved", "résolu", "resolu", "réglé", "regle"}, topic: "more", run: (*turn).solved},
		{name: "reopen", aliases: []string{"rouvre", "rouvrir"}, topic: "more", run: (*turn).reopen},
	}
}

// take says that somebody is on a question: nobody else is asked meanwhile.
func (t *turn) take(c *call) error {
	a, ok, err := t.meant(c, t.othersOpen)
	if err != nil || !ok {
		return err
	}
	return t.takeQuestion(c, a)
}

func (t *turn) takeQuestion(c *call, a hanging) error {
	id := "take.done"
	switch {
	case a.q.Asker == c.who.ID:
		id = "take.own"
	case a.q.State == store.TakenState && a.q.TakenBy != c.who.ID:
		id = "take.taken"
	case a.q.State != store.TakenState && !isOpen(a.q):
		id = "question.settled"
	default:
		a.q.TakenBy = c.who.ID
		if err := t.close(a.place, a.q, store.TakenState, t.now); err != nil {
			return err
		}
	}
	t.answer(c.reply, t.texts.say(c.g, id, holes{"link": a.link()}))
	return nil
}

// solved is for the asker to say.
func (t *turn) solved(c *call) error {
	a, ok, err := t.meant(c, func(c *call) ([]hanging, error) { return t.ownLatest(c, waits) })
	if err != nil || !ok {
		return err
	}
	id := "solved.done"
	switch {
	case a.q.Asker != c.who.ID:
		id = "solved.foreign"
	case !waits(a.q):
		id = "question.settled"
	default:
		if err := t.close(a.place, a.q, store.SolvedState, t.now); err != nil {
			return err
		}
	}
	t.answer(c.reply, t.texts.say(c.g, id, holes{"link": a.link()}))
	return nil
}

// reopen is for the asker, and for whoever took the question and gives it back.
func (t *turn) reopen(c *call) error {
	a, ok, err := t.meant(c, t.closedBy)
	if err != nil || !ok {
		return err
	}
	return t.reopenQuestion(c, a)
}

func (t *turn) reopenQuestion(c *call, a hanging) error {
	id := "reopen.done"
	switch {
	case a.q.Asker != c.who.ID && (a.q.State != store.TakenState || a.q.TakenBy != c.who.ID):
		id = "reopen.foreign"
	case isOpen(a.q):
		id = "reopen.open"
	default:
		if err := t.openAgain(a); err != nil {
			return err
		}
	}
	body := t.texts.say(c.g, id, holes{"link": a.link()})
	if a.q.Asker == c.who.ID {
		body = append(body, t.similarTo(c.g, a.place, a.q)...)
	}
	t.answer(c.reply, body)
	return nil
}

// openAgain lets a question wait as if it were asked now. Who was asked about it before is not asked again.
func (t *turn) openAgain(a hanging) error {
	a.q.FirstReply, a.q.Answered, a.q.TakenBy = time.Time{}, time.Time{}, 0
	if err := t.close(a.place, a.q, store.OpenState, t.now); err != nil {
		return err
	}
	from := a.q
	from.At = t.now
	return t.waitFor(a.place, from, t.userOf(a.q.Asker))
}
