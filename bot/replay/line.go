package replay

import (
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/chat"
)

// Line is one message that would have gone out.
type Line struct {
	At             time.Time
	Playbook, Rule string
	Channel        chat.ChannelID
	To             chat.UserID    // empty: the whole room
	About          chat.MessageID // what it was about; empty where it is about no message
	Body           []chat.Node
	Buttons        []string // their labels
}

// Text gives the words as their reader would have seen them.
func (l Line) Text(names Namer) string {
	var b strings.Builder
	write(&b, l.Body, names)
	return b.String()
}

func write(b *strings.Builder, nodes []chat.Node, names Namer) {
	for _, n := range nodes {
		switch n := n.(type) {
		case chat.Text:
			b.WriteString(string(n))
		case chat.Code:
			b.WriteString(string(n))
		case chat.Bold:
			write(b, n, names)
		case chat.Italic:
			write(b, n, names)
		case chat.Quote:
			write(b, n, names)
		case chat.List:
			for _, item := range n {
				b.WriteString("\n• ")
				write(b, item, names)
			}
		case chat.Mention:
			b.WriteString("@" + names.Person(n.User))
		case chat.Room:
			b.WriteString("#" + names.Room(n.Channel))
		case chat.PostLink:
			b.WriteString("⟨" + names.Room(n.Channel) + "/" + string(n.Message) + "⟩")
		case chat.Link:
			b.WriteString("⟨" + n.URL + "⟩")
		}
	}
}

// line is what was said last, to whom and why.
func (m *muted) line(t bot.Trace) Line {
	l := Line{At: t.At, Playbook: t.Playbook, Rule: t.Rule, Channel: t.Channel, To: t.Person, About: t.Message, Body: m.last.Body}
	for _, b := range m.last.Buttons {
		l.Buttons = append(l.Buttons, b.Label)
	}
	return l
}
