package adaptertest

import (
	"net/http"

	"github.com/gofirst/gofirst/bot/chat"
)

// The interfaces of this file are what else may go wrong with a service, and what else can be looked at. A Service
// has an ability by having the methods.

// AnyFailer is a Service that can fail any request.
type AnyFailer interface {
	// FailNextAny is FailNext for the next request of whatever kind.
	FailNextAny(status int, header http.Header)
}

// Staller is a Service that can be slow.
type Staller interface {
	// Stall takes the requests to post from now on, and holds back the answers until release is called.
	Stall() (release func())
}

// Revoker is a Service that can take back what the bot proves itself with.
type Revoker interface {
	// Revoke refuses, from now on, the token that the adapter was given, on every path.
	Revoke()
}

// Registry is a Service that knows commands.
type Registry interface {
	Registrations() int // how many requests have changed commands or actions
}

// Logger is a Service whose Harness gives its adapter a log to write to.
type Logger interface {
	Logged() string // all that the adapter has logged, at every level
}

// Forger is a Service whose adapter has doors and that knows how to knock.
type Forger interface {
	// Genuine makes a signed request for one of the adapter's doors, as the service would send it for one
	// thing that a person does (a message, a command, a press); another one each time.
	Genuine() Knock
	// Forged makes requests that have to be refused, by what is wrong with them: no signature, another's
	// signature, an old one, a changed body.
	Forged() map[string]Knock
}

// CountedForger is a Forger that knows as what each forgery has to be counted; for adapters that are a Tallier.
type CountedForger interface {
	Forger
	// ForgedAs makes one request to be refused for each of the counts that the adapter's doors keep.
	ForgedAs() map[chat.Count]Knock
}

// Signer is a Forger that signs whatever it is given, as the service would.
type Signer interface {
	Forger
	// Sign makes a request with this body, or the likeness of one where the proof is part of the body.
	Sign(door string, body []byte) Knock
}

// Knock is a request and the key, in Doors, of the door that it is for.
type Knock struct {
	Door    string
	Request *http.Request
}
