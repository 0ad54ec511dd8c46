package replay

import (
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// What became of what the bot would have said. The record knows; the bot, at the time, did not.
const (
	fateNeedless = "needless"       // a helper was asked, and somebody else came by themselves within an hour of open time
	fateHelped   = "helper_came"    // the person who would have been asked came by themself, later
	fateLater    = "answered_later" // somebody came, more than an hour of open time later
	fateAlone    = "never_answered" // nobody ever came
	fateShared   = "shared"         // the invited person showed something within three working days anyway
	fateQuiet    = "quiet"          // they did not
	fatePosted   = "posted"         // a message in a room
	fateTold     = "told"           // anything else
)

var fateSentences = map[string]string{
	fateNeedless: "needless: somebody came by themself within the hour",
	fateHelped:   "the person who would have been asked came by themself, but later",
	fateLater:    "somebody came, more than an hour later",
	fateAlone:    "nobody ever came",
	fateShared:   "they showed something within three working days, without any invitation",
	fateQuiet:    "nothing was shown within three working days",
	fatePosted:   "posted in the room",
	fateTold:     "told in private",
}

func (r *rehearsal) sample(s said) Sample {
	out := Sample{Time: s.at, Rule: s.rule, Reason: string(s.reason), Room: s.channel, To: s.person, Author: s.author}
	out.Fate, out.After = r.fate(s)
	out.About = fateSentences[out.Fate]
	return out
}

func (r *rehearsal) fate(s said) (string, time.Duration) {
	if s.person == "" {
		return fatePosted, 0
	}
	t := r.tracker.topics[topicKey{s.channel, s.message}]
	switch {
	case t != nil && t.isQuestion:
		return r.fateOfQuestion(s, t)
	case s.message == "":
		return r.fateOfInvitation(s)
	}
	return fateTold, 0
}

// fateOfQuestion tells what became of a question after its asker or a helper would have been spoken to.
func (r *rehearsal) fateOfQuestion(s said, t *topic) (string, time.Duration) {
	first := t.replyAfter(s.at)
	if first == nil {
		return fateAlone, 0
	}
	if s.person == s.author {
		return fateTold, first.at.Sub(s.at)
	}
	if other := t.replyAfter(s.at, s.person); other != nil && !other.at.After(r.spread.hours.Add(s.at, time.Hour)) {
		return fateNeedless, other.at.Sub(s.at)
	}
	if first.user == s.person {
		return fateHelped, first.at.Sub(s.at)
	}
	return fateLater, first.at.Sub(s.at)
}

// fateOfInvitation tells whether the invited person showed something by themself.
func (r *rehearsal) fateOfInvitation(s said) (string, time.Duration) {
	until := r.spread.hours.AddDays(s.at, 3)
	for _, at := range r.activity.shares[shareKey{s.channel, s.person}] {
		if at.After(s.at) && !at.After(until) {
			return fateShared, at.Sub(s.at)
		}
	}
	return fateQuiet, 0
}

// shareKey is a person in a room.
type shareKey struct {
	channel chat.ChannelID
	user    chat.UserID
}
