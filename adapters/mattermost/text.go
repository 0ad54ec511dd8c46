package mattermost

import (
	"context"
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gofirst/gofirst/bot/chat"
)

// zeroWidth is what the bot puts into other people's words so that they are only words.
const zeroWidth = "\u200b"

// escapable are the characters before which a backslash is markup.
const escapable = "\\`*{}[]()#+-.!_>|~"

// maxNamed is how many "~channel" of one message are asked for.
const maxNamed = 8

// plain turns what somebody typed into the contract's text. What stands in given names is known already.
func (a *Adapter) plain(ctx context.Context, message, team string, given map[string]chat.Reference) (string, []chat.Reference) {
	r := reader{src: message}
	r.read()
	var people []string
	for _, c := range r.named {
		name := r.out.String()[c.At+1 : c.At+c.Len]
		if c.sign == '@' && given["@"+strings.ToLower(name)] == (chat.Reference{}) {
			people = append(people, shorter(strings.ToLower(name))...)
		}
	}
	a.people.learn(ctx, people)
	return r.out.String(), a.references(ctx, r, team, given)
}

// references finds whom and what the candidates name, as far as there is somebody of that name.
func (a *Adapter) references(ctx context.Context, r reader, team string, given map[string]chat.Reference) (found []chat.Reference) {
	asked := 0
	for _, c := range r.named {
		for _, name := range shorter(strings.ToLower(r.out.String()[c.At+1 : c.At+c.Len])) {
			ref, ok := given[string(c.sign)+name]
			if !ok && c.sign == '@' {
				ref, ok = a.personNamed(name)
			}
			if !ok && c.sign == '~' && asked < maxNamed {
				asked++
				ref, ok = a.roomNamed(ctx, team, name)
			}
			if ok {
				ref.At, ref.Len = c.At, 1+len(name)
				found = append(found, ref)
				break
			}
		}
	}
	return found
}

func (a *Adapter) personNamed(name string) (chat.Reference, bool) {
	if id, ok := a.people.named(name); ok {
		return chat.Reference{User: chat.UserID(id), Self: id == a.selfID()}, true
	}
	if id, ok := a.rooms.group(name); ok {
		return chat.Reference{Group: chat.GroupID(id)}, true
	}
	return chat.Reference{}, false
}

// roomNamed finds a channel in the team, or in the only one where a conversation belongs to none.
func (a *Adapter) roomNamed(ctx context.Context, team, name string) (chat.Reference, bool) {
	if teams := a.ownTeams(); team == "" && len(teams) == 1 {
		team = teams[0].Id
	}
	if team == "" {
		return chat.Reference{}, false
	}
	id, err := a.rooms.named(ctx, "channel", team, name)
	return chat.Reference{Channel: chat.ChannelID(id)}, err == nil
}

// shorter gives a name, and what is left of it without the punctuation that may end a sentence.
func shorter(name string) []string {
	all := []string{name}
	for strings.HasSuffix(name, ".") || strings.HasSuffix(name, "-") || strings.HasSuffix(name, "_") {
		name = name[:len(name)-1]
		all = append(all, name)
	}
	return all
}

// reader turns markup into plain text and notes what looks like a name.
type reader struct {
	src   string
	out   strings.Builder
	named []candidate
}

type candidate struct {
	At, Len int
	sign    byte
}

func (r *reader) read() {
	for at := 0; at < len(r.src); {
		rest := r.src[at:]
		n := 1
		switch c := rest[0]; {
		case c == '`':
			n = r.code(rest)
		case c == '\\' && len(rest) > 1 && strings.IndexByte(escapable, rest[1]) >= 0:
			r.out.WriteByte(rest[1])
			n = 2
		case c == '[', c == '!' && strings.HasPrefix(rest, "!["):
			n = r.link(rest)
		case c == '<':
			n = r.autolink(rest)
		case c == '@' || c == '~':
			n = r.name(rest, at)
		case strings.HasPrefix(rest, zeroWidth):
			n = len(zeroWidth)
		default:
			r.out.WriteByte(c)
		}
		at += n
	}
}

// code keeps what stands between backticks as it is.
func (r *reader) code(rest string) int {
	ticks := len(rest) - len(strings.TrimLeft(rest, "`"))
	end := strings.Index(rest[ticks:], rest[:ticks])
	if end < 0 {
		r.out.WriteString(rest[:ticks])
		return ticks
	}
	n := ticks + end + ticks
	r.out.WriteString(rest[:n])
	return n
}

// link shows the words and the address behind them.
func (r *reader) link(rest string) int {
	open := strings.IndexByte(rest, '[')
	middle := strings.Index(rest, "](")
	end := strings.IndexByte(rest, ')')
	if middle < 0 || end < middle || strings.ContainsAny(rest[:end], "\n") || !strings.Contains(rest[middle:end], ":") {
		r.out.WriteByte(rest[0])
		return 1
	}
	inner := reader{src: rest[open+1 : middle]}
	inner.read()
	label, address := inner.out.String(), strings.Trim(strings.Fields(rest[middle+2:end] + " -")[0], "<>")
	if label != "" && label != address {
		r.out.WriteString(label + " ")
	}
	r.out.WriteString(address)
	return end + 1
}

func (r *reader) autolink(rest string) int {
	end := strings.IndexByte(rest, '>')
	if end < 0 || !strings.Contains(rest[:end], "://") || strings.ContainsAny(rest[:end], " \n\t") {
		r.out.WriteByte('<')
		return 1
	}
	r.out.WriteString(rest[1:end])
	return end + 1
}

// name notes "@name" and "~name", unless a word goes before.
func (r *reader) name(rest string, at int) int {
	before, _ := utf8.DecodeLastRuneInString(r.src[:at])
	n := 1
	for n < len(rest) && n < 66 && isName(rest[n], n == 1) {
		n++
	}
	if n > 1 && !(unicode.IsLetter(before) || unicode.IsDigit(before) || before == '_') {
		r.named = append(r.named, candidate{r.out.Len(), n, rest[0]})
	}
	r.out.WriteString(rest[:n])
	return n
}

func isName(c byte, first bool) bool {
	switch {
	case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		return true
	}
	return !first && (c == '.' || c == '-' || c == '_')
}

// ownWords gives what the bot itself wrote: its renderer uses entities, where people type them as words.
func ownWords(message string) string { return html.UnescapeString(message) }
