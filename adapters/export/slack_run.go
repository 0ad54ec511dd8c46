package export

import (
	"context"
	"fmt"
	"slices"

	"github.com/gofirst/gofirst/bot/chat"
)

// slackLane is one channel while it is read. A day file is opened only when the common order has come to
// the day, so only channels that are awake at that time take memory.
type slackLane struct {
	slackDayRows
	room   *slackRoom
	number int
	day    int // the next day file
	at     int // the next row
	roots  roots
	before []int64 // the times of the day before, against messages that stand in two files
	cursor int64   // up to where the channel was told before; 0 once that is passed
}

func (l *slackLane) rank() int { return l.number }

func (l *slackLane) key() int64 {
	if l.at < len(l.rows) {
		return l.rows[l.at].micros
	}
	return l.room.days[l.day].earliest
}

// run tells the messages of all channels in the order of time.
func (s *slack) run(ctx context.Context, out *stream) error {
	lanes, err := s.lanes(out.since)
	if err != nil {
		return err
	}
	loader := newSlackLoader(s.dir, out.tally)
	for len(lanes) > 0 {
		l := lanes[0]
		switch {
		case l.at < len(l.rows):
			if err := s.tell(ctx, l, out); err != nil {
				return err
			}
			l.step()
		case l.day < len(l.room.days):
			if err := ctx.Err(); err != nil {
				return err
			}
			l.load(loader, out.tally)
		}
		if l.at == len(l.rows) && l.day == len(l.room.days) {
			lanes.drop()
			continue
		}
		lanes.sink(0)
	}
	return ctx.Err()
}

// lanes opens a lane for each channel that has a day.
func (s *slack) lanes(since map[chat.ChannelID]chat.Cursor) (merge[*slackLane], error) {
	var lanes merge[*slackLane]
	for i := range s.rooms {
		room := &s.rooms[i]
		l := &slackLane{room: room, number: i}
		if c := since[room.channel]; c != "" {
			micros, ok := slackTime([]byte(c))
			if !ok {
				return nil, refused("run", fmt.Sprintf("the cursor of channel %s is none of a Slack export", room.channel))
			}
			l.cursor = micros
		}
		if len(room.days) > 0 {
			lanes = append(lanes, l)
		}
	}
	lanes.start()
	return lanes, nil
}

// step goes to the next row, and lets go of the day's words after the last one.
func (l *slackLane) step() {
	if l.at++; l.at == len(l.rows) {
		l.ids, l.texts, l.refs = "", "", nil
	}
}

// load reads the lane's next day file; a broken one is counted and passed over.
func (l *slackLane) load(loader *slackLoader, t *tally) {
	l.before = l.before[:0]
	for i := range l.rows {
		l.before = append(l.before, l.rows[i].micros)
	}
	day := l.room.days[l.day]
	l.day++
	l.at = 0
	switch err := loader.load(day.file, l.room.channel, &l.slackDayRows); err {
	case nil:
	case errTooBig:
		t.broken(fileTooBig, day.name, err)
	default:
		t.broken(brokenFile, day.name, err)
	}
	t.done.Add(day.size)
	l.settle(t)
}

// settle drops what stands twice and finds the replies whose root is not there.
func (l *slackLane) settle(t *tally) {
	last := int64(0)
	l.rows = slices.DeleteFunc(l.rows, func(r slackRow) bool {
		_, told := slices.BinarySearch(l.before, r.micros)
		twice := told || r.micros == last || r.root == 0 && !l.roots.add(r.micros)
		last = r.micros
		if twice {
			t.add(duplicate, 1)
		}
		return twice
	})
	for i := range l.rows {
		if r := &l.rows[i]; r.root != 0 && (r.root > r.micros || !l.roots.has(r.root)) {
			r.orphan = true
			t.add(orphanReplies, 1)
		}
	}
}

// tell hands on the lane's next row, unless it was told before.
func (s *slack) tell(ctx context.Context, l *slackLane, out *stream) error {
	r := &l.rows[l.at]
	if l.cursor != 0 {
		if r.micros == l.cursor {
			l.cursor = 0
			out.tally.add(beforeCursor, 1)
			return nil
		}
		if r.micros < l.cursor {
			out.tally.add(beforeCursor, 1)
			return nil
		}
		l.cursor = 0
	}
	return out.emit(ctx, r.micros, l.event(s.space, r))
}

// event makes the event of a row.
func (l *slackLane) event(space chat.SpaceID, r *slackRow) chat.Event {
	id := r.id.of(l.ids)
	ts := id[len(l.room.channel)+1:]
	head := chat.Header{
		ID:     chat.EventID(id),
		Place:  chat.Place{Space: space, Channel: l.room.channel, Thread: chat.MessageID(r.thread.of(l.ids))},
		Actor:  chat.Actor{User: r.user, Bot: r.program},
		Time:   moment(r.micros),
		Cursor: chat.Cursor(ts),
	}
	switch r.kind {
	case slackJoined:
		return chat.MemberJoined{Header: head}
	case slackLeft:
		return chat.MemberLeft{Header: head}
	}
	return chat.MessagePosted{
		Header: head, Message: chat.MessageID(ts), Text: r.text.of(l.texts), References: l.references(r.refs),
		Attachments: int(r.files), System: r.kind == slackSystem, Broadcast: r.shared, OrphanThread: r.orphan,
	}
}

// references gives a row's part of the day's list, closed against appending into the next row's.
func (l *slackLane) references(s span) []chat.Reference {
	if s.from == s.to {
		return nil
	}
	return l.refs[s.from:s.to:s.to]
}
