package playbooks

import "github.com/gofirst/gofirst/bot/calendar"

// Action is what a rule does. The set is closed: the types of this file are all there are.
type Action interface{ action() }

type (
	// Tell speaks to one person in private, and may wait for an answer.
	Tell struct {
		Whom     string // author, leader, picked, receiver
		As       string // the name under which its answer comes back; also names the text
		OpenFor  calendar.Wait
		Expires  calendar.Wait // how long it may still be sent after its moment
		Practice string        // what kind of share its answer will be; empty: any
		Alive    bool          // held until somebody has written in the room this week
		Text     *Text
		Buttons  []string
	}
	// Post speaks in a room, or under an act or a question.
	Post struct {
		Under   string // act, question; empty: at the top level
		As      string
		Expires calendar.Wait
		Text    *Text
		Buttons []string
	}
	// Digest gives back to a room what happened there.
	Digest struct {
		As      string
		Of      calendar.Wait // how far back it looks
		Expires calendar.Wait
		Lines   map[string]*Text // by part: see DigestParts
		Buttons []string
	}
	// Mark sets the state of the question at hand (taken, solved, left, open), or makes the act at hand a declared one.
	Mark struct {
		Question string
		Act      string // declared
	}
)

func (Tell) action()   {}
func (Post) action()   {}
func (Digest) action() {}
func (Mark) action()   {}

// DigestParts are the lines that a digest may have, in their order. "head" is required; "fortnight" stands in its place
// in a room whose digest comes every other week.
var DigestParts = []string{"head", "fortnight", "example", "why", "adopted", "open", "thanks", "changed", "number"}

// Practices are the kinds of a share.
var Practices = []string{"wip", "lesson", "mistake", "heard", "thanks"}

// Choices are the buttons that the engine knows, and so has labels for in every language.
var Choices = []string{
	"yes", "no", "found", "leave", "take", "suggest", "pass", "stop", "why",
	"write", "later", "adopt", "mine", "tell", "thank", "never", "takeone", "fortnight", "solved", "open",
}

// Buttons are what can be pressed under what an action says.
func Buttons(a Action) []string {
	switch a := a.(type) {
	case Tell:
		return a.Buttons
	case Post:
		return a.Buttons
	case Digest:
		return a.Buttons
	}
	return nil
}
