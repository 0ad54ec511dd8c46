package bot

import (
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// token is a word of a command, or a room that it names. In "patience@#help" it is both.
type token struct {
	word    string
	channel string // identifier, or "#name" where nobody has looked it up yet
}

// tokens takes a text apart at its blanks and at the rooms that it refers to.
func tokens(text string, references []chat.Reference) []token {
	var out []token
	at := 0
	for _, r := range references {
		if r.Channel == "" || r.At < at || r.At+r.Len > len(text) {
			continue
		}
		before := text[at:r.At]
		out = append(out, plainTokens(before)...)
		at = r.At + r.Len
		if n := len(out); n > 0 && strings.HasSuffix(before, "@") {
			out[n-1] = token{strings.TrimSuffix(out[n-1].word, "@"), string(r.Channel)}
			continue
		}
		out = append(out, token{channel: string(r.Channel)})
	}
	return append(out, plainTokens(text[at:])...)
}

// plainTokens also parts "patience=eager".
func plainTokens(text string) (out []token) {
	text = strings.NewReplacer("=", " ", ",", " ").Replace(text)
	for _, word := range strings.Fields(text) {
		name, room, per := strings.Cut(word, "@#")
		switch {
		case per && name != "":
			out = append(out, token{name, "#" + room})
		case strings.HasPrefix(word, "#") && len(word) > 1:
			out = append(out, token{channel: word})
		default:
			if word = strings.TrimRight(word, ":;.!?"); word != "" {
				out = append(out, token{word: word})
			}
		}
	}
	return out
}
