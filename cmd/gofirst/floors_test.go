package main_test

import (
	"bytes"
	"encoding/json"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	module     = "github.com/gofirst/gofirst/"
	mattermost = "github.com/mattermost/mattermost/server/public"
)

// room is a package and the floor that it stands on.
type room struct {
	floor int
	path  string // under the module
	what  string
}

// plan is the plan of the house. A room imports only from floors below its own: never upwards, never sideways.
// Tests may: what counts is what is built. A row may stand here before its room is built.
func plan() []room {
	return []room{
		{5, "cmd/gofirst", "flags, one config file; wire.go alone names the adapters"},

		{4, "bot/replay", "time that somebody else wrote down: rehearse, the transcripts' player, the demo"},
		{4, "bot/web", "pages and the HTTP doors"},

		{3, "bot", "the engine: intake, turn, attention, deliveries, commands"},

		{2, "playbooks", "the playbooks and the small language they are written in; pure"},
		{2, "adapters/adaptertest", "what an adapter promises, as tests"},
		{2, "adapters/local", "a chat in one process"},
		{2, "adapters/export", "a chat that can only be listened to"},
		{2, "adapters/slack", ""},
		{2, "adapters/slack/slacktest", "a stand-in for Slack, written from its documents"},
		{2, "adapters/discord", ""},
		{2, "adapters/discord/discordtest", "a stand-in for Discord"},
		{2, "adapters/mattermost", "alone imports Mattermost's own module"},
		{2, "adapters/mattermost/mattermosttest", "a stand-in for a Mattermost server"},

		{1, "bot/store", "what the bot remembers"},
		{1, "bot/calendar", "pure answers about time"},
		{1, "bot/question", "pure answers about questions"},
		{1, "bot/spread", "pure answers about spread"},

		{0, "bot/chat", "the vocabulary, and what an adapter promises"},
	}
}

func TestFloors(t *testing.T) {
	t.Parallel()
	floors := map[string]int{}
	for _, r := range plan() {
		floors[r.path] = r.floor
	}
	var withMattermost []string
	for _, p := range packages(t) {
		floor, known := floors[p.path]
		if !known {
			t.Errorf("%s has no floor: add its row to the plan in cmd/gofirst/floors_test.go, on the lowest floor above all that it imports", p.path)
			continue
		}
		for _, imported := range p.imports {
			below, known := floors[imported]
			switch {
			case known && below >= floor:
				t.Errorf("%s (floor %d) imports %s (floor %d): only lower floors may be imported", p.path, floor, imported, below)
			case strings.HasPrefix(imported, "adapters/") && p.path != "cmd/gofirst":
				t.Errorf("%s imports %s: only cmd/gofirst names an adapter, the others take one as a value", p.path, imported)
			}
		}
		if p.mattermost {
			withMattermost = append(withMattermost, p.path)
		}
	}
	if len(withMattermost) > 1 {
		t.Errorf("%s is imported by %s: one package may", mattermost, strings.Join(withMattermost, ", "))
	}
}

// built is a package and what it imports when it is built.
type built struct {
	path       string
	imports    []string // rooms
	mattermost bool
}

func packages(t *testing.T) []built {
	t.Helper()
	watch()
	list := exec.Command("go", "list", "-buildvcs=false", "-json=ImportPath,Imports", "./...")
	list.Dir = top
	var complaint bytes.Buffer
	list.Stderr = &complaint
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, &complaint)
	}
	var all []built
	for dec := json.NewDecoder(bytes.NewReader(out)); dec.More(); {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := dec.Decode(&p); err != nil {
			t.Fatal("go list:", err)
		}
		b := built{path: strings.TrimPrefix(p.ImportPath, module)}
		for _, imported := range p.Imports {
			if path, ours := strings.CutPrefix(imported, module); ours {
				b.imports = append(b.imports, path)
			}
			b.mattermost = b.mattermost || strings.HasPrefix(imported, mattermost)
		}
		all = append(all, b)
	}
	return all
}

// top is the top level of the tree, seen from this package.
const top = "../.."

// watch looks at the whole tree. What another process reads, "go test" does not know of: without this it would
// give an old answer from its cache. What cannot be read is for the other process to complain about.
func watch() {
	_ = filepath.WalkDir(top, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && d.Name() == ".git" {
			return fs.SkipDir
		}
		return nil
	})
}

func TestOnlyWireNamesTheAdapters(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if name == "wire.go" || strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range file.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasPrefix(path, module+"adapters/") {
				t.Errorf("%s imports %s: wire.go alone names the adapters", name, path)
			}
		}
	}
}

// The top level holds the rooms and what every module has. Dot files may stand there too.
func TestTopLevel(t *testing.T) {
	t.Parallel()
	allowed := []string{"adapters", "bot", "cmd", "playbooks", "go.mod", "go.sum", "Dockerfile", "README.md", "LICENSE"}
	if _, err := os.Stat(filepath.Join(top, ".git")); err != nil {
		t.Skip("this tree is no git checkout:", err)
	}
	watch()
	list := exec.Command("git", "ls-files", "-z")
	list.Dir = top
	out, err := list.Output()
	if err != nil {
		t.Skip("git does not list this tree:", err)
	}
	seen := map[string]bool{}
	for file := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		name, _, _ := strings.Cut(file, "/")
		if seen[name] || strings.HasPrefix(name, ".") || slices.Contains(allowed, name) {
			continue
		}
		seen[name] = true
		t.Errorf("%s stands at the top level: only %s and dot files may", name, strings.Join(allowed, ", "))
	}
}
