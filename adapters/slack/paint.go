package slack

import (
	"net/url"
	"strings"
	"unicode"

	"github.com/gofirst/gofirst/bot/chat"
	slackapi "github.com/slack-go/slack"
)

// painter makes rich text elements of nodes.
type painter struct {
	private  bool // mentions may notify
	known    looked
	top      []slackapi.RichTextElement
	line     []slackapi.RichTextSectionElement
	text     strings.Builder // the fallback, escaped
	inside   bool            // a quote or list item: blocks in it are lines of it
	broke    bool            // a block has ended; a line break after it is that of the block
	owes     bool            // inside: a line has ended that the next words must not go on
	size     int
	elements int
}

func (p *painter) nodes(nodes []chat.Node, style slackapi.RichTextSectionTextStyle) {
	for _, n := range nodes {
		p.node(n, style)
	}
}

func (p *painter) node(n chat.Node, style slackapi.RichTextSectionTextStyle) {
	switch n := n.(type) {
	case chat.Text:
		p.words(tidy(string(n)), style)
	case chat.Bold:
		style.Bold = true
		p.nodes(n, style)
	case chat.Italic:
		style.Italic = true
		p.nodes(n, style)
	case chat.Code:
		style.Code = true
		p.words(oneLine(string(n)), style)
	case chat.Quote:
		p.quote(n, style)
	case chat.List:
		p.list(n, style)
	case chat.Link:
		p.link(n.URL, n.Label, style)
	case chat.PostLink:
		p.postLink(n, style)
	case chat.Mention:
		p.mention(n, style)
	case chat.Room:
		p.room(n.Channel, style)
	}
}

// words adds a text, which is never markup.
func (p *painter) words(s string, style slackapi.RichTextSectionTextStyle) {
	if (p.broke || p.owes) && strings.HasPrefix(s, "\n") {
		s, p.size = s[1:], p.size+1
	}
	if s == "" {
		return
	}
	p.size += units(s)
	p.add(slackapi.NewRichTextSectionTextElement(s, styled(style)), escape(s))
}

func styled(s slackapi.RichTextSectionTextStyle) *slackapi.RichTextSectionTextStyle {
	if s == (slackapi.RichTextSectionTextStyle{}) {
		return nil
	}
	return &s
}

func (p *painter) add(e slackapi.RichTextSectionElement, fallback string) {
	if p.owes {
		p.line = append(p.line, slackapi.NewRichTextSectionTextElement("\n", nil))
		p.elements++
	}
	p.broke, p.owes = false, false
	p.line = append(p.line, e)
	p.text.WriteString(fallback)
	p.elements++
}

// flush ends a run of inline elements.
func (p *painter) flush() {
	if len(p.line) > 0 {
		p.top = append(p.top, slackapi.NewRichTextSection(p.line...))
		p.line = nil
	}
}

// within paints nodes into a line of their own.
func (p *painter) within(nodes []chat.Node, style slackapi.RichTextSectionTextStyle) painter {
	in := painter{private: p.private, known: p.known, inside: true}
	in.nodes(nodes, style)
	p.size, p.elements = p.size+in.size, p.elements+in.elements+1
	return in
}

func (p *painter) quote(nodes []chat.Node, style slackapi.RichTextSectionTextStyle) {
	in := p.within(nodes, style)
	if len(in.line) == 0 {
		return
	}
	p.block("> ", in, func() slackapi.RichTextElement {
		return &slackapi.RichTextQuote{Type: slackapi.RTEQuote, Elements: in.line}
	})
}

func (p *painter) list(items [][]chat.Node, style slackapi.RichTextSectionTextStyle) {
	var shown []slackapi.RichTextElement
	for _, item := range items {
		in := p.within(item, style)
		if len(in.line) == 0 {
			continue
		}
		if p.inside {
			p.block("• ", in, nil)
			continue
		}
		p.newLine()
		p.text.WriteString("• " + in.text.String() + "\n")
		shown = append(shown, slackapi.NewRichTextSection(in.line...))
	}
	p.elements++
	if len(shown) > 0 {
		p.endLine()
		p.top = append(p.top, slackapi.NewRichTextList(slackapi.RTEListBullet, 0, shown...))
		p.broke = true
	}
}

// block adds what stands apart; inside another block it is a line of that.
func (p *painter) block(mark string, in painter, make func() slackapi.RichTextElement) {
	p.newLine()
	p.text.WriteString(mark + in.text.String() + "\n")
	if p.inside {
		p.insideLine(mark, in)
		return
	}
	p.endLine()
	p.top = append(p.top, make())
	p.broke = true
}

// insideLine adds a block as a line of the one that it stands in.
func (p *painter) insideLine(mark string, in painter) {
	switch {
	case len(p.line) > 0:
		mark = "\n" + mark
	case mark == "• ":
		mark = "" // the item's own mark is enough
	}
	if mark != "" {
		p.line = append(p.line, slackapi.NewRichTextSectionTextElement(mark, nil))
		p.elements++
	}
	p.line = append(p.line, in.line...)
	p.owes = true
}

// endLine ends the inline elements before a block, which begins a line of its own: a line break before it is that.
func (p *painter) endLine() {
	if n := len(p.line); n > 0 {
		last, ok := p.line[n-1].(*slackapi.RichTextSectionTextElement)
		if ok && strings.HasSuffix(last.Text, "\n") {
			if last.Text = last.Text[:len(last.Text)-1]; last.Text == "" {
				p.line = p.line[:n-1]
			}
		}
	}
	p.flush()
}

func (p *painter) newLine() {
	if s := p.text.String(); s != "" && !strings.HasSuffix(s, "\n") {
		p.text.WriteByte('\n')
	}
}

// link leads where it says; what is no address of the web is shown as words.
func (p *painter) link(address, label string, style slackapi.RichTextSectionTextStyle) {
	label = oneLine(label)
	p.size += units(address)
	if !isAddress(address) {
		p.words(strings.TrimSpace(label+" "+oneLine(address)), style)
		return
	}
	e := slackapi.NewRichTextSectionLinkElement(address, label, styled(style))
	p.size += units(label)
	p.add(e, escape(orElse(label, address)))
}

func isAddress(s string) bool {
	if len(s) > maxURL || strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r == '<' || r == '>' || r == '|' || !unicode.IsPrint(r) }) {
		return false
	}
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "mailto" && u.Opaque != "" || (u.Scheme == "https" || u.Scheme == "http") && u.Host != "")
}

func (p *painter) postLink(n chat.PostLink, style slackapi.RichTextSectionTextStyle) {
	label := orElse(oneLine(n.Label), "a message")
	p.size += linkSize + units(label)
	address := p.known.links[message{n.Channel, n.Message}]
	if !isAddress(address) {
		p.add(slackapi.NewRichTextSectionTextElement(label, styled(style)), escape(label))
		return
	}
	p.add(slackapi.NewRichTextSectionLinkElement(address, label, styled(style)), escape(label))
}

// mention names a person. A user element notifies, so where nobody is to be notified the name stands as words.
func (p *painter) mention(n chat.Mention, style slackapi.RichTextSectionTextStyle) {
	p.size += nameSize
	if (n.Ping || p.private) && isID(string(n.User)) {
		p.add(slackapi.NewRichTextSectionUserElement(string(n.User), styled(style)), "<@"+string(n.User)+">")
		return
	}
	name := orElse(cut(oneLine(p.known.names[n.User]), nameSize), "somebody")
	style.Bold = true
	p.add(slackapi.NewRichTextSectionTextElement(name, styled(style)), escape(name))
}

func (p *painter) room(c chat.ChannelID, style slackapi.RichTextSectionTextStyle) {
	p.size += nameSize
	if !isID(string(c)) {
		p.add(slackapi.NewRichTextSectionTextElement("a channel", styled(style)), "a channel")
		return
	}
	p.add(slackapi.NewRichTextSectionChannelElement(string(c), styled(style)), "<#"+string(c)+">")
}
