package mattermost

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/gofirst/gofirst/adapters/mattermost/mattermosttest"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write the golden files anew")

// book names what the tests mention.
type book struct{}

func (book) person(u chat.UserID) string {
	return map[chat.UserID]string{"u1": "ana", "u2": "jo_de-k."}[u]
}
func (book) room(c chat.ChannelID) string { return map[chat.ChannelID]string{"c1": "help"}[c] }
func (book) permalink(c chat.ChannelID, m chat.MessageID) string {
	return "https://chat.example.org/crew/pl/" + string(m)
}

func messages() map[string]chat.Message {
	body := func(nodes ...chat.Node) chat.Message { return chat.Message{Body: nodes} }
	return map[string]chat.Message{
		"words":    body(chat.Text("5 < 6 & 7 > 2, a_b_c *d* ~e~ `f` #g @channel :smile: $x$ \\o/ back\\slash\n# no title\n- no item\n1. no number\n> no quote\n    no code\n=== no line")),
		"styles":   body(chat.Bold{chat.Text("bold *and* more")}, chat.Text(" and "), chat.Italic{chat.Text("it_al*ics")}, chat.Text(", "), chat.Bold{chat.Italic{chat.Text("both")}}, chat.Code("a `b` c"), chat.Code("``")),
		"blocks":   body(chat.Text("before"), chat.Quote{chat.Text("one\n\nthree"), chat.List{{chat.Text("in")}, {chat.Text("side")}}}, chat.Text("between"), chat.List{{chat.Text("a")}, {chat.Text("b\nc"), chat.List{{chat.Text("d")}}}}, chat.Text("after")),
		"links":    body(chat.Text("see https://example.org/a_b?c=1&d=2 and https://example.org/a(b)*c*, www.example.org, example.org/x_y_z: "), chat.Link{URL: "https://example.org/(x)", Label: "a [b] @c"}, chat.Link{URL: "https://example.org/"}, chat.Link{URL: "javascript:alert(1)", Label: "no"}, chat.PostLink{Channel: "c1", Message: "m1"}),
		"names":    body(chat.Mention{User: "u1"}, chat.Text(" "), chat.Mention{User: "u1", Ping: true}, chat.Text("s, "), chat.Mention{User: "u2"}, chat.Mention{User: "nobody"}, chat.Room{Channel: "c1"}, chat.Room{Channel: "?"}),
		"picture":  {Body: []chat.Node{chat.Text("This week")}, Picture: &chat.Picture{Alt: "Three *dots*"}},
		"hidden":   body(chat.Text("a\u202eb\u2066c\u200bd\x00e\u2028f\u00a0g")),
		"nothing":  body(chat.Text(""), chat.Bold{}, chat.Quote{}, chat.List{{}}, chat.Code("")),
		"together": body(chat.Text("@"), chat.Text("all http"), chat.Text("://evil.example "), chat.Text("1"), chat.Text(". x"), chat.Text("["), chat.Text("x]"), chat.Text("(http://evil.example)")),
	}
}

func TestGolden(t *testing.T) {
	t.Parallel()
	for name, m := range messages() {
		path := filepath.Join("testdata", name+".md")
		got := strings.ReplaceAll(render(m, book{}), zeroWidth, "·")
		if *update {
			if err := os.WriteFile(path, []byte(got+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(strings.TrimSuffix(string(want), "\n"), got); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

// marks are pieces of what somebody may write to get out of their words.
var marks = []string{
	"*", "**", "_", "__", "~", "~~", "`", "```", "#", "# ", "> ", "- ", "1. ", "[", "]", "](", "[x](http://evil.example)", "![i](http://evil.example/i.png)",
	"<http://evil.example>", "http://evil.example/a_b*c", "https://evil.example", "www.evil.example", "evil.example/x_y", "mailto:a@b.c", "@ana", "@channel", "@all", "@here", "~help",
	":smile:", ":+1:", ":)", "#tag", "$x$", "$", "|", "---", "===", "\\", "&lt;", "&amp;", "&#64;all", "<b>", "\n", "\n\n", "    ", "\t", " ", "x", "ana", "a1", "é", "日本", "👍🏽", "\u202e", "\u200b", "(", ")", "!", ":", "/", ".", "word",
}

func words() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(marks), 1, 8).Draw(t, "marks"), "")
	})
}

// inEvery puts words into every kind of node that holds some, next to other pieces.
func inEvery(s string) map[string][]chat.Node {
	line := strings.Join(strings.Fields(s), " ")
	return map[string][]chat.Node{
		"text":    {chat.Text(s)},
		"between": {chat.Text("a"), chat.Text(s), chat.Text("z")},
		"bold":    {chat.Bold{chat.Text(s)}, chat.Text(s)},
		"italic":  {chat.Italic{chat.Text(line)}, chat.Italic{chat.Text(line)}},
		"both":    {chat.Bold{chat.Italic{chat.Text(line)}}},
		"code":    {chat.Link{URL: good, Label: "x"}, chat.Code(line), chat.Text(s)},
		"quote":   {chat.Text("a"), chat.Quote{chat.Text(s)}, chat.Text(s)},
		"list":    {chat.List{{chat.Text(s)}, {chat.Bold{chat.Text(s)}}}, chat.Text("z")},
		"label":   {chat.Text(s), chat.Link{URL: good, Label: s}, chat.Text(s)},
		"deep":    {chat.Quote{chat.List{{chat.Text(s), chat.Code(line)}, {chat.Quote{chat.Text(s)}}}}},
	}
}

const good = "https://good.example/page"

// Nobody's words ping, lead elsewhere than they say, or become markup; and none of them is lost.
func TestHostileWords(t *testing.T) {
	t.Parallel()
	s := mattermosttest.New(mattermosttest.Options{})
	t.Cleanup(s.Close)
	number := 0
	rapid.Check(t, func(t *rapid.T) {
		for range 10 { // rapid makes a hundred of these
			number++
			text := words().Draw(t, "words")
			for where, nodes := range inEvery(text) {
				m := chat.Message{Body: nodes}
				markup := render(m, book{})
				shown := s.Parse(markup)
				if len(shown.Pings) > 0 || len(shown.Broken) > 0 {
					t.Fatalf("%s: %q as %q pings %q and becomes %q", where, text, markup, shown.Pings, shown.Broken)
				}
				for _, l := range shown.Links {
					if l.Target != good && visible(l.Words) != l.Target {
						t.Fatalf("%s: %q as %q leads from %q to %q", where, text, markup, l.Words, l.Target)
					}
				}
				if !strings.Contains(onlyLetters(shown.Text), onlyLetters(text)) {
					t.Fatalf("%s: of %q, shown as %q by %q, something is missing", where, text, shown.Text, markup)
				}
				if n := utf8.RuneCountInString(render(m, longest{"https://chat.example.org"})); n < utf8.RuneCountInString(markup) {
					t.Fatalf("%s: the size %d is less than that of %q", where, n, markup)
				}
			}
		}
	})
	if number < 1000 {
		t.Errorf("only %d texts were tried", number)
	}
}

func visible(s string) string { return strings.ReplaceAll(s, zeroWidth, "") }

func onlyLetters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// Words that are told come back as they were written.
func TestOwnWordsComeBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := strings.TrimSpace(clean(words().Draw(t, "words")))
		r := reader{src: ownWords(render(chat.Message{Body: []chat.Node{chat.Text(text)}}, book{}))}
		r.read()
		if got := onlyLetters(r.out.String()); got != onlyLetters(text) && !strings.Contains(text, "&") && !strings.Contains(text, "://") {
			t.Fatalf("%q comes back as %q", text, r.out.String())
		}
	})
}

// A mention without ping does not even notify somebody who asked to be told of their own name.
func TestQuietMention(t *testing.T) {
	t.Parallel()
	s := mattermosttest.New(mattermosttest.Options{})
	t.Cleanup(s.Close)
	s.AddPerson(mattermosttest.User{Username: "zoe", Keywords: []string{"ana"}})
	if p := s.Parse(render(chat.Message{Body: []chat.Node{chat.Text("by "), chat.Mention{User: "u1"}}}, book{})); len(p.Pings) != 0 || visible(p.Text) != "by @ana" {
		t.Errorf("it is shown as %q and notifies %q", p.Text, p.Pings)
	}
	if p := s.Parse(render(chat.Message{Body: []chat.Node{chat.Mention{User: "u1", Ping: true}, chat.Text("s turn")}}, book{})); !slices.Contains(p.Pings, "@ana") {
		t.Errorf("a mention with ping notifies %q", p.Pings)
	}
}

// Styles are shown as styles.
func TestStyles(t *testing.T) {
	t.Parallel()
	s := mattermosttest.New(mattermosttest.Options{})
	t.Cleanup(s.Close)
	p := s.Parse(render(chat.Message{Body: []chat.Node{
		chat.Bold{chat.Text("“bold” *x*")}, chat.Text(" and "), chat.Italic{chat.Text("it_al*ics")}, chat.Code("a `b`"), chat.Quote{chat.Text("said")},
	}}, book{}))
	got := []string{visible(strings.Join(p.Bold, "|")), visible(strings.Join(p.Italic, "|")), strings.Join(p.Code, "|"), strings.Join(p.Quoted, "|")}
	if want := []string{"“bold” *x*", "it_al*ics", "a `b`", "said"}; !slices.Equal(got, want) {
		t.Errorf("bold, italic, code and quote are %q, want %q", got, want)
	}
}
