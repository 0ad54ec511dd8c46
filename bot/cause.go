package bot

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// cause is what an occasion is about: the things that a rule's facts and texts refer to.
type cause struct {
	place    store.Place
	slot     string          // of a schedule: "s2026-W40…"; empty otherwise
	at       time.Time       // the planned moment; zero: now
	author   store.PersonID  // who asked, acted, joined
	leader   store.PersonID  // the person of the role, on a schedule
	receiver store.PersonID  // of thanks
	question *store.Question // at most one of question and act is set
	act      *store.Act
	message  chat.MessageID   // what {link} leads to
	thread   chat.MessageID   // the thread that it stands in
	asked    []store.PersonID // who was asked about it so far
	role     string           // of a question for consent
	practice string           // of a message that may become an example
	waited   bool             // whom to pick was waited for before
	own      bool             // of a delivery: it answers what its recipient did just now
}

// about names the subject.
func (c cause) about() string {
	switch {
	case c.question != nil:
		return questionSubject(c.question.ID)
	case c.act != nil:
		return actSubject(c.act.ID)
	case c.slot != "":
		return c.slot
	}
	return "m" + string(c.message)
}

// refs are a cause as watches and deliveries store it: numbers and message ids, nobody's words.
type refs struct {
	Question int64            `json:"q,omitempty"`
	Act      int64            `json:"a,omitempty"`
	Slot     string           `json:"s,omitempty"`
	Author   store.PersonID   `json:"by,omitempty"`
	Leader   store.PersonID   `json:"l,omitempty"`
	Receiver store.PersonID   `json:"to,omitempty"`
	Message  chat.MessageID   `json:"m,omitempty"`
	Thread   chat.MessageID   `json:"t,omitempty"`
	Asked    []store.PersonID `json:"asked,omitempty"`
	Role     string           `json:"role,omitempty"`  // of a question for consent
	Practice string           `json:"p,omitempty"`     // of a message that may become an example
	Key      string           `json:"k,omitempty"`     // of a watch: the delivery that asked
	Wrote    bool             `json:"wrote,omitempty"` // of a watch: its person said "I write"
	Waited   bool             `json:"late,omitempty"`  // of a watch: whom to pick was waited for
	Own      bool             `json:"own,omitempty"`   // of a delivery: it answers what its recipient did just now
}

func (c cause) refs() refs {
	r := refs{Slot: c.slot, Author: c.author, Leader: c.leader, Receiver: c.receiver, Message: c.message, Thread: c.thread, Asked: c.asked, Role: c.role, Practice: c.practice, Waited: c.waited, Own: c.own}
	if c.question != nil {
		r.Question = c.question.ID
	}
	if c.act != nil {
		r.Act = c.act.ID
	}
	return r
}

func (r refs) String() string {
	text, err := json.Marshal(r)
	if err != nil {
		panic(fmt.Sprintf("encode references: %v", err)) // numbers and strings always encode
	}
	return string(text)
}

func parseRefs(text string) (r refs, err error) {
	if text == "" {
		return r, nil
	}
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		return r, fmt.Errorf("read references: %w", err)
	}
	return r, nil
}

// cause reads back what a watch or a delivery is about.
func (t *turn) cause(place store.PlaceID, text string) (c cause, err error) {
	r, err := parseRefs(text)
	if err != nil {
		return c, err
	}
	c = cause{slot: r.Slot, author: r.Author, leader: r.Leader, receiver: r.Receiver, message: r.Message, thread: r.Thread, asked: r.Asked, role: r.Role, practice: r.Practice, waited: r.Waited, own: r.Own}
	if c.place, _, err = t.tx.PlaceByID(place); err != nil {
		return c, err
	}
	if r.Question != 0 {
		q, ok, err := t.tx.QuestionByID(r.Question)
		if err != nil {
			return c, err
		}
		if ok {
			c.question = &q
		}
	}
	if r.Act != 0 {
		a, ok, err := t.tx.Act(r.Act)
		if err != nil {
			return c, err
		}
		if ok {
			c.act = &a
		}
	}
	return c, nil
}

// subjects name what a decision is about: "q12" a question, "a7" an act, "s…" a slot.
func questionSubject(id int64) string { return "q" + strconv.FormatInt(id, 10) }

func actSubject(id int64) string { return "a" + strconv.FormatInt(id, 10) }
