package discord

import (
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

func (p *painter) blocks(nodes []chat.Node) {
	for _, n := range nodes {
		switch n := n.(type) {
		case chat.Quote:
			p.fresh()
			p.quote(n)
		case chat.List:
			p.fresh()
			for _, item := range n {
				p.write("- " + p.item(item) + "\n")
			}
		default:
			p.inline(n)
		}
	}
}

// apart paints nodes on their own.
func (p *painter) apart(paint func(*painter)) string {
	q := painter{e: p.e, guild: p.guild, all: p.all}
	paint(&q)
	p.pings = append(p.pings, q.pings...)
	return q.b.String()
}

func (p *painter) quote(nodes []chat.Node) {
	words := p.apart(func(q *painter) {
		for _, n := range nodes {
			q.inline(n)
		}
	})
	for l := range strings.SplitSeq(strings.Trim(words, "\n"), "\n") {
		if strings.TrimSpace(l) == "" {
			l = between
		}
		p.write("> " + l + "\n")
	}
}

func (p *painter) item(nodes []chat.Node) string {
	words := strings.ReplaceAll(p.apart(func(q *painter) {
		for _, n := range nodes {
			q.inline(n)
		}
	}), "\n", " ")
	if strings.TrimSpace(words) == "" {
		return between
	}
	return words
}

// inline paints a node where no block can stand; blocks become words.
func (p *painter) inline(n chat.Node) {
	switch n := n.(type) {
	case chat.Text:
		p.b.WriteString(p.e.text(clean(string(n))))
	case chat.Bold:
		p.styled("**", n)
	case chat.Italic:
		p.styled("*", n)
	case chat.Code:
		p.write(p.e.span(string(n)))
	case chat.Quote:
		for _, inner := range n {
			p.inline(inner)
		}
	case chat.List:
		for i, item := range n {
			if i > 0 {
				p.b.WriteString(", ")
			}
			p.b.WriteString(p.item(item))
		}
	case chat.Link:
		p.link(n.URL, n.Label)
	case chat.PostLink:
		p.post(n)
	case chat.Mention:
		p.mention(n)
	case chat.Room:
		p.named("<#", string(n.Channel), "#")
	}
}

// styled puts marks around each line. Blanks at its ends stay outside, where the service wants them.
func (p *painter) styled(mark string, nodes []chat.Node) {
	words := p.apart(func(q *painter) {
		for _, n := range nodes {
			q.inline(n)
		}
	})
	for i, l := range strings.Split(words, "\n") {
		if i > 0 {
			p.b.WriteByte('\n')
		}
		inner := strings.TrimSpace(l)
		if inner == "" {
			p.b.WriteString(l)
			continue
		}
		lead := l[:strings.Index(l, inner)]
		p.b.WriteString(lead)
		if strings.HasPrefix(inner, "*") {
			inner = between + inner
		}
		if strings.HasSuffix(inner, "*") && !strings.HasSuffix(inner, `\*`) {
			inner += between
		}
		p.write(mark + inner + mark)
		p.b.WriteString(l[len(lead)+len(strings.TrimSpace(l)):])
	}
}

func (p *painter) link(to, words string) {
	words = strings.TrimSpace(line(words))
	to, ok := address(to)
	switch {
	case !ok:
		p.b.WriteString(p.e.text(words))
	case words == "":
		p.write("<" + to + ">")
	default:
		p.write("[" + p.e.text(words) + "](<" + to + ">)")
	}
}

func (p *painter) post(n chat.PostLink) {
	words := n.Label
	if strings.TrimSpace(line(words)) == "" {
		words = "a message"
	}
	guild, ok := p.guild(n.Channel)
	channel, message := string(n.Channel), string(n.Message)
	if thread, id, inThread := strings.Cut(message, "."); inThread {
		channel, message = thread, id
	}
	if !ok || snowflake(channel) == 0 || snowflake(message) == 0 {
		p.b.WriteString(p.e.text(line(words)))
		return
	}
	p.link("https://discord.com/channels/"+guild+"/"+channel+"/"+message, words)
}

func (p *painter) mention(n chat.Mention) {
	if p.named("<@", string(n.User), "@") && (n.Ping || p.all) {
		p.pings = append(p.pings, string(n.User))
	}
}

// named writes an identifier that clients show as a name; what is none is written as it is.
func (p *painter) named(open, id, sign string) bool {
	if snowflake(id) == 0 {
		p.b.WriteString(p.e.text(sign + line(id)))
		return false
	}
	p.write(open + id + ">")
	return true
}
