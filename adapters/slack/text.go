package slack

import (
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// plainText turns Slack's markup into plain text as chat.MessagePosted documents it.
//
// Only what Slack writes itself is markup: "<", an identifier or an address without white space, perhaps "|" and a
// label, ">". A "<" that somebody typed comes as "&lt;".
type plainText struct {
	self chat.UserID
	b    strings.Builder
	refs []chat.Reference
}

// plain gives a text and who is named in it.
func plain(markup string, self chat.UserID) (string, []chat.Reference) {
	if !strings.ContainsAny(markup, "<&") {
		return markup, nil
	}
	t := plainText{self: self}
	t.b.Grow(len(markup))
	for {
		i := strings.IndexByte(markup, '<')
		if i < 0 {
			break
		}
		t.words(markup[:i])
		markup = markup[i:]
		end := strings.IndexAny(markup[1:], "<>") + 1
		if end > 0 && markup[end] == '>' && t.markup(markup[1:end]) {
			markup = markup[end+1:]
			continue
		}
		t.b.WriteByte('<')
		markup = markup[1:]
	}
	t.words(markup)
	return t.b.String(), t.refs
}

func (t *plainText) words(s string) { t.b.WriteString(unescape(s)) }

func unescape(s string) string {
	if !strings.Contains(s, "&") {
		return s
	}
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(s)
}

// markup adds what stands between "<" and ">"; false where it is not Slack's.
func (t *plainText) markup(inner string) bool {
	target, label, labelled := strings.Cut(inner, "|")
	if target == "" || strings.ContainsAny(target, " \t\r\n") {
		return false
	}
	switch target[0] {
	case '@':
		if id := target[1:]; isID(id) {
			t.name("@", orElse(label, id), chat.Reference{User: chat.UserID(id), Self: chat.UserID(id) == t.self})
			return true
		}
	case '#':
		if id := target[1:]; isID(id) {
			t.name("#", orElse(label, id), chat.Reference{Channel: chat.ChannelID(id)})
			return true
		}
	case '!':
		t.special(target[1:], label)
		return true
	}
	if !labelled && !strings.Contains(target, ":") {
		return false
	}
	t.link(target, label)
	return true
}

// special is "!here" and its like, a user group, a date, or something newer with a label.
func (t *plainText) special(what, label string) {
	if id, ok := strings.CutPrefix(what, "subteam^"); ok && id != "" {
		t.name("@", orElse(strings.TrimPrefix(label, "@"), id), chat.Reference{Group: chat.GroupID(id)})
		return
	}
	switch what {
	case "here", "channel", "everyone":
		t.b.WriteString("@" + what)
	default:
		t.words(orElse(label, what))
	}
}

// link writes the address, with its label before it unless that only repeats it.
func (t *plainText) link(target, label string) {
	bare := strings.TrimPrefix(strings.TrimPrefix(target, "mailto:"), "tel:")
	if label == "" || shortened(label) == shortened(bare) {
		t.words(bare)
		return
	}
	t.words(label + " (" + bare + ")")
}

func shortened(address string) string {
	return strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(address, "https://"), "http://"), "/")
}

func (t *plainText) name(sign, name string, r chat.Reference) {
	r.At = t.b.Len()
	t.words(sign + name)
	r.Len = t.b.Len() - r.At
	t.refs = append(t.refs, r)
}

// escape is what Slack asks for in every text that may hold markup.
func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// isID says whether something can be an identifier. Slack promises nothing of their shape but that they are strings:
// what is asked here is that no markup and no path can be made of them.
func isID(id string) bool {
	if id == "" || len(id) > maxID {
		return false
	}
	for _, c := range []byte(id) {
		if (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '.' && c != '_' && c != '-' {
			return false
		}
	}
	return true
}

const maxID = 100
