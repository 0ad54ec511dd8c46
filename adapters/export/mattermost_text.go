package export

import (
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// naming finds "@name" and "~channel" where the export knows them.
func (t *mmTeller) naming(team string) naming {
	return func(p *plainText, before byte, rest string) int {
		if inWord(before) {
			return 0
		}
		n := 1
		for n < len(rest) && n < 66 && (inWord(rest[n]) && rest[n] < 0x80 || rest[n] == '.' || rest[n] == '-') {
			n++
		}
		for ; n > 1; n-- {
			ref, ok := t.known(rest[0], strings.ToLower(rest[1:n]), team)
			if ok {
				p.refer(rest[:n], ref)
				return n
			}
			if inWord(rest[n-1]) && rest[n-1] != '_' {
				return 0 // only punctuation at the end may belong to the sentence
			}
		}
		return 0
	}
}

func (t *mmTeller) known(sign byte, name, team string) (chat.Reference, bool) {
	switch sign {
	case '@':
		_, ok := t.dir.people[chat.UserID(name)]
		return chat.Reference{User: chat.UserID(name)}, ok
	case '~':
		id := mmChannelID(team, name)
		_, ok := t.dir.rooms[id]
		return chat.Reference{Channel: id}, ok
	}
	return chat.Reference{}, false
}
