package bot

import (
	"context"
	"slices"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// homeKey stands in the buttons of somebody's own page where others have the key of a delivery. What they do concerns
// whoever presses them, and nobody else.
const homeKey = "home"

// homeQuestions is how many own questions the page shows.
const homeQuestions = 5

// homeOpened shows a person their own page: what is chosen, what of theirs is open, why the last message came.
func (t *turn) homeOpened(ev chat.HomeOpened) error {
	who, err := t.person(ev.Actor.User)
	if err != nil {
		return err
	}
	return t.showHome(&call{who: who, user: ev.Actor.User, direct: true, g: t.tongueOf(who), place: store.Place{Conn: t.conn.Name}})
}

func (t *turn) showHome(c *call) error {
	homer, ok := t.conn.Adapter.(chat.Homer)
	if !ok {
		return nil
	}
	p := t.page(c.g)
	p.say("home.head", holes{"runs": text(t.runs(c.g))})
	t.showChoices(p, c)
	p.line()
	p.line(t.prefsPage(c)...)
	for _, part := range []func(*page, *call) error{t.homeQuestionLines, t.homeWhy} {
		p.line()
		if err := part(p, c); err != nil {
			return err
		}
	}
	if space, ok, err := t.spaceFor(c); err != nil {
		return err
	} else if ok {
		if err := t.haltNote(p, space); err != nil {
			return err
		}
	}
	p.line()
	p.say("home.foot", nil)
	body, buttons := p.body, t.buttons(c.g, homeKey, homeButtons(c, t))
	t.onStored(func(ctx context.Context) {
		if err := homer.ShowHome(ctx, c.user, body, buttons); err != nil {
			t.options.Log.Warn("home not shown", "connection", t.conn.Name, "err", err)
		}
	})
	return nil
}

// homeButtons are what can be done from the page: one of pause and resume, whichever changes something.
func homeButtons(c *call, t *turn) []string {
	outs, _ := t.tx.Optouts(t.conn.Name, c.user)
	quiet := c.who.PausedUntil.After(t.now) || c.who.AwayUntil.After(t.now) || len(outs) > 0
	if quiet {
		return []string{"home_resume"}
	}
	return []string{"home_pause", "home_stop"}
}

func (t *turn) homeQuestionLines(p *page, c *call) error {
	mine, err := t.tx.QuestionsOf(c.who.ID, questionsRead)
	if err != nil {
		return err
	}
	mine = slices.DeleteFunc(mine, func(q store.Question) bool { return !isOpen(q) })
	if len(mine) == 0 {
		p.say("home.no_questions", nil)
		return nil
	}
	p.sayN("home.questions", len(mine), nil)
	for _, q := range first(mine, homeQuestions) {
		place, _, err := t.tx.PlaceByID(q.Place)
		if err != nil {
			return err
		}
		p.line(t.questionLine(c.g, openQuestion{place.Channel, q.Message, q.At, !q.FirstReply.IsZero()}, t.now)...)
	}
	return nil
}

// homeWhy explains the last message that came unasked, as "whyme" does.
func (t *turn) homeWhy(p *page, c *call) error {
	spent, ok, err := t.tx.LastSpent(c.who.ID)
	if err != nil || !ok {
		p.say("home.no_why", nil)
		return err
	}
	d, err := t.deliveryOf(spent)
	if err != nil {
		return err
	}
	body, err := t.explainDelivery(c.g, d)
	p.say("home.why", nil)
	p.line(body...)
	return err
}

// pressedHome does what a button of the page says, by the command that does the same, and shows the page anew.
func (t *turn) pressedHome(ev chat.ButtonPressed, choice string) error {
	verbs := map[string]string{"home_pause": "pause", "home_resume": "resume", "home_stop": "stop"}
	if verbs[choice] == "" {
		return nil
	}
	ev.Place.Direct = true
	if err := t.run(ev.Header, verbs[choice], nil, ev.Reply, ev.Trigger); err != nil {
		return err
	}
	return t.homeOpened(chat.HomeOpened{Header: ev.Header})
}
