package bot

import (
	"bytes"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/local"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// newShelved makes an engine with the weekly digest on, and gives two versions of it.
func newShelved(t *testing.T) (e *Engine, old, fresh *playbooks.Playbook) {
	t.Helper()
	key, err := store.NewKey(bytes.NewReader(bytes.Repeat([]byte{7}, 64)))
	if err != nil {
		t.Fatal(err)
	}
	st, err := store.Open(t.Context(), ":memory:", key)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	source, err := playbooks.Source("restitution")
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range []**playbooks.Playbook{&old, &fresh} {
		if *p, err = playbooks.Load("restitution.yaml", append(source, "\n\n"[i:]...)); err != nil {
			t.Fatal(err)
		}
	}
	if e, err = New(t.Context(), Options{Store: st, Turns: st, Playbooks: []*playbooks.Playbook{old}}); err != nil {
		t.Fatal(err)
	}
	chat := local.New(local.Options{Now: time.Now})
	chat.AddChannel("help", "ana")
	e.Connect("local", chat.Connect())
	if err := e.Enable(t.Context(), "local", chat.Space(), old.ID, map[string]any{"rooms": []string{"help"}}, time.Now()); err != nil {
		t.Fatal(err)
	}
	return e, old, fresh
}

// TestTurnsKeepTheirShelf replaces the playbooks in the middle of a turn: it ends with those that it began with, and
// leaves nothing of theirs to the next.
func TestTurnsKeepTheirShelf(t *testing.T) {
	e, old, fresh := newShelved(t)
	for _, c := range []struct {
		name      string
		meanwhile []*playbooks.Playbook
		want      *playbooks.Playbook
	}{
		{"before", nil, old},
		{"in the middle", []*playbooks.Playbook{fresh}, old},
		{"after", nil, fresh},
		{"back in the middle", []*playbooks.Playbook{old}, fresh},
		{"after that", nil, old},
	} {
		err := e.turn(t.Context(), e.connections["local"], time.Now(), func(turn *turn) error {
			if c.meanwhile != nil {
				e.put(newShelf(c.meanwhile, nil))
			}
			space, err := turn.spaceOf(spaceKey{"local", "local"})
			if err == nil && (space.instances[c.want.ID].Playbook != c.want || turn.books[c.want.ID] != c.want) {
				t.Errorf("%s: the other version is seen", c.name)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestTimersOfAnOldShelf: timers that were made before the playbooks were replaced ring for nothing.
func TestTimersOfAnOldShelf(t *testing.T) {
	e, _, fresh := newShelved(t)
	now := time.Now()
	if err := e.timersFrom(t.Context(), now, now); err != nil || len(e.timers) != 1 {
		t.Fatalf("%d timers: %v", len(e.timers), err)
	}
	made := e.timers[0]
	for _, replaced := range []bool{false, true} {
		if replaced {
			e.put(newShelf([]*playbooks.Playbook{fresh}, nil))
		}
		err := e.turn(t.Context(), made.conn, now, func(turn *turn) error {
			if turn.plannedHere(made, now) == replaced {
				t.Errorf("rings %v, replaced %v", !replaced, replaced)
			}
			return nil
		})
		if err != nil || e.timersMade == replaced {
			t.Errorf("timers made %v, replaced %v: %v", e.timersMade, replaced, err)
		}
	}
}
