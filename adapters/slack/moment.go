package slack

import (
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

var _ chat.Marker = (*Adapter)(nil)

// CursorAt gives the timestamp of a second.
func (a *Adapter) CursorAt(t time.Time) chat.Cursor {
	return chat.Cursor(tsOf(t.Truncate(time.Second)))
}
