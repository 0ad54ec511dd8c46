package adaptertest

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

func patienceChecks() []check {
	return []check{
		{"after its wait a message is taken once", []Part{Sending, Statuses}, takenAfterWait},
		{"a slow service is Unsure by the deadline", []Part{Sending}, slowIsUnsure},
		{"a Send that is cancelled on its way does not hang", []Part{Sending}, cancelledOnItsWay},
		{"a hundred are sent at once", []Part{Sending}, hundredAtOnce},
	}
}

// takenAfterWait waits as long as it was told, which is what the check is about.
func takenAfterWait(t *trial) {
	a, s := t.open()
	s.FailNext(http.StatusTooManyRequests, http.Header{"Retry-After": {"1"}})
	e := t.failure(a, note(s, 1, "hello"), "when it is told to wait a second", chat.Later)
	if e.Wait < time.Second || e.Wait > time.Minute+time.Second {
		t.Fatalf("the error says to wait %v, want 1s and at most a minute more", e.Wait)
	}
	t.stands(s, 0)
	pause(t.Context(), min(e.Wait, 3*time.Second))
	r := t.send(a, note(s, 1, "hello"))
	t.seen(s, r.Message)
	t.stands(s, 1)
}

func slowIsUnsure(t *trial) {
	a, s := t.open()
	release := has[Staller](t, s).Stall()
	defer release()
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	var err error
	t.within("Send, past its deadline,", func() { _, err = a.Send(ctx, note(s, 1, "hello")) })
	t.kind(err, "Send past its deadline", chat.Unsure)
}

// cancelledOnItsWay cancels twice while the service has the request, and then sends once in earnest.
func cancelledOnItsWay(t *trial) {
	a, s := t.open()
	release := has[Staller](t, s).Stall()
	defer release()
	for n := range 2 {
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			defer cancel()
			pause(ctx, 20*time.Millisecond)
		}()
		var err error
		t.within("Send, which is cancelled on its way,", func() { _, err = a.Send(ctx, note(s, n, "never mind")) })
		t.kind(err, "Send that is cancelled on its way", chat.Unsure, chat.Later) // Later where it had not begun
	}
	release()
	t.seen(s, t.send(a, note(s, 2, "hello")).Message)
}

func hundredAtOnce(t *trial) {
	a, s := t.open()
	ctx, cancel := context.WithTimeout(t.Context(), t.patience)
	defer cancel()
	receipts := make([]chat.Receipt, 100)
	var sending sync.WaitGroup
	for n := range receipts {
		sending.Go(func() {
			r, err := a.Send(ctx, note(s, n, fmt.Sprintf("number %d.", n)))
			if err != nil {
				t.Errorf("one of a hundred: %v", err)
			}
			receipts[n] = r
		})
	}
	sending.Wait()
	stands := map[chat.MessageID]string{}
	for _, m := range s.Messages() {
		stands[m.ID] = m.Text
	}
	if len(stands) != len(receipts) {
		t.Errorf("%d messages stand in the service, want %d", len(stands), len(receipts))
	}
	for n, r := range receipts {
		if want := fmt.Sprintf("number %d.", n); !same(stands[r.Message], want) {
			t.Errorf("the receipt of %q leads to %q", want, stands[r.Message])
		}
	}
}
