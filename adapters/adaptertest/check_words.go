package adaptertest

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/gofirst/gofirst/bot/chat"
)

func wordChecks() []check {
	return []check{
		{"letters of every script survive", []Part{Sending}, lettersSurvive},
		{"words are only words", []Part{Sending}, wordsAreWords},
		{"a mention pings only where it should", []Part{Sending, Pinging}, mentionsPing},
	}
}

func lettersSurvive(t *trial) {
	a, s := t.open()
	for i, text := range []string{
		"مرحبا بالعالم", "שלום עולם", "Zoe\u0308 n\u0303 e\u0301", "👩‍🚀 🏳️‍🌈 👍🏽", "日本語 한국어", "½ ≠ ∞ « guillemets »", "नमस्ते",
	} {
		r := t.send(a, note(s, i, text))
		if got := t.seen(s, r.Message).Text; !same(got, text) {
			t.Errorf("%q is seen as %q", text, got)
		}
	}
}

// hostile is what somebody may have written, and some service or terminal would take for its own.
var hostile = []string{
	"@everyone", "@here and @channel", "<!everyone>", "<!channel|here>", "<@U1>", "<@!123456789012345678>", "<@&123456789012345678>",
	"<#C1>", "<#123456789012345678>", "<:name:123456789012345678>", "<t:1700000000:R>", "[x](http://evil.example)", "[a][b]", "![x](http://evil.example/p.png)",
	"<http://evil.example|x>", "<https://evil.example>", "*bold*", "**bold**", "_italic_", "__under__", "~struck~", "~~struck~~", "||spoiler||", "`code`",
	"```\ncode\n```", "> quote", ">>> quote", "# title", "- item", "* item", "1. item", "| a | b |", "$x^2$", ":smile:", "&lt;b&gt; &amp;", "<b>b</b>", `back\slash \*x\*`,
	"one\ntwo", "\x1b[31mred\x1b[0m", "bell\x07 back\x08space", "a\r\nb",
}

// wordsAreWords puts hostile words into every node that may hold somebody's words.
func wordsAreWords(t *trial) {
	a, s := t.open()
	const good = "https://good.example/page"
	number := 0
	for _, words := range hostile {
		oneLine := strings.NewReplacer("\r\n", " ", "\n", " ").Replace(words)
		for where, test := range map[string]struct {
			node  chat.Node
			words string
		}{
			"Text":      {chat.Text(words), words},
			"Quote":     {chat.Quote{chat.Text(words)}, words},
			"Bold":      {chat.Bold{chat.Text(oneLine)}, oneLine},
			"Italic":    {chat.Italic{chat.Text(oneLine)}, oneLine},
			"List":      {chat.List{{chat.Text(oneLine)}, {chat.Text("end")}}, oneLine},
			"Link":      {chat.Link{URL: good, Label: oneLine}, oneLine},
			"a message": {chat.Text("before " + oneLine + " after"), oneLine},
		} {
			number++
			d := note(s, number, "")
			d.Message.Body = []chat.Node{test.node}
			m := t.seen(s, t.send(a, d).Message)
			if !holds(m.Text, test.words) {
				t.Errorf("%s: %q is seen as %q", where, test.words, m.Text)
			}
			if len(m.Pings) != 0 {
				t.Errorf("%s: %q pings %v", where, test.words, m.Pings)
			}
			if slices.ContainsFunc(m.Links, func(u string) bool { return u != good }) {
				t.Errorf("%s: %q leads to %v", where, test.words, m.Links)
			}
		}
	}
}

func mentionsPing(t *trial) {
	a, s := t.open()
	d := note(s, 1, "")
	d.Message.Body = []chat.Node{chat.Text("asked by "), chat.Mention{User: s.Person()}}
	if m := t.seen(s, t.send(a, d).Message); len(m.Pings) != 0 {
		t.Errorf("a mention without Ping notifies %v", m.Pings)
	}
	d = note(s, 2, "")
	d.Message.Body = []chat.Node{chat.Mention{User: s.Person(), Ping: true}, chat.Text(" asked")}
	if m := t.seen(s, t.send(a, d).Message); len(m.Pings) != 1 {
		t.Errorf("a mention with Ping notifies %v, want one person", m.Pings)
	}
}

// Words may lose what nobody sees: control characters, zero-width separators, the blanks and quotation
// marks at the ends of lines. These are left out before two texts are compared.
var (
	sequence = regexp.MustCompile("\x1b\\[[0-9;]*[A-Za-z]")
	breaks   = regexp.MustCompile("[ \t]*(\r\n|\r|\n)[ \t>|•]*")
)

func visible(s string) string {
	s = breaks.ReplaceAllString(s, "\n")
	s = strings.Map(func(r rune) rune {
		if r == '\u200b' || r == '\u2060' || r == '\ufeff' || r != '\n' && unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}

// same says whether people see these words and no others.
func same(seen, words string) bool {
	return visible(seen) == visible(words) || visible(seen) == visible(sequence.ReplaceAllString(words, ""))
}

// holds says whether people see these words among others.
func holds(seen, words string) bool {
	return strings.Contains(visible(seen), visible(words)) ||
		strings.Contains(visible(seen), visible(sequence.ReplaceAllString(words, "")))
}
