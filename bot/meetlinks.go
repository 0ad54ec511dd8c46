package bot

import (
	"context"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// meetLinks finds out to which channel the first link of a command leads, on services whose links do not tell. It does
// I/O, and so comes before the turn that follows the link.
func (c *Connection) meetLinks(ctx context.Context, ev chat.Event) {
	linker, links := c.Adapter.(chat.Linker)
	fetcher, fetches := c.Adapter.(chat.Fetcher)
	text := addressed(c, ev)
	if !links || !fetches || !strings.Contains(text, "://") {
		return
	}
	for _, word := range strings.Fields(text) {
		channel, message, ok := linker.ParseLink(strings.Trim(word, linkQuotes))
		if ok && channel == "" {
			_, _, _ = fetcher.Fetch(ctx, "", message) // what it gives is not needed, and what is not found leads nowhere
			return
		}
	}
}

// addressed is what a person says to the bot with an event.
func addressed(c *Connection, ev chat.Event) string {
	switch ev := ev.(type) {
	case chat.CommandInvoked:
		return ev.Text
	case chat.MessagePosted:
		if ev.Place.Direct || len(ev.References) > 0 && c.isSelf(ev.References[0]) {
			return ev.Text
		}
	}
	return ""
}
