package adaptertest

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

func historyChecks() []check {
	return []check{
		{"Historian: tells what was said, as Run does", nil, historyAsRun},
		{"Historian: ends where its context does, or its sink refuses", nil, historyEnds},
	}
}

// history gives all that is told since a time.
func (t *trial) history(a chat.Adapter, since time.Time) (all []chat.Event) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), t.patience)
	defer cancel()
	var mu sync.Mutex // rooms may be told at once
	err := ability[chat.Historian](t, a).History(ctx, since, func(_ context.Context, e chat.Event) error {
		mu.Lock()
		defer mu.Unlock()
		all = append(all, e)
		return nil
	})
	t.fine("History", err)
	return all
}

func historyAsRun(t *trial) {
	a, s := t.open()
	ability[chat.Historian](t, a)
	l, ids := t.told(a, s, Person, "one", "two", "three")
	live := l.await("all", 3, among(ids))
	if r, ok := s.(Replier); ok && a.Info().Threads {
		ids = append(ids, r.Reply(ids[0], "a reply"))
		live = l.await("all, and a reply", 4, among(ids))
	}
	l.stop()
	all := t.history(a, live[0].Time.Add(-time.Minute))
	told := posted(all, among(ids))
	if got := t.once(append(slices.Clone(live), told...)); len(told) != len(ids) || !slices.Equal(got, ids) {
		t.Errorf("the history of %v is %+v", ids, told)
	}
	for _, e := range all {
		if e.Head().Cursor != "" {
			t.Errorf("the history has the cursor %q", e.Head().Cursor)
		}
	}
	since := live[len(live)-1].Time.Add(time.Hour)
	if late := t.history(a, since); len(late) != 0 {
		t.Errorf("an hour after the last message the history tells %+v", late)
	}
}

func historyEnds(t *trial) {
	a, s := t.open()
	h := ability[chat.Historian](t, a)
	l, ids := t.told(a, s, Person, "one", "two")
	since := l.await("all", 2, among(ids))[0].Time.Add(-time.Minute)
	l.stop()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var err error
	t.within("History, whose sink refuses,", func() {
		err = h.History(ctx, since, func(context.Context, chat.Event) error { return errRefused })
	})
	if err == nil {
		t.Error("History returns no error, though its sink refused")
	}
	cancel()
	t.within("History, whose context is done,", func() {
		err = h.History(ctx, since, func(context.Context, chat.Event) error { return nil })
	})
	if err == nil {
		t.Error("History returns no error, though its context was done")
	}
}
