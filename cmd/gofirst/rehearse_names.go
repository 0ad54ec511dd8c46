package main

import (
	"context"
	"fmt"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/replay"
)

// masked names rooms, and numbers people in the order in which they come up.
type masked struct {
	ctx    context.Context
	record replay.Record
	plain  bool
	seen   map[chat.UserID]int
}

func (c *rehearseCmd) namer(ctx context.Context, record replay.Record) replay.Namer {
	return &masked{ctx: ctx, record: record, plain: c.Names, seen: map[chat.UserID]int{}}
}

// Person gives a person's name, or "person 3".
func (m *masked) Person(user chat.UserID) string {
	if m.plain {
		if p, err := m.record.Person(m.ctx, user); err == nil && p.Name != "" {
			return p.Name
		}
		return string(user)
	}
	if m.seen[user] == 0 {
		m.seen[user] = len(m.seen) + 1
	}
	return fmt.Sprintf("person %d", m.seen[user])
}

// Room gives a room's name.
func (m *masked) Room(channel chat.ChannelID) string {
	if info, err := m.record.Channel(m.ctx, channel); err == nil && info.Name != "" {
		return info.Name
	}
	return string(channel)
}
