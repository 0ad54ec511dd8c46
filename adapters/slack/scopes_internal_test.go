package slack

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// methodName is what a method of the Web API looks like in the source.
var methodName = regexp.MustCompile(`^(api|auth|apps|bots|chat|conversations|files|reactions|usergroups|users|views)\.[a-zA-Z.]+$`)

// called gives the methods that the adapter's source names, outside of the table.
func called(t *testing.T) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") || e.Name() == "scopes.go" {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), e.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
				if s := strings.Trim(l.Value, "\"`"); methodName.MatchString(s) {
					found[s] = true
				}
			}
			return true
		})
	}
	return found
}

// Every method that the table grants is called, and every method that is called is in the table or needs no scope.
func TestScopesAreJustThoseThatAreUsed(t *testing.T) {
	t.Parallel()
	free := []string{"auth.test", "apps.connections.open", "chat.getPermalink", "views.open", "views.publish"}
	calls, granted := called(t), map[string]bool{}
	for _, p := range permissions() {
		for _, m := range p.methods {
			granted[m] = true
			if !calls[m] {
				t.Errorf("%s is asked for %s, which nothing calls", p.scope, m)
			}
		}
		if len(p.methods)+len(p.events) == 0 && p.scope != "commands" {
			t.Errorf("nothing goes by %s", p.scope)
		}
		if p.purpose == "" {
			t.Errorf("%s has no purpose", p.scope)
		}
	}
	for m := range calls {
		if !granted[m] && !slices.Contains(free, m) {
			t.Errorf("%s is called, and no scope is asked for it", m)
		}
	}
}

func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	now := &testClock{}
	m := remember[int, string](now.read, 10, 3)
	for i := range 5 {
		m.put(i, "x")
	}
	if _, ok := m.get(1); ok || len(m.kept) > 3 || len(m.order) > 3 {
		t.Errorf("of five, %d are kept", len(m.kept))
	}
	if m.add(4, "y") {
		t.Error("what is there is added again")
	}
	now.at += 11
	if _, ok := m.get(4); ok {
		t.Error("what is too old is still there")
	}
	if !m.add(4, "y") {
		t.Error("what is too old cannot be added again")
	}
	m.forget(4)
	if _, ok := m.get(4); ok {
		t.Error("what was forgotten is there")
	}
}

func TestPlainText(t *testing.T) {
	t.Parallel()
	for markup, want := range map[string]string{
		"5 &lt; 6 &amp;&amp; 7 &gt; 2":              "5 < 6 && 7 > 2",
		"&amp;lt;":                                  "&lt;",
		"<@U0ANA> and <@U0ANA|ana>":                 "@U0ANA and @ana",
		"<#C0HELP|help> <#C0HELP>":                  "#help #C0HELP",
		"<!here> <!channel> <!everyone>":            "@here @channel @everyone",
		"<!subteam^S0CREW|@crew> <!subteam^S0CREW>": "@crew @S0CREW",
		"<!date^1392734382^{date}|2014-02-18>":      "2014-02-18",
		"<https://example.org/a?b&amp;c>":           "https://example.org/a?b&c",
		"<https://example.org|example.org>":         "https://example.org",
		"<https://example.org|a page>":              "a page (https://example.org)",
		"<mailto:ana@example.org|ana@example.org>":  "ana@example.org",
		"`a <https://example.org> b`":               "`a https://example.org b`",
		"a < b, <c d>, <":                           "a < b, <c d>, <",
		"<<@U0ANA>>":                                "<@U0ANA>",
		"<>":                                        "<>",
		"&gt; quoted":                               "> quoted",
	} {
		got, refs := plain(markup, "U0BOT")
		if got != want {
			t.Errorf("%q is read as %q, want %q", markup, got, want)
		}
		for _, r := range refs {
			if r.At < 0 || r.At+r.Len > len(got) || got[r.At] != '@' && got[r.At] != '#' {
				t.Errorf("%q: %+v points at nothing", got, r)
			}
		}
	}
}

func FuzzPlainText(f *testing.F) {
	f.Add("<@U0ANA|x> &lt; <https://e.example|y> <!here> <#C0HELP>")
	f.Fuzz(func(t *testing.T, markup string) {
		text, refs := plain(markup, "U0BOT")
		last := 0
		for _, r := range refs {
			if r.At < last || r.Len < 2 || r.At+r.Len > len(text) {
				t.Errorf("%q: %+v points beyond %q", markup, r, text)
			}
			last = r.At + r.Len
		}
	})
}

// testClock is moved by hand, in nanoseconds.
type testClock struct{ at int64 }

func (c *testClock) read() time.Time { return time.Unix(0, c.at) }
