package mattermost

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gofirst/gofirst/bot/chat"
)

// naming knows what a message names. It does no I/O: what has to be asked for is asked before.
type naming interface {
	person(chat.UserID) string  // as it stands after "@"; empty where it is not known
	room(chat.ChannelID) string // as it stands after "~"
	permalink(chat.ChannelID, chat.MessageID) (address string)
}

// render gives a message as the markdown of Mattermost, so that no words in it are markup: neither for people's
// clients nor for the server that looks whom to notify.
func render(m chat.Message, n naming) string {
	p := painter{names: n}
	p.nodes(m.Body, false)
	if m.Picture != nil {
		p.block()
		p.text(m.Picture.Alt, false) // a file has no place for it
	}
	return p.b.String()
}

// painter renders nodes.
type painter struct {
	names        naming
	b            strings.Builder
	bold, italic bool
	parted       bool // a list or quote has ended: what follows begins after a blank line
}

func (p *painter) nodes(nodes []chat.Node, more bool) {
	for i, n := range nodes {
		p.node(n, more || i < len(nodes)-1)
	}
}

// node renders one node; more says that something follows on the same line.
func (p *painter) node(n chat.Node, more bool) {
	switch n := n.(type) {
	case chat.Text:
		p.text(string(n), more)
	case chat.Bold:
		p.styled(n, more, &p.bold)
	case chat.Italic:
		p.styled(n, more, &p.italic)
	case chat.Code:
		p.marked(code(string(n)))
	case chat.Quote:
		p.inset(p.within(n), "> ", "> ")
	case chat.List:
		for i, item := range n {
			p.parted = p.parted && i == 0
			p.inset(p.within(item), "- ", "  ")
		}
	case chat.Link:
		p.link(n.URL, n.Label)
	case chat.PostLink:
		p.link(p.names.permalink(n.Channel, n.Message), orElse(n.Label, "a message"))
	case chat.Mention:
		p.marked(mention(p.names.person(n.User), n.Ping))
	case chat.Room:
		p.marked("~" + orElse(p.names.room(n.Channel), "…"))
	}
}

func (p *painter) styled(nodes []chat.Node, more bool, style *bool) {
	before := *style
	*style = true
	p.nodes(nodes, more)
	*style = before
}

func (p *painter) emphasis() bool { return p.bold || p.italic }

// within renders nodes that stand inside a block of their own.
func (p *painter) within(nodes []chat.Node) string {
	in := painter{names: p.names, bold: p.bold, italic: p.italic}
	in.nodes(nodes, false)
	return in.b.String()
}

// inset sets a block apart: a mark before its first line, another before the others.
func (p *painter) inset(inner, first, others string) {
	if strings.TrimSpace(inner) == "" {
		inner = zeroWidth
	}
	p.block()
	p.b.WriteString(first + strings.ReplaceAll(inner, "\n", "\n"+others))
	p.parted = true
}

// block begins a new line.
func (p *painter) block() {
	switch s := p.b.String(); {
	case s == "":
	case p.parted:
		p.b.WriteString("\n\n")
	case !strings.HasSuffix(s, "\n"):
		p.b.WriteByte('\n')
	}
	p.parted = false
}

// write adds a piece of a line. Between two pieces stands nothing that one could see, so that they cannot become
// something together.
func (p *painter) write(s string) {
	if s == "" {
		return
	}
	if p.parted {
		p.block()
	}
	before, _ := utf8.DecodeLastRuneInString(p.b.String())
	after, _ := utf8.DecodeRuneInString(s)
	if p.b.Len() > 0 && !unicode.IsSpace(before) && !unicode.IsSpace(after) {
		p.b.WriteString(zeroWidth)
	}
	p.b.WriteString(s)
}

// marked adds a piece in the style that holds.
func (p *painter) marked(s string) {
	if s == "" {
		return
	}
	mark := ""
	if p.bold {
		mark = "**"
	}
	if p.italic {
		mark += "*"
	}
	if mark != "" {
		s = mark + edged(s) + mark
	}
	p.write(s)
}

// edged keeps a style's marks from touching anything but a letter: they would be no marks.
func edged(s string) string {
	if r, _ := utf8.DecodeRuneInString(s); !unicode.IsLetter(r) && !unicode.IsDigit(r) {
		s = zeroWidth + s
	}
	if r, _ := utf8.DecodeLastRuneInString(s); !unicode.IsLetter(r) && !unicode.IsDigit(r) {
		s += zeroWidth
	}
	return s
}

// text adds words, line by line.
func (p *painter) text(s string, more bool) {
	lines := strings.Split(clean(s), "\n")
	for i, line := range lines {
		if i > 0 {
			p.parted = false
			p.b.WriteByte('\n')
		}
		p.line(line, more && i == len(lines)-1)
	}
}

func (p *painter) line(line string, more bool) {
	start := p.b.Len() == 0 || p.parted || strings.HasSuffix(p.b.String(), "\n")
	if !p.emphasis() {
		p.write(escape(line, escaping{start: start, more: more}))
		return
	}
	core := strings.Trim(line, " ")
	if core == "" {
		if !start {
			p.write(line)
		}
		return
	}
	left := len(line) - len(strings.TrimLeft(line, " "))
	if left > 0 && !start {
		p.write(line[:left])
	}
	p.marked(escape(core, escaping{emphasis: true}))
	if right := line[left+len(core):]; right != "" && more {
		p.write(right)
	}
}
