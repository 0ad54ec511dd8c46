package bot

import (
	"slices"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/question"
	"github.com/gofirst/gofirst/bot/store"
)

// People answer beside a question as often as under it. This file looks at what is written in a room for signs that
// somebody is on a question, or that it is settled: the bot prefers to believe it, and stays quiet.

// For how long a message in the room may be about a question that was asked there.
const (
	looseWindow = 30 * time.Minute // any message of another person, in a room where people do not use threads
	nextWindow  = 5 * time.Minute  // the very next message, in any room
	namedWindow = 2 * day          // one that names the asker, or one of the asker's own
)

// besideQuestions looks for such signs in a message at the top level. seeks says that it is a question itself.
func (t *turn) besideQuestions(place store.Place, author store.Person, m chat.MessagePosted, seeks bool, before []utterance) error {
	for _, message := range t.rooms.askedSince(place.ID, m.Time.Add(-namedWindow)) {
		q, ok, err := t.tx.OpenQuestion(place.ID, message)
		if err != nil {
			return err
		}
		if !ok || !isOpen(q) {
			continue
		}
		if q.Asker == author.ID {
			err = t.askerGoesOn(place, q, m, seeks, before)
		} else if t.concerns(place, q, m, seeks, before) {
			err = t.answeredBy(place, author, q, m)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// concerns reports whether somebody else's message may be about a question: it names its asker, comes right after it,
// or, where nobody uses threads, soon after.
func (t *turn) concerns(place store.Place, q store.Question, m chat.MessagePosted, seeks bool, before []utterance) bool {
	since := m.Time.Sub(q.At)
	switch {
	case names(m, t.userOf(q.Asker)):
		return true
	case seeks:
		return false
	case since <= looseWindow && t.rooms.threadless(place.ID):
		return true
	}
	return since <= nextWindow && len(before) > 0 && before[len(before)-1].message == q.Message
}

// askerGoesOn: thanks close a question wherever they are said; and an asker who is in a conversation there by now, after
// somebody else wrote, has probably found somebody.
func (t *turn) askerGoesOn(place store.Place, q store.Question, m chat.MessagePosted, seeks bool, before []utterance) error {
	if err := t.askerWrote(place, q, m); err != nil || question.Closes(m.Text) || seeks || !q.FirstReply.IsZero() {
		return err
	}
	at := slices.IndexFunc(before, func(s utterance) bool { return s.message == q.Message })
	if at < 0 || !slices.ContainsFunc(before[at+1:], func(s utterance) bool { return s.author != q.Asker && m.Time.Sub(s.at) <= looseWindow }) {
		return nil
	}
	q.FirstReply = m.Time
	if err := t.tx.UpdateQuestion(q); err != nil {
		return err
	}
	return t.overtaken(questionSubject(q.ID))
}

// names reports whether a message mentions a person.
func names(m chat.MessagePosted, user chat.UserID) bool {
	return user != "" && slices.ContainsFunc(m.References, func(r chat.Reference) bool { return r.User == user })
}

// addresses reports whether a message begins by naming a person: it is said to them, and not to the room.
func (t *turn) addresses(m chat.MessagePosted) bool {
	for _, r := range m.References {
		if r.User != "" && !t.conn.isSelf(r) {
			return strings.TrimLeft(m.Text[:r.At], " \t\r\n@<") == ""
		}
	}
	return false
}

// For how long somebody else's message, and one's own, make what is written next a part of a conversation.
const (
	exchange = 5 * time.Minute
	goingOn  = 30 * time.Minute
)

// opens reports whether a message begins something, instead of going on with a conversation in the room.
func opens(author store.Person, m chat.MessagePosted, before []utterance) bool {
	if len(m.References) > 0 && m.References[0].User != "" && m.References[0].At <= 1 || question.Closes(m.Text) {
		return false
	}
	return !slices.ContainsFunc(before, func(s utterance) bool {
		since := m.Time.Sub(s.at)
		return since <= exchange || s.author == author.ID && since <= goingOn
	})
}

// resolvedBy takes a program's word that somebody's question is settled: it names them, and says so.
func (t *turn) resolvedBy(place store.Place, m chat.MessagePosted) error {
	text := strings.ToLower(m.Text)
	if !strings.Contains(text, "resolved") && !strings.Contains(text, "solved") && !strings.Contains(text, "résolu") {
		return nil
	}
	for _, message := range slices.Backward(t.rooms.askedSince(place.ID, m.Time.Add(-namedWindow))) {
		q, ok, err := t.tx.OpenQuestion(place.ID, message)
		if err != nil {
			return err
		}
		if ok && names(m, t.userOf(q.Asker)) {
			return t.close(place, q, store.SolvedState, m.Time)
		}
	}
	return nil
}
