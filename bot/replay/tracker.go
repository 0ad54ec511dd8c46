package replay

import (
	"slices"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/question"
)

// tracker watches what became of every question, in hindsight: it sees the whole record, which the engine, deciding,
// does not. Whether a reply counts as an answer is judged by the same rule as the engine's.
type tracker struct {
	topics map[topicKey]*topic
	order  []*topic
	all    bool // keep topics that are no questions, too
	answers
}

type topicKey struct {
	channel chat.ChannelID
	message chat.MessageID
}

// topic is a message at the top level of a room, with what followed in its thread.
type topic struct {
	topicKey
	at         time.Time
	asker      chat.UserID
	isQuestion bool
	firstReply time.Time // by another person
	answered   time.Time // by another person, with something that answers
	by         []reply   // the first few replies by others
}

type reply struct {
	at   time.Time
	user chat.UserID
}

// repliesKept is how many replies of other people a topic remembers.
const repliesKept = 8

func newTracker(all bool) *tracker {
	return &tracker{topics: map[topicKey]*topic{}, all: all, answers: answers{counts: map[chat.ChannelID]map[chat.UserID][]time.Time{}}}
}

// posted looks at a message before the engine does.
func (k *tracker) posted(m chat.MessagePosted) {
	if !m.Actor.Human() || m.System || m.Place.Direct {
		return
	}
	if m.Place.Thread == "" {
		k.root(m)
		return
	}
	t := k.topics[topicKey{m.Place.Channel, m.Place.Thread}]
	if t == nil || m.Actor.User == t.asker {
		return
	}
	if t.answered.IsZero() || !t.knows(m.Actor.User) {
		k.replied(t, m.Actor.User, m.Time, question.Answers(m.Text))
	}
}

// root keeps a message at the top level of a room; whether it is a question the engine says.
func (k *tracker) root(m chat.MessagePosted) {
	if k.all {
		k.keep(topicKey{m.Place.Channel, m.Message}, m.Actor.User, m.Time)
	}
}

func (k *tracker) keep(key topicKey, asker chat.UserID, at time.Time) *topic {
	t := &topic{topicKey: key, at: at, asker: asker}
	k.topics[key] = t
	k.order = append(k.order, t)
	return t
}

// asked takes over that the engine took a message for a question.
func (k *tracker) asked(channel chat.ChannelID, message chat.MessageID, asker chat.UserID, at time.Time) {
	key := topicKey{channel, message}
	t := k.topics[key]
	if t == nil {
		t = k.keep(key, asker, at)
	}
	t.isQuestion = true
}

func (k *tracker) replied(t *topic, user chat.UserID, at time.Time, answers bool) {
	if t.firstReply.IsZero() {
		t.firstReply = at
	}
	if answers && t.answered.IsZero() {
		t.answered = at
	}
	if answers && t.isQuestion && !t.knows(user) {
		k.add(t.channel, user, at)
	}
	if len(t.by) < repliesKept {
		t.by = append(t.by, reply{at, user})
	}
}

// settled takes over what the engine saw as an answer where people do not use threads.
func (k *tracker) settled(channel chat.ChannelID, message chat.MessageID, by chat.UserID, at time.Time) {
	t := k.topics[topicKey{channel, message}]
	if t == nil || !t.answered.IsZero() {
		return
	}
	k.replied(t, by, at, true)
}

// knows reports whether a person is remembered as having replied, or so many others that nobody more is.
func (t *topic) knows(user chat.UserID) bool {
	for _, r := range t.by {
		if r.user == user {
			return true
		}
	}
	return len(t.by) == repliesKept
}

// replyAfter gives the first remembered reply after a moment by anybody but some; nil where there is none.
func (t *topic) replyAfter(at time.Time, but ...chat.UserID) *reply {
	for i := range t.by {
		if t.by[i].at.After(at) && !slices.Contains(but, t.by[i].user) {
			return &t.by[i]
		}
	}
	return nil
}

// answers counts who answered how many questions where, of late.
type answers struct {
	counts map[chat.ChannelID]map[chat.UserID][]time.Time
}

// autoWindow and autoAnswers make a helper of a rehearsal: so many answers to questions of that channel in so long.
const (
	autoWindow  = 60 * 24 * time.Hour
	autoAnswers = 5
)

func (a *answers) add(channel chat.ChannelID, user chat.UserID, at time.Time) {
	if a.counts[channel] == nil {
		a.counts[channel] = map[chat.UserID][]time.Time{}
	}
	a.counts[channel][user] = append(recent(a.counts[channel][user], at), at)
}

// helpers lists who answered often enough in a channel before a moment, with how often.
func (a *answers) helpers(channel chat.ChannelID, now time.Time) map[chat.UserID]int {
	out := map[chat.UserID]int{}
	for user, times := range a.counts[channel] {
		times = recent(times, now)
		if len(times) == 0 {
			delete(a.counts[channel], user)
			continue
		}
		a.counts[channel][user] = times
		if len(times) >= autoAnswers {
			out[user] = len(times)
		}
	}
	return out
}

// recent drops the times that are older than the window.
func recent(times []time.Time, now time.Time) []time.Time {
	for len(times) > 0 && now.Sub(times[0]) > autoWindow {
		times = times[1:]
	}
	return times
}
