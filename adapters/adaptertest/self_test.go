package adaptertest

import (
	"flag"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"go.uber.org/goleak"
)

// TestMain keeps rapid from writing down, and from looking long for, failures that are meant to be.
func TestMain(m *testing.M) {
	for name, value := range map[string]string{"rapid.nofailfile": "true", "rapid.shrinktime": "1ms"} {
		if err := flag.Set(name, value); err != nil {
			panic(err)
		}
	}
	goleak.VerifyTestMain(m)
}

// The suite lets a sound adapter pass, and skips nothing of it.
func TestASoundAdapterPasses(t *testing.T) {
	t.Parallel()
	for _, c := range checks() {
		if c.name == "a source that can only be heard refuses to send" {
			continue // tried below
		}
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := attempt(t, c, stand{}, 20*time.Second)
			if r.Failed() || r.Skipped() {
				t.Errorf("failed %v, skipped %v:\n%s", r.Failed(), r.Skipped(), r.words())
			}
		})
	}
}

// Every check fails for an adapter that breaks what it is about.
func TestABrokenAdapterFails(t *testing.T) {
	t.Parallel()
	proven := map[string]bool{}
	for _, s := range sabotages() {
		proven[s.check] = true
		t.Run(s.check+", by "+s.how, func(t *testing.T) {
			t.Parallel()
			h := stand{breaks: s.breaks, not: s.not, bare: s.bare}
			if r := attempt(t, named(t, s.check), h, 500*time.Millisecond); !r.Failed() {
				t.Errorf("the check passes; skipped %v:\n%s", r.Skipped(), r.words())
			}
		})
	}
	for _, c := range checks() {
		if !proven[c.name] {
			t.Errorf("nothing shows that the check %q can fail", c.name)
		}
	}
}

// What a harness excludes is skipped in sight, with the reason.
func TestWhatDoesNotApplyIsSkipped(t *testing.T) {
	t.Parallel()
	h := stand{not: map[Part]string{Sending: "it is a book"}}
	for _, c := range checks() {
		if len(c.needs) == 0 || c.needs[0] != Sending {
			continue
		}
		if r := attempt(t, c, h, time.Second); !r.Skipped() || !strings.Contains(r.words(), "it is a book") {
			t.Errorf("%s: skipped %v: %s", c.name, r.Skipped(), r.words())
		}
	}
	h.breaks = func(b *broken) {
		b.send = func(call, chat.Delivery) (chat.Receipt, error) {
			return chat.Receipt{}, &chat.Error{Op: "send", Kind: chat.Refused}
		}
	}
	if r := attempt(t, named(t, "a source that can only be heard refuses to send"), h, time.Second); r.Failed() || r.Skipped() {
		t.Errorf("a book that refuses to send: failed %v, skipped %v: %s", r.Failed(), r.Skipped(), r.words())
	}
}

// The reference for statuses is itself within what the suite allows.
func TestStatusErrorIsAllowed(t *testing.T) {
	t.Parallel()
	for status := 200; status < 600; status++ {
		allowed, taken := kinds(status)
		err := StatusError("send", status, http.Header{})
		if err == nil && !taken {
			t.Errorf("status %d is no error", status)
		}
		if err != nil && !strings.Contains(fmt.Sprint(allowed), err.(*chat.Error).Kind.String()) {
			t.Errorf("status %d is %v, want one of %v", status, err.(*chat.Error).Kind, allowed)
		}
	}
}

func named(t *testing.T, name string) check {
	t.Helper()
	for _, c := range checks() {
		if c.name == name {
			return c
		}
	}
	t.Fatalf("there is no check %q", name)
	return check{}
}

// attempt runs one check with a recorder in the place of the test.
func attempt(t *testing.T, c check, h Harness, patience time.Duration) *recorder {
	t.Helper()
	r := &recorder{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer r.clean()
		c.try(&trial{TB: r, h: h, patience: patience, soon: min(patience, 2*time.Second)})
	}()
	<-done
	return r
}

// recorder is a test whose failure is none.
type recorder struct {
	testing.TB
	mu       sync.Mutex
	failed   bool
	skipped  bool
	log      []string
	cleanups []func()
}

func (r *recorder) note(failed, skipped bool, format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.failed, r.skipped = r.failed || failed, r.skipped || skipped
	r.log = append(r.log, fmt.Sprintf(format, args...))
}

func (r *recorder) words() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return strings.Join(r.log, "\n")
}

func (r *recorder) clean() {
	for i := len(r.cleanups) - 1; i >= 0; i-- {
		r.cleanups[i]()
	}
}

func (r *recorder) Failed() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.failed
}

func (r *recorder) Skipped() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.skipped
}

func (r *recorder) Helper()                      {}
func (r *recorder) Cleanup(f func())             { r.cleanups = append(r.cleanups, f) }
func (r *recorder) Log(args ...any)              { r.note(false, false, "%s", fmt.Sprint(args...)) }
func (r *recorder) Error(args ...any)            { r.note(true, false, "%s", fmt.Sprint(args...)) }
func (r *recorder) Errorf(f string, args ...any) { r.note(true, false, f, args...) }

func (r *recorder) Logf(f string, args ...any) { r.note(false, false, f, args...) }
func (r *recorder) Fail()                      { r.note(true, false, "failed") }

func (r *recorder) FailNow() {
	r.Fail()
	runtime.Goexit()
}

func (r *recorder) Fatal(args ...any) {
	r.Error(args...)
	runtime.Goexit()
}

func (r *recorder) Fatalf(f string, args ...any) {
	r.Errorf(f, args...)
	runtime.Goexit()
}

func (r *recorder) Skip(args ...any) { r.Skipf("%s", fmt.Sprint(args...)) }

func (r *recorder) Skipf(f string, args ...any) {
	r.note(false, true, f, args...)
	runtime.Goexit()
}
