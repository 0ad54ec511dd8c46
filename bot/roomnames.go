package bot

import (
	"context"
	"strings"
	"sync"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// roomNames remembers in memory what rooms are called, for where one is chosen from a list. It is never stored.
type roomNames struct {
	mu    sync.Mutex
	known map[chat.ChannelID]string
	asked time.Time
}

// meetRooms asks the service what rooms are called, at most once an hour. It does I/O, and so comes before a turn.
func (c *Connection) meetRooms(ctx context.Context, now time.Time) {
	directory, ok := c.Adapter.(chat.Directory)
	r := &c.names
	r.mu.Lock()
	fresh := r.known != nil && now.Sub(r.asked) < profileAge
	r.asked = now
	r.mu.Unlock()
	if !ok || fresh {
		return
	}
	rooms, err := directory.Channels(ctx, "")
	if err != nil {
		return
	}
	known := map[chat.ChannelID]string{}
	for _, room := range rooms {
		known[room.Channel] = room.Name
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.known = known
}

// called gives a room's name as it stands after "#"; its identifier where the service has not told.
func (c *Connection) called(channel chat.ChannelID) string {
	r := &c.names
	r.mu.Lock()
	defer r.mu.Unlock()
	if name := strings.TrimPrefix(r.known[channel], "#"); name != "" {
		return name
	}
	return string(channel)
}
