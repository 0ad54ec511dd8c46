package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/gofirst/gofirst/adapters/adaptertest"
	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/chat"
)

var update = flag.Bool("update", false, "write the tables of the README anew")

// featured are the services that the README speaks of, in its order.
func featured() []string { return []string{"slack", "discord", "mattermost"} }

// The README tells of every scope, permission and ability what the adapters themselves say.
func TestReadmeTables(t *testing.T) {
	t.Parallel()
	path := filepath.Join("..", "..", "README.md")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := string(text)
	for _, c := range []struct{ marker, table string }{{"scopes", scopeTable()}, {"capabilities", capabilityTable(t)}, {"kept", keptTable(t)}} {
		want = between(t, want, c.marker, c.table)
	}
	if want == string(text) {
		return
	}
	if !*update {
		t.Errorf("the README's tables are old; go test ./cmd/gofirst -run ReadmeTables -update writes them anew:\n%s", cmp.Diff(string(text), want))
		return
	}
	if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}

// between replaces what stands between two markers.
func between(t *testing.T, text, marker, table string) string {
	t.Helper()
	begin, end := "<!-- "+marker+" -->\n", "<!-- /"+marker+" -->"
	before, rest, ok := strings.Cut(text, begin)
	_, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Fatalf("the README has no %s … %s", begin, end)
	}
	return before + begin + table + end + after
}

// capabilityTable asks each adapter, opened as serve opens it, and each harness for what does not apply.
func capabilityTable(t *testing.T) string {
	t.Helper()
	var columns []adaptertest.Column
	for _, name := range append(featured(), "local") {
		columns = append(columns, adaptertest.Column{Name: services()[name].title, Adapter: opened(t, name), Not: notApplicable(t, name)})
	}
	return adaptertest.Table(columns...)
}

// opened is an adapter with all that the configuration can give it. It has talked to nobody.
func opened(t *testing.T, kind string) chat.Adapter {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"app.token": "xapp-1-A0000000000-1234567890123-abcdef", "bot.token": "xoxb-1234567890123-1234567890123-abcdef",
		"gofirst.yaml": "url: https://bot.example.org\n" + map[string]string{
			"slack":      "slack: {app_token_file: app.token, bot_token_file: bot.token}\n",
			"discord":    "discord: {token_file: bot.token}\n",
			"mattermost": "mattermost: {server: https://chat.example.org, token_file: bot.token}\n",
			"local":      "local: {rooms: [help], people: {ana: {}}}\n",
		}[kind],
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c, err := readConfig(filepath.Join(dir, "gofirst.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	o := opening{zone: time.UTC, clock: time.Now, key: []byte("0123456789abcdef0123456789abcdef")}
	open, err := c.connections[0].open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := open.close(); err != nil {
			t.Error(err)
		}
	})
	return open.adapter
}

// notApplicable reads from an adapter's own tests what its harness says does not apply: a harness stands in a test
// file, which nobody can import.
func notApplicable(t *testing.T, adapter string) map[adaptertest.Part]string {
	t.Helper()
	parts := partsByName(t)
	out := map[adaptertest.Part]string{}
	said := 0
	eachFile(t, filepath.Join("..", "..", "adapters", adapter), func(file *ast.File) {
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Name.Name != "Not" || f.Recv == nil {
				continue
			}
			said++
			ast.Inspect(f, func(n ast.Node) bool {
				pair, ok := n.(*ast.KeyValueExpr)
				if !ok {
					return true
				}
				key, ok := pair.Key.(*ast.SelectorExpr)
				if !ok || parts[key.Sel.Name] == "" {
					t.Errorf("adapters/%s: cannot read what its harness's Not names", adapter)
					return false
				}
				out[parts[key.Sel.Name]] = "its harness says so"
				return false
			})
		}
	})
	if said != 1 {
		t.Errorf("adapters/%s has %d harnesses with Not; one is understood", adapter, said)
	}
	return out
}

// partsByName gives the suite's parts by the names of their constants.
func partsByName(t *testing.T) map[string]adaptertest.Part {
	t.Helper()
	out := map[string]adaptertest.Part{}
	eachFile(t, filepath.Join("..", "..", "adapters", "adaptertest"), func(file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			if kind, ok := spec.Type.(*ast.Ident); ok && kind.Name == "Part" && len(spec.Values) == 1 {
				value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				out[spec.Names[0].Name] = adaptertest.Part(value)
			}
			return false
		})
	})
	return out
}

func eachFile(t *testing.T, dir string, do func(*ast.File)) {
	t.Helper()
	names, err := fs.Glob(os.DirFS(dir), "*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		do(file)
	}
}

// scopeTable lists what the bot asks each service for.
func scopeTable() string {
	var b strings.Builder
	b.WriteString("| service | asks for | what for |\n|---|---|---|\n")
	for _, kind := range featured() {
		s := services()[kind]
		for _, a := range s.asks {
			fmt.Fprintf(&b, "| %s | %s | %s |\n", s.title, a.shown("switched on by hand"), a.reason("without it"))
		}
	}
	return b.String()
}

// keptTable lists what is kept, in the bot's own sentences.
func keptTable(t *testing.T) string {
	t.Helper()
	kept, err := bot.KeptIn("en")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("| what | how long |\n|---|---|\n")
	for _, k := range kept {
		fmt.Fprintf(&b, "| %s | %s |\n", markdownOf(k.What), markdownOf(k.Long))
	}
	return b.String()
}

// slackScopes reads the manifest, in which each scope stands under its reason.
func slackScopes() (out [][2]string, err error) {
	actions, err := bot.MenuActions("en")
	if err != nil {
		return nil, err
	}
	text, err := manifests()["slack"](context.Background(), manifest{name: "slack", actions: actions})
	if err != nil {
		return nil, err
	}
	_, scopes, ok := strings.Cut(string(text), "    bot:\n")
	scopes, _, closed := strings.Cut(scopes, "settings:\n")
	if !ok || !closed {
		return nil, errors.New("the manifest has no scopes")
	}
	lines := strings.Split(strings.TrimSpace(scopes), "\n")
	for i := 0; i+1 < len(lines); i += 2 {
		why, isReason := strings.CutPrefix(strings.TrimSpace(lines[i]), "# With this the bot can ")
		scope, isScope := strings.CutPrefix(strings.TrimSpace(lines[i+1]), "- ")
		if !isReason || !isScope {
			return nil, fmt.Errorf("not a scope under its reason: %q, %q", lines[i], lines[i+1])
		}
		out = append(out, [2]string{scope, strings.TrimSuffix(why, ".")})
	}
	return out, nil
}
