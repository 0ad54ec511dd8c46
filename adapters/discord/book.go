package discord

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/gofirst/gofirst/bot/chat"
)

// book reads the messages of one channel, a page at a time, oldest first.
type book struct {
	channel string
	after   uint64
	page    []wireMessage
	last    bool
}

const pageSize = 100

// merged gives the messages of several channels after one, oldest first. It holds one page of each.
func (a *Adapter) merged(ctx context.Context, channels []string, after uint64, use func(room, wireMessage) error) error {
	var books []*book
	for _, c := range channels {
		books = append(books, &book{channel: c, after: after})
	}
	for {
		var first *book
		for _, b := range books {
			if err := a.fill(ctx, b); err != nil {
				return err
			}
			if len(b.page) > 0 && (first == nil || snowflake(b.page[0].ID) < snowflake(first.page[0].ID)) {
				first = b
			}
		}
		if first == nil {
			return nil
		}
		m := first.page[0]
		first.page = first.page[1:]
		c, err := a.room(ctx, "recover", first.channel)
		if err != nil {
			return err
		}
		m.Guild = c.guild
		if err := use(c, m); err != nil {
			return err
		}
	}
}

// fill fetches the next page where the last one is used up. A channel that went away meanwhile has no more.
func (a *Adapter) fill(ctx context.Context, b *book) error {
	if len(b.page) > 0 || b.last {
		return nil
	}
	path := fmt.Sprintf("/channels/%s/messages?limit=%d&after=%d", b.channel, pageSize, b.after)
	err := a.patiently(ctx, request{op: "recover", method: "GET", path: path}, &b.page)
	if a.passed(err) {
		b.last, b.page = true, nil
		var e *chat.Error
		if errors.As(err, &e) && e.Kind == chat.Refused {
			a.count(chat.Gaps)
			a.cfg.Log.Warn("a room cannot be read", "error", err)
		}
		return nil
	}
	if err != nil {
		return err
	}
	slices.SortFunc(b.page, func(x, y wireMessage) int { return compare(snowflake(x.ID), snowflake(y.ID)) })
	b.last = len(b.page) < pageSize
	if n := len(b.page); n > 0 {
		b.after = snowflake(b.page[n-1].ID)
	}
	return nil
}

func compare(a, b uint64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
