package slack

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// How far back is read. A thread goes on where its root lies at most lookBack before the cursor.
const (
	lookBack   = 3 * 24 * time.Hour
	stretch    = 24 * time.Hour // what of one room is held in memory at once, at first
	longest    = 64 * stretch   // where next to nothing was said
	fewPosts   = 100
	unfamiliar = 10 * time.Minute
	pageSize   = "200"
	mostWaits  = 20 // times that one reading waits because Slack says so
)

// marks says from when on each room is read.
type marks struct {
	rooms   map[chat.ChannelID]time.Time
	directs time.Time
	others  time.Time // for rooms without a cursor
}

// parseCursors gives nil where there are no cursors: then the present begins.
func parseCursors(since map[chat.ChannelID]chat.Cursor) (*marks, error) {
	if len(since) == 0 {
		return nil, nil
	}
	m := &marks{rooms: map[chat.ChannelID]time.Time{}}
	var latest time.Time
	for channel, cursor := range since {
		at, ok := timeOf(string(cursor))
		if !ok {
			return nil, failed(opRun, chat.Refused, "a cursor is not one of this adapter's")
		}
		if at.After(latest) {
			latest = at
		}
		if channel != "" {
			m.rooms[channel] = at
		}
	}
	m.others = latest.Add(-unfamiliar)
	m.directs = m.others
	if c, ok := since[""]; ok {
		at, _ := timeOf(string(c))
		m.directs = at.Add(-unfamiliar) // another conversation may not have got that far
	}
	return m, nil
}

func (m *marks) of(c chat.ChannelInfo) time.Time {
	if c.Direct {
		return m.directs
	}
	if at, ok := m.rooms[c.Channel]; ok {
		return at
	}
	return m.others
}

// recover tells what was posted since the marks, room by room, and lets each room's live events through after it.
func (s *session) recover(m *marks) {
	s.recovering.Lock()
	defer s.recovering.Unlock()
	s.readAgain(m)
}

// readAgain is recover for who holds the lock.
func (s *session) readAgain(m *marks) {
	s.lanes.close()
	err := s.a.told(s.ctx, s.me, m.of, func(channel chat.ChannelID, batch []chat.MessagePosted) error {
		return s.store(channel, batch)
	}, func(channel chat.ChannelID) { s.lanes.open(string(channel)) })
	if err != nil {
		s.lost(err)
		return
	}
	s.lanes.open("")
}

// store hands recovered messages to the room's lane and waits until all are taken.
func (s *session) store(channel chat.ChannelID, batch []chat.MessagePosted) error {
	if len(batch) == 0 {
		return nil
	}
	var left atomic.Int64
	left.Store(int64(len(batch)))
	done := make(chan struct{})
	stored := func() {
		if left.Add(-1) == 0 {
			close(done)
		}
	}
	for _, m := range batch {
		t := &task{lane: string(channel), event: m, past: true, done: []func(){stored}}
		if c, ok := s.a.byName(m); ok {
			t.event = c
		}
		s.lanes.put(t)
	}
	select {
	case <-done:
		return nil
	case <-s.ctx.Done():
		return s.ctx.Err()
	}
}

// told reads every room from its mark on and tells it in stretches, oldest first.
func (a *Adapter) told(ctx context.Context, me *identity, mark func(chat.ChannelInfo) time.Time,
	tell func(chat.ChannelID, []chat.MessagePosted) error, over func(chat.ChannelID),
) error {
	var rooms []chat.ChannelInfo
	for _, kind := range []string{"public_channel", "private_channel", "im"} {
		some, err := a.conversations(ctx, opRun, kind)
		if err != nil && !a.passedOver(err, chat.ChannelInfo{}) {
			return err
		}
		rooms = append(rooms, some...)
	}
	for _, room := range rooms {
		err := a.reread(ctx, me, room, mark(room), func(batch []chat.MessagePosted) error { return tell(room.Channel, batch) })
		if err != nil && !a.passedOver(err, room) {
			return err
		}
		if over != nil {
			over(room.Channel)
		}
	}
	return nil
}

// passedOver says whether an error is a room's or a thread's own, which is no reason to leave the others unread. What
// is missing then is counted as a gap, but for what the bot has no right to read: of that, Sees tells.
func (a *Adapter) passedOver(err error, room chat.ChannelInfo) bool {
	var e *chat.Error
	if !errors.As(err, &e) || !errors.As(err, new(*apiError)) || e.Kind != chat.Refused && e.Kind != chat.Gone {
		return false
	}
	switch {
	case said(err, "missing_scope"):
		return true
	case tokenError(err):
		return false
	}
	a.tally.add(chat.Gaps)
	if room.Direct {
		room.Channel = "direct" // the identifier would tell whose it is
	}
	a.log.Warn("slack: what was said cannot be read again", "connection", a.cfg.Name, "room", string(room.Channel), "error", err)
	return true
}

// History tells what stands in the rooms, and in their threads, since a time.
func (a *Adapter) History(ctx context.Context, since time.Time, sink chat.Sink) error {
	me, err := a.known(ctx, "slack history")
	if err != nil {
		return err
	}
	return a.told(ctx, me, func(chat.ChannelInfo) time.Time { return since }, func(_ chat.ChannelID, batch []chat.MessagePosted) error {
		for _, m := range batch {
			if m.Cursor = ""; len(m.References) > 0 && m.References[0].Self && m.References[0].At == 0 && !m.Place.Direct {
				continue // a command of long ago
			}
			if err := sink(ctx, m); err != nil {
				return err
			}
		}
		return nil
	}, nil)
}
