package discord

import (
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

var _ chat.Marker = (*Adapter)(nil)

// CursorAt gives the first identifier of a millisecond.
func (a *Adapter) CursorAt(t time.Time) chat.Cursor { return chat.Cursor(flake(since(t))) }
