package slack

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"iter"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// reader reads one room.
type reader struct {
	a       *Adapter
	me      *identity
	room    chat.ChannelInfo
	threads map[chat.MessageID]thread
}

// reread tells one room from a time on, in stretches that grow while little is said.
func (a *Adapter) reread(ctx context.Context, me *identity, room chat.ChannelInfo, from time.Time, tell func([]chat.MessagePosted) error) error {
	r := reader{a, me, room, map[chat.MessageID]thread{}}
	if err := a.history(ctx, room.Channel, from.Add(-lookBack), from, r.note); err != nil {
		return err
	}
	end := a.now().Add(time.Minute) // clocks differ
	length := stretch
	for start := from; start.Before(end); {
		batch, err := r.stretch(ctx, start, start.Add(length))
		if err != nil {
			return err
		}
		if err := tell(inOrder(batch)); err != nil {
			return err
		}
		start = start.Add(length)
		if length *= 2; len(batch) > fewPosts || length > longest {
			length = stretch
		}
	}
	return nil
}

// stretch gives what was posted after start and until end, in the room and in its threads.
func (r reader) stretch(ctx context.Context, start, end time.Time) (batch []chat.MessagePosted, err error) {
	add := func(orphan bool) func(*inner) {
		return func(e *inner) {
			r.note(e)
			at, ok := timeOf(string(e.TS))
			if !ok || !at.After(start) || at.After(end) || e.Subtype == "tombstone" {
				return
			}
			if m, ok := r.me.posted(e, r.room.Channel); ok {
				m.Place.Direct = r.room.Direct
				m.Cursor, m.OrphanThread = cursorFor(m.Header), orphan
				batch = append(batch, m)
			}
		}
	}
	if err := r.a.history(ctx, r.room.Channel, start, end, add(false)); err != nil {
		return nil, err
	}
	for root, t := range r.threads {
		if !t.latest.After(start) {
			continue
		}
		if err := r.a.repliesOf(ctx, r.room.Channel, root, start, end, add(t.orphan)); err != nil {
			if !r.a.passedOver(err, r.room) {
				return nil, err
			}
			delete(r.threads, root)
		}
	}
	return batch, nil
}

// thread is what a history tells of one.
type thread struct {
	latest time.Time
	orphan bool // its root was deleted
}

func (r reader) note(e *inner) {
	if threadOf(e) != "" || e.LatestReply == "" && e.ReplyCount == 0 {
		return
	}
	at, ok := timeOf(e.LatestReply)
	if !ok {
		at = r.a.now().Add(stretch) // nobody says: perhaps just now
	}
	r.threads[e.TS] = thread{at, e.Subtype == "tombstone"}
}

// inOrder sorts by time and leaves out what was told twice: a reply that was also sent to the channel.
func inOrder(batch []chat.MessagePosted) []chat.MessagePosted {
	slices.SortStableFunc(batch, func(x, y chat.MessagePosted) int { return cmp.Compare(x.Time.UnixMicro(), y.Time.UnixMicro()) })
	return slices.CompactFunc(batch, func(x, y chat.MessagePosted) bool { return x.ID == y.ID })
}

// history goes through the top level of a room.
func (a *Adapter) history(ctx context.Context, channel chat.ChannelID, after, until time.Time, each func(*inner)) error {
	args := url.Values{"channel": {string(channel)}, "include_all_metadata": {"true"}}
	return a.messages(ctx, "conversations.history", args, after, until, each)
}

// repliesOf goes through a thread. Slack tells the root with every page; it is left out by its time.
func (a *Adapter) repliesOf(ctx context.Context, channel chat.ChannelID, root chat.MessageID, after, until time.Time, each func(*inner)) error {
	args := url.Values{"channel": {string(channel)}, "ts": {string(root)}, "include_all_metadata": {"true"}}
	return a.messages(ctx, "conversations.replies", args, after, until, each)
}

func (a *Adapter) messages(ctx context.Context, method string, args url.Values, after, until time.Time, each func(*inner)) error {
	args.Set("oldest", tsOf(after))
	args.Set("latest", tsOf(until))
	args.Set("inclusive", "true")
	return a.pages(ctx, opRun, method, args, func(page *messagePage) {
		for e := range page.messages(a) {
			each(e)
		}
	})
}

type messagePage struct {
	Messages []json.RawMessage `json:"messages"`
	Metadata struct {
		NextCursor string `json:"next_cursor"`
	} `json:"response_metadata"`
}

// messages goes through a page. A message that makes no sense costs nothing but itself.
func (p *messagePage) messages(a *Adapter) iter.Seq[*inner] {
	return func(yield func(*inner) bool) {
		for _, raw := range p.Messages {
			e := new(inner)
			if err := json.Unmarshal(raw, e); err != nil {
				a.log.Warn("slack: a message makes no sense", "connection", a.cfg.Name)
				continue
			}
			if !yield(e) {
				return
			}
		}
	}
}

// pages reads a list of messages to its end, and waits where Slack says so: reading, unlike sending, is nobody
// else's to pace.
func (a *Adapter) pages(ctx context.Context, op, method string, args url.Values, each func(*messagePage)) error {
	args.Set("limit", pageSize)
	for {
		var page messagePage
		if err := a.patiently(ctx, func() error { return a.call(ctx, op, method, args, &page) }); err != nil {
			return err
		}
		each(&page)
		if page.Metadata.NextCursor == "" {
			return nil
		}
		args.Set("cursor", page.Metadata.NextCursor)
	}
}

// patiently repeats a reading while Slack says to wait.
func (a *Adapter) patiently(ctx context.Context, read func() error) error {
	for waits := 0; ; waits++ {
		err := read()
		var e *chat.Error
		if !errors.As(err, &e) || e.Kind != chat.Later || e.Wait == 0 || waits == mostWaits {
			return err
		}
		a.log.Info("slack: reading waits", "connection", a.cfg.Name, "seconds", strconv.Itoa(int(e.Wait.Seconds())))
		timer := time.NewTimer(e.Wait)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		}
	}
}
