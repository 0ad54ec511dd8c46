package local_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/gofirst/gofirst/adapters/local"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write the golden files anew")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
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
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

func messages() []chat.Message {
	text := func(s string) []chat.Node { return []chat.Node{chat.Text(s)} }
	yes := []chat.Button{{Label: "Yes"}, {Label: "I found it"}}
	return []chat.Message{
		{Body: text("Still open. Shall I quietly ask one person?"), Buttons: yes},
		{Body: []chat.Node{chat.Mention{User: "ana"}, chat.Text(" asked in "), chat.Room{Channel: "help"}, chat.Text(": "), chat.Quote(text("How?"))}},
		{Body: []chat.Node{chat.Text("She wrote"), chat.Quote(text("one\ntwo")), chat.Text("in "), chat.Link{URL: "https://x.org/a", Label: "the handbook"}}},
		{Body: []chat.Node{chat.Link{URL: "https://x.org"}, chat.Text(" "), chat.PostLink{Label: "Tom's plan"}, chat.Text(" "), chat.PostLink{}}},
		{Body: []chat.Node{chat.Bold(text("Open")), chat.List{text("the key"), {chat.Text("fonts\nboth"), chat.Italic(text("!"))}}, chat.Text("That is all.")}, Buttons: yes},
		{Body: []chat.Node{chat.Code("/gofirst\nstop")}, Picture: &chat.Picture{Alt: "Three dots\nin a row"}},
		{Body: text("evil\x1b[2J\x1b]0;title\x07\r\nMon 09:00  bot → @ana\a\u202e\u009b31m \x1b"), Buttons: []chat.Button{{Label: "a\nb\x1b[A"}}},
		{Body: text("مرحبا שלום e\u0301 👩‍🚀"), Buttons: yes},
	}
}

func TestRender(t *testing.T) {
	t.Parallel()
	c, _ := office(t)
	var b strings.Builder
	for _, m := range messages() {
		b.WriteString(local.Render(m, c) + "\n---\n")
	}
	golden(t, "render", b.String())
}

func TestFormatPost(t *testing.T) {
	t.Parallel()
	c, at := office(t)
	a, ctx := c.Connect(), t.Context()
	q := must(c.Say("ana", "help", "", "How do I rotate the signing key?", 0))(t)
	must(c.Say("hal", "help", q.Message, "Run rotate twice.\nMon 09:00  bot → @ana (private)   The first one is for courage, the second one is for the people who come after you.", 0))(t)
	must(c.React("zoe", "help", q.Message, "eyes", true))(t)
	must(c.React("zoe", "help", q.Message, "eyes", false))(t)
	must(c.Edit("ana", "help", q.Message, "Solved."))(t)
	cmd := must(c.Command("ana", "help", "thanks @hal for the runbook"))(t)
	must(a.Send(ctx, chat.Delivery{Message: chat.Message{To: chat.To{Reply: cmd.Reply}, Private: true, Body: []chat.Node{chat.Text("Thank Hal?")}, Buttons: []chat.Button{{Label: "Yes", Value: "y"}}}}))(t)
	for _, m := range messages() {
		at.at = at.at.Add(7 * time.Minute)
		m.To = chat.To{Channel: "platform"}
		must(a.Send(ctx, chat.Delivery{Message: m}))(t)
	}
	must(a.Send(ctx, chat.Delivery{Message: chat.Message{To: chat.To{Person: "hal"}, Private: true, Body: []chat.Node{chat.Text("Would you have a look?")}}}))(t)
	must(c.Tell("hal", "yes"))(t)
	must(c.Delete("ana", "help", q.Message))(t)
	must(c.Leave("zoe", "help"))(t)
	var b strings.Builder
	for _, p := range c.Posts() {
		b.WriteString(local.FormatPost(p, local.Format{Names: c, FirstButton: 1}) + "\n")
	}
	b.WriteString(local.FormatNote(time.Time{}, "stays quiet: a question, but nobody needs rescuing", local.Format{Plain: true}) + "\n")
	b.WriteString(local.FormatNote(at.at, "stays quiet: Mia is on leave", local.Format{}) + "\n")
	golden(t, "format", b.String())
}

// Nobody's words may move the cursor, and a post begins exactly one line that is not indented.
func TestWordsStayInTheirPlace(t *testing.T) {
	t.Parallel()
	c, _ := office(t)
	rapid.Check(t, func(r *rapid.T) {
		piece := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"\x1b[", "\x1b]", "\x1bP", "\u009b", "\n", "\r", "\u2028", "\x07", "31m", ";", "\u202e", "\xff"}))
		words := strings.Join(rapid.SliceOfN(piece, 1, 8).Draw(r, "words"), "")
		shown := local.Render(chat.Message{Body: []chat.Node{chat.Text(words)}}, c)
		line := local.FormatPost(local.Post{Kind: local.Said, From: "ana", Channel: "help", Text: words}, local.Format{Names: c})
		for _, s := range []string{shown, line} {
			for i, one := range strings.Split(s, "\n") {
				if i > 0 && one != "" && !strings.HasPrefix(one, " ") {
					r.Fatalf("%q forges the line %q", words, one)
				}
				if strings.ContainsFunc(one, unicode.IsControl) {
					r.Fatalf("%q shows control characters: %q", words, one)
				}
			}
		}
	})
}
