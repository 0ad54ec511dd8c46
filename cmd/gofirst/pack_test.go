package main

import (
	"go/ast"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/gofirst/gofirst/playbooks"
)

// packConfig is a small configuration of which every token is missing, and a playbook of its own.
func packConfig(t *testing.T, text string) *config {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "playbooks"), os.DirFS(filepath.Join("testdata", "pack", "playbooks"))); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "gofirst.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := readConfig(file)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// smallConfig is one of which every part of the dossier has something to say. It is told apart from the built-in
// playbooks, so that the golden files change with the dossier and not with each of those.
func smallConfig(t *testing.T) *config {
	t.Helper()
	c := packConfig(t, `
slack:      {app_token_file: missing.token, bot_token_file: missing.token}
mattermost: {name: mm, server: https://chat.example.org, token_file: missing.token, teams: [core]}
url:        https://bot.example.org
runs:       Ada & the platform crew
stewards:   [ada@example.org]
groups:     {helper: ["#help"], observer: [mia]}
zone:       Europe/Paris
playbooks:  {kettle: {rooms: [help], patience@help: eager}}
`)
	c.file, c.database, c.keyFile = "gofirst.yaml", "gofirst.db", "gofirst.key"
	c.books = slices.DeleteFunc(c.books, func(b book) bool { return b.ID != "kettle" })
	return c
}

func packDay() time.Time { return time.Date(2026, 11, 22, 23, 30, 0, 0, time.UTC) }

func dossiers(t *testing.T, c *config) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, language := range playbooks.Languages {
		for _, format := range formats() {
			d, err := dossierOf(c, language, build{Version: "v1.2.3", Commit: "0123abc", Go: "go1.26"}, packDay())
			if err != nil {
				t.Fatal(err)
			}
			text, err := d.write(format)
			if err != nil {
				t.Fatal(err)
			}
			out["dossier."+language+"."+format] = string(text)
		}
	}
	return out
}

func TestPackGolden(t *testing.T) {
	t.Parallel()
	for name, got := range dossiers(t, smallConfig(t)) {
		file := filepath.Join("testdata", "pack", name)
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s is another; go test ./cmd/gofirst -run PackGolden -update writes it anew:\n%s", name, diff)
		}
	}
}

// TestPackTellsOfEveryPlaybook: whatever playbooks there are, each is told of with all that it says of itself.
func TestPackTellsOfEveryPlaybook(t *testing.T) {
	t.Parallel()
	c := packConfig(t, "discord: {token_file: missing.token}\n")
	for name, text := range dossiers(t, c) {
		language := strings.Split(name, ".")[1]
		if !strings.HasSuffix(name, ".md") {
			continue
		}
		for _, b := range c.books {
			for _, of := range []playbooks.Text{b.About, b.Hypothesis, b.Harm} {
				if words := markdown(playbooks.Typeset(language, of.In(language, true, 0))); !strings.Contains(text, words) {
					t.Errorf("%s does not say of %s: %s", name, b.ID, words)
				}
			}
			for _, r := range b.Rules {
				if !strings.Contains(text, r.Name) {
					t.Errorf("%s does not tell of the rule %q of %s", name, r.Name, b.ID)
				}
			}
		}
		if strings.Contains(text, "<no value>") || strings.Contains(text, "⟦") {
			t.Errorf("%s lacks something", name)
		}
	}
}

// TestPackReasons: in every language each service's every scope has a reason, and none is left over.
func TestPackReasons(t *testing.T) {
	t.Parallel()
	reasons, err := packReasons("fr")
	if err != nil {
		t.Fatal(err)
	}
	for kind, s := range services() {
		for _, a := range s.asks {
			why := reasons[kind][a.name]
			if why == "" {
				t.Errorf("%s: %q has no reason in French", kind, a.name)
			}
			if strings.Contains(a.reason("without it"), "without it") != strings.Contains(why, "sans cela") {
				t.Errorf("%s: %q does not say the same in both languages: %s", kind, a.name, why)
			}
			delete(reasons[kind], a.name)
		}
		for name := range reasons[kind] {
			t.Errorf("%s: there is a reason for %q, which is not asked for", kind, name)
		}
	}
}

// TestServices: what is told before a service is connected is what its adapter and its manifest say.
func TestServices(t *testing.T) {
	t.Parallel()
	for kind := range kinds() {
		s, ok := services()[kind]
		if !ok {
			t.Errorf("nothing is told of %s", kind)
			continue
		}
		if info := opened(t, kind).Info(); info.Everywhere != s.everywhere {
			t.Errorf("%s: everywhere is %v, its adapter says %v", kind, s.everywhere, info.Everywhere)
		}
	}
	manifest, err := slackScopes()
	if err != nil {
		t.Fatal(err)
	}
	var told [][2]string
	for _, a := range services()["slack"].asks {
		told = append(told, [2]string{a.name, strings.TrimPrefix(a.why, "to ")})
	}
	if diff := cmp.Diff(manifest, told); diff != "" {
		t.Errorf("the manifest asks for something else:\n%s", diff)
	}
}

// TestPackNamesWhatIsThere: a test or a file to which the dossier sends its reader is there.
func TestPackNamesWhatIsThere(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..")
	tests := map[string]bool{}
	for _, dir := range []string{"bot", "bot/store"} {
		eachFile(t, filepath.Join(root, dir), func(file *ast.File) {
			for _, d := range file.Decls {
				if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil {
					tests[f.Name.Name] = true
				}
			}
		})
	}
	for name, text := range dossiers(t, smallConfig(t)) {
		found := 0
		for _, named := range regexp.MustCompile(`\bTest[A-Z]\w+|\bbot/[\w/.]+\w`).FindAllString(text, -1) {
			found++
			if strings.HasPrefix(named, "Test") && !tests[named] {
				t.Errorf("%s names %s, which is no test", name, named)
			}
			if _, err := os.Stat(filepath.Join(root, named)); strings.HasPrefix(named, "bot/") && err != nil {
				t.Errorf("%s names %s: %v", name, named, err)
			}
		}
		if found < 10 {
			t.Errorf("%s names only %d tests and files", name, found)
		}
	}
}

// TestPackTypography: the templates are set as print would, outside of their holes.
func TestPackTypography(t *testing.T) {
	t.Parallel()
	holes := regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	for _, language := range playbooks.Languages {
		file := filepath.Join("pack", "dossier."+language+".md")
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		set := ""
		words := holes.Split(string(text), -1)
		for i, hole := range append(holes.FindAllString(string(text), -1), "") {
			set += playbooks.Typeset(language, words[i]) + hole
		}
		if diff := cmp.Diff(set, string(text)); diff != "" && !*update {
			t.Errorf("%s is not well set; go test ./cmd/gofirst -run PackTypography -update sets it:\n%s", file, diff)
		}
		if *update {
			if err := os.WriteFile(file, []byte(set), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
