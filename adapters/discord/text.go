package discord

import (
	"regexp"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// reader makes plain text of the service's markup.
type reader struct {
	marks *regexp.Regexp
	self  string
	name  func(kind, id string) string // what a person ("@"), group ("&") or channel ("#") is called; may be empty
}

// pattern finds code, which is left as it is, and what stands for something else.
const pattern = "(?s)```.*?```|``.*?``|`[^`]*`|" +
	`<@!?(?P<person>\d{1,20})>|<@&(?P<group>\d{1,20})>|<#(?P<room>\d{1,20})>|` +
	`<a?(?P<emoji>:\w+:)\d{1,20}>|<(?P<command>/[-_\w ]+):\d{1,20}>|<(?P<bare>https?://[^\s<>]+)>|` +
	`\[(?P<label>[^\[\]\n]+)\]\(<?(?P<target>https?://[^\s<>()]+)>?\)`

// read gives the text without marks and who is named in it.
func (r reader) read(content string) (string, []chat.Reference) {
	var out strings.Builder
	var refs []chat.Reference
	last := 0
	for _, at := range r.marks.FindAllStringSubmatchIndex(content, -1) {
		found := func(name string) string {
			if i := 2 * r.marks.SubexpIndex(name); at[i] >= 0 {
				return content[at[i]:at[i+1]]
			}
			return ""
		}
		out.WriteString(content[last:at[0]])
		last = at[1]
		words, ref := r.mark(content[at[0]:at[1]], found)
		if ref != (chat.Reference{}) {
			ref.At, ref.Len = out.Len(), len(words)
			refs = append(refs, ref)
		}
		out.WriteString(words)
	}
	out.WriteString(content[last:])
	return out.String(), refs
}

func (r reader) mark(whole string, found func(string) string) (string, chat.Reference) {
	if id := found("person"); id != "" {
		return "@" + r.called("@", id), chat.Reference{User: chat.UserID(id), Self: id == r.self}
	}
	if id := found("group"); id != "" {
		return "@" + r.called("&", id), chat.Reference{Group: chat.GroupID(id)}
	}
	if id := found("room"); id != "" {
		return "#" + r.called("#", id), chat.Reference{Channel: chat.ChannelID(id)}
	}
	for _, plain := range []string{"emoji", "command", "bare"} {
		if words := found(plain); words != "" {
			return words, chat.Reference{}
		}
	}
	if url := found("target"); url != "" {
		return found("label") + " " + url, chat.Reference{}
	}
	return whole, chat.Reference{}
}

func (r reader) called(kind, id string) string {
	if name := r.name(kind, id); name != "" {
		return name
	}
	return id
}

// reader reads a message; whom it mentions, it also names.
func (a *Adapter) reader(mentions []wireUser) reader {
	known := map[string]string{}
	for _, u := range mentions {
		known[u.ID] = u.name()
	}
	return reader{marks: a.marks, self: a.me(), name: func(kind, id string) string {
		switch kind {
		case "@":
			if name, ok := known[id]; ok {
				return name
			}
			name, _ := a.names.get(id)
			return name
		case "#":
			r, _ := a.rooms.get(id)
			return r.name
		}
		return ""
	}}
}

func (a *Adapter) me() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.self
}
