package main

import (
	"context"
	"log/slog"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gofirst/gofirst/playbooks"
)

// lookEvery is how often serve looks at the files of own playbooks. A change is taken over at the second look that
// finds the same, for at the first one somebody may still be writing.
const lookEvery = 2 * time.Second

// reloader takes own playbooks over when their files change. A file that cannot be used changes nothing: the version
// before it stays.
type reloader struct {
	folder  string
	builtin []book
	needed  []string // playbooks that the configuration turns on
	log     *slog.Logger
	replace func(ctx context.Context, books []*playbooks.Playbook, stale []string) error

	mu    sync.Mutex // one look at a time
	read  stamps     // of the files as they were read; nil before that
	seen  stamps     // of the last look
	own   map[string]book
	stale map[string]bool // whose file is not what is in own, or in builtin
	lost  bool            // the folder cannot be looked at, which was said
	known []string        // what was last handed on, by name and hash
}

// newReloader goes on from the playbooks that the configuration has read.
func newReloader(c *config, log *slog.Logger, replace func(context.Context, []*playbooks.Playbook, []string) error) (*reloader, error) {
	builtin, err := builtinBooks()
	if err != nil {
		return nil, err
	}
	r := &reloader{folder: c.folder, builtin: builtin, log: log, replace: replace, own: map[string]book{}, stale: map[string]bool{}}
	theirs := statesOf(builtin)
	for _, b := range c.books {
		if !slices.Contains(theirs, stateOf(b)) {
			r.own[b.ID] = b
		}
	}
	for _, on := range c.on {
		r.needed = append(r.needed, on.id)
	}
	r.known = statesOf(mergeBooks(builtin, r.list()))
	return r, nil
}

// watch looks at each tick until ctx is done.
func (r *reloader) watch(ctx context.Context, ticks <-chan time.Time) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks:
			r.look(ctx, false)
		}
	}
}

// look takes over what has changed; at once, or when it has not changed since the look before.
func (r *reloader) look(ctx context.Context, atOnce bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now, err := stampsIn(r.folder)
	if err != nil {
		r.lose(err)
		return
	}
	settled := atOnce || maps.Equal(now, r.seen)
	r.lost, r.seen = false, now
	if !settled || r.read != nil && maps.Equal(now, r.read) {
		return
	}
	r.readChanged(now)
	r.read = now
	r.handOn(ctx)
}

// lose says once that nothing can be seen any more of playbooks that were there. They stay.
func (r *reloader) lose(err error) {
	if !r.lost && len(r.own) > 0 {
		r.log.Error("the playbooks of the folder cannot be read, those read before stay", "folder", r.folder, "err", err)
	}
	r.lost = true
}

// readChanged reads the files that are not as they were, and forgets those that are gone.
func (r *reloader) readChanged(now stamps) {
	for _, id := range keys(now) {
		if at, ok := r.read[id]; ok && at == now[id] {
			continue
		}
		b, err := loadBook(filepath.Join(r.folder, id+".yaml"))
		if r.stale[id] = err != nil; err != nil {
			r.refuse(id, err)
			continue
		}
		r.own[id] = b
	}
	for _, id := range keys(r.own) {
		if _, there := now[id]; !there {
			r.remove(id)
		}
	}
	maps.DeleteFunc(r.stale, func(id string, stale bool) bool {
		_, there := now[id]
		return !stale || !there && r.own[id].Playbook == nil
	})
}

func (r *reloader) refuse(id string, err error) {
	message := "the file of a playbook cannot be read, the previous one stays"
	if !r.has(id) {
		message = "the file of a new playbook cannot be read, it is left out"
	}
	r.log.Error(message, "playbook", id, "err", err)
}

func (r *reloader) has(id string) bool {
	return r.own[id].Playbook != nil || r.isBuiltin(id)
}

func (r *reloader) isBuiltin(id string) bool {
	return slices.ContainsFunc(r.builtin, func(b book) bool { return b.ID == id })
}

// remove lets the built-in playbook of that name come back, if there is one. What the configuration turns on stays.
func (r *reloader) remove(id string) {
	if slices.Contains(r.needed, id) && !r.isBuiltin(id) {
		if !r.stale[id] {
			r.log.Error("the file of a playbook is gone that the configuration turns on, it stays until serve starts anew", "playbook", id)
		}
		r.stale[id] = true
		return
	}
	delete(r.own, id)
}

// handOn gives the engine all playbooks, if they are other ones than before.
func (r *reloader) handOn(ctx context.Context) {
	books := mergeBooks(r.builtin, r.list())
	stale := slices.DeleteFunc(keys(r.stale), func(id string) bool { return !r.has(id) })
	before := r.known
	r.known = append(statesOf(books), stale...)
	if slices.Equal(before, r.known) {
		return
	}
	if err := r.replace(ctx, playbooksOf(books), stale); err != nil {
		r.log.Error("a playbook does not take the settings with which it is on, the previous one stays", "err", err)
	}
	r.log.Info("playbooks taken over", "changed", strings.Join(differing(before, r.known), " "), "stale", strings.Join(stale, " "))
}

func (r *reloader) list() (own []book) {
	for _, id := range keys(r.own) {
		own = append(own, r.own[id])
	}
	return own
}
