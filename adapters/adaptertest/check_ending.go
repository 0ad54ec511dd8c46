package adaptertest

import (
	"bytes"
	"context"
	"fmt"
	"runtime/pprof"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

func endingChecks() []check {
	return []check{
		{"Send and Run at once", []Part{Sending}, sendWhileRunning},
		{"no goroutine outlives Run", nil, noGoroutineLeft},
	}
}

// sendWhileRunning is for the race detector; and nothing may get lost or doubled in the crowd.
func sendWhileRunning(t *trial) {
	a, s := t.open()
	l := t.listen(a, nil, nil)
	t.ready(s)
	const senders, each = 4, 5
	var sending sync.WaitGroup
	for sender := range senders {
		sending.Go(func() {
			for i := range each {
				n := sender*each + i
				a.Size(note(s, n, "x").Message)
				if _, err := a.Send(context.Background(), note(s, n, fmt.Sprintf("from the bot %d.", n))); err != nil {
					t.Errorf("Send in a crowd: %v", err)
				}
			}
		})
	}
	var ids []chat.MessageID
	for i := range 10 {
		ids = append(ids, s.Say(Person, fmt.Sprintf("from a person %d.", i)))
	}
	sending.Wait()
	l.await("what people said meanwhile", len(ids), among(ids))
	stands := map[string]int{}
	for _, m := range s.Messages() {
		stands[visible(m.Text)]++
	}
	for n := range senders * each {
		if got := stands[fmt.Sprintf("from the bot %d.", n)]; got != 1 {
			t.Errorf("message %d stands %d times in the service", n, got)
		}
	}
}

// noGoroutineLeft marks the goroutines that Run starts, and those that they start, with a label of the
// profiler, and looks for it when Run has returned. Unlike goleak this holds while other tests are
// running, and it knows an adapter's goroutines from those of its stand-in. Connections that net/http
// keeps for the next request are no leak.
func noGoroutineLeft(t *trial) {
	a, s := t.open()
	label := fmt.Sprintf("%s-%p", strings.NewReplacer(`"`, "", " ", "-").Replace(t.Name()), t)
	var l *listener
	pprof.Do(context.Background(), pprof.Labels("adaptertest", label), func(context.Context) {
		if !a.Info().Replay {
			l = t.listen(a, nil, nil)
		}
	})
	if l == nil {
		s.Say(Person, "hello")
		pprof.Do(context.Background(), pprof.Labels("adaptertest", label), func(context.Context) { l = t.listen(a, nil, nil) })
	} else {
		t.ready(s)
		id := s.Say(Person, "hello")
		l.await("a message", 1, is(id))
	}
	l.stop()
	var left []string
	for ended := time.Now().Add(t.soon); ; pause(context.Background(), 5*time.Millisecond) {
		if left = labelled(label); len(left) == 0 {
			return
		}
		if time.Now().After(ended) {
			break
		}
	}
	t.Errorf("%d goroutines outlive Run:\n%s", len(left), strings.Join(left, "\n\n"))
}

// labelled gives the stacks of the goroutines that carry a label.
func labelled(label string) []string {
	var b bytes.Buffer
	if err := pprof.Lookup("goroutine").WriteTo(&b, 1); err != nil {
		return []string{err.Error()}
	}
	return slices.DeleteFunc(strings.Split(b.String(), "\n\n"), func(stack string) bool {
		return !strings.Contains(stack, `"adaptertest":"`+label+`"`) || strings.Contains(stack, "net/http.(*persistConn)")
	})
}
