package export

import (
	"bytes"

	"github.com/gofirst/gofirst/bot/chat"
)

// slackText turns Slack's markup into plain text as chat.MessagePosted documents it. Offsets in the
// references count from where the text begins in dst.
//
// Only what Slack writes itself is markup: "<", an identifier or an address without white space, perhaps
// "|" and a label, ">". Any other "<" is somebody's words and stays.
type slackText struct {
	dir  *directory
	dst  []byte
	base int
	refs []chat.Reference
}

// append adds the plain form of one text.
func (t *slackText) append(src []byte) {
	t.base = len(t.dst)
	end := -1 // where the next ">" stands; found once and used until it is passed
	for {
		i := bytes.IndexByte(src, '<')
		if i < 0 {
			t.dst = unescapeEntities(t.dst, src)
			return
		}
		t.dst = unescapeEntities(t.dst, src[:i])
		src = src[i:]
		end -= i
		if end <= 0 {
			if end = bytes.IndexByte(src, '>'); end < 0 {
				t.dst = unescapeEntities(t.dst, src)
				return
			}
		}
		if bytes.IndexByte(src[1:end], '<') < 0 && t.markup(src[1:end]) {
			src = src[end+1:]
			end = -1
			continue
		}
		t.dst = append(t.dst, '<')
		src = src[1:]
		end--
	}
}

// markup adds what stands between "<" and ">"; false where it is not Slack's.
func (t *slackText) markup(inner []byte) bool {
	target, label, labelled := bytes.Cut(inner, []byte("|"))
	if len(target) == 0 || bytes.ContainsAny(target, " \t\r\n") {
		return false
	}
	switch target[0] {
	case '@':
		t.person(target[1:], label)
		return true
	case '!':
		t.special(target[1:], label)
		return true
	case '#':
		if identifier(target[1:], "CGD") {
			t.room(target[1:], label)
			return true
		}
	}
	if !labelled && !address(target) {
		return false
	}
	t.link(target, label)
	return true
}

func (t *slackText) person(id, label []byte) {
	if !identifier(id, "UWB") {
		t.dst = append(append(t.dst, '@'), id...)
		return
	}
	name := t.dir.shown(chat.UserID(id))
	t.name('@', firstOf(name, string(label), string(id)), chat.Reference{User: chat.UserID(id)})
}

func (t *slackText) room(id, label []byte) {
	name := t.dir.rooms[chat.ChannelID(id)].Name
	t.name('#', firstOf(string(label), name, string(id)), chat.Reference{Channel: chat.ChannelID(id)})
}

// special is "!here" and its like, a user group, a date, or something newer with a label.
func (t *slackText) special(what, label []byte) {
	if id, ok := bytes.CutPrefix(what, []byte("subteam^")); ok && len(id) > 0 {
		name := bytes.TrimPrefix(label, []byte("@"))
		t.name('@', firstOf(string(name), string(id)), chat.Reference{Group: chat.GroupID(id)})
		return
	}
	switch string(what) {
	case "here", "channel", "everyone":
		t.dst = append(append(t.dst, '@'), what...)
		return
	}
	if len(label) == 0 {
		label = what
	}
	t.dst = unescapeEntities(t.dst, label)
}

// link writes the address, with its label before it unless that only repeats it.
func (t *slackText) link(target, label []byte) {
	bare := bytes.TrimPrefix(bytes.TrimPrefix(target, []byte("mailto:")), []byte("tel:"))
	short := bytes.TrimSuffix(trimScheme(bare), []byte("/"))
	switch {
	case len(label) == 0:
		t.dst = unescapeEntities(t.dst, bare)
	case bytes.Equal(short, bytes.TrimSuffix(trimScheme(label), []byte("/"))):
		t.dst = unescapeEntities(t.dst, bare)
	default:
		t.dst = append(unescapeEntities(t.dst, label), " ("...)
		t.dst = append(unescapeEntities(t.dst, bare), ')')
	}
}

// name writes a name with its sign and refers to it.
func (t *slackText) name(sign byte, name string, ref chat.Reference) {
	at := len(t.dst)
	t.dst = unescapeEntities(append(t.dst, sign), []byte(name))
	ref.At, ref.Len = at-t.base, len(t.dst)-at
	t.refs = append(t.refs, ref)
}

// identifier reports whether id is one of Slack's: capitals and digits, the first one of a few letters.
func identifier(id []byte, first string) bool {
	if len(id) < 2 || bytes.IndexByte([]byte(first), id[0]) < 0 {
		return false
	}
	for _, c := range id {
		if c-'A' > 25 && c-'0' > 9 {
			return false
		}
	}
	return true
}

// address reports whether target begins with a scheme: letters, then a colon, then something.
func address(target []byte) bool {
	for i, c := range target {
		switch {
		case c == ':':
			return i > 0 && i+1 < len(target)
		case c|0x20-'a' > 25 && (i == 0 || c-'0' > 9 && c != '+' && c != '-' && c != '.'):
			return false
		}
	}
	return false
}

func trimScheme(b []byte) []byte {
	return bytes.TrimPrefix(bytes.TrimPrefix(b, []byte("https://")), []byte("http://"))
}

// unescapeEntities appends src with the three characters restored that Slack escapes.
func unescapeEntities(dst, src []byte) []byte {
	for {
		i := bytes.IndexByte(src, '&')
		if i < 0 {
			return append(dst, src...)
		}
		dst = append(dst, src[:i]...)
		src = src[i:]
		switch {
		case bytes.HasPrefix(src, []byte("&lt;")):
			dst, src = append(dst, '<'), src[4:]
		case bytes.HasPrefix(src, []byte("&gt;")):
			dst, src = append(dst, '>'), src[4:]
		case bytes.HasPrefix(src, []byte("&amp;")):
			dst, src = append(dst, '&'), src[5:]
		default:
			dst, src = append(dst, '&'), src[1:]
		}
	}
}
