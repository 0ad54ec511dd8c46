package chat

import (
	"context"
	"net/http"
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

	// Former opens a form as the answer to a command, a press or an action.
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
		Person(ctx context.Context, user UserID) (Profile, error)
		Channel(ctx context.Context, channel ChannelID) (ChannelInfo, error)
		Channels(ctx context.Context, space SpaceID) ([]ChannelInfo, error)
		Members(ctx context.Context, channel ChannelID) ([]UserID, error)
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

	// Linker reads a link to a message as people copy it from the service, or type it. Pure: it does no I/O and
	// does not know whether the message is still there. What is no link to a message gives false.
	Linker interface {
		ParseLink(link string) (channel ChannelID, message MessageID, ok bool)
	}

	// Doors are the paths on which a service calls the bot; bot/web mounts them under /hooks/.
	Doors interface {
		Doors() map[string]http.Handler
	}
)

// Command is a subcommand of /gofirst.
type Command struct {
	Name, Hint, About string
	Aliases           []string
}

// Action is an entry in a message's menu.
type Action struct{ Name, Label string }

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
