package bot

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/question"
	"github.com/gofirst/gofirst/bot/store"
)

// This file offers solved threads to whoever asks something like it: links, never words, and to the asker alone.

const (
	similarMost   = 2    // threads offered
	similarNewest = 3000 // threads looked at
)

// alike finds solved threads that look like a question: of its own room first, then of rooms of the space in which its
// asker wrote lately, and so can read.
func (t *turn) alike(place store.Place, asker store.PersonID, terms []uint64) ([]store.Thread, error) {
	near, err := t.solvedNear(place, asker)
	if err != nil || len(terms) == 0 {
		return nil, err
	}
	docs := make([][]uint64, len(near))
	for i, th := range near {
		docs[i] = th.Terms
	}
	var here, there []store.Thread
	for _, match := range question.Rank(terms, docs) {
		th := near[match.Doc]
		own, err := t.tx.AskedThread(th, asker)
		switch {
		case err != nil:
			return nil, err
		case own:
		case th.Place == place.ID:
			here = append(here, th)
		default:
			there = append(there, th)
		}
	}
	return first(append(here, there...), similarMost), nil
}

// solvedNear lists the solved threads that a question is compared with.
func (t *turn) solvedNear(place store.Place, asker store.PersonID) ([]store.Thread, error) {
	rooms, err := t.roomsOf(store.Person{ID: asker})
	if err != nil {
		return nil, err
	}
	rooms = slices.DeleteFunc(rooms, func(r store.Place) bool { return r.ID == place.ID || r.Space != place.Space })
	var near []store.Thread
	for _, room := range append([]store.Place{place}, rooms...) {
		threads, err := t.tx.SolvedThreads(room.ID, similarNewest-len(near))
		if err != nil {
			return nil, err
		}
		near = append(near, threads...)
	}
	return near, nil
}

// similarLine offers threads on a line of its own; nothing where there are none.
func (t *turn) similarLine(g tongue, found []store.Thread) []chat.Node {
	if len(found) == 0 {
		return nil
	}
	var links []chat.Node
	for i, th := range found {
		place, ok, err := t.tx.PlaceByID(th.Place)
		if err != nil || !ok {
			return nil
		}
		if i > 0 {
			links = append(links, chat.Text(" · "))
		}
		links = append(links, chat.PostLink{Channel: place.Channel, Message: th.Message, Label: t.dayOf(g, th)})
	}
	return append(text("\n"), t.texts.sayN(g, "similar.line", len(found), holes{"links": links})...)
}

// dayOf names the day on which a thread began: "12 March".
func (t *turn) dayOf(g tongue, th store.Thread) string {
	number := strconv.Itoa(th.Day.Day())
	if th.Day.Day() == 1 {
		number = t.texts.word(g, "date.first")
	}
	month := t.texts.word(g, "month."+strings.ToLower(th.Day.Month().String()))
	return inWords(t.texts.say(g, "similar.day", holes{"day": text(number), "month": text(month)}))
}

// similarTo offers threads to the asker of a question that waits. It is a courtesy: if it cannot be had, what it is
// added to is said all the same.
func (t *turn) similarTo(g tongue, place store.Place, q store.Question) []chat.Node {
	keeps, err := t.tx.KeepsThreads(place.Conn, place.Space)
	if err != nil || !keeps {
		return nil
	}
	th, ok, err := t.tx.Thread(place.ID, q.Message)
	if err != nil || !ok {
		return nil
	}
	return t.similarToTerms(g, place, q.Asker, th.Terms)
}

// similarToWords is similarTo for a question that is being asked.
func (t *turn) similarToWords(g tongue, place store.Place, asker store.PersonID, words string) []chat.Node {
	keeps, err := t.tx.KeepsThreads(place.Conn, place.Space)
	if err != nil || !keeps {
		return nil
	}
	return t.similarToTerms(g, place, asker, t.tx.HashTerms(place, question.Terms(words)))
}

func (t *turn) similarToTerms(g tongue, place store.Place, asker store.PersonID, terms []uint64) []chat.Node {
	found, err := t.alike(place, asker, terms)
	if err != nil {
		t.options.Log.Warn("similar threads not looked up", "connection", t.conn.Name, "err", err)
	}
	return t.similarLine(g, found)
}

// answerMarked answers who marked a message as a question, once it is known what the message says.
func (t *turn) answerMarked(c *call, place store.Place, m chat.MessagePosted, body []chat.Node) {
	t.answerLater(c.reply, func(ctx context.Context) []chat.Node {
		t.readMarked(ctx, place, c.who.ID, m, func(late *turn, words string) {
			body = append(body, late.similarToWords(c.g, place, c.who.ID, words)...)
		})
		return body
	})
}

// readMarked asks the service what a message says that was marked as a question, and keeps its terms. It does I/O and
// makes a turn of its own, and so comes after the turn in which the message was marked.
func (t *turn) readMarked(ctx context.Context, place store.Place, asker store.PersonID, m chat.MessagePosted, then func(*turn, string)) {
	fetcher, ok := t.conn.Adapter.(chat.Fetcher)
	if !ok {
		return
	}
	words, _, err := fetcher.Fetch(ctx, place.Channel, m.Message)
	if err != nil {
		return // the service says so elsewhere; a question without terms is a question all the same
	}
	m.Text = words
	err = t.turn(ctx, t.conn, t.now, func(late *turn) error {
		then(late, words)
		return late.keepTerms(place, asker, m)
	})
	if err != nil {
		t.options.Log.Warn("terms not kept", "connection", t.conn.Name, "err", err)
	}
}
