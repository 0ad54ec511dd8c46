package local

import (
	"slices"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// Namer knows what people and channels are called; a Chat is one.
type Namer interface {
	PersonName(chat.UserID) string     // as it stands after "@"
	ChannelName(chat.ChannelID) string // as it stands after "#"
}

// Render gives a message as a terminal shows it: plain text, its buttons at the end of the last line. No
// words in it can move the cursor, and those that hold a line break go on indented, so that they look
// like no line of their own.
func Render(m chat.Message, names Namer) string {
	p := painter{names: names, indent: "  "}
	p.message(m)
	return p.b.String() + labels(m.Buttons)
}

// labels shows buttons as they follow a text.
func labels(buttons []chat.Button) string {
	var b strings.Builder
	for i, x := range buttons {
		if b.WriteByte(' '); i == 0 {
			b.WriteByte(' ')
		}
		b.WriteString("[" + plainLine(x.Label) + "]")
	}
	return b.String()
}

// painter renders nodes, and notes who is named where.
type painter struct {
	names      Namer
	indent     string // before what follows a line break inside a text
	b          strings.Builder
	broke      bool // a block has ended: what follows begins a new line
	references []chat.Reference
	pings      []chat.UserID
}

func (p *painter) message(m chat.Message) {
	p.nodes(m.Body)
	if m.Picture != nil {
		p.line()
		p.write("(picture: " + plainLine(m.Picture.Alt) + ")")
	}
}

func (p *painter) nodes(nodes []chat.Node) {
	for _, n := range nodes {
		p.node(n)
	}
}

func (p *painter) node(n chat.Node) {
	switch n := n.(type) {
	case chat.Text:
		p.write(strings.ReplaceAll(plain(string(n)), "\n", "\n"+p.indent))
	case chat.Bold:
		p.nodes(n)
	case chat.Italic:
		p.nodes(n)
	case chat.Code:
		p.write("`" + plainLine(string(n)) + "`")
	case chat.Quote:
		p.quote(n)
	case chat.List:
		p.list(n)
	case chat.Link:
		p.link(plainLine(n.URL), plainLine(n.Label))
	case chat.PostLink:
		p.write("⟨" + orElse(plainLine(n.Label), "a message") + "⟩")
	case chat.Mention:
		p.name("@", p.names.PersonName(n.User), chat.Reference{User: n.User})
		if n.Ping {
			p.pings = append(p.pings, n.User)
		}
	case chat.Room:
		p.name("#", p.names.ChannelName(n.Channel), chat.Reference{Channel: n.Channel})
	}
}

func (p *painter) link(url, label string) {
	switch {
	case url == "":
		p.write(label)
	case label == "" || label == url:
		p.write(url)
	default:
		p.write(label + " (" + url + ")")
	}
}

func (p *painter) name(sigil, name string, r chat.Reference) {
	shown := sigil + plainLine(name)
	p.write(shown)
	r.At, r.Len = p.b.Len()-len(shown), len(shown)
	p.references = append(p.references, r)
}

// quote puts one line between quotation marks, and more lines behind ">".
func (p *painter) quote(nodes []chat.Node) {
	in := painter{names: p.names}
	in.nodes(nodes)
	if !strings.Contains(in.b.String(), "\n") {
		p.inset("“", in, "")
		p.write("”")
		return
	}
	p.line()
	p.inset("> ", in, "> ")
	p.broke = true
}

func (p *painter) list(items [][]chat.Node) {
	for _, item := range items {
		in := painter{names: p.names}
		in.nodes(item)
		p.line()
		p.inset("• ", in, "  ")
	}
	p.broke = true
}

// inset writes what another painter has made behind a mark, with a prefix before its further lines, and
// takes over what it noted.
func (p *painter) inset(mark string, in painter, prefix string) {
	p.write(mark)
	start, inner := p.b.Len(), in.b.String()
	p.b.WriteString(strings.ReplaceAll(inner, "\n", "\n"+prefix))
	for _, r := range in.references {
		r.At += start + len(prefix)*strings.Count(inner[:r.At], "\n")
		p.references = append(p.references, r)
	}
	p.pings = append(p.pings, in.pings...)
}

// line begins a new line, unless one has just begun.
func (p *painter) line() {
	if s := p.b.String(); s != "" && !strings.HasSuffix(s, "\n") {
		p.b.WriteByte('\n')
	}
	p.broke = false
}

func (p *painter) write(s string) {
	if p.broke && s != "" && !strings.HasPrefix(s, "\n") {
		p.line()
	}
	p.broke = p.broke && s == ""
	p.b.WriteString(s)
}

// notified tells whom a message notifies: in private the one who gets it, in a room who is pinged.
func (p *painter) notified(private chat.UserID) []chat.UserID {
	if private != "" {
		return []chat.UserID{private}
	}
	slices.Sort(p.pings)
	return slices.Compact(p.pings)
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
