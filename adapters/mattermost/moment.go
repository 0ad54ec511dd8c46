package mattermost

import (
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

var _ chat.Marker = (*Adapter)(nil)

// CursorAt gives the millisecond.
func (a *Adapter) CursorAt(t time.Time) chat.Cursor { return cursor(t.UnixMilli()) }
