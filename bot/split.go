package bot

import (
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// split cuts a message that is longer than the service takes, between nodes and at line or sentence ends. Buttons
// and picture go with the last part.
func split(m chat.Message, a chat.Adapter) []chat.Message {
	most := a.Info().MaxSize
	if most == 0 || a.Size(m) <= most {
		return []chat.Message{m}
	}
	fits := func(body []chat.Node) bool {
		part := m
		part.Body = body
		return a.Size(part) <= most
	}
	var parts []chat.Message
	var body []chat.Node
	flush := func() {
		if len(body) > 0 {
			parts = append(parts, chat.Message{To: m.To, Private: m.Private, Body: body})
			body = nil
		}
	}
	for _, node := range sentences(m.Body) {
		if !fits(append(body[:len(body):len(body)], node)) {
			rest := []chat.Node{}
			if end := lastLine(body); end > 0 {
				body, rest = body[:end:end], body[end:]
			}
			flush()
			body = append(body, rest...)
			if !fits(append(body[:len(body):len(body)], node)) {
				flush()
			}
		}
		body = append(body, node)
	}
	flush()
	last := &parts[len(parts)-1]
	last.Buttons, last.Picture = m.Buttons, m.Picture
	return parts
}

// lastLine gives the number of nodes up to the last one that ends a line; 0 where none does.
func lastLine(body []chat.Node) int {
	for i := len(body) - 1; i >= 0; i-- {
		if words, ok := body[i].(chat.Text); ok && strings.HasSuffix(string(words), "\n") {
			return i + 1
		}
	}
	return 0
}

// sentences cuts the plain texts of a body after line ends and sentence ends, and, where one is still very long,
// between words.
func sentences(body []chat.Node) []chat.Node {
	var out []chat.Node
	for _, node := range body {
		words, ok := node.(chat.Text)
		if !ok {
			out = append(out, node)
			continue
		}
		for rest := string(words); rest != ""; {
			n := sentenceEnd(rest)
			out, rest = append(out, chat.Text(rest[:n])), rest[n:]
		}
	}
	return out
}

// longest is the length in bytes from which a sentence is cut between words.
const longest = 400

func sentenceEnd(s string) int {
	for i, r := range s {
		switch {
		case r == '\n':
			return i + 1
		case r == ' ' && i > 0 && strings.ContainsRune(".!?…", rune(s[i-1])):
			return i + 1
		case r == ' ' && i >= longest:
			return i + 1
		case i >= 2*longest:
			return i
		}
	}
	return len(s)
}
