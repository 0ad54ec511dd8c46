package adaptertest

import (
	"context"
	"fmt"
	"runtime/pprof"
	"strings"
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

func lifeChecks() []check {
	return []check{{"no goroutine outlives the adapter and its stand-in", nil, nothingLives}}
}

// lifetime is a test within a test: what is to be cleaned up is cleaned up at its end.
type lifetime struct {
	testing.TB
	cleanups []func()
}

func (l *lifetime) Cleanup(f func()) { l.cleanups = append(l.cleanups, f) }

func (l *lifetime) end() {
	for i := len(l.cleanups) - 1; i >= 0; i-- {
		l.cleanups[i]()
	}
}

// nothingLives opens, uses and closes an adapter under a label of the profiler, and looks for the label when all
// is over: what goleak does, but sound while other tests are running.
func nothingLives(t *trial) {
	label := fmt.Sprintf("life-%s-%p", strings.NewReplacer(`"`, "", " ", "-").Replace(t.Name()), t)
	life := &lifetime{TB: t.TB}
	done := make(chan struct{})
	pprof.Do(context.Background(), pprof.Labels("adaptertest", label), func(context.Context) {
		go func() {
			defer close(done)
			defer life.end()
			used(&trial{TB: life, h: t.h, patience: t.patience, soon: t.soon})
		}()
	})
	<-done
	if left := lasting(label, t.soon); len(left) != 0 {
		t.Errorf("%d goroutines outlive the adapter:\n%s", len(left), strings.Join(left, "\n\n"))
	}
}

// used lets an adapter do a little of everything.
func used(t *trial) {
	a, s := t.open()
	l, ids := t.told(a, s, Person, "hello")
	l.await("a message", 1, is(ids[0]))
	if !t.not(Sending) {
		t.send(a, note(s, 1, "hello"))
	}
	if d, ok := a.(chat.Directory); ok {
		_, err := d.Person(context.Background(), s.Person())
		t.fine("Person", err)
	}
	if e, ok := a.(chat.Examiner); ok {
		e.Examine(context.Background())
	}
	l.stop()
}

// lasting gives the stacks that carry a label and do not go away in time.
func lasting(label string, d time.Duration) (left []string) {
	for ended := time.Now().Add(d); ; pause(context.Background(), 5*time.Millisecond) {
		if left = labelled(label); len(left) == 0 || time.Now().After(ended) {
			return left
		}
	}
}
