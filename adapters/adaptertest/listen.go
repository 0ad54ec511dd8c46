package adaptertest

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// listener runs an adapter as the bot does: again with the cursors that it had got to, whenever the
// connection is lost.
type listener struct {
	t       *trial
	a       chat.Adapter
	cancel  context.CancelFunc
	ended   chan struct{}
	refuses func(chat.Event) bool // says no to an event; nil takes all
	holds   func(chat.Event)      // is called before anything else, and may take its time

	mu      sync.Mutex
	tried   []chat.Event // all that was offered
	taken   []chat.Event
	cursors map[chat.ChannelID]chat.Cursor
	errs    []error // what Run returned
	changed chan struct{}
}

var errRefused = errors.New("the sink refuses this")

// listen starts a listener. It is stopped at the end of the check at the latest.
func (t *trial) listen(a chat.Adapter, since map[chat.ChannelID]chat.Cursor, refuses func(chat.Event) bool) *listener {
	t.Helper()
	return t.holding(a, since, refuses, func(chat.Event) {})
}

// holding is listen with a sink that takes its time.
func (t *trial) holding(a chat.Adapter, since map[chat.ChannelID]chat.Cursor, refuses func(chat.Event) bool, holds func(chat.Event)) *listener {
	ctx, cancel := context.WithCancel(context.Background())
	l := &listener{
		t: t, a: a, cancel: cancel, ended: make(chan struct{}), refuses: refuses, holds: holds,
		cursors: map[chat.ChannelID]chat.Cursor{}, changed: make(chan struct{}),
	}
	maps.Copy(l.cursors, since)
	go l.loop(ctx)
	t.Cleanup(func() {
		cancel()
		waitFor(l.ended, t.soon)
	})
	return l
}

// told listens to what is said: a live service once it is ready, a record that was written before.
func (t *trial) told(a chat.Adapter, s Service, who Speaker, texts ...string) (*listener, []chat.MessageID) {
	t.Helper()
	var l *listener
	if !a.Info().Replay {
		l = t.listen(a, nil, nil)
		t.ready(s)
	}
	var ids []chat.MessageID
	for _, text := range texts {
		ids = append(ids, s.Say(who, text))
	}
	if l == nil {
		l = t.listen(a, nil, nil)
	}
	return l, ids
}

func (t *trial) ready(s Service) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), t.patience)
	defer cancel()
	if err := s.Ready(ctx); err != nil {
		t.Fatalf("the adapter does not connect: %v", err)
	}
}

func (l *listener) loop(ctx context.Context) {
	defer close(l.ended)
	for failures := 0; failures < 10; failures++ {
		err := l.a.Run(ctx, l.reached(), l.sink)
		l.mu.Lock()
		l.errs = append(l.errs, err)
		l.mu.Unlock()
		if err == nil || ctx.Err() != nil {
			return
		}
		pause(ctx, time.Duration(failures)*20*time.Millisecond)
	}
}

func (l *listener) sink(ctx context.Context, e chat.Event) error {
	l.holds(e)
	l.mu.Lock()
	defer l.mu.Unlock()
	defer func() {
		close(l.changed)
		l.changed = make(chan struct{})
	}()
	l.tried = append(l.tried, e)
	if l.refuses != nil && l.refuses(e) {
		return errRefused
	}
	l.taken = append(l.taken, e)
	if h := e.Head(); h.Cursor != "" && !h.Place.Direct {
		l.cursors[h.Place.Channel] = h.Cursor
	}
	return nil
}

// reached gives the cursors as the bot would have stored them: none of direct places.
func (l *listener) reached() map[chat.ChannelID]chat.Cursor {
	l.mu.Lock()
	defer l.mu.Unlock()
	return maps.Clone(l.cursors)
}

// await waits until enough messages, as match knows them, were taken, and gives these.
func (l *listener) await(what string, enough int, match func(chat.MessagePosted) bool) []chat.MessagePosted {
	l.t.Helper()
	return l.until(what, enough, match, func() []chat.Event { return l.taken })
}

func (l *listener) until(what string, enough int, match func(chat.MessagePosted) bool, from func() []chat.Event) (found []chat.MessagePosted) {
	l.t.Helper()
	l.wait(func() bool {
		found = posted(from(), match)
		return len(found) >= enough
	}, func() {
		l.t.Fatalf("%s: %d of %d messages have come; Run returned %v", what, len(found), enough, l.returned())
	})
	return found
}

// heard waits for a number of events of any kind, and gives all there are by then.
func (l *listener) heard(enough int) (found []chat.Event) {
	l.t.Helper()
	l.wait(func() bool {
		found = slices.Clone(l.taken)
		return len(found) >= enough
	}, func() { l.t.Fatalf("%d of %d events have come; Run returned %v", len(found), enough, l.returned()) })
	return found
}

// othersHeard is heard without what the bot did itself, which services tell it too.
func (l *listener) othersHeard(enough int) (found []chat.Event) {
	l.t.Helper()
	l.wait(func() bool {
		found = slices.DeleteFunc(slices.Clone(l.taken), func(e chat.Event) bool { return e.Head().Actor.Self })
		return len(found) >= enough
	}, func() { l.t.Fatalf("%d of %d events have come; Run returned %v", len(found), enough, l.returned()) })
	return found
}

// wait waits until enough, called under the lock after every event, says so.
func (l *listener) wait(enough func() bool, fail func()) {
	l.t.Helper()
	timer := time.NewTimer(l.t.patience)
	defer timer.Stop()
	for {
		l.mu.Lock()
		done, changed := enough(), l.changed
		l.mu.Unlock()
		if done {
			return
		}
		select {
		case <-changed:
		case <-timer.C:
			fail()
		}
	}
}

func (l *listener) returned() []error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.errs)
}

// stop ends Run, and gives what the last call of it returned.
func (l *listener) stop() error {
	l.t.Helper()
	l.cancel()
	l.t.within("Run, after its context was cancelled,", func() { <-l.ended })
	errs := l.returned()
	return errs[len(errs)-1]
}
