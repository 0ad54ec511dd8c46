package main

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/gofirst/gofirst/playbooks"
)

// shelfUser is somebody who edits playbooks, and an engine that takes what it is given.
type shelfUser struct {
	*testing.T
	*reloader
	dir  string
	log  bytes.Buffer
	gave string // what the engine was given last: own playbooks by their first words, then what is stale; "" for nothing
}

// openShelf begins with weekly.yaml, on by the configuration, and spare.yaml, which nothing turns on.
func openShelf(t *testing.T) *shelfUser {
	t.Helper()
	u := &shelfUser{T: t, dir: t.TempDir()}
	if err := os.Mkdir(filepath.Join(u.dir, "own"), 0o755); err != nil {
		t.Fatal(err)
	}
	u.write("own/weekly.yaml", ownBook("weekly", "One"))
	u.write("own/spare.yaml", ownBook("spare", "Spare"))
	u.write("gofirst.yaml", "local: {rooms: [help], people: {ana: {}}}\nfolder: own\nplaybooks: {weekly: {rooms: [help]}}\n")
	c, err := readConfig(filepath.Join(u.dir, "gofirst.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if u.reloader, err = newReloader(c, slog.New(slog.NewTextHandler(&u.log, nil)), u.take); err != nil {
		t.Fatal(err)
	}
	return u
}

func ownBook(id, about string) string {
	return fmt.Sprintf(`playbook: %s
about: {en: %s., fr: Un.}
hypothesis: {en: One., fr: Un.}
harm: {en: One., fr: Un.}
measure: {practice: share, window: 1 day}
stop: {harm: 20, after: 8 weeks}
settings: {rooms: {type: channels}}
rules:
  - name: one
    when: {act: {kind: share, in: rooms}}
    do: [{post: {under: act, text: {en: One., fr: Un.}}}]
    at_most: {per_room: 1 a day}
`, id, about)
}

func (u *shelfUser) write(name, text string) {
	u.Helper()
	if err := os.WriteFile(filepath.Join(u.dir, name), []byte(text), 0o644); err != nil {
		u.Fatal(err)
	}
}

func (u *shelfUser) take(_ context.Context, books []*playbooks.Playbook, stale []string) error {
	var words []string
	for _, p := range books {
		if about := p.About.In("en", false, 0); len(about) < 12 {
			words = append(words, p.ID+": "+about)
		}
	}
	u.gave = strings.Join(append(words, stale...), " ")
	return nil
}

// looks looks as often as it takes for what stays as it is to be taken over.
func (u *shelfUser) looks(want string) {
	u.Helper()
	u.gave = ""
	u.look(u.Context(), false)
	u.look(u.Context(), false)
	if diff := cmp.Diff(want, u.gave); diff != "" {
		u.Error(diff)
	}
}

func (u *shelfUser) logged(want string) {
	u.Helper()
	if !strings.Contains(u.log.String(), want) {
		u.Errorf("%q is not in the log:\n%s", want, &u.log)
	}
	u.log.Reset()
}

func TestReload(t *testing.T) {
	u := openShelf(t)
	u.looks("") // nothing has changed

	u.write("own/weekly.yaml", ownBook("weekly", "Other"))
	u.look(t.Context(), false)
	if u.gave != "" {
		t.Error("taken over while somebody may still be writing")
	}
	u.looks("spare: Spare. weekly: Other.")
	u.logged("changed=weekly")

	u.write("own/weekly.yaml", ownBook("weekly", "Broken")+"ruls: []\n")
	u.write("own/fresh.yaml", ownBook("fresh", "Fresh"))
	u.looks("fresh: Fresh. spare: Spare. weekly: Other. weekly")
	u.logged(`level=ERROR msg="the file of a playbook cannot be read, the previous one stays" playbook=weekly`)

	u.write("own/new.yaml", "playbook: new\n")
	u.looks("")
	u.logged(`msg="the file of a new playbook cannot be read, it is left out" playbook=new`)

	u.write("own/weekly.yaml", ownBook("weekly", "Whole"))
	u.looks("fresh: Fresh. spare: Spare. weekly: Whole.")
}

func TestReloadRemoved(t *testing.T) {
	u := openShelf(t)
	u.write("own/share-first.yaml", ownBook("share-first", "Mine"))
	u.looks("share-first: Mine. spare: Spare. weekly: One.")
	for _, id := range []string{"share-first", "spare", "weekly"} {
		if err := os.Remove(filepath.Join(u.dir, "own", id+".yaml")); err != nil {
			t.Fatal(err)
		}
	}
	u.looks("weekly: One. weekly") // the built-in share-first is too long for a line; it is back
	u.logged(`msg="the file of a playbook is gone that the configuration turns on, it stays until serve starts anew" playbook=weekly`)
	if !slicesHas(u.known, "share-first") {
		t.Error("the built-in playbook did not come back")
	}
	u.looks("")
	u.write("own/weekly.yaml", ownBook("weekly", "Back"))
	u.looks("weekly: Back.")

	if err := os.RemoveAll(filepath.Join(u.dir, "own")); err != nil {
		t.Fatal(err)
	}
	u.log.Reset()
	u.looks("")
	u.logged("the playbooks of the folder cannot be read, those read before stay")
	u.looks("")
	if u.log.Len() > 0 {
		t.Errorf("said twice: %s", &u.log)
	}
}

func slicesHas(versions []string, id string) bool {
	for _, v := range versions {
		if name, _, ok := strings.Cut(v, " "); ok && name == id {
			return true
		}
	}
	return false
}

// TestReloadAtOnce is SIGHUP: nobody waits for a second look.
func TestReloadAtOnce(t *testing.T) {
	u := openShelf(t)
	u.write("own/weekly.yaml", ownBook("weekly", "Other"))
	u.look(t.Context(), true)
	if u.gave != "spare: Spare. weekly: Other." {
		t.Errorf("given: %q", u.gave)
	}
}

// TestReloadWatches looks at each tick, and ends with its context.
func TestReloadWatches(t *testing.T) {
	u := openShelf(t)
	u.write("own/weekly.yaml", ownBook("weekly", "Other"))
	ctx, stop := context.WithCancel(t.Context())
	ticks, ended := make(chan time.Time), make(chan struct{})
	go func() { u.watch(ctx, ticks); close(ended) }()
	for range 3 { // the third is taken only when the second look is over
		ticks <- time.Time{}
	}
	stop()
	<-ended
	if u.gave != "spare: Spare. weekly: Other." {
		t.Errorf("given: %q", u.gave)
	}
}
