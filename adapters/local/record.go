package local

import (
	"fmt"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// deed names what a record does.
type deed string

const (
	doPerson  deed = "person"
	doChannel deed = "channel"
	doGroup   deed = "group"
	doJoin    deed = "join"
	doLeave   deed = "leave"
	doSay     deed = "say"
	doEdit    deed = "edit"
	doDelete  deed = "delete"
	doReact   deed = "react"
	doUnreact deed = "unreact"
	doCommand deed = "command"
	doPress   deed = "press"
	doSubmit  deed = "submit"
	doAct     deed = "act"
)

// record is one thing that happened: the only way in which a chat changes, and one line of its file.
// Applying the same records in the same order gives the same chat.
type record struct {
	ID          int64             `json:"id"`
	At          time.Time         `json:"at"`
	Do          deed              `json:"do"`
	User        chat.UserID       `json:"user,omitempty"`
	Channel     chat.ChannelID    `json:"channel,omitempty"`
	Group       chat.GroupID      `json:"group,omitempty"`
	Thread      chat.MessageID    `json:"thread,omitempty"`
	Message     chat.MessageID    `json:"message,omitempty"`
	Text        string            `json:"text,omitempty"`
	Attachments int               `json:"attachments,omitempty"`
	Buttons     []chat.Button     `json:"buttons,omitempty"`
	References  []chat.Reference  `json:"references,omitempty"` // of the bot's messages; in people's they are found
	Pings       []chat.UserID     `json:"pings,omitempty"`
	Key         string            `json:"key,omitempty"`
	Members     []chat.UserID     `json:"members,omitempty"`
	Person      *chat.Profile     `json:"person,omitempty"`
	Values      map[string]string `json:"values,omitempty"`

	// The rest is in memory only: trees are for tests, and a private answer is lost with the process.
	nodes []chat.Node
	only  chat.UserID // who alone sees the message; such a record is not kept
	reply *reply      // what the message or form answers
}

// name makes the identifier of what this record brought into being.
func (r record) name() string { return fmt.Sprintf("%016d", r.ID) }

// apply lets a record happen. It fails where the record refers to what is not there, which only a file
// that somebody has changed can do.
func (c *Chat) apply(r record) (chat.Event, error) {
	if r.ID <= c.last {
		return nil, fmt.Errorf("record %d comes after record %d", r.ID, c.last)
	}
	c.last = r.ID
	switch r.Do {
	case doPerson:
		return nil, c.applyPerson(r)
	case doChannel:
		return nil, c.applyChannel(r)
	case doGroup:
		return nil, c.applyGroup(r)
	}
	ch, err := c.place(r.Channel)
	if err != nil {
		return nil, err
	}
	return c.applyIn(ch, r)
}

// applyIn lets happen what happens in a channel and makes an event.
func (c *Chat) applyIn(ch *channel, r record) (chat.Event, error) {
	switch r.Do {
	case doJoin, doLeave:
		return c.applyMember(ch, r), nil
	case doSay:
		return c.applySay(ch, r), nil
	case doCommand:
		return c.applyCommand(ch, r), nil
	case doSubmit:
		return c.applySubmit(ch, r), nil
	}
	m, err := ch.message(r.Message)
	if err != nil {
		return nil, err
	}
	switch r.Do {
	case doEdit:
		return c.applyEdit(ch, m, r), nil
	case doDelete:
		return c.applyDelete(ch, m, r), nil
	case doReact, doUnreact:
		return c.applyReaction(ch, m, r), nil
	case doPress:
		return c.applyPress(ch, m, r), nil
	case doAct:
		return c.applyAct(ch, m, r), nil
	}
	return nil, fmt.Errorf("no record does %q", r.Do)
}
