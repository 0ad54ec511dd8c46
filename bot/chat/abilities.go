package chat

import (
	"context"
	"net/http"
	"time"
)

// The interfaces below are what an adapter may be able to do besides. It has an ability by having the
// methods; the engine asks with a type assertion and does without where there is none. All methods may
// be called concurrently, do no retries, and return *Error.
type (
	// Reactor sets or removes a reaction of the bot. Setting what is set already is no error.
	Reactor interface {
		React(ctx context.Context, channel ChannelID, message MessageID, emoji string, present bool) error
	}

	// Commander makes commands and message actions known to the service, replacing what was there.
	Commander interface {
		Register(ctx context.Context, space SpaceID, commands []Command, actions []Action) error
	}

	// Former opens a form as the answer to a command, a press or an action. Where the service's time for that has
	// passed, it offers a button instead, with the form's title, that opens it.
	Former interface {
		OpenForm(ctx context.Context, reply ReplyHandle, trigger string, form Form) error
	}

	// Homer shows a person their own page.
	Homer interface {
		ShowHome(ctx context.Context, user UserID, body []Node, buttons []Button) error
	}

	// Editor changes or removes a message of the bot. Idempotent; gone is Gone.
	Editor interface {
		Edit(ctx context.Context, channel ChannelID, message MessageID, d Delivery) error
		Delete(ctx context.Context, channel ChannelID, message MessageID) error
	}

	// Directory answers who and what is there. Names are for showing, never for identity.
	Directory interface {
		// Spaces lists the spaces of the connection.
		Spaces(ctx context.Context) ([]SpaceID, error)
		Person(ctx context.Context, user UserID) (Profile, error)
		Channel(ctx context.Context, channel ChannelID) (ChannelInfo, error)
		// Channels lists the rooms that the bot is in; an empty space stands for all.
		Channels(ctx context.Context, space SpaceID) ([]ChannelInfo, error)
		Members(ctx context.Context, channel ChannelID) ([]UserID, error)
		// Group lists who is in a group that the service keeps: a user group, a role.
		Group(ctx context.Context, space SpaceID, name string) ([]UserID, error)
		// Find looks up a person by handle, address or identifier, as an administrator would write them.
		Find(ctx context.Context, space SpaceID, name string) (UserID, error)
		// FindChannel looks up a channel by its name, with or without "#".
		FindChannel(ctx context.Context, space SpaceID, name string) (ChannelID, error)
	}

	// Finder looks for a message of the bot by its key. found=false means unknown, never "not sent".
	Finder interface {
		FindSent(ctx context.Context, to To, key string) (r Receipt, found bool, err error)
	}

	// Fetcher gives the text of a message at the moment it is to be quoted. A message that is gone is Gone.
	Fetcher interface {
		Fetch(ctx context.Context, channel ChannelID, message MessageID) (text string, author Actor, err error)
	}

	// Linker reads a link to a message as people copy it from the service, or type it. It does no I/O and does not
	// know whether the message is still there. What is no link to a message gives false. Where links do not tell the
	// channel, it is empty until the message was fetched: Fetch then takes an empty channel.
	Linker interface {
		ParseLink(link string) (channel ChannelID, message MessageID, ok bool)
	}

	// Doors are the paths on which a service calls the bot; bot/web mounts them under /hooks/CONNECTION/. Each
	// refuses whoever cannot prove to be the service.
	Doors interface {
		Doors() map[string]http.Handler
	}

	// Marker gives the cursor of a moment, which names no message: the bot stores it when it first connects, and hands
	// it to Run, under the empty ChannelID, as long as no channel has a cursor. So an outage before the first message
	// is an outage like any other. Pure.
	Marker interface {
		CursorAt(t time.Time) Cursor
	}

	// Historian tells what was posted since a time in the rooms that the bot is in, oldest first within a room,
	// with the EventIDs that Run would give and without cursors. It returns when all is told.
	Historian interface {
		History(ctx context.Context, since time.Time, sink Sink) error
	}

	// Seer knows what the service lets the bot see. It does no I/O: it is what was learned when it last connected.
	Seer interface {
		Sees() Sight
	}

	// Tallier counts, since the process began, what was missed and what was turned away.
	Tallier interface {
		Tally() map[Count]int64
	}

	// Examiner looks whether everything is set up as it has to be, for "gofirst doctor". It changes nothing.
	Examiner interface {
		Examine(ctx context.Context) []Finding
	}
)

// Command is a subcommand of /gofirst.
type Command struct {
	Name, Hint, About string
	Aliases           []string
	// Options are the parts of what follows the name, for services that ask for them one by one. The text of
	// CommandInvoked has them in this order, each after its Lead.
	Options []Option
}

// Option is one part of a command.
type Option struct {
	Name    string // [a-z]+
	About   string
	Lead    string // the word before the value: "for" in "thanks @hal for the runbook"
	Kind    OptionKind
	Suggest []string // offered while one types; anything else may be typed
	Needed  bool
}

// OptionKind says what an Option is made of.
type OptionKind int

// The kinds of options.
const (
	Words  OptionKind = iota
	People            // one or several mentions, and words among them
	Rooms             // a channel
)

// Action is an entry in the menu of a message or, OnPerson, of a person.
type Action struct {
	Name, Label string
	OnPerson    bool
}

// Sight is what a service lets the bot see. Where Known is false, nobody has asked it yet.
type Sight struct {
	Known     bool
	Messages  bool // what people write in rooms; without it, only commands, mentions and conversations with the bot
	Reactions bool
	Members   bool // who joins
}

// Count names what is counted.
type Count string

// What a Tallier counts.
const (
	Gaps             Count = "gaps"              // times in which edits, deletions, reactions and joins may have gone unseen
	RefusedSignature Count = "refused_signature" // requests without a signature, or with somebody else's
	RefusedStale     Count = "refused_stale"     // requests signed more than five minutes ago, or ahead
	RefusedForeign   Count = "refused_foreign"   // requests meant for another recipient
	RefusedBody      Count = "refused_body"      // requests that make no sense
)

// Finding is one thing that was looked at.
type Finding struct {
	What  string // "bot token", "scope channels:history", "clock"
	State Health
	Why   string // what was found
	Do    string // what to do about it, and where; empty where all is well
}

// Health is how well something is set up.
type Health int

// How well something is set up.
const (
	Well    Health = iota
	Limited        // it works, with something less; it may be meant so
	Ill            // it does not work
)

// Profile is what a service tells of a person. Empty means that it does not say.
type Profile struct {
	User     UserID
	Name     string // as others see it
	Handle   string // as it is typed after "@"
	Zone     string // IANA, "Europe/Paris"
	Language string // BCP 47, "fr"
	Bot      bool
}

// ChannelInfo is what a service tells of a channel.
type ChannelInfo struct {
	Channel ChannelID
	Space   SpaceID
	Name    string // without "#"
	Direct  bool
	Private bool
}
