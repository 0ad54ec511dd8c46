package local

import (
	"slices"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// Kind says what a Post shows.
type Kind string

// What can be seen to happen.
const (
	Said            Kind = "said"
	Edited          Kind = "edited"
	Deleted         Kind = "deleted"
	ReactionSet     Kind = "reaction set"
	ReactionRemoved Kind = "reaction removed"
	Joined          Kind = "joined"
	Left            Kind = "left"
	Commanded       Kind = "commanded" // Text is the whole line, "/gofirst …"
	Pressed         Kind = "pressed"   // Buttons holds the one that was pressed
	FormOpened      Kind = "form opened"
	Submitted       Kind = "submitted"
	Acted           Kind = "acted" // Text is the action's name
)

// Post is one thing that somebody saw happen: what people and the bot said, in one order.
type Post struct {
	Kind    Kind
	Time    time.Time
	From    chat.UserID
	Bot     bool        // From is this bot
	Self    chat.UserID // this bot
	To      chat.UserID // who else sees it; empty where the whole channel does
	Private bool        // nobody but From and To sees it
	Channel chat.ChannelID
	Direct  bool // Channel is somebody's conversation with the bot
	Thread  chat.MessageID
	Answers chat.UserID // who wrote the root of the thread, or what is reacted to
	Message chat.MessageID
	Text    string // plain, without the buttons
	Nodes   []chat.Node
	Buttons []chat.Button
	Pings   []chat.UserID // whom the bot's message notifies
	Key     string
	Reply   chat.ReplyHandle // the handle that was made, or that this answers
	Form    *chat.Form
}

type watcher struct{ see func(Post) }

// Posts gives all that was seen, in order. The slice is never changed; a later call gives a longer one.
func (c *Chat) Posts() []Post {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.posts[:len(c.posts):len(c.posts)]
}

// OnPost calls see with each post from now on, in order and one at a time, until stop is called. It may
// call the chat; where two goroutines act at once, either may be the one that calls it.
func (c *Chat) OnPost(see func(Post)) (stop func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	w := &watcher{see}
	c.watchers = append(c.watchers, w)
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.watchers = slices.DeleteFunc(slices.Clone(c.watchers), func(x *watcher) bool { return x == w })
	}
}

// post completes a post from its record and appends it to the log.
func (c *Chat) post(ch *channel, r record, p Post) {
	p.Time, p.From, p.Bot, p.Self = r.At, r.User, r.User == c.self, c.self
	p.Channel, p.Direct = ch.id, ch.direct != ""
	p.Message, p.Thread, p.To = r.Message, r.Thread, r.only
	if m := ch.messages[r.Message]; m != nil {
		p.Thread = m.thread
	}
	if root := ch.messages[p.Thread]; root != nil {
		p.Answers = root.author
	}
	switch p.Kind {
	case ReactionSet, ReactionRemoved:
		p.Answers = ch.messages[r.Message].author
	case Commanded, Pressed, Submitted, Acted:
		p.To = c.self
	}
	if p.Direct && p.Bot {
		p.To = ch.direct
	} else if p.Direct {
		p.To = c.self
	}
	p.Private = p.To != ""
	c.posts = append(c.posts, p)
}

// announce tells the watchers what they have not yet seen. Called without the lock. Where it is already
// running, further up this stack or elsewhere, that call goes on with the new posts.
func (c *Chat) announce() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.announcing {
		return
	}
	c.announcing = true
	defer func() { c.announcing = false }()
	for c.announced < len(c.posts) {
		p, watchers := c.posts[c.announced], c.watchers
		c.announced++
		c.unlocked(func() {
			for _, w := range watchers {
				w.see(p)
			}
		})
	}
}

func (c *Chat) unlocked(f func()) {
	c.mu.Unlock()
	defer c.mu.Lock()
	f()
}
