package chat

import (
	"context"
	"time"
)

// Adapter speaks with one connection to one service. Run is called once at a time; Send, Size and Info
// may be called concurrently with it and with each other.
type Adapter interface {
	// Info does no I/O and never changes.
	Info() Info
	// Run receives until ctx is done (then it returns ctx's error), the connection is lost (an *Error), or a
	// replayed source ends (nil). The bot calls it again, with the cursors that were stored. An error that is
	// Refused says that trying again is of no use until somebody changes something.
	//
	// With cursors it first tells what was posted after them. A channel without one is read from the latest of all
	// cursors on, less some minutes, for what was told before is known by its EventID; without any cursor the
	// present begins. A message has the same EventID, by whichever way it is told.
	Run(ctx context.Context, since map[ChannelID]Cursor, sink Sink) error
	// Send delivers once. It does not retry, pace or split: the bot does that, once, for all services.
	// Its error is an *Error whose Kind says whether the message certainly failed.
	Send(ctx context.Context, d Delivery) (Receipt, error)
	// Size gives the length of the message as this service counts it. Pure.
	Size(m Message) int
}

// Sink takes one event. A nil error means that the event is stored, and only then may an adapter
// acknowledge it. It is called concurrently over places, in order within one place.
//
// What a person waits for (a command, a press, a form, an action) is the exception: it is acknowledged, or put off,
// before the service gives up on it, however long the sink takes; the answer follows on its ReplyHandle, and where
// nothing could be stored the bot says so there. It is handed to the sink once.
type Sink func(context.Context, Event) error

// Info says what a service can do, in numbers.
type Info struct {
	Service string // "slack", "local", …: for logs and people, never for decisions
	Self    UserID // the bot's own account, where it is known without I/O
	// MaxSize is the longest message in units of Size; 0 means no limit.
	MaxSize int
	// Pace is how often a message may be sent to one channel, and to the service in all. 0 means no limit.
	PerChannel, InAll time.Duration
	// Dedup is for how long the service itself drops a message with a key that it has seen. 0 means never.
	Dedup time.Duration
	// FanOut says that each event reaches every open connection; otherwise one of them.
	FanOut bool
	// Replay says that the source is a record: nothing waits for an acknowledgement, nothing comes twice.
	Replay bool
	// Threads says that people here can reply in threads.
	Threads bool
	// Invited says that people invite the bot into rooms; Everywhere, that it is in every room that it may see. In the
	// first case it introduces itself where it finds itself, in the second where it is given something to do.
	Invited, Everywhere bool
	// NoButtons says that nobody can press a button here: what one would do is said as a command.
	NoButtons bool
	// Whispers says that a message can be shown inside a channel to one person alone.
	Whispers bool
	// Mention is how people call the bot where there is no slash command, "@gofirst"; empty: "/gofirst" works.
	Mention string
	// Plain says that the buttons of a message are left out, and that forms cannot be opened.
	Plain bool
}

// Delivery is one message on its way.
type Delivery struct {
	Key     string // at most 25 characters of [a-z2-7]; the same key is the same message
	Message Message
}

// Receipt says what became of a message that was sent.
type Receipt struct {
	Channel ChannelID
	Message MessageID
	Time    time.Time
}

// Kind says what a failed operation means for the one who asked for it.
type Kind int

// Unsure is the zero value, because it is the safe one: what may have happened is not done again.
const (
	Unsure  Kind = iota // it may or may not have happened
	Later               // it did not happen; ask again after Wait
	Refused             // it did not happen and will not: wrong, or not allowed
	Gone                // the person, the channel or the message is no longer there
)

// String names the kind for logs.
func (k Kind) String() string {
	return [...]string{"unsure", "later", "refused", "gone"}[k]
}

// Error is what every operation of an adapter returns when it fails. It never holds a secret.
type Error struct {
	Op   string
	Kind Kind
	Wait time.Duration // with Later: not before this has passed
	Err  error
}

// Error says what was tried and what went wrong.
func (e *Error) Error() string {
	if e.Err == nil {
		return e.Op + ": " + e.Kind.String()
	}
	return e.Op + ": " + e.Err.Error()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }
