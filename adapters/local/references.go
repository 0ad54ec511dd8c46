package local

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gofirst/gofirst/bot/chat"
)

// references tells who and what is named in a message. The bot's own were found while rendering: what
// it quotes names nobody.
func (c *Chat) references(r record) []chat.Reference {
	if r.User == c.self {
		return r.References
	}
	var found []chat.Reference
	before := ' '
	for at := 0; at < len(r.Text); {
		this, size := utf8.DecodeRuneInString(r.Text[at:])
		switch {
		case this == '`':
			size = code(r.Text[at:])
		case (this == '@' || this == '#') && !inName(before):
			if ref, ok := c.named(r.Text[at:]); ok {
				ref.At, size = at, ref.Len
				found = append(found, ref)
			}
		}
		at += size
		before, _ = utf8.DecodeLastRuneInString(r.Text[:at])
	}
	return found
}

// named finds the person, group or channel that a text begins with: the longest name, but for the
// punctuation that may end a sentence.
func (c *Chat) named(text string) (chat.Reference, bool) {
	name := text[1:]
	if end := strings.IndexFunc(name, func(x rune) bool { return !inName(x) && x != '.' && x != '-' }); end >= 0 {
		name = name[:end]
	}
	for name != "" {
		if ref, ok := c.lookup(text[0], name); ok {
			ref.Len = 1 + len(name)
			return ref, true
		}
		shorter := strings.TrimRight(name, ".-")
		if shorter == name {
			break
		}
		name = shorter
	}
	return chat.Reference{}, false
}

func (c *Chat) lookup(sigil byte, name string) (ref chat.Reference, ok bool) {
	if sigil == '#' {
		ref.Channel, ok = c.channelNamed(name)
		return ref, ok
	}
	if u, ok := c.handles[fold(name)]; ok {
		return chat.Reference{User: u, Self: u == c.self}, true
	}
	ref.Group = chat.GroupID(name)
	_, ok = c.groups[ref.Group]
	return ref, ok
}

// channelNamed finds a channel by its name.
func (c *Chat) channelNamed(name string) (chat.ChannelID, bool) {
	for _, ch := range c.order {
		if ch.direct == "" && fold(ch.name) == fold(name) {
			return ch.id, true
		}
	}
	return "", false
}

// code gives the length of the code that a text begins with: up to the same number of backticks.
func code(text string) int {
	ticks := len(text) - len(strings.TrimLeft(text, "`"))
	if end := strings.Index(text[ticks:], text[:ticks]); end >= 0 {
		return ticks + end + ticks
	}
	return ticks
}

func inName(r rune) bool {
	return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}
