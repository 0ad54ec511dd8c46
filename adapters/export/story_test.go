package export

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// story tells events and counts in one line, for tables.
func story(a *Adapter, events []chat.Event) string {
	var told []string
	for _, e := range events {
		told = append(told, line(e))
	}
	out := strings.Join(told, "; ")
	skipped := a.Counts().Skipped
	if len(skipped) == 0 {
		return out
	}
	out = strings.TrimPrefix(out+" |", " ")
	for _, reason := range slices.Sorted(maps.Keys(skipped)) {
		out += fmt.Sprintf(" %s %d", reason, skipped[reason])
	}
	return out
}

func line(e chat.Event) string {
	head := e.Head()
	var out string
	switch e := e.(type) {
	case chat.MessagePosted:
		out = fmt.Sprintf("posted %s: %s%s", head.Actor.User, e.Text, flags(e))
	case chat.MemberJoined:
		out = "joined " + string(head.Actor.User)
	case chat.MemberLeft:
		out = "left " + string(head.Actor.User)
	case chat.Reaction:
		out = fmt.Sprintf("reacted %s %s to %s", head.Actor.User, e.Emoji, e.Message)
	}
	if head.Place.Thread != "" {
		out += " thread " + string(head.Place.Thread)
	}
	if m, ok := e.(chat.MessagePosted); ok && m.OrphanThread {
		out += " orphan"
	}
	return out
}

func flags(m chat.MessagePosted) string {
	var out string
	if m.Attachments > 0 {
		out += fmt.Sprintf(" files %d", m.Attachments)
	}
	if m.Actor.Bot {
		out += " bot"
	}
	if m.System {
		out += " system"
	}
	if m.Broadcast {
		out += " broadcast"
	}
	return out
}
