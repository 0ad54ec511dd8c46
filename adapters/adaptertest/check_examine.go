package adaptertest

import (
	"context"
	"fmt"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

func examineChecks() []check {
	return []check{
		{"Examiner: what is well set up has nothing Ill", nil, examinesWell},
		{"Examiner: a token that was revoked is Ill", nil, examinesRevoked},
		{"a token that was revoked is Refused", nil, revokedIsRefused},
	}
}

// examine looks, and expects every finding to be of use to whoever reads it.
func (t *trial) examine(a chat.Adapter, s Service) (all []chat.Finding) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), t.patience)
	defer cancel()
	all = ability[chat.Examiner](t, a).Examine(ctx)
	if len(all) == 0 {
		t.Error("Examine finds nothing")
	}
	seen := map[string]bool{}
	for _, f := range all {
		if f.What == "" || f.Why == "" || seen[f.What] {
			t.Errorf("the finding %+v does not say what was looked at, or why, or comes twice", f)
		}
		seen[f.What] = true
		if told := f.Do != ""; told != (f.State != chat.Well) {
			t.Errorf("the finding %+v: what to do is to be said where something is not well, and only there", f)
		}
		for _, secret := range t.secrets(s) {
			if strings.Contains(fmt.Sprint(f), secret) {
				t.Errorf("the finding on %q holds a secret", f.What)
			}
		}
	}
	return all
}

func examinesWell(t *trial) {
	a, s := t.open()
	for _, f := range t.examine(a, s) {
		if f.State == chat.Ill {
			t.Errorf("where all is set up, this is ill: %+v", f)
		}
	}
	if all := s.Messages(); len(all) != 0 {
		t.Errorf("to examine changes nothing, yet there stands %+v", all)
	}
	if r, ok := s.(Registry); ok && r.Registrations() != 0 {
		t.Errorf("to examine changes nothing, yet commands were registered")
	}
}

func examinesRevoked(t *trial) {
	a, s := t.open()
	ability[chat.Examiner](t, a)
	has[Revoker](t, s).Revoke()
	for _, f := range t.examine(a, s) {
		if f.State == chat.Ill {
			return
		}
	}
	t.Error("a token that was revoked is found well")
}

func revokedIsRefused(t *trial) {
	a, s := t.open()
	has[Revoker](t, s).Revoke()
	ctx, cancel := context.WithTimeout(t.Context(), t.patience)
	defer cancel()
	err := a.Run(ctx, nil, func(context.Context, chat.Event) error { return nil })
	t.kind(err, "Run with a token that was revoked", chat.Refused)
	t.silent(err, t.secrets(s))
	if !t.not(Sending) {
		t.silent(t.failure(a, note(s, 1, "hello"), "with a token that was revoked", chat.Refused), t.secrets(s))
	}
}
