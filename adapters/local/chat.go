// Package local is a chat in one process: people, rooms, threads, reactions, direct messages with the
// bot, commands, buttons and forms. With it a reader can try gofirst without any service, watch the
// demo, play a transcript, and test the engine: the fake passes the same suite as the real adapters.
//
// A Chat is the service, its methods are what people do, and Connect gives the chat.Adapter through
// which the bot takes part. Everything is deterministic: identifiers come from the given clock and a
// counter, and nothing happens but what was asked for.
//
// It never talks to a network, never reads a clock of its own, and never shows anybody's words in a
// way that could move a terminal's cursor or forge a line.
package local

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// Options are given to New and Open.
type Options struct {
	Space chat.SpaceID     // the only space; "local" where empty
	Now   func() time.Time // the chat's clock; required. Its location is the one in which posts are shown
	Bot   string           // the bot's handle and identifier; "gofirst" where empty
}

// Chat is the service: its state, and the ordered log of all that happened. It is safe for concurrent use.
type Chat struct {
	space chat.SpaceID
	self  chat.UserID
	now   func() time.Time

	mu       sync.Mutex
	last     int64 // the newest record's number
	people   map[chat.UserID]chat.Profile
	handles  map[string]chat.UserID
	groups   map[chat.GroupID][]chat.UserID
	channels map[chat.ChannelID]*channel
	order    []*channel // as they were made
	events   []chat.Event
	posts    []Post
	sent     map[string]chat.Receipt // by delivery key: the newest
	replies  map[chat.ReplyHandle]*reply
	homes    map[chat.UserID]Home
	commands []chat.Command
	actions  []chat.Action
	changed  chan struct{} // closed and replaced with every event

	file   *os.File // nil where nothing is kept
	size   int64    // of the file, up to its last whole line
	broken error    // why the file can no longer be written

	watchers   []*watcher
	announced  int
	announcing bool
}

type channel struct {
	id       chat.ChannelID
	name     string
	direct   chat.UserID // the person, where this is a conversation with the bot
	members  []chat.UserID
	messages map[chat.MessageID]*message
	log      []numbered
}

type numbered struct {
	id    int64
	event chat.Event
}

type message struct {
	id        chat.MessageID
	author    chat.UserID
	thread    chat.MessageID
	text      string
	buttons   []chat.Button
	reactions []Reacted
	only      chat.UserID // who alone sees it, where it was a private answer
	deleted   bool
}

// Reacted is one person's reaction to a message.
type Reacted struct {
	User  chat.UserID
	Emoji string
}

// New makes an empty chat that keeps everything in memory. It panics where o.Now is missing.
func New(o Options) *Chat {
	if o.Now == nil {
		panic("local.New: Options.Now is missing")
	}
	c := &Chat{
		space:    o.Space,
		self:     chat.UserID(o.Bot),
		now:      o.Now,
		people:   map[chat.UserID]chat.Profile{},
		handles:  map[string]chat.UserID{},
		groups:   map[chat.GroupID][]chat.UserID{},
		channels: map[chat.ChannelID]*channel{},
		sent:     map[string]chat.Receipt{},
		replies:  map[chat.ReplyHandle]*reply{},
		homes:    map[chat.UserID]Home{},
		changed:  make(chan struct{}),
	}
	if c.space == "" {
		c.space = "local"
	}
	if c.self == "" {
		c.self = "gofirst"
	}
	c.people[c.self] = chat.Profile{User: c.self, Name: string(c.self), Handle: string(c.self), Bot: true}
	c.handles[fold(string(c.self))] = c.self
	return c
}

// Self is the bot's own account.
func (c *Chat) Self() chat.UserID { return c.self }

// Space is the chat's only space.
func (c *Chat) Space() chat.SpaceID { return c.space }

// Events gives all that happened, the bot's own messages included, in order. The slice is never
// changed; a later call gives a longer one, so that a driver can go on from where it was.
func (c *Chat) Events() []chat.Event {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.events[:len(c.events):len(c.events)]
}

// Close closes the file of a chat that was opened with Open; for any other it does nothing. It reports
// the first failure to write, also one that a setting-up method could not return.
func (c *Chat) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.file == nil {
		return nil
	}
	err := errors.Join(c.broken, c.file.Close())
	c.file, c.broken = nil, errors.New("local: the chat is closed")
	return err
}

// do numbers a record, keeps it and lets it happen. The caller has checked that it makes sense.
func (c *Chat) do(r record) (chat.Event, error) {
	r.Text = strings.ToValidUTF8(r.Text, "\uFFFD")
	r.At = c.now().Round(0).Truncate(time.Microsecond)
	r.ID = max(r.At.UnixMicro(), c.last+1)
	if err := c.keep(r); err != nil {
		return nil, err
	}
	return c.apply(r)
}

// happened appends an event to the log and wakes those who stream it.
func (c *Chat) happened(id int64, ch *channel, e chat.Event) chat.Event {
	ch.log = append(ch.log, numbered{id, e})
	c.events = append(c.events, e)
	close(c.changed)
	c.changed = make(chan struct{})
	return e
}

// header is what all events have in common.
func (c *Chat) header(r record, ch *channel, thread chat.MessageID) chat.Header {
	return chat.Header{
		ID:     chat.EventID(fmt.Sprintf("e%016d", r.ID)),
		Place:  chat.Place{Space: c.space, Channel: ch.id, Thread: thread, Direct: ch.direct != ""},
		Actor:  c.actor(r.User),
		Time:   r.At,
		Cursor: chat.Cursor(fmt.Sprintf("%016d", r.ID)),
	}
}

func (c *Chat) actor(u chat.UserID) chat.Actor {
	return chat.Actor{User: u, Bot: c.people[u].Bot, Self: u == c.self}
}
