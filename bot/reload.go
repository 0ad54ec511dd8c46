package bot

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// This file is how playbooks change while the bot runs.

// shelf is the playbooks of one time, and what was made ready from them. A turn keeps to the shelf that it began with,
// so that none sees half of a change. But for spaces, which Engine.mu guards, it never changes.
type shelf struct {
	books  map[string]*playbooks.Playbook
	stale  []string              // playbooks whose files were refused: what stands here is the version before
	since  map[ruleKey]time.Time // when a schedule became what it is, where that was while the bot ran
	spaces map[spaceKey]*space
}

type ruleKey struct{ playbook, rule string }

func newShelf(books []*playbooks.Playbook, stale []string) *shelf {
	s := &shelf{books: map[string]*playbooks.Playbook{}, stale: stale, since: map[ruleKey]time.Time{}, spaces: map[spaceKey]*space{}}
	for _, p := range books {
		s.books[p.ID] = p
	}
	return s
}

// Replace puts playbooks in the place of all that there were. It may be called at any time: turns that have begun end
// with what they began with. What was asked, and is on its way, goes on with the new texts where its rule and its
// buttons are still there, and is otherwise dropped as playbook_changed.
//
// A playbook that does not take the settings with which it is on stays as it was, and the error says why; so do those
// that the caller names as stale, because their files were refused. A status names both.
func (e *Engine) Replace(ctx context.Context, books []*playbooks.Playbook, stale []string, now time.Time) error {
	before := e.current.Load()
	var kept []*playbooks.Playbook
	var refused []error
	for _, p := range books {
		old := before.books[p.ID]
		if err := e.takesSettings(ctx, p); err != nil && old != nil {
			refused = append(refused, err)
			stale = append(slices.Clone(stale), p.ID)
			p = old
		}
		kept = append(kept, p)
	}
	slices.Sort(stale)
	next := newShelf(kept, slices.Compact(stale))
	next.dateSchedules(before, now)
	e.put(next)
	e.wake(&e.slots, now)
	return errors.Join(refused...)
}

// put makes a shelf the one from which turns begin. Timers are made anew, from its rules.
func (e *Engine) put(s *shelf) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.current.Store(s)
	e.timers, e.timersMade = nil, false
}

// takesSettings says what of the settings that stewards and the configuration have given a playbook does not take.
func (e *Engine) takesSettings(ctx context.Context, p *playbooks.Playbook) error {
	return e.store.View(ctx, func(tx *store.Tx) error {
		rows, err := tx.Instances("", "")
		if err != nil {
			return fmt.Errorf("read what is on: %w", err)
		}
		for _, row := range rows {
			c, err := e.connection(row.Conn)
			if err != nil || !row.Enabled || row.Playbook != p.ID {
				continue
			}
			t := &turn{Engine: e, conn: c, tx: tx}
			if _, err := t.instance(row.Space, p, row.Settings); err != nil {
				return err
			}
		}
		return nil
	})
}

// dateSchedules notes which schedules are new, or other than before: a slot of this morning is not theirs to take.
func (s *shelf) dateSchedules(before *shelf, now time.Time) {
	for _, p := range s.books {
		for _, r := range p.Rules {
			if _, planned := r.When.(playbooks.OnSchedule); !planned {
				continue
			}
			key := ruleKey{p.ID, r.Name}
			old := before.books[p.ID]
			if old == nil || old.Rule(r.Name) == nil || !reflect.DeepEqual(old.Rule(r.Name).When, r.When) {
				s.since[key] = now
			} else if at, ok := before.since[key]; ok {
				s.since[key] = at
			}
		}
	}
}

// plannedHere reports whether a slot is one of this turn's own playbooks, and was planned before it came.
func (t *turn) plannedHere(tm *timer, at time.Time) bool {
	p, r := tm.bound.Instance.Playbook, tm.bound.Rule
	return tm.shelf == t.shelf && !at.Before(t.since[ruleKey{p.ID, r.Name}])
}

// outdated notes that something which waited has lost its rule.
func (t *turn) outdated(w store.Watch) error {
	return t.tx.Journal(store.Entry{
		At: t.now, Conn: w.Conn, Space: w.Space, Playbook: w.Playbook, Rule: w.Rule,
		Subject: w.Subject, Reason: string(chat.PlaybookChanged),
	})
}

// withdrawn reports whether a playbook that changed in the meantime no longer has the button that was pressed.
func (t *turn) withdrawn(p *press) bool {
	book := t.books[p.d.Playbook]
	if p.d.Playbook == "" || book != nil && book.Hash == p.d.Hash {
		return false
	}
	choice := p.choice
	if choice == "here" { // which stands in the answer to "write"
		choice = "write"
	}
	return !slices.Contains(playbooks.Buttons(p.action), choice)
}

// pressWithdrawn ends what waited, as nothing can follow from it.
func (t *turn) pressWithdrawn(p *press) error {
	if err := t.tx.DeleteWatch(p.watch.ID); err != nil {
		return err
	}
	t.answer(p.ev.Reply, t.texts.say(p.g, "press.withdrawn", nil))
	return t.outdated(*p.watch)
}

// staleLine names the playbooks that run as they were because their files were refused.
func (t *turn) staleLine(p *page, _ chat.SpaceID) error {
	for _, id := range t.stale {
		p.say("status.stale", holes{"playbook": {chat.Code(id)}})
	}
	return nil
}
