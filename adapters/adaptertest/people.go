package adaptertest

import (
	"context"

	"github.com/gofirst/gofirst/bot/chat"
)

// The interfaces of this file are what people may be able to do besides speaking. A Service has an ability by
// having the methods. What they do takes effect in the order of the calls; none of them waits for the adapter.

// Commands are those that the suite gives through Hands and Caller: "share …" and "thanks … for …". They are
// registered by then, where the adapter is a Commander.
func Commands() []chat.Command {
	return []chat.Command{
		{Name: "share", Hint: "what", About: "What you are working on.", Options: []chat.Option{{Name: "what", About: "In a sentence."}}},
		{Name: "thanks", Hint: "@who for what", About: "Who, for what.", Options: []chat.Option{
			{Name: "who", About: "One or several.", Kind: chat.People, Needed: true}, {Name: "what", About: "What for.", Lead: "for"},
		}},
	}
}

// Actions are those that the suite takes through Menu and PersonMenu, registered likewise.
func Actions() []chat.Action {
	return []chat.Action{{Name: "example", Label: "Mark as example"}, {Name: "thank", Label: "Thank", OnPerson: true}}
}

// Hands is a Service in which Person does more than speak.
type Hands interface {
	Command(text string)                   // text is what follows "/gofirst", given in Channel
	Press(id chat.MessageID, label string) // a button of a message in Channel
	React(id chat.MessageID, emoji string, present bool)
	Edit(id chat.MessageID, text string)
	Delete(id chat.MessageID)
}

// Replier is a Service in which Person replies in threads.
type Replier interface {
	Reply(root chat.MessageID, text string) chat.MessageID // in Channel
}

// Caller is a Service in which the bot can be called by its name where no slash command reaches.
type Caller interface {
	// Call writes "@gofirst …" in Channel, below root where one is given; text is what follows the name.
	Call(root chat.MessageID, text string)
}

// Namer is a Service in which people and channels can be named inside a text.
type Namer interface {
	At(user chat.UserID) string         // what one types to name a person; empty stands for the bot
	Hash(channel chat.ChannelID) string // what one types to name a channel
}

// Teller is a Service in which people speak with the bot alone.
type Teller interface {
	// Other is another person than Person.
	Other() chat.UserID
	// Tell posts a text in the conversation between Person, or Other, and the bot.
	Tell(from chat.UserID, text string) chat.MessageID
}

// Elsewhere is a Service with another channel that Person and our bot are in.
type Elsewhere interface {
	SayElsewhere(text string) (chat.ChannelID, chat.MessageID)
}

// Joiner is a Service in which people, and bots, come and go.
type Joiner interface {
	// Join lets a person who was not there enter Channel, and with self adds our bot to a channel that it was not
	// in. It gives the channel; none where the service tells only of spaces.
	Join(self bool) chat.ChannelID
	// Leave lets the person who joined last leave again.
	Leave()
}

// Filler is a Service in which Person fills in the forms that the bot opens.
type Filler interface {
	// Form gives the form that stands open before Person, without its State; ok is false where none does.
	Form() (form chat.Form, ok bool)
	// FillForm submits it, with a value for every field that is named.
	FillForm(values map[string]string)
}

// Expirer is a Service in which a form can be opened for a short time only.
type Expirer interface {
	Filler
	// Expire lets the time pass in which a form can be opened as the answer to what Person did last.
	Expire()
}

// FormForger is a Service in which somebody with a program of their own can submit a form as they like. Where the
// service vouches for the State, there is nothing to forge.
type FormForger interface {
	Filler
	// ForgeForm submits the open form with another State than it was opened with, and leaves it open.
	ForgeForm(values map[string]string)
}

// Menu is a Service in which Person takes an action from the menu of a message in Channel.
type Menu interface {
	Menu(action string, id chat.MessageID)
}

// PersonMenu is a Service in which Person takes an action from somebody's menu.
type PersonMenu interface {
	PersonMenu(action string, user chat.UserID)
}

// Resident is a Service in which Person has a page of their own with the bot.
type Resident interface {
	OpenHome()
	// Home is the page as it was last shown; ok is false where none was.
	Home() (page Seen, ok bool)
}

// Permalinker is a Service that gives links to its messages.
type Permalinker interface {
	Permalink(id chat.MessageID) string // of a message in Channel, as people copy it
}

// Grouped is a Service that keeps groups of people.
type Grouped interface {
	Group() string // the name of one that Person is in
}

// Acker is a Service that gives up on the bot where what a person does is not acknowledged in time.
type Acker interface {
	// Acked waits until the service has been told that the last command, press, form or action arrived, or was
	// told to wait. It gives the context's error where that does not come.
	Acked(ctx context.Context) error
}
