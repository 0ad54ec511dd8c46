package adaptertest

import (
	"fmt"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// Capability is something that people, or those who run the bot, can do on one service.
type Capability struct {
	Name string
	Has  bool
}

// Column is an adapter in a Table. Not is what its Harness says does not apply.
type Column struct {
	Name    string
	Adapter chat.Adapter
	Not     map[Part]string
}

// Capabilities tells what can be done with an adapter, always in the same order. It follows from the abilities that
// the adapter has, from the numbers of its Info, and from what does not apply; the suite tries each that is had,
// or fails. It does no I/O.
func Capabilities(a chat.Adapter, not map[Part]string) []Capability {
	var all []Capability
	for _, c := range claims() {
		all = append(all, Capability{c.name, c.had(subject{a, not})})
	}
	return all
}

// Table renders the capabilities of several adapters in Markdown: a line for each capability, a column for each
// adapter.
func Table(columns ...Column) string {
	var b strings.Builder
	b.WriteString("| what one can do |")
	for _, c := range columns {
		fmt.Fprintf(&b, " %s |", c.Name)
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(columns)) + "\n")
	for i, claim := range claims() {
		fmt.Fprintf(&b, "| %s |", claim.name)
		for _, c := range columns {
			mark := "–"
			if Capabilities(c.Adapter, c.Not)[i].Has {
				mark = "yes"
			}
			fmt.Fprintf(&b, " %s |", mark)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// subject is an adapter with what does not apply to it.
type subject struct {
	a   chat.Adapter
	not map[Part]string
}

// applies says whether none of several parts was excluded.
func (s subject) applies(parts ...Part) bool {
	for _, p := range parts {
		if _, not := s.not[p]; not {
			return false
		}
	}
	return true
}

// claim is a capability: when it is had, and whether a Service lets the suite try it.
type claim struct {
	name  string
	had   func(subject) bool
	tried func(Service) bool
}

func claims() []claim {
	return []claim{
		{"commands, answered in private in the room", parts(Sending), does[Hands]},
		{"commands inside threads, at least by calling the bot's name", inThreads, itself},
		{"buttons", parts(Sending, Buttons), does[Hands]},
		{"forms", can[chat.Former], does[Filler]},
		{"actions in the menu of a message", parts(Sending, Menus), does[Menu]},
		{"actions in the menu of a person", parts(Sending, PersonMenus), does[PersonMenu]},
		{"a page of one's own", both(can[chat.Homer], parts(Homes)), does[Resident]},
		{"a word in the room that one person alone sees, unasked", func(s subject) bool { return s.a.Info().Whispers }, itself},
		{"threads", func(s subject) bool { return s.a.Info().Threads }, does[Replier]},
		{"reactions by the bot", can[chat.Reactor], itself},
		{"edits of what the bot said", can[chat.Editor], itself},
		{"pictures", parts(Sending, Pictures), itself},
		{"links to messages are understood", can[chat.Linker], does[Permalinker]},
		{"messages during an outage are caught up with", catchesUp, itself},
		{"… in conversations with the bot too", both(catchesUp, parts(RecoveringDirect)), does[Teller]},
		{"… and in threads too", both(catchesUp, parts(RecoveringReplies), func(s subject) bool { return s.a.Info().Threads }), does[Replier]},
		{"the service drops a message that is sent twice", func(s subject) bool { return s.a.Info().Dedup > 0 }, itself},
		{"a look back at what was said before", can[chat.Historian], itself},
		{"names of people and channels", can[chat.Directory], itself},
		{"groups of people", both(can[chat.Directory], parts(Groups)), does[Grouped]},
		{"people's time zones", both(can[chat.Directory], parts(Zones)), itself},
		{"people's languages", both(can[chat.Directory], parts(Languages)), itself},
		{"the doctor examines it", can[chat.Examiner], does[Revoker]},
	}
}

func can[A any](s subject) bool {
	_, ok := s.a.(A)
	return ok
}

func does[S any](s Service) bool {
	_, ok := s.(S)
	return ok
}

// itself is for what the suite tries without help.
func itself(Service) bool { return true }

func parts(parts ...Part) func(subject) bool {
	return func(s subject) bool { return s.applies(parts...) }
}

func both(conditions ...func(subject) bool) func(subject) bool {
	return func(s subject) bool {
		for _, holds := range conditions {
			if !holds(s) {
				return false
			}
		}
		return true
	}
}

func catchesUp(s subject) bool { return s.applies(Resuming) && !s.a.Info().Replay }

// inThreads: what begins with the bot's name is a command wherever it can be written, whether the adapter tells it as
// one or as a message that names the bot.
func inThreads(s subject) bool { return s.a.Info().Threads && s.applies(Sending) }
