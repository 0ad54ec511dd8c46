package playbooks

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write what is said now into testdata")

// mistake is one section of a testdata/*/*.txtar: "- " lines of base.yaml, "+ " lines in their place, "= " lines
// of what is then said.
type mistake struct {
	name            string
	old, fresh, say string
}

// TestLanguage makes one mistake after the other in base.yaml and wants each said in full, place and caret included.
func TestLanguage(t *testing.T) {
	makeMistakes(t, "testdata/lang/*.txtar", func(t *testing.T, text string) string {
		_, err := Load("base.yaml", []byte(text))
		if err == nil {
			t.Fatal("loads")
		}
		checkPlaces(t, text, err)
		return err.Error()
	})
}

// TestLint is the same for what loads and yet breaks a rule that holds for all playbooks. base.yaml itself is clean.
func TestLint(t *testing.T) {
	makeMistakes(t, "testdata/lint/*.txtar", func(t *testing.T, text string) string {
		p, err := Load("base.yaml", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, problem := range Lint(p, []byte(text)) {
			said = append(said, problem.Error())
		}
		return strings.Join(said, "\n")
	})
}

func makeMistakes(t *testing.T, glob string, say func(t *testing.T, text string) string) {
	base := read(t, "testdata/lang/base.yaml")
	files, err := filepath.Glob(glob)
	if err != nil || len(files) == 0 {
		t.Fatalf("no mistakes found: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			comment, mistakes := parseMistakes(t, read(t, file))
			for i := range mistakes {
				t.Run(mistakes[i].name, func(t *testing.T) { mistakes[i].check(t, base, say) })
			}
			if *update {
				write(t, file, comment, mistakes)
			}
		})
	}
}

func (m *mistake) check(t *testing.T, base string, say func(t *testing.T, text string) string) {
	if n := strings.Count(base, m.old); n != 1 {
		t.Fatalf("%q stands %d times in base.yaml", m.old, n)
	}
	got := say(t, strings.Replace(base, m.old, m.fresh, 1))
	if *update {
		m.say = got
	}
	if diff := cmp.Diff(m.say, got); diff != "" {
		t.Errorf("wanted -, got +:\n%s", diff)
	}
}

// checkPlaces wants every problem to stand in a line of the file and to show that line.
func checkPlaces(t *testing.T, text string, err error) {
	t.Helper()
	lines := strings.Split(text, "\n")
	for _, p := range problemsOf(t, err) {
		if p.Line < 0 || p.Line > len(lines) || p.Line > 0 && p.Column < 1 {
			t.Errorf("no such place: %d:%d of %d lines: %s", p.Line, p.Column, len(lines), p.Message)
		} else if p.Line > 0 && p.Excerpt != strings.TrimSuffix(lines[p.Line-1], "\r") {
			t.Errorf("line %d shown as %q", p.Line, p.Excerpt)
		}
	}
}

func problemsOf(t *testing.T, err error) []*Problem {
	t.Helper()
	if err == nil {
		return nil
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		t.Fatalf("not a list of problems: %T", err)
	}
	var out []*Problem
	for _, one := range joined.Unwrap() {
		var p *Problem
		if !errors.As(one, &p) {
			t.Fatalf("not a problem: %T", one)
		}
		out = append(out, p)
	}
	return out
}

func parseMistakes(t *testing.T, text string) (comment string, out []mistake) {
	comment, rest, found := strings.Cut(text, "\n-- ")
	for found {
		var section string
		section, rest, found = strings.Cut(rest, "\n-- ")
		name, body, _ := strings.Cut(section, " --\n")
		m := mistake{name: name}
		m.old, m.fresh, m.say = marked(body, '-'), marked(body, '+'), marked(body, '=')
		out = append(out, m)
	}
	if len(out) == 0 {
		t.Fatal("no mistakes in it")
	}
	return comment, out
}

// marked joins the lines that begin with a mark and a blank.
func marked(body string, mark byte) string {
	var out []string
	for line := range strings.Lines(body) {
		if line[0] == mark {
			out = append(out, strings.TrimSuffix(line, "\n")[min(2, len(line)-1):])
		}
	}
	return strings.Join(out, "\n")
}

func write(t *testing.T, file, comment string, mistakes []mistake) {
	var b bytes.Buffer
	b.WriteString(comment)
	for _, m := range mistakes {
		b.WriteString("\n-- " + m.name + " --\n")
		for _, part := range []struct{ mark, text string }{{"- ", m.old}, {"+ ", m.fresh}, {"= ", m.say}} {
			for line := range strings.SplitSeq(part.text, "\n") {
				b.WriteString(part.mark + line + "\n")
			}
		}
	}
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t testing.TB, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
