package adaptertest

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

func statusChecks() []check {
	needs := []Part{Sending, Statuses}
	return []check{
		{"every status has its kind", needs, everyStatus},
		{"a service that refuses the bot is Refused", needs, refusedStatuses},
		{"429 is Later, with its wait", needs, tooManyRequests},
		{"429 without a wait that makes sense is Later", needs, tooManyWithoutWait},
		{"no error holds a secret", []Part{Sending}, noSecrets},
	}
}

// kinds says what an adapter may make of a status; taken, whether it may take it for success.
func kinds(status int) (allowed []chat.Kind, taken bool) {
	switch {
	case status < 300: // taken, but the answer cannot be read
		return []chat.Kind{chat.Unsure}, true
	case status < 400:
		return []chat.Kind{chat.Unsure, chat.Refused}, false
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return []chat.Kind{chat.Refused}, false
	case status == http.StatusTooManyRequests:
		return []chat.Kind{chat.Later}, false
	case status == http.StatusRequestTimeout, status == http.StatusTooEarly:
		return []chat.Kind{chat.Later, chat.Unsure}, false
	case status == http.StatusConflict, status == http.StatusLocked:
		return []chat.Kind{chat.Refused, chat.Unsure, chat.Later}, false
	case status < 500:
		return []chat.Kind{chat.Refused, chat.Gone}, false
	}
	return []chat.Kind{chat.Unsure, chat.Later}, false
}

// everyStatus goes through all from 200 to 599 with one adapter, but for those after which it may rightly
// stop talking to the service: these have checks of their own.
func everyStatus(t *trial) {
	a, s := t.open()
	for status := 200; status < 600; status++ {
		switch status {
		case http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests:
			continue
		}
		if t.answered(a, s, status); t.Failed() {
			t.Fatal("the statuses after this one are not tried")
		}
	}
}

func refusedStatuses(t *trial) {
	for _, status := range []int{http.StatusUnauthorized, http.StatusForbidden} {
		a, s := t.open()
		t.answered(a, s, status)
	}
}

func (t *trial) answered(a chat.Adapter, s Service, status int) {
	t.Helper()
	s.FailNext(status, nil)
	_, err := a.Send(t.Context(), note(s, status, fmt.Sprintf("status %d", status)))
	allowed, taken := kinds(status)
	if err == nil {
		if !taken {
			t.Errorf("status %d: Send succeeds, want an error of %v (does it retry by itself?)", status, allowed)
		}
		return
	}
	t.kind(err, fmt.Sprintf("status %d", status), allowed...)
}

func tooManyRequests(t *trial) {
	a, s := t.open()
	s.FailNext(http.StatusTooManyRequests, http.Header{"Retry-After": {"7"}})
	var err error
	t.within("Send, when it is told to wait,", func() { _, err = a.Send(context.Background(), note(s, 1, "hello")) })
	e := t.kind(err, "Send when it is told to wait 7 seconds", chat.Later)
	if e.Wait < 7*time.Second || e.Wait > time.Minute+7*time.Second {
		t.Errorf("the error says to wait %v, want 7s and at most a minute more", e.Wait)
	}
}

func tooManyWithoutWait(t *trial) {
	for _, after := range []string{"", "soon", "-5", "99999999999999999999"} {
		a, s := t.open()
		s.FailNext(http.StatusTooManyRequests, http.Header{"Retry-After": {after}})
		e := t.failure(a, note(s, 1, "hello"), fmt.Sprintf("when it is told to wait %q", after), chat.Later)
		if e.Wait < 0 {
			t.Errorf("told to wait %q, the error says to wait %v", after, e.Wait)
		}
	}
}

// noSecrets collects errors of every kind and looks for what should not be in them.
func noSecrets(t *trial) {
	a, s := t.open()
	secrets := t.secrets(s)
	if len(secrets) == 0 {
		t.Skip("the service has no secrets")
	}
	for i, status := range []int{0, http.StatusBadRequest, http.StatusNotFound, http.StatusInternalServerError, http.StatusUnauthorized} {
		s.FailNext(status, nil)
		_, err := a.Send(t.Context(), note(s, i, "hello"))
		t.silent(err, secrets)
	}
	a, s = t.open()
	secrets = append(secrets, s.Secrets()...)
	d := note(s, 1, "hello")
	for _, to := range []chat.To{{Channel: "no-such-channel"}, {Person: "no-such-person"}, {Reply: "no-such-reply"}} {
		d.Message.To = to
		_, err := a.Send(t.Context(), d)
		t.silent(err, secrets)
	}
	if _, not := t.h.Not()[Dropping]; not {
		return
	}
	l := t.listen(a, nil, nil)
	t.ready(s)
	s.Drop()
	id := s.Say(Person, "meanwhile")
	l.await("what was said after the connection was cut", 1, is(id))
	_ = l.stop()
	for _, err := range l.returned() {
		t.silent(err, secrets)
	}
}

func (t *trial) silent(err error, secrets []string) {
	t.Helper()
	for _, secret := range secrets {
		if err != nil && strings.Contains(fmt.Sprintf("%v %+v", err, err), secret) {
			t.Errorf("an error holds the secret %q: %v", secret, err)
		}
	}
}
