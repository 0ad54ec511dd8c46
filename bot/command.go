package bot

import (
	"slices"
	"strings"
	"unicode"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// command is one verb of /gofirst.
type command struct {
	name    string
	aliases []string // French verbs, and words that people try first; they work in every language
	steward bool     // for stewards alone
	topic   string   // where help shows it: "" among the eight, "more", "leaders", "stewards"
	run     func(*turn, *call) error
}

// commandTable lists the verbs by every word that calls them.
func commandTable() map[string]*command {
	table := map[string]*command{}
	for _, list := range [][]*command{actCommands(), questionCommands(), selfCommands(), stewardCommands()} {
		for _, c := range list {
			for _, word := range append([]string{c.name}, c.aliases...) {
				table[word] = c
			}
		}
	}
	return table
}

// call is one command as it was given.
type call struct {
	verb       string
	text       string           // all that follows the verb, as written
	words      []string         // the same, by words
	references []chat.Reference // offsets into text
	who        store.Person
	user       chat.UserID
	place      store.Place // where it was given
	direct     bool        // in a conversation with the bot: place is no room
	g          tongue
	reply      chat.ReplyHandle
	trigger    string
	thread     chat.MessageID // the thread in which "@gofirst …" was written
}

func (t *turn) command(ev chat.CommandInvoked) error {
	return t.run(ev.Header, ev.Text, ev.References, ev.Reply, ev.Trigger)
}

// run finds the verb and lets it answer. What is not understood gets the nearest verb and the way to help.
func (t *turn) run(h chat.Header, text string, references []chat.Reference, reply chat.ReplyHandle, trigger string) error {
	who, err := t.person(h.Actor.User)
	if err != nil {
		return err
	}
	place, err := t.place(h.Place)
	if err != nil {
		return err
	}
	t.by = who.ID
	c := newCall(text, references)
	c.who, c.user, c.place, c.direct, c.reply, c.trigger = who, h.Actor.User, place, h.Place.Direct, reply, trigger
	c.thread, c.g = h.Place.Thread, t.tongueOf(who)
	verb := t.commands[c.verb]
	switch {
	case verb == nil:
		t.notUnderstood(c)
		return nil
	case verb.steward && !t.isSteward(c.user):
		t.answer(c.reply, t.texts.say(c.g, "stewards.only", nil))
		return nil
	}
	return verb.run(t, c)
}

// newCall takes the verb off the text; references move with what is left.
func newCall(text string, references []chat.Reference) *call {
	trimmed := strings.TrimLeftFunc(text, unicode.IsSpace)
	verb, left := trimmed, ""
	if end := strings.IndexFunc(trimmed, unicode.IsSpace); end >= 0 {
		verb, left = trimmed[:end], strings.TrimLeftFunc(trimmed[end:], unicode.IsSpace)
	}
	cut := len(text) - len(left)
	c := &call{verb: strings.ToLower(strings.Trim(verb, "/.,:!?")), text: strings.TrimRightFunc(left, unicode.IsSpace), words: strings.Fields(left)}
	for _, r := range references {
		if r.At >= cut {
			r.At -= cut
			c.references = append(c.references, r)
		}
	}
	return c
}

func (t *turn) notUnderstood(c *call) {
	if c.verb == "" {
		_ = t.commands["help"].run(t, c)
		return
	}
	var known []string
	for word := range t.commands {
		known = append(known, word)
	}
	slices.Sort(known)
	if near := playbooks.Nearest(c.verb, known); near != "" {
		t.answer(c.reply, t.texts.say(c.g, "command.near", holes{"verb": {chat.Code(near)}}))
		return
	}
	t.answer(c.reply, t.texts.say(c.g, "command.unknown", nil))
}

// mentioned reports whether a message in a room is addressed to the bot by name, and what it says.
func (t *turn) mentioned(m chat.MessagePosted) (string, bool) {
	if len(m.References) == 0 {
		return "", false
	}
	r := m.References[0]
	if r.At != 0 || !t.conn.isSelf(r) {
		return "", false
	}
	return m.Text[r.At+r.Len:], true
}

// isSelf reports whether a reference means this bot.
func (c *Connection) isSelf(r chat.Reference) bool {
	return r.Self || c.info.Self != "" && r.User == c.info.Self
}

// commandFrom runs "@gofirst …": the answer goes to its author in private.
func (t *turn) commandFrom(m chat.MessagePosted, text string) error {
	cut := len(m.Text) - len(text)
	var references []chat.Reference
	for _, r := range m.References[1:] {
		r.At -= cut
		references = append(references, r)
	}
	return t.run(m.Header, text, references, t.replyTo(m), "")
}

// toldDirectly runs what a person writes to the bot alone, with or without "/gofirst".
func (t *turn) toldDirectly(m chat.MessagePosted) error {
	text := strings.TrimPrefix(strings.TrimPrefix(m.Text, "/gofirst"), "@gofirst")
	cut := len(m.Text) - len(text)
	var references []chat.Reference
	for _, r := range m.References {
		if r.At >= cut {
			r.At -= cut
			references = append(references, r)
		}
	}
	return t.run(m.Header, text, references, t.replyTo(m), "")
}

// replyTo makes a handle for answering a message in private; see addressOf.
func (t *turn) replyTo(m chat.MessagePosted) chat.ReplyHandle {
	to := chat.To{Space: m.Place.Space, Person: m.Actor.User}
	if t.conn.info.Whispers && !m.Place.Direct {
		to.Channel, to.Thread = m.Place.Channel, m.Place.Thread
	}
	parts := []string{string(to.Space), string(to.Channel), string(to.Thread), string(to.Person)}
	return chat.ReplyHandle(privateReply + strings.Join(parts, privateCut))
}

// privateReply begins the handle of an answer that the engine itself turns into a message to a person: in their own
// conversation with the bot, or in the room to them alone where the service can do that.
const (
	privateReply = "person:"
	privateCut   = "\x00"
)

// addressOf tells where the answer to a handle goes.
func addressOf(reply chat.ReplyHandle) chat.To {
	private, ok := strings.CutPrefix(string(reply), privateReply)
	parts := strings.Split(private, privateCut)
	if !ok || len(parts) != 4 {
		return chat.To{Reply: reply}
	}
	return chat.To{
		Space: chat.SpaceID(parts[0]), Channel: chat.ChannelID(parts[1]), Thread: chat.MessageID(parts[2]), Person: chat.UserID(parts[3]),
	}
}
