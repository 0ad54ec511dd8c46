package discord_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/gofirst/gofirst/adapters/discord"
	"github.com/gofirst/gofirst/adapters/discord/discordtest"
	"github.com/gofirst/gofirst/bot/chat"
)

var update = flag.Bool("update", false, "write the golden files anew")

const (
	somebody = "123456789012345678"
	someroom = "223456789012345678"
)

func bare(t testing.TB) *discord.Adapter {
	t.Helper()
	a, err := discord.New(discord.Config{Token: func() string { return "t" }})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// The markup of each kind of node, in one file.
func TestRenderGolden(t *testing.T) {
	t.Parallel()
	a := bare(t)
	var b strings.Builder
	for _, c := range []struct {
		name string
		body []chat.Node
	}{
		{"text", []chat.Node{chat.Text("5 < 6, a_b_c *d* [x](http://e.example) `q` # no title\n# nor here\n- nor a list\n1. nor numbered\n> nor a quote")}},
		{"bold and italic", []chat.Node{chat.Bold{chat.Text("two\nlines ")}, chat.Text("then "), chat.Italic{chat.Text("one"), chat.Bold{chat.Text("both")}}}},
		{"marks side by side", []chat.Node{chat.Bold{chat.Text("a")}, chat.Bold{chat.Text("b")}, chat.Italic{chat.Text("c")}, chat.Code("d"), chat.Code("e")}},
		{"code", []chat.Node{chat.Code("go test ./..."), chat.Text(" "), chat.Code("a `b` ``c``"), chat.Text(" "), chat.Code("`")}},
		{"quote", []chat.Node{chat.Text("Ana:"), chat.Quote{chat.Text("one\n\n> two"), chat.Bold{chat.Text("three")}}, chat.Text("after")}},
		{"list", []chat.Node{chat.Text("This week"), chat.List{{chat.Text("# one")}, {chat.Text("- two\nlines")}, {chat.Mention{User: somebody}}}, chat.Text("end")}},
		{"links", []chat.Node{chat.Link{URL: "https://example.org/a_(b)?q=<x>", Label: "see [this]"}, chat.Text(" "), chat.Link{URL: "https://example.org"}, chat.Text(" "), chat.Link{URL: "javascript:alert(1)", Label: "not"}}},
		{"a link to an unknown place", []chat.Node{chat.PostLink{Channel: someroom, Message: "323456789012345678", Label: "the plan"}, chat.Text(", "), chat.PostLink{}}},
		{"mentions", []chat.Node{chat.Mention{User: somebody, Ping: true}, chat.Text(" in "), chat.Room{Channel: someroom}, chat.Text(" and "), chat.Mention{User: "@everyone"}}},
		{"everybody from pieces", []chat.Node{chat.Text("@"), chat.Text("everyone"), chat.Text(" @here")}},
		{"direction and what nobody sees", []chat.Node{chat.Text("a\u202eb\u2066c\u200bd @\u2060everyone مرحبا 👩‍🚀")}},
	} {
		fmt.Fprintf(&b, "== %s\n%s\n", c.name, a.Rendered(chat.Message{Body: c.body}))
	}
	golden(t, "render.txt", b.String())
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// shards are what hostile texts are made of.
var shards = []string{
	"@everyone", "@here", "@", "everyone", "<@123456789012345678>", "<@!123456789012345678>", "<@&123456789012345678>", "<#123456789012345678>",
	"<:name:123456789012345678>", "<a:n:123456789012345678>", "<t:1700000000:R>", "</gofirst:123456789012345678>", "<id:home>", "<https://evil.example>",
	"https://evil.example/a_b", "http://", "://", ":", ":smile:", "steam://run", "[x](http://evil.example)", "[", "]", "(", ")", "](", "](<http://e.example>)",
	"*", "**", "***", "_", "__", "~~", "||", "|", "`", "``", "```", "```go\n", "\\", "\\\\", "> ", ">>> ", "# ", "## ", "-# ", "- ", "+ ", "1. ", "\n", "\r\n", "\t",
	" ", "a", "b", "é", "👍", "👩‍🚀", "日本", "مرحبا", "\u200b", "\u2060", "\ufeff", "\u202e", "\u2066", "\x00", "\x1b[31m", "\x07", "&lt;", "<b>", "$x$", "mailto:a@b.example", "<", ">", "\xff", "discord.gg/abc", ".", "1", "#", "-",
}

func hostile() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		if rapid.IntRange(0, 9).Draw(t, "any") == 0 {
			return rapid.String().Draw(t, "text")
		}
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(shards), 1, 8).Draw(t, "shards"), "")
	})
}

// seen is what a person can see of a text: no control characters, no marks of direction, nothing invisible.
func seen(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", " ", "\v", " ", "\f", " ", "\u2028", " ", "\u2029", " ").Replace(strings.ToValidUTF8(s, ""))
	s = strings.Map(func(r rune) rune {
		if r != '\n' && unicode.IsControl(r) || r == '\u200b' || r == '\u2060' || r == '\ufeff' || r == unicode.ReplacementChar || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 {
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}

func oneLine(s string) string { return strings.TrimSpace(strings.ReplaceAll(seen(s), "\n", " ")) }

// In every kind of node, a thousand times and more, hostile words stay words: they are all there, nothing else stands
// out, nobody is called, and no link leads anywhere but where we said.
func TestHostileWordsStayWords(t *testing.T) {
	t.Parallel()
	a := bare(t)
	const good = "https://good.example/page"
	rapid.Check(t, func(t *rapid.T) {
		for range 12 {
			words := hostile().Draw(t, "words")
			lines := strings.Split(seen(words), "\n")
			for name, c := range map[string]struct {
				node chat.Node
				want string
			}{
				"text":   {chat.Text(words), seen(words)},
				"bold":   {chat.Bold{chat.Text(words)}, seen(words)},
				"italic": {chat.Italic{chat.Text(words)}, seen(words)},
				"code":   {chat.Code(words), oneLine(words)},
				"quote":  {chat.Quote{chat.Text(words)}, seen(words)},
				"list":   {chat.List{{chat.Text(words)}}, oneLine(words)},
				"link":   {chat.Link{URL: good, Label: words}, oneLine(words)},
			} {
				content := a.Rendered(chat.Message{Body: []chat.Node{chat.Text("before "), c.node, chat.Text(" after")}})
				r := discordtest.Read(content)
				check(t, name, words, content, c.want, r)
				expect(t, name, lines, r)
			}
		}
	})
}

// spaced makes it not matter which blanks and line breaks there are: the golden file shows those.
func spaced(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "• ", "")), " ")
}

func check(t *rapid.T, name, words, content, want string, r discordtest.Reading) {
	if name == "link" && want == "" {
		want = "https://good.example/page"
	}
	got := spaced(seen(r.Text))
	if whole := spaced("before " + want + " after"); got != whole {
		t.Fatalf("%s of %q, sent as %q, reads %q, want %q", name, words, content, got, whole)
	}
	if len(r.Mentions)+len(r.Rooms)+len(r.Strange()) != 0 || r.Everyone {
		t.Fatalf("%s of %q, sent as %q, calls %v %v, everybody %v, or makes %v", name, words, content, r.Mentions, r.Rooms, r.Everyone, r.Strange())
	}
	for _, to := range append(r.Links, r.Bare...) {
		if to != "https://good.example/page" || name != "link" {
			t.Fatalf("%s of %q, sent as %q, leads to %q", name, words, content, to)
		}
	}
}

// expect looks whether what should stand out does, and nothing else.
func expect(t *rapid.T, name string, lines []string, r discordtest.Reading) {
	marked := 0
	for _, l := range lines {
		if strings.TrimSpace(l) != "" {
			marked++
		}
	}
	want := map[string]int{}
	switch name {
	case "bold", "italic":
		want[name] = marked
	case "code":
		want[name] = min(marked, 1)
	case "quote", "list":
		want[name] = 1
	}
	for kind, got := range map[string][]string{"bold": r.Bold, "italic": r.Italic, "code": r.Code, "quote": r.Quotes, "list": r.Items} {
		if len(got) != want[kind] {
			t.Fatalf("%s of %q: %d stand out as %s, want %d", name, lines, len(got), kind, want[kind])
		}
	}
}

// Where a link leads is what was given, or it is none.
func TestLinksLeadWhereTheyShould(t *testing.T) {
	t.Parallel()
	a := bare(t)
	for given, want := range map[string]string{
		"https://example.org/a_b_c":          "https://example.org/a_b_c",
		"http://example.org":                 "http://example.org",
		"https://example.org/a(b)":           "https://example.org/a%28b%29",
		"https://e.example/?q=<@1234567890>": "https://e.example/?q=%3C@1234567890%3E",
		"https://e.example/) [x](http://f":   "https://e.example/%29%20%5Bx%5D%28http://f",
		"javascript:alert(1)":                "", "": "", "https://": "", "data:text/html,x": "", "/relative": "", "https://e.example/\x00": "",
	} {
		for _, label := range []string{"the plan", ""} {
			r := discordtest.Read(a.Rendered(chat.Message{Body: []chat.Node{chat.Text("x "), chat.Link{URL: given, Label: label}}}))
			got := strings.Join(append(r.Links, r.Bare...), " ")
			if got != want {
				t.Errorf("a link to %q leads to %q, want %q", given, got, want)
			}
		}
	}
}
