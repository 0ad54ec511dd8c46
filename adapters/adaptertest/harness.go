// Package adaptertest is the contract of package chat as a suite of tests. The author of an adapter
// supplies a stand-in for the service, in some forty lines, and calls Run; whatever the contract
// promises is then tried, and what does not apply is skipped in sight, with the reason.
//
// Harness and Service are what every adapter needs. What else people can do with a service, and what else can go
// wrong with it, a Service says by having the methods of the small interfaces in people.go and mishaps.go; a check
// for which it lacks them is skipped. But what Capabilities claims of an adapter has to be tried: where the Service
// cannot, the suite fails.
//
// The suite never talks to a real service and never looks inside an identifier.
package adaptertest

import (
	"context"
	"net/http"
	"testing"

	"github.com/gofirst/gofirst/bot/chat"
)

// Harness is what the author of an adapter supplies.
type Harness interface {
	// Open starts a fresh service and an adapter that speaks with it, and closes both through t.Cleanup. It
	// is called at least once for every check, from parallel tests.
	Open(t testing.TB) (chat.Adapter, Service)
	// Not names the parts of the contract that cannot apply here, each with the reason.
	Not() map[Part]string
}

// Part is a part of the contract that some service cannot have.
type Part string

// The parts, and what a harness says by naming them in Not.
const (
	Sending      Part = "sending"      // the source can only be listened to
	Statuses     Part = "statuses"     // it is not spoken to over HTTP
	Resuming     Part = "resuming"     // nothing can be asked for after an outage
	Refusing     Part = "refusing"     // nothing waits for an acknowledgement
	Dropping     Part = "dropping"     // there is no connection that could be cut
	Redelivering Part = "redelivering" // the source tells nothing twice
	Losing       Part = "losing"       // no answer can get lost
	OtherBots    Part = "other bots"   // it knows no other programs
	Pinging      Part = "pinging"      // it notifies nobody

	Present           Part = "present"                    // without a cursor it does not begin with the present
	RecoveringDirect  Part = "recovering direct messages" // what is said to the bot alone during an outage cannot be asked for
	RecoveringReplies Part = "recovering replies"         // replies in threads during an outage cannot be asked for
	Gapping           Part = "gapping"                    // edits, reactions and joins are told after an outage too: nothing is missed
	Waiting           Part = "waiting"                    // no command, press or form has to be acknowledged in time
	Calling           Part = "calling"                    // no message that begins with its name is a command
	Adding            Part = "adding"                     // the bot is in every channel from the beginning
	Homes             Part = "homes"                      // nobody opens a page of their own
	Buttons           Part = "buttons"                    // its messages have no buttons
	Menus             Part = "menus"                      // its messages have no menu to add an action to
	PersonMenus       Part = "menus of people"            // its people have no menu to add an action to
	Pictures          Part = "pictures"                   // it shows the words of a picture alone
	Groups            Part = "groups"                     // it keeps no groups of people
	Zones             Part = "zones"                      // it tells nobody's time zone
	Languages         Part = "languages"                  // it tells nobody's language
)

// Service is the stand-in: what people do there, how it misbehaves, and what people see. Its methods may
// be called while the adapter runs, and take effect in the order of the calls.
type Service interface {
	// Channel is a channel that the person, another program and our bot are in.
	Channel() chat.ChannelID
	// Person is who speaks as Person, and can be written to in private.
	Person() chat.UserID
	// Ready waits until what is said from now on reaches the adapter that was told to run.
	Ready(ctx context.Context) error
	// Say posts a text in Channel, just as it would be typed.
	Say(who Speaker, text string) chat.MessageID
	// Redeliver tells the last event once more, as a service does that saw no acknowledgement.
	Redeliver()
	// Drop cuts the connection. Whatever is said meanwhile can be asked for later.
	Drop()
	// FailNext answers the next request to post with this status and these headers, and does not post.
	// Status 0 cuts the connection without an answer.
	FailNext(status int, header http.Header)
	// LoseNextReply takes the next message that is posted, and cuts the connection instead of answering.
	LoseNextReply()
	// Messages gives what stands in the service by now, in the order in which it came, deleted messages left out.
	Messages() []Seen
	// Secrets are the strings that no error may hold: tokens, signing secrets.
	Secrets() []string
}

// Speaker is who says something.
type Speaker int

// Who can say something.
const (
	Person   Speaker = iota // Service.Person
	OtherBot                // a program that is not ours
)

// Seen is a message as it stands in the service.
type Seen struct {
	ID      chat.MessageID
	Key     string      // the delivery key, where the service carries it
	For     chat.UserID // who alone sees it; empty where everybody in the channel does
	Text    string      // what a person reads: markup has become looks, and the buttons are left out
	Buttons []string    // their labels, as a person reads them
	Pings   []string    // who or what is notified, by whatever name
	Links   []string    // where one gets by clicking on words that do not show the address
	Alt     string      // the words of the picture that stands with it; empty where none does
}
