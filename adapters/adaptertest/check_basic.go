package adaptertest

import (
	"context"
	"errors"
	"net/http"

	"github.com/gofirst/gofirst/bot/chat"
)

func basicChecks() []check {
	return []check{
		{"Info is constant", nil, infoIsConstant},
		{"Info and Size ask nobody", []Part{Sending, Statuses}, infoAsksNobody},
		{"Run returns soon after cancel", nil, runReturns},
		{"Run returns at once where its context is done", nil, runReturnsAtOnce},
		{"a source that can only be heard refuses to send", nil, listenerRefuses},
	}
}

func infoIsConstant(t *trial) {
	a, s := t.open()
	before := a.Info()
	if before.Service == "" {
		t.Error("Info names no service")
	}
	if before.MaxSize < 0 || before.PerChannel < 0 || before.InAll < 0 || before.Dedup < 0 {
		t.Errorf("Info has negative numbers: %+v", before)
	}
	l, ids := t.told(a, s, Person, "hello")
	l.await("a message", 1, is(ids[0]))
	during := a.Info()
	l.stop()
	if after := a.Info(); before != during || during != after {
		t.Errorf("Info changes: %+v, while running %+v, then %+v", before, during, after)
	}
}

// infoAsksNobody plants a failure and looks whether it is still there.
func infoAsksNobody(t *trial) {
	a, s := t.open()
	s.FailNext(http.StatusInternalServerError, nil)
	a.Info()
	a.Size(note(s, 1, "hello").Message)
	t.failure(a, note(s, 1, "hello"), "after Info and Size", chat.Unsure, chat.Later)
}

func runReturns(t *trial) {
	a, s := t.open()
	l, ids := t.told(a, s, Person, "hello")
	l.await("a message", 1, is(ids[0]))
	err := l.stop()
	if ended := a.Info().Replay && err == nil; !ended && !errors.Is(err, context.Canceled) {
		t.Errorf("Run returns %v, want the context's error", err)
	}
}

func runReturnsAtOnce(t *trial) {
	a, _ := t.open()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var err error
	t.within("Run", func() { err = a.Run(ctx, nil, func(context.Context, chat.Event) error { return nil }) })
	if err == nil {
		t.Error("Run returns no error, though its context was done before")
	}
}

func listenerRefuses(t *trial) {
	why, listens := t.h.Not()[Sending]
	if !listens {
		t.Skip("this one sends")
	}
	t.Log(why)
	a, s := t.open()
	t.failure(a, note(s, 1, "hello"), "through a source that can only be heard", chat.Refused)
}
