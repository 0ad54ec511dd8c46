package export

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// discordLane is one file while it is read. It is opened when the common order has come to its first message.
type discordLane struct {
	*discordFile
	number   int
	in       *messages // nil before it is opened
	message  discordMessage
	at       time.Time // of message
	position int64     // bytes counted so far
	threads  *threads
	cursor   int64
}

func (l *discordLane) rank() int { return l.number }

func (l *discordLane) key() int64 {
	if l.in == nil {
		return l.first
	}
	return l.at.UnixMicro()
}

// run tells the messages of all files in the order of time.
func (d *discord) run(ctx context.Context, out *stream) error {
	lanes, err := d.lanes(out.since)
	if err != nil {
		return err
	}
	defer func() {
		for _, l := range lanes {
			if l.in != nil {
				l.in.close()
			}
		}
	}()
	for len(lanes) > 0 {
		l := lanes[0]
		if l.in != nil {
			if err := l.tell(ctx, out); err != nil {
				return err
			}
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if l.advance(out.tally) {
			lanes.sink(0)
			continue
		}
		lanes.drop()
	}
	return ctx.Err()
}

// lanes makes a lane of each file. Files of one channel share what is known of its threads.
func (d *discord) lanes(since map[chat.ChannelID]chat.Cursor) (merge[*discordLane], error) {
	var lanes merge[*discordLane]
	known := map[chat.ChannelID]*threads{}
	for i := range d.files {
		f := &d.files[i]
		if known[f.channel] == nil {
			known[f.channel] = &threads{}
		}
		l := &discordLane{discordFile: f, number: i, threads: known[f.channel]}
		if c := since[f.channel]; c != "" {
			var err error
			if l.cursor, err = strconv.ParseInt(string(c), 10, 64); err != nil {
				return nil, refused("run", fmt.Sprintf("the cursor of channel %s is none of a Discord export", f.channel))
			}
		}
		lanes = append(lanes, l)
	}
	lanes.start()
	return lanes, nil
}

// advance reads the lane's next message; false, and the file is closed, after the last one or where it breaks.
func (l *discordLane) advance(t *tally) bool {
	if l.in == nil {
		in, err := openMessages(l.file)
		if err != nil {
			t.broken(brokenFile, l.name, err)
			return false
		}
		l.in = in
	}
	for l.in.dec.More() {
		l.message = discordMessage{}
		err := l.in.next(&l.message)
		t.done.Add(l.in.dec.InputOffset() - l.position)
		l.position = l.in.dec.InputOffset()
		var kind *json.UnmarshalTypeError
		switch {
		case err == nil && l.readable(t):
			return true
		case err == nil:
		case errors.As(err, &kind):
			t.rows.Add(1)
			t.broken(brokenRecord, l.name, l.in.place(err))
		default:
			t.broken(brokenFile, l.name, l.in.place(err))
			l.end(t)
			return false
		}
	}
	if _, err := l.in.dec.Token(); err != nil {
		t.broken(brokenFile, l.name, l.in.place(err))
	}
	l.end(t)
	return false
}

// end closes the file and counts what stands after its messages.
func (l *discordLane) end(t *tally) {
	t.done.Add(l.size - l.position)
	l.in.close()
}

// readable counts the message that was just read, and reports whether it has a place in the order.
func (l *discordLane) readable(t *tally) bool {
	t.rows.Add(1)
	l.at = l.message.time()
	if l.at.Unix() <= 0 || l.message.number() == 0 {
		t.add(unreadableTime, 1)
		return false
	}
	return true
}

// tell hands on the message at which the lane stands.
func (l *discordLane) tell(ctx context.Context, out *stream) error {
	m, t := &l.message, out.tally
	id := m.number()
	if !l.threads.see(id) {
		t.add(duplicate, 1)
		return nil
	}
	root, orphan := l.thread(m)
	if root != 0 {
		l.threads.join(id, root)
	}
	t.add(timelessReactions, m.reactions())
	if m.Edited != nil {
		t.add(editedText, 1)
	}
	if m.Author.ID == "" {
		t.add(noAuthor, 1)
	}
	if orphan {
		t.add(orphanReplies, 1)
	}
	if id <= l.cursor {
		t.add(beforeCursor, 1)
		return nil
	}
	return out.emit(ctx, l.at.UnixMicro(), m.event(l.discordFile, l.at, root, orphan))
}

// thread finds the root of the conversation that a reply belongs to.
func (l *discordLane) thread(m *discordMessage) (root int64, orphan bool) {
	r := m.Reference
	if m.Type != "Reply" || r == nil || r.Type == "Forward" || r.Channel != "" && r.Channel != string(l.channel) {
		return 0, false
	}
	to, err := strconv.ParseInt(r.Message, 10, 64)
	if err != nil || to <= 0 {
		return 0, true // the message that was replied to is deleted
	}
	root, seen := l.threads.root(to)
	return root, !seen
}
