package slack

import (
	"context"
	"net/url"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// looked is what had to be looked up for a message: names of people who are not to be notified, addresses of messages.
type looked struct {
	names map[chat.UserID]string
	links map[message]string
}

// A message waits for what it needs, but neither for many requests nor for long.
const (
	mostLookups = 20
	lookUpTime  = 5 * time.Second
)

// lookUp finds what the nodes need. What cannot be had is left out: a message does without.
func (a *Adapter) lookUp(ctx context.Context, op string, nodes []chat.Node, private bool) looked {
	ctx, cancel := context.WithTimeout(ctx, lookUpTime)
	defer cancel()
	l := looked{names: map[chat.UserID]string{}, links: map[message]string{}}
	left := mostLookups
	walk(nodes, func(n chat.Node) {
		if left == 0 {
			return
		}
		switch n := n.(type) {
		case chat.Mention:
			if _, ok := l.names[n.User]; !ok && !n.Ping && !private && isID(string(n.User)) {
				left--
				p, _ := a.Person(ctx, n.User)
				l.names[n.User] = orElse(p.Name, p.Handle)
			}
		case chat.PostLink:
			at := message{n.Channel, n.Message}
			if _, ok := l.links[at]; !ok && isID(string(n.Channel)) && isMessage(n.Message) {
				left--
				l.links[at] = a.permalink(ctx, op, at)
			}
		}
	})
	return l
}

func walk(nodes []chat.Node, each func(chat.Node)) {
	for _, n := range nodes {
		switch n := n.(type) {
		case chat.Bold:
			walk(n, each)
		case chat.Italic:
			walk(n, each)
		case chat.Quote:
			walk(n, each)
		case chat.List:
			for _, item := range n {
				walk(item, each)
			}
		default:
			each(n)
		}
	}
}

// permalink asks Slack for a message's address, which for a reply names the thread too; empty where it is gone.
func (a *Adapter) permalink(ctx context.Context, op string, m message) string {
	if address, ok := a.links.get(m); ok {
		return address
	}
	var got struct {
		Permalink string `json:"permalink"`
	}
	args := url.Values{"channel": {string(m.channel)}, "message_ts": {string(m.id)}}
	if err := a.call(ctx, op, "chat.getPermalink", args, &got); err != nil {
		return ""
	}
	a.links.put(m, got.Permalink)
	return got.Permalink
}
