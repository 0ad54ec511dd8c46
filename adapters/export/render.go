package export

import (
	"unicode/utf8"

	"github.com/gofirst/gofirst/bot/chat"
)

// Size counts the characters that a reader would see; an export has no length of its own to keep to.
func (a *Adapter) Size(m chat.Message) int {
	n := size(m.Body)
	for _, b := range m.Buttons {
		n += utf8.RuneCountInString(b.Label)
	}
	return n
}

func size(nodes []chat.Node) int {
	n := 0
	for _, node := range nodes {
		n += nodeSize(node)
	}
	return n
}

func nodeSize(node chat.Node) int {
	switch v := node.(type) {
	case chat.Text:
		return utf8.RuneCountInString(string(v))
	case chat.Code:
		return utf8.RuneCountInString(string(v))
	case chat.Bold:
		return size(v)
	case chat.Italic:
		return size(v)
	case chat.Quote:
		return size(v)
	case chat.List:
		return listSize(v)
	case chat.Link:
		return max(utf8.RuneCountInString(v.Label), utf8.RuneCountInString(v.URL))
	case chat.PostLink:
		return utf8.RuneCountInString(v.Label)
	case chat.Mention:
		return 1 + len(v.User)
	case chat.Room:
		return 1 + len(v.Channel)
	}
	return 0
}

// listSize gives each item its line break.
func listSize(items chat.List) int {
	n := len(items)
	for _, item := range items {
		n += size(item)
	}
	return n
}
