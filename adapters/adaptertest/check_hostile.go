package adaptertest

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/gofirst/gofirst/bot/chat"
	"pgregory.net/rapid"
)

func hostileChecks() []check {
	return []check{
		{"a thousand hostile texts ping nobody and lead nowhere", []Part{Sending}, hostileTexts},
		{"an address cannot break out of its link", []Part{Sending}, hostileAddresses},
		{"a label cannot break out of its button", []Part{Sending, Buttons}, hostileLabels},
	}
}

const goodAddress = "https://good.example/page"

// batch is how many hostile texts go into one message. With the hundred messages that rapid makes unless told
// otherwise these are twelve hundred.
const batch = 12

// fragments are put together to texts. Each is something that one of the services, or a person, takes for markup,
// or the half of it.
func fragments() []string {
	return append(slices.DeleteFunc(slices.Clone(hostile), func(s string) bool { return strings.Contains(s, "\x1b") }),
		"<", ">", "|", "@", "#", "!", "[", "]", "(", ")", "*", "**", "_", "__", "~", "~~", "`", "```", "\\", "&", ";", ":", "\n", "\n> ", "\n# ", " ", "\t",
		"\u200b", "\u200d", "\u202e", "\u2066", "\u00a0", "\ufeff", "\x00", "\x07", "\r", "<@", "<!", "<#", "<@&", "](", ")[", "|>", "&lt;!channel&gt;",
		"http://evil.example", "https://", "www.evil.example", "mailto:a@evil.example", "@all", "@channel", "@ana", "everyone", "here", "é", "e\u0301", "שלום", "مرحبا", "日本", "👍🏽", "👩‍🚀", "word", "7",
	)
}

func hostileText() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(fragments()), 1, 6).Draw(t, "fragments"), "")
	})
}

// hostileTexts sends messages of many texts each, every text in some node, and asks of each message that it pings
// nobody, that no click leads elsewhere, and that every letter is still there.
func hostileTexts(t *trial) {
	a, s := t.open()
	number := 0
	rapid.Check(t, func(r *rapid.T) {
		number++
		d := note(s, number, "")
		d.Message.Body = nil
		texts := rapid.SliceOfN(hostileText(), batch, batch).Draw(r, "texts")
		for _, text := range texts {
			d.Message.Body = append(d.Message.Body, dressed(text, rapid.IntRange(0, dresses-1).Draw(r, "node")), chat.Text("\n"))
		}
		t.tame(r, a, s, d, texts)
	})
}

// tame sends a message, unless it is too long: rapid then draws another.
func (t *trial) tame(r *rapid.T, a chat.Adapter, s Service, d chat.Delivery, texts []string) {
	if limit := a.Info().MaxSize; limit > 0 && a.Size(d.Message) > limit {
		r.Skip("too long")
	}
	receipt, err := a.Send(t.Context(), d)
	if err != nil {
		r.Fatalf("Send: %v", err)
	}
	m := t.seen(s, receipt.Message)
	if len(m.Pings) != 0 {
		r.Fatalf("the texts\n%q ping %v in\n%q", texts, m.Pings, m.Text)
	}
	if slices.ContainsFunc(m.Links, func(u string) bool { return u != goodAddress }) {
		r.Fatalf("the texts\n%q lead to %v in\n%q", texts, m.Links, m.Text)
	}
	rest := wordsOnly(m.Text)
	for _, text := range texts {
		_, after, found := strings.Cut(rest, wordsOnly(text))
		if !found {
			r.Fatalf("of the text %q something is missing in\n%q", text, m.Text)
		}
		rest = after
	}
}

const dresses = 9

// dressed puts a text into one of the nodes that may hold somebody's words.
func dressed(text string, node int) chat.Node {
	line := oneLine(text)
	return [dresses]chat.Node{
		chat.Text(text), chat.Quote{chat.Text(text)}, chat.Bold{chat.Text(line)}, chat.Italic{chat.Text(line)}, chat.Code(line),
		chat.List{{chat.Text(line)}, {chat.Bold{chat.Text("x")}}}, chat.Link{URL: goodAddress, Label: "x" + line},
		chat.Quote{chat.Bold{chat.Text(line)}, chat.Text(" "), chat.Code(line)}, chat.List{{chat.Link{URL: goodAddress, Label: "x" + line}}},
	}[node]
}

func oneLine(s string) string {
	return strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ").Replace(s)
}

// wordsOnly leaves letters and digits: what no rendering may take away.
func wordsOnly(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// hostileAddresses lets an adapter refuse an address, but not fall for it.
func hostileAddresses(t *trial) {
	a, s := t.open()
	for i, url := range []string{
		"https://good.example/> <!channel> <x", "https://good.example/|x> @everyone", "https://good.example/) @here [x](http://evil.example",
		"https://good.example/\n@everyone", "https://good.example/](http://evil.example)", "https://good.example/<@U1>", "https://good.example/?a=1&b=\"2\"",
		"https://good.example/ @all", "https://good.example/`@channel`", "javascript:alert(1)",
	} {
		for j, label := range []string{"a page", ""} {
			d := note(s, 2*i+j, "")
			d.Message.Body = []chat.Node{chat.Text("see "), chat.Link{URL: url, Label: label}, chat.Text(" there")}
			r, err := a.Send(t.Context(), d)
			if err != nil {
				t.kind(err, fmt.Sprintf("a link to %q", url), chat.Refused)
				continue
			}
			m := t.seen(s, r.Message)
			if len(m.Pings) != 0 {
				t.Errorf("the address %q pings %v in %q", url, m.Pings, m.Text)
			}
			for _, to := range m.Links {
				if !strings.HasPrefix(to, "https://good.example/") {
					t.Errorf("the address %q leads to %q", url, to)
				}
			}
		}
	}
}

func hostileLabels(t *trial) {
	a, s := t.open()
	for i, label := range []string{"<!channel>", "@everyone", "*bold* _it_", ":smile: yes", "a & b < c", "[x](http://e.vil)", "`code`", "été 👍🏽"} {
		d := note(s, i, "Shall I?")
		d.Message.Buttons = []chat.Button{{Label: label, Value: d.Key + ".yes.abcdefghijklmnop"}}
		m := t.seen(s, t.send(a, d).Message)
		if len(m.Buttons) != 1 || !same(m.Buttons[0], label) || len(m.Pings)+len(m.Links) != 0 {
			t.Errorf("the button %q is seen as %q, pings %v and leads to %v", label, m.Buttons, m.Pings, m.Links)
		}
	}
}
