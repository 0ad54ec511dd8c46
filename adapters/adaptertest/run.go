package adaptertest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// Run tries all of the contract. The checks are independent subtests and run in parallel.
func Run(t *testing.T, h Harness) {
	t.Helper()
	for _, c := range checks() {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.try(&trial{TB: t, h: h, patience: 20 * time.Second, soon: 2 * time.Second})
		})
	}
}

// check is one promise.
type check struct {
	name  string
	needs []Part
	run   func(*trial)
}

// checks is all that the suite does.
func checks() []check {
	var all []check
	for _, group := range [][]check{
		basicChecks(), receivingChecks(), resumingChecks(), sendingChecks(), statusChecks(),
		sizeChecks(), wordChecks(), endingChecks(), abilityChecks(), editorChecks(), directoryChecks(), handChecks(), doorChecks(),
		patienceChecks(), anyStatusChecks(), cursorChecks(), recoveryChecks(), directChecks(), waitingChecks(), bodyChecks(), tallyChecks(),
		examineChecks(), formChecks(), menuChecks(), linkChecks(), historyChecks(), hostileChecks(), lifeChecks(),
		logChecks(), pictureChecks(), claimChecks(),
	} {
		all = append(all, group...)
	}
	return all
}

// try runs a check, or skips it because the harness says that a part does not apply.
func (c check) try(t *trial) {
	t.Helper()
	for _, part := range c.needs {
		if why, not := t.h.Not()[part]; not {
			t.Skipf("%s does not apply: %s", part, why)
		}
	}
	c.run(t)
}

// trial is a check that is being run.
type trial struct {
	testing.TB
	h        Harness
	patience time.Duration // for what should come
	soon     time.Duration // for what should end
}

func (t *trial) open() (chat.Adapter, Service) {
	t.Helper()
	return t.h.Open(t.TB)
}

// has gives what a service can do besides, or skips the check.
func has[S any](t *trial, s Service) S {
	t.Helper()
	x, ok := s.(S)
	if !ok {
		t.Skipf("the harness's Service is no %v", reflect.TypeFor[S]())
	}
	return x
}

// not says whether a part does not apply here.
func (t *trial) not(p Part) bool {
	_, not := t.h.Not()[p]
	return not
}

// within fails the check where f does not return soon. As f may go on after that, it says nothing to the test.
func (t *trial) within(what string, f func()) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		f()
	}()
	if !waitFor(done, t.soon) {
		t.Fatalf("%s does not return within %v", what, t.soon)
	}
}

// send sends, and expects it to succeed.
func (t *trial) send(a chat.Adapter, d chat.Delivery) chat.Receipt {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), t.patience)
	defer cancel()
	r, err := a.Send(ctx, d)
	if err != nil {
		t.Fatalf("Send: %v", err)
	}
	return r
}

// failure sends, and expects an *Error of one of the given kinds.
func (t *trial) failure(a chat.Adapter, d chat.Delivery, when string, kinds ...chat.Kind) *chat.Error {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), t.patience)
	defer cancel()
	_, err := a.Send(ctx, d)
	return t.kind(err, "Send "+when, kinds...)
}

// kind expects an error to be an *Error of one of the given kinds.
func (t *trial) kind(err error, what string, kinds ...chat.Kind) *chat.Error {
	t.Helper()
	if err == nil {
		t.Errorf("%s succeeds, want an error of %v", what, kinds)
		return &chat.Error{}
	}
	var e *chat.Error
	if !errors.As(err, &e) {
		t.Errorf("%s: the error is a %T (%v), want a *chat.Error", what, err, err)
		return &chat.Error{}
	}
	if e.Op == "" {
		t.Errorf("%s: the error names no operation: %v", what, err)
	}
	for _, k := range kinds {
		if e.Kind == k {
			return e
		}
	}
	t.Errorf("%s: the error is %v (%v), want one of %v", what, e.Kind, err, kinds)
	return e
}

// seen finds a message in the service.
func (t *trial) seen(s Service, id chat.MessageID) Seen {
	t.Helper()
	for _, m := range s.Messages() {
		if m.ID == id {
			return m
		}
	}
	t.Fatalf("the message %s does not stand in the service", id)
	return Seen{}
}

// note makes a delivery of a text to the service's channel. Keys are as the bot makes them: at most 25
// characters of base32.
func note(s Service, number int, text string) chat.Delivery {
	return delivery(number, chat.Message{To: chat.To{Channel: s.Channel()}, Body: []chat.Node{chat.Text(text)}})
}

func delivery(number int, m chat.Message) chat.Delivery {
	digits := []byte(fmt.Sprintf("%06d", number))
	for i := range digits {
		digits[i] += 'a' - '0'
	}
	return chat.Delivery{Key: "adaptertestadaptert" + string(digits), Message: m}
}
