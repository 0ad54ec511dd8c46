package slack

import (
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// callUses is how often a call by name is answered; Slack sets no limit to it.
const callUses = 20

// heard makes a command of a message that calls the bot by its name, which is what people do in threads, where slash
// commands do not reach. A live one carries no cursor: it may overtake a message that the sink refused.
func (s *session) heard(e chat.Event) heard {
	m, ok := e.(chat.MessagePosted)
	if !ok {
		return heard{event: e}
	}
	c, ok := s.a.byName(m)
	if !ok {
		return heard{event: m}
	}
	c.Cursor = ""
	return heard{event: c, hand: true}
}

// byName reads a message in a room that begins with the bot's name. A conversation with the bot alone needs no name.
func (a *Adapter) byName(m chat.MessagePosted) (chat.CommandInvoked, bool) {
	if !m.Actor.Human() || m.System || m.Place.Direct || len(m.References) == 0 || !m.References[0].Self || m.References[0].At != 0 {
		return chat.CommandInvoked{}, false
	}
	text := strings.TrimLeft(m.Text[m.References[0].Len:], " \t\n:,")
	cut := len(m.Text) - len(text)
	var refs []chat.Reference
	for _, r := range m.References[1:] {
		r.At -= cut
		refs = append(refs, r)
	}
	r := &reply{user: m.Actor.User, channel: m.Place.Channel, direct: m.Place.Direct, thread: m.Place.Thread, left: callUses}
	return chat.CommandInvoked{Header: m.Header, Text: text, References: refs, Reply: a.handle(r)}, true
}
