package local

import (
	"time"
	"unicode/utf8"

	"github.com/gofirst/gofirst/bot/chat"
)

// What the chat promises, in numbers.
const (
	maxSize     = 4000
	dedupWindow = 5 * time.Minute
)

// Adapter is the bot's end of a Chat. Besides what every adapter can do it is a Reactor, Commander,
// Former, Homer, Editor, Directory, Finder, Fetcher and Historian. Any number may be connected at once.
type Adapter struct{ c *Chat }

var (
	_ chat.Adapter   = (*Adapter)(nil)
	_ chat.Reactor   = (*Adapter)(nil)
	_ chat.Commander = (*Adapter)(nil)
	_ chat.Former    = (*Adapter)(nil)
	_ chat.Homer     = (*Adapter)(nil)
	_ chat.Editor    = (*Adapter)(nil)
	_ chat.Directory = (*Adapter)(nil)
	_ chat.Finder    = (*Adapter)(nil)
	_ chat.Fetcher   = (*Adapter)(nil)
)

// Connect gives the bot's end. It needs no closing.
func (c *Chat) Connect() *Adapter { return &Adapter{c} }

// Info tells that every connection gets every event, and that a key is known for five minutes.
func (a *Adapter) Info() chat.Info {
	return chat.Info{
		Service: "local", Self: a.c.self, MaxSize: maxSize, Dedup: dedupWindow, FanOut: true, Threads: true,
	}
}

// Size counts the characters of the rendering.
func (a *Adapter) Size(m chat.Message) int { return utf8.RuneCountInString(Render(m, a.c)) }

func failed(op string, k chat.Kind, err error) error { return &chat.Error{Op: op, Kind: k, Err: err} }
