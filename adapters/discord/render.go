package discord

import (
	"strings"
	"unicode/utf8"

	"github.com/gofirst/gofirst/bot/chat"
)

// painter writes nodes in the service's markup.
type painter struct {
	e     escaper
	guild func(chat.ChannelID) (guild string, ok bool)

	b     strings.Builder
	pings []string
	all   bool // every mention notifies: the message is for one person alone
}

// rendered is a message as it is sent.
type rendered struct {
	content string
	pings   []string
}

// longest is what a link to a message is counted as, whatever channel it leads to.
const longest = "99999999999999999999"

// render writes a message.
func (a *Adapter) render(m chat.Message) rendered {
	p := painter{e: a.escape, all: m.Private, guild: func(c chat.ChannelID) (string, bool) {
		r, ok := a.rooms.get(string(c))
		if ok && r.direct() {
			return "@me", true
		}
		return r.guild, ok && r.guild != ""
	}}
	p.blocks(m.Body)
	return rendered{p.content(), p.pings}
}

// Size counts code points, as the service does. A link to another message counts as much as the longest.
func (a *Adapter) Size(m chat.Message) int {
	p := painter{e: a.escape, guild: func(chat.ChannelID) (string, bool) { return longest, true }}
	p.blocks(m.Body)
	return utf8.RuneCountInString(p.content())
}

// content gives what was painted, as the service will keep it.
func (p *painter) content() string { return p.e.disarmed(strings.TrimSpace(p.b.String())) }

// write adds a piece of markup, apart from what stands before it where both would be read as one mark.
func (p *painter) write(s string) {
	if s == "" {
		return
	}
	if before := p.b.String(); before != "" && strings.ContainsRune("*`", rune(s[0])) && strings.HasSuffix(before, s[:1]) {
		p.b.WriteString(between)
	}
	p.b.WriteString(s)
}

// fresh goes to the beginning of a line.
func (p *painter) fresh() {
	if s := p.b.String(); s != "" && !strings.HasSuffix(s, "\n") {
		p.b.WriteByte('\n')
	}
}
