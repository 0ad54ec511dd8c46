package bot

import (
	"context"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// How many open questions are looked at, and how many are shown at once.
const (
	questionsRead  = 500
	questionsShown = 10
)

// openQuestion is one line of the list.
type openQuestion struct {
	channel chat.ChannelID
	message chat.MessageID
	at      time.Time
	replied bool
}

// listQuestions shows what is open: everywhere, here, one's own, or in rooms of a name.
func (t *turn) listQuestions(c *call, space chat.SpaceID) error {
	scope, topic := questionScope(c)
	found, err := t.openQuestions(c, space, scope)
	if err != nil {
		return err
	}
	halt, err := t.haltNotes(c.g, space)
	if err != nil {
		return err
	}
	see, now, notes := t.sightOf(c), t.now, append(t.blind(c.g), halt...)
	t.answerLater(c.reply, func(ctx context.Context) []chat.Node {
		return append(t.questionPage(c.g, seenQuestions(ctx, see, found, scope, topic), topic, now), notes...)
	})
	return nil
}

// Scopes of the list.
const (
	scopeAll  = ""
	scopeHere = "here"
	scopeMine = "mine"
	scopeRoom = "room"
)

// questionScope reads "here", "mine", a room, or a word that is part of a room's name.
func questionScope(c *call) (scope, topic string) {
	for _, r := range c.references {
		if r.Channel != "" {
			return scopeRoom, string(r.Channel)
		}
	}
	for _, word := range c.words {
		switch word := normal(word); word {
		case "here", "ici":
			return scopeHere, ""
		case "mine", "my", "miennes", "moi":
			return scopeMine, ""
		case "all", "toutes", "les", "the", "mes":
		default:
			return scopeAll, strings.TrimPrefix(word, "#")
		}
	}
	return scopeAll, ""
}

// openQuestions lists what nobody has answered, oldest first.
func (t *turn) openQuestions(c *call, space chat.SpaceID, scope string) ([]openQuestion, error) {
	rows, err := t.questionRows(c, space, scope)
	if err != nil {
		return nil, err
	}
	places := map[store.PlaceID]store.Place{}
	var out []openQuestion
	for _, q := range rows {
		if !isOpen(q) {
			continue
		}
		place, known := places[q.Place]
		if !known {
			if place, _, err = t.tx.PlaceByID(q.Place); err != nil {
				return nil, err
			}
			places[q.Place] = place
		}
		out = append(out, openQuestion{place.Channel, q.Message, q.At, !q.FirstReply.IsZero()})
	}
	return out, nil
}

func (t *turn) questionRows(c *call, space chat.SpaceID, scope string) ([]store.Question, error) {
	if scope == scopeMine {
		return t.tx.QuestionsOf(c.who.ID, questionsRead)
	}
	only := store.PlaceID(0)
	if scope == scopeHere && !c.direct {
		only = c.place.ID
	}
	return t.tx.OpenQuestions(t.conn.Name, space, only, questionsRead)
}

// seenQuestions leaves out the rooms that the person cannot read, and those that were not asked for.
func seenQuestions(ctx context.Context, see *sight, all []openQuestion, scope, topic string) []openQuestion {
	var out []openQuestion
	for _, q := range all {
		switch {
		case scope == scopeRoom && string(q.channel) != topic:
		case scope != scopeMine && !see.sees(ctx, q.channel):
		case scope == scopeAll && topic != "" && !strings.Contains(normal(see.room(ctx, q.channel).Name), topic):
		default:
			out = append(out, q)
		}
	}
	return out
}

func (e *Engine) questionPage(g tongue, open []openQuestion, topic string, now time.Time) []chat.Node {
	p := &page{texts: e.texts, g: g}
	if len(open) == 0 {
		p.say("questions.none", nil)
		if topic != "" {
			p.say("questions.by_room", nil)
		}
		return p.body
	}
	p.sayN("questions.head", len(open), nil)
	for _, q := range open[:min(questionsShown, len(open))] {
		p.line(e.questionLine(g, q, now)...)
	}
	if more := len(open) - questionsShown; more > 0 {
		p.sayN("questions.more", more, nil)
	}
	p.say("questions.hint", nil)
	return p.body
}

func (e *Engine) questionLine(g tongue, q openQuestion, now time.Time) []chat.Node {
	id, n := span(now.Sub(q.at))
	line := e.texts.say(g, "questions.line", holes{
		"link":  {chat.PostLink{Channel: q.channel, Message: q.message, Label: e.texts.word(g, "questions.link")}},
		"room":  {chat.Room{Channel: q.channel}},
		"since": e.texts.sayN(g, "open_for."+id, n, nil),
	})
	if q.replied {
		line = append(line, e.texts.say(g, "questions.replied", nil)...)
	}
	return line
}
