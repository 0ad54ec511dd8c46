package adaptertest

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

func anyStatusChecks() []check {
	return []check{
		{"every ability gives every status its kind", []Part{Sending, Statuses}, abilityStatuses},
		{"every ability gives 429 its wait", []Part{Sending, Statuses}, abilityWaits},
		{"no ability's error holds a secret or a person", []Part{Sending, Statuses}, abilitySecrets},
	}
}

// operation is one thing that an adapter can do besides sending.
type operation struct {
	name string
	do   func(context.Context) error
}

// operations gives all that an adapter can do, each upon something that is there.
func (t *trial) operations(a chat.Adapter, s Service) (all []operation) {
	t.Helper()
	said := s.Say(Person, "a question")
	sent := t.send(a, note(s, 1, "an answer"))
	add := func(name string, do func(context.Context) error) { all = append(all, operation{name, do}) }
	if e, ok := a.(chat.Editor); ok {
		add("Edit", func(c context.Context) error { return e.Edit(c, sent.Channel, sent.Message, note(s, 1, "better")) })
		add("Delete", func(c context.Context) error { return e.Delete(c, sent.Channel, sent.Message) })
	}
	if r, ok := a.(chat.Reactor); ok {
		add("React", func(c context.Context) error { return r.React(c, s.Channel(), said, "eyes", true) })
	}
	if f, ok := a.(chat.Finder); ok {
		add("FindSent", func(c context.Context) error {
			_, _, err := f.FindSent(c, chat.To{Channel: s.Channel()}, note(s, 2, "").Key)
			return err
		})
	}
	if f, ok := a.(chat.Fetcher); ok {
		add("Fetch", func(c context.Context) error { _, _, err := f.Fetch(c, s.Channel(), said); return err })
	}
	if d, ok := a.(chat.Directory); ok {
		add("Person", func(c context.Context) error { _, err := d.Person(c, s.Person()); return err })
	}
	if h, ok := a.(chat.Homer); ok {
		add("ShowHome", func(c context.Context) error { return h.ShowHome(c, s.Person(), []chat.Node{chat.Text("hello")}, nil) })
	}
	return all
}

// failAny tries every operation with an adapter of its own after planting a failure.
func (t *trial) failAny(status int, header http.Header, look func(op string, s Service, err error)) {
	t.Helper()
	for n := 0; ; n++ {
		a, s := t.open()
		f := has[AnyFailer](t, s)
		all := t.operations(a, s)
		if n == len(all) {
			return
		}
		f.FailNextAny(status, header)
		ctx, cancel := context.WithTimeout(t.Context(), t.patience)
		look(all[n].name, s, all[n].do(ctx))
		cancel()
	}
}

// abilityStatuses lets a cut connection be survived: what only asks may ask again.
func abilityStatuses(t *trial) {
	for _, status := range []int{0, 400, 401, 403, 404, 500, 502, 503, 504} {
		allowed, taken := kinds(status)
		if status == 0 {
			allowed = append(allowed, chat.Later)
		}
		t.failAny(status, nil, func(op string, _ Service, err error) {
			if err != nil || !taken {
				t.kind(err, fmt.Sprintf("%s with the status %d", op, status), allowed...)
			}
		})
	}
}

func abilityWaits(t *trial) {
	t.failAny(http.StatusTooManyRequests, http.Header{"Retry-After": {"7"}}, func(op string, _ Service, err error) {
		e := t.kind(err, op+" when it is told to wait 7 seconds", chat.Later)
		if e.Wait < 7*time.Second || e.Wait > time.Minute+7*time.Second {
			t.Errorf("%s: the error says to wait %v, want 7s and at most a minute more", op, e.Wait)
		}
	})
}

func abilitySecrets(t *trial) {
	for _, status := range []int{0, http.StatusUnauthorized, http.StatusNotFound, http.StatusInternalServerError} {
		t.failAny(status, nil, func(op string, s Service, err error) {
			t.silent(err, append(slices.Clone(t.secrets(s)), string(s.Person()), "a question", "an answer"))
		})
	}
}

// secrets gives what nobody may read anywhere.
func (t *trial) secrets(s Service) []string {
	return slices.DeleteFunc(slices.Clone(s.Secrets()), func(x string) bool { return x == "" })
}
