package export

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/gofirst/gofirst/bot/chat"
)

func slackNames() *directory {
	d := newDirectory()
	d.addPerson(chat.Profile{User: "U1", Name: "Ana & Co", Handle: "ana"})
	d.addPerson(chat.Profile{User: "U2", Handle: "bo"})
	d.addChannel(chat.ChannelInfo{Channel: "C1", Name: "help"}, nil)
	return &d
}

func plainSlack(d *directory, src string) (string, []chat.Reference) {
	t := slackText{dir: d}
	t.append([]byte(src))
	return string(t.dst), t.refs
}

func TestSlackText(t *testing.T) {
	t.Parallel()
	d := slackNames()
	for _, c := range []struct {
		src, want string
		refs      []chat.Reference
	}{
		{"plain", "plain", nil},
		{"", "", nil},
		{"<@U1>: hi", "@Ana & Co: hi", []chat.Reference{{At: 0, Len: 9, User: "U1"}}},
		{"é <@U2|old>", "é @bo", []chat.Reference{{At: 3, Len: 3, User: "U2"}}},
		{"<@U9|cy> <@W9>", "@cy @W9", []chat.Reference{{At: 0, Len: 3, User: "U9"}, {At: 4, Len: 3, User: "W9"}}},
		{"<@not-an-id>", "@not-an-id", nil},
		{"<#C1> <#C2|old-name> <#C3|>", "#help #old-name #C3", []chat.Reference{
			{At: 0, Len: 5, Channel: "C1"}, {At: 6, Len: 9, Channel: "C2"}, {At: 16, Len: 3, Channel: "C3"}}},
		{"<!subteam^S1|@leads> <!subteam^S2>", "@leads @S2", []chat.Reference{{At: 0, Len: 6, Group: "S1"}, {At: 7, Len: 3, Group: "S2"}}},
		{"<!here> <!channel|channel> <!everyone>", "@here @channel @everyone", nil},
		{"<!date^1392734382^{date}|Feb 18>", "Feb 18", nil},
		{"<!new_thing>", "new_thing", nil},
		{"<https://a.example/x?a=1&amp;b=2>", "https://a.example/x?a=1&b=2", nil},
		{"<https://a.example|the page>.", "the page (https://a.example).", nil},
		{"<https://a.example/|a.example>", "https://a.example/", nil},
		{"<http://a.example|http://a.example>", "http://a.example", nil},
		{"<mailto:a@b.example|a@b.example>", "a@b.example", nil},
		{"<tel:+33123|call>", "call (+33123)", nil},
		{"<#narrow/stream/1|a label>", "a label (#narrow/stream/1)", nil},
		{"1 &lt; 2 &amp;&amp; 3 &gt; 2 &nbsp; &amp;lt;", "1 < 2 && 3 > 2 &nbsp; &lt;", nil},
		{"a < b and c > d", "a < b and c > d", nil},
		{"if a<b then <@U2>", "if a<b then @bo", []chat.Reference{{At: 12, Len: 3, User: "U2"}}},
		{"<<https://a.example>>", "<https://a.example>", nil},
		{"<", "<", nil},
		{"<>", "<>", nil},
		{"<|x>", "<|x>", nil},
		{"vector<int> v; <br>", "vector<int> v; <br>", nil},
		{"`x &lt; y` ```\n<@U2>\n```", "`x < y` ```\n@bo\n```", []chat.Reference{{At: 12, Len: 3, User: "U2"}}},
		{"&gt; quoted\n&gt; more", "> quoted\n> more", nil},
		{"<@U1", "<@U1", nil},
	} {
		got, refs := plainSlack(d, c.src)
		if got != c.want {
			t.Errorf("%q\n got %q\nwant %q", c.src, got, c.want)
		}
		if diff := cmp.Diff(c.refs, refs); diff != "" {
			t.Errorf("%q references (-want +got):\n%s", c.src, diff)
		}
	}
}

// TestSlackTextTakesLinearTime reads texts that make a careless reader look for the same ">" again and again.
func TestSlackTextTakesLinearTime(t *testing.T) {
	t.Parallel()
	start := time.Now()
	for _, unit := range []string{"<", "<a", "< >", "<@U", "&", "<a|", "<a b", "<a<b>"} {
		plainSlack(slackNames(), strings.Repeat(unit, 1<<18))
		plainSlack(slackNames(), strings.Repeat(unit, 1<<18)+">")
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("took %v", took)
	}
}

// refsHold checks that references lie in order within the text, each on whole characters with its sign.
func refsHold(t *testing.T, text string, refs []chat.Reference) {
	t.Helper()
	at := 0
	for _, r := range refs {
		if r.At < at || r.Len < 1 || r.At+r.Len > len(text) {
			t.Fatalf("reference %+v does not lie in %q", r, text)
		}
		at = r.At + r.Len
		piece := text[r.At:at]
		if utf8.ValidString(text) && !utf8.ValidString(piece) || !strings.ContainsRune("@#~", rune(piece[0])) {
			t.Fatalf("reference %+v names %q", r, piece)
		}
		set := 0
		for _, id := range []string{string(r.User), string(r.Group), string(r.Channel)} {
			if id != "" {
				set++
			}
		}
		if set != 1 {
			t.Fatalf("reference %+v names %d things", r, set)
		}
	}
}

func FuzzSlackText(f *testing.F) {
	for _, s := range []string{"<@U1> &lt;x|y&gt; <https://a|b>", "<<@U2>", "<!subteam^S1|@x>", "<#C1|>", "`<@U1>`", "a<b|c>d"} {
		f.Add(s)
	}
	d := slackNames()
	f.Fuzz(func(t *testing.T, s string) {
		text, refs := plainSlack(d, s)
		refsHold(t, text, refs)
		if !strings.ContainsAny(s, "<&") && text != s {
			t.Errorf("%q without markup became %q", s, text)
		}
	})
}
