package bot

import (
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// Trace is one decision, told to whoever looks on: the demo, a rehearsal, "explain". Unlike the journal it may
// name people, and so it is never stored.
type Trace struct {
	At       time.Time
	Step     Step
	Conn     string
	Channel  chat.ChannelID
	Playbook string
	Rule     string
	Subject  string // "q…", "a…", "s…": what it is about
	Reason   chat.Reason
	Person   chat.UserID    // who is spoken to, where there is one
	Message  chat.MessageID // the question or the act
	Author   chat.UserID    // of that message
	Nudge    bool
	Until    time.Time // held: until when
	Key      string    // of the delivery
	ID       store.PersonID
}

// Step is where in its way a decision stands.
type Step uint8

// The steps.
const (
	Heard   Step = iota + 1 // a message was looked at: Reason says why nothing follows from it
	Decided                 // a rule decided
	Held                    // attention waits
	Dropped                 // it will not be said
	Said                    // it was sent
	Settled                 // what it was about is settled
)
