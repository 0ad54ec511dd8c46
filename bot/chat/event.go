package chat

import "time"

// Event is something that happened in a chat. The set is closed: the types of this file are all there are.
type Event interface {
	Head() Header
	event()
}

// Header is common to all events.
type Header struct {
	ID    EventID // stable over redelivery; unique within a connection
	Place Place
	Actor Actor
	Time  time.Time // the service's time, never the time of arrival
	// Cursor is stored in the turn and handed back to Run; empty where nothing can be resumed. That of a Direct
	// place is not stored, for it would tell that somebody answered; conversations are caught up with as channels
	// without a cursor are.
	Cursor Cursor
}

// Head returns the header itself, so that embedding it makes half an Event.
func (h Header) Head() Header { return h }

func (Header) event() {}

// Reference is a person, a group or a channel named inside a text: Text[At:At+Len] is what stands there.
// Exactly one of User, Group and Channel is set.
type Reference struct {
	At, Len int // bytes
	User    UserID
	Self    bool // User is this bot
	Group   GroupID
	Channel ChannelID
}

type (
	// MessagePosted is a new message. Text is plain: code stays between backticks, quoted lines begin
	// with ">", links are bare addresses, and who is mentioned stands in References, in order.
	MessagePosted struct {
		Header
		Message     MessageID
		Text        string
		References  []Reference
		Attachments int
		System      bool // told by the service itself ("Ana joined"): nobody's contribution
		Broadcast   bool // a thread reply that its author also sent to the channel
		// OrphanThread says that the thread's root is not to be had: it was deleted, or lies outside an export.
		OrphanThread bool
		// Key is the delivery key, where this is the bot's own message and the service carries keys back.
		Key string
	}

	// MessageEdited tells a message's text as it now stands.
	MessageEdited struct {
		Header
		Message    MessageID
		Text       string
		References []Reference
	}

	// MessageDeleted tells that a message is gone. Where a service deletes a thread with its root it tells the root.
	MessageDeleted struct {
		Header
		Message MessageID
	}

	// Reaction is a state, not a change: setting what is set already is no event.
	Reaction struct {
		Header
		Message MessageID
		Emoji   string // the short name without colons or skin tone: "eyes", "white_check_mark"
		Present bool
	}

	// MemberJoined tells that a person entered the channel, or the space where Place.Channel is empty.
	MemberJoined struct{ Header }

	// MemberLeft tells that a person left it.
	MemberLeft struct{ Header }

	// CommandInvoked is "/gofirst …", or "@gofirst …" where slash commands do not reach. Text is what follows.
	CommandInvoked struct {
		Header
		Text       string
		References []Reference
		Reply      ReplyHandle
		Trigger    string // opens a form on services that want a token for it; memory only
	}

	// ButtonPressed carries back what the button carried: "key.choice.mac".
	ButtonPressed struct {
		Header
		Value   string
		Message MessageID // the message that holds the button
		Reply   ReplyHandle
		Trigger string
	}

	// FormSubmitted carries the answers by field name. State is what OpenForm was given.
	FormSubmitted struct {
		Header
		State  string
		Values map[string]string
		Reply  ReplyHandle
	}

	// ActionInvoked is an action that a person took from the menu of a message ("Mark as example") or, where
	// Message is empty, from that of a person: then that person is the Author.
	ActionInvoked struct {
		Header
		Action  string // the name that Commander.Register was given
		Message MessageID
		Author  Actor // of that message
		Reply   ReplyHandle
		Trigger string
	}

	// HomeOpened tells that a person looks at their own page; see Homer.
	HomeOpened struct{ Header }
)
