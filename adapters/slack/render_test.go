package slack_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/gofirst/gofirst/adapters/slack/slacktest"
	"github.com/gofirst/gofirst/bot/chat"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares a text with the one that was once looked at and found right.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := "testdata/" + name + ".golden"
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is\n%s\nwant\n%s", name, got, want)
	}
}

func TestRender(t *testing.T) {
	t.Parallel()
	s := newServer(t, slacktest.Options{Now: ticking()})
	a := newAdapter(t, s, nil)
	root := s.Say(ana, help, "a question")
	var b strings.Builder
	for _, x := range []struct {
		what string
		m    chat.Message
	}{
		{"words", chat.Message{Body: []chat.Node{chat.Text("5 < 6 & <!channel> *not bold*\nnext line")}}},
		{"styles", chat.Message{Body: []chat.Node{chat.Bold{chat.Text("bold "), chat.Italic{chat.Text("both")}}, chat.Code("a`b"), chat.Italic{chat.Text("slanted")}}}},
		{"quote and list", chat.Message{Body: []chat.Node{
			chat.Text("before\n"), chat.Quote{chat.Text("one\ntwo"), chat.Bold{chat.Text("three")}}, chat.Text("\nbetween"),
			chat.List{{chat.Text("first")}, {chat.Quote{chat.Text("inside")}}, {chat.List{{chat.Text("deep")}, {chat.Text("deeper")}}}}, chat.Text("after"),
		}}},
		{"links", chat.Message{Body: []chat.Node{
			chat.Link{URL: "https://example.org/a?b=1&c=2", Label: "a page"}, chat.Text(" "), chat.Link{URL: "https://example.org"}, chat.Text(" "),
			chat.Link{URL: "javascript:alert(1)", Label: "no page"}, chat.Text(" "), chat.PostLink{Channel: help, Message: chat.MessageID(root), Label: "the question"},
			chat.Text(" "), chat.PostLink{Channel: help, Message: "1.000001", Label: "gone"}, chat.PostLink{},
		}}},
		{"names", chat.Message{Body: []chat.Node{
			chat.Mention{User: ana}, chat.Text(", "), chat.Mention{User: ana, Ping: true}, chat.Text(", "), chat.Mention{User: "U0NOBODY"}, chat.Text(" in "), chat.Room{Channel: help},
		}}},
		{"buttons", chat.Message{Body: []chat.Node{chat.Text("Shall I?")}, Buttons: []chat.Button{
			{Label: "Yes", Value: "k.yes.m"}, {Label: strings.Repeat("long ", 20), Value: "k.long.m"}, {Label: "3", Value: "3"}, {Label: "4", Value: "4"}, {Label: "5", Value: "5"}, {Label: "6", Value: "6"},
		}}},
	} {
		x.m.To = chat.To{Channel: help}
		r, err := a.Send(t.Context(), chat.Delivery{Message: x.m})
		if err != nil {
			t.Fatalf("%s: %v", x.what, err)
		}
		p := post(t, s, string(r.Message))
		var blocks bytes.Buffer
		if err := json.Indent(&blocks, []byte(strings.ReplaceAll(p.Blocks, s.URL(), "https://first.slack.com")), "", " "); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "## %s\n%s\nfallback: %s\nseen: %s\npings: %v\n\n", x.what, blocks.String(), p.Fallback, p.Text, p.Pings)
	}
	golden(t, "render", b.String())
}

// post finds what the bot said.
func post(t testing.TB, s *slacktest.Server, ts string) slacktest.Post {
	t.Helper()
	for _, p := range s.Posts() {
		if p.TS == ts {
			return p
		}
	}
	t.Fatalf("no post %s stands", ts)
	return slacktest.Post{}
}

// fragments are what somebody may write in the hope that Slack takes it for its own.
var fragments = []string{
	"<!everyone>", "<!channel|here>", "<!here>", "<@U0ANA>", "<@U0ANA|x>", "<#C0HELP>", "<!subteam^S0CREW>", "<!date^1^{date}^https://evil.example|x>",
	"<https://evil.example|good.example>", "<mailto:a@evil.example|x>", "@everyone", "@channel", "@here", "@ana", "@crew", "https://evil.example",
	"&lt;!channel&gt;", "&amp;lt;", "&", "<", ">", "|", "*b*", "_i_", "~s~", "`c`", "```", "\n> q", "\n• l", "\n", "\r\n", "\t", ":smile:", "[x](https://evil.example)",
	"\u202e", "\u2066", "\u200b", "\u200d", "\u2028", "\x1b[31m", "\x00", "\x07", "\\", "\"", "é", "👩‍🚀", "مرحبا", "{", "}", "null",
}

// Whatever anybody wrote, and wherever it stands in a message: it notifies nobody, leads nowhere, and can be read.
func TestWordsAreOnlyWords(t *testing.T) {
	t.Parallel()
	s := newServer(t, slacktest.Options{})
	a := newAdapter(t, s, nil)
	root := s.Say(ana, help, "a question")
	link := s.Permalink(help, root)
	const good = "https://good.example/page"
	words := rapid.Map(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(fragments), rapid.StringN(0, 5, -1)), 1, 8), func(parts []string) string {
		return strings.Join(parts, "")
	})
	tried := 0
	rapid.Check(t, func(r *rapid.T) {
		for _, w := range rapid.SliceOfN(words, 10, 10).Draw(r, "words") {
			tried++
			m := chat.Message{To: chat.To{Channel: help}, Buttons: []chat.Button{{Label: w, Value: "k"}}, Body: []chat.Node{
				chat.Text(w), chat.Bold{chat.Text(w)}, chat.Italic{chat.Text(w)}, chat.Code(w), chat.Quote{chat.Text(w), chat.Bold{chat.Text(w)}},
				chat.List{{chat.Text(w)}, {chat.Quote{chat.Text(w)}}}, chat.Link{URL: good, Label: w}, chat.PostLink{Channel: help, Message: chat.MessageID(root), Label: w},
				chat.Link{URL: w, Label: w},
			}}
			got, err := a.Send(context.Background(), chat.Delivery{Message: m})
			if err != nil {
				r.Fatalf("%q: %v", w, err)
			}
			p := s.Post(help, string(got.Message))
			fallback := s.Parse(p.Fallback, false, false)
			if len(p.Pings) != 0 || len(fallback.Pings) != 0 {
				r.Fatalf("%q notifies %v, %v", w, p.Pings, fallback.Pings)
			}
			for _, u := range append(p.Links, fallback.Links...) {
				if u != good && u != link {
					r.Fatalf("%q leads to %s", w, u)
				}
			}
			if n := strings.Count(letters(p.Text), letters(w)); letters(w) != "" && n < 9 || !strings.Contains(letters(fallback.Text), letters(w)) {
				r.Fatalf("%q is seen %d times, as %q, in the notification as %q", w, n, p.Text, fallback.Text)
			}
		}
	})
	if tried < 1000 && !t.Failed() {
		t.Errorf("only %d texts were tried", tried)
	}
}

// letters leaves out what nobody sees, and what quotes and lists put around lines.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune(">•\u200b\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", r) {
			return -1
		}
		return r
	}, s)
}

func TestPrivateMentionsNotify(t *testing.T) {
	t.Parallel()
	s := newServer(t, slacktest.Options{})
	a := newAdapter(t, s, nil)
	for what, to := range map[string]chat.To{"directly": {Person: ana}, "in a whisper": {Channel: help, Person: ana}} {
		r, err := a.Send(t.Context(), chat.Delivery{Message: chat.Message{To: to, Private: true, Body: []chat.Node{chat.Mention{User: ana}}}})
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if p := post(t, s, string(r.Message)); !slices.Equal(p.Pings, []string{ana}) || p.For != ana {
			t.Errorf("%s: %+v", what, p)
		}
	}
}

func TestTooMuchIsRefusedHereAndThere(t *testing.T) {
	t.Parallel()
	s := newServer(t, slacktest.Options{})
	a := newAdapter(t, s, nil)
	many := make([]chat.Button, 300)
	for i := range many {
		many[i] = chat.Button{Label: "x", Value: "v"}
	}
	for what, m := range map[string]chat.Message{
		"an empty message":        {},
		"blanks":                  {Body: []chat.Node{chat.Text(" \n\u200b")}},
		"too many buttons":        {Body: []chat.Node{chat.Text("x")}, Buttons: many},
		"a value that is none":    {Body: []chat.Node{chat.Text("x")}, Buttons: []chat.Button{{Label: "x"}}},
		"a value that is long":    {Body: []chat.Node{chat.Text("x")}, Buttons: []chat.Button{{Label: "x", Value: strings.Repeat("v", 2001)}}},
		"a picture without words": {Body: []chat.Node{chat.Text("x")}, Picture: &chat.Picture{PNG: []byte("x")}},
		"too many words":          {Body: []chat.Node{chat.Text(strings.Repeat("w", 4001))}},
	} {
		m.To = chat.To{Channel: help}
		_, err := a.Send(t.Context(), chat.Delivery{Message: m})
		if kindIs(t, err, chat.Refused); s.Calls("chat.postMessage") != 0 {
			t.Errorf("%s reaches the service", what)
		}
	}
}

// The largest message by Size, made of what makes the most JSON, is still one that Slack takes.
func TestTheLargestMessageFits(t *testing.T) {
	t.Parallel()
	s := newServer(t, slacktest.Options{})
	a := newAdapter(t, s, nil)
	for what, node := range map[string]chat.Node{
		"styles": chat.Bold{chat.Italic{chat.Text("\"")}}, "links": chat.Link{URL: "https://a.example", Label: "\""}, "people": chat.Mention{User: ana, Ping: true},
		"rooms": chat.Room{Channel: help}, "quotes": chat.Quote{chat.Text("\"")}, "items": chat.List{{chat.Text("\"")}}, "words": chat.Text("\"\"\"\"\"\"\"\""),
	} {
		m := chat.Message{To: chat.To{Channel: help}}
		for {
			longer := m
			longer.Body = append(slices.Clone(m.Body), node)
			if a.Size(longer) > a.Info().MaxSize {
				break
			}
			m = longer
		}
		if _, err := a.Send(t.Context(), chat.Delivery{Message: m}); err != nil {
			t.Errorf("%d %s: %v", len(m.Body), what, err)
		}
	}
}
