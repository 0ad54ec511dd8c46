package export

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gofirst/gofirst/bot/chat"
)

const mmLobby = `{"type":"version","version":1,"info":{"generator":"mattermost-server"}}
{"type":"role","role":{"name":"r"}}
{"type":"team","team":{"name":"core","display_name":"Core","type":"O"}}
{"type":"channel","channel":{"team":"core","name":"help","display_name":"Help!","type":"O"}}
{"type":"channel","channel":{"team":"core","name":"leads","display_name":"Leads","type":"P"}}
{"type":"user","user":{"username":"ana","email":"ana@example.org","nickname":"","first_name":"Ana","last_name":"Lind","locale":"fr","teams":[{"name":"core","channels":[{"name":"help"},{"name":"leads"}]}]}}
{"type":"user","user":{"username":"bo.b","nickname":"Bo","teams":[{"name":"core","channels":[{"name":"help"}]}]}}
{"type":"bot","bot":{"username":"ci","display_name":"CI","owner":"ana"}}
`

// bulk is an export of the lobby and some lines.
func bulk(t testing.TB, lines string) *Adapter {
	t.Helper()
	return mustOpen(t, put(t, "bulk.jsonl", []byte(mmLobby+lines)))
}

func mmLineOf(rest string) string {
	return `{"type":"post","post":{"team":"core","channel":"help","user":"ana","create_at":1714986000000,` + rest + "}}\n"
}

func TestMattermostLines(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ lines, want string }{
		{mmLineOf(`"message":"hi"`), "posted ana: hi"},
		{mmLineOf(`"message":"x","edit_at":1714986000001`), "posted ana: x | edited_text_taken_as_posted 1"},
		{mmLineOf(`"message":"x","edit_at":0,"props":null,"reactions":null,"replies":null`), "posted ana: x"},
		{mmLineOf(`"message":"x","attachments":[{"path":"a"},{"path":"b"}]`), "posted ana: x files 2"},
		{mmLineOf(`"message":"x","props":{"from_bot":"true"}`), "posted ana: x bot"},
		{mmLineOf(`"message":"x","props":{"from_webhook":"true","webhook_display_name":"w"}`), "posted ana: x bot"},
		{mmLineOf(`"message":"x","props":{"from_bot":true,"attachments":[{}]}`), "posted ana: x bot"},
		{mmLineOf(`"message":"x","props":{"from_bot":"false","disable_group_highlight":true}`), "posted ana: x"},
		{mmLineOf(`"message":"x","user":"ci"`), "posted ci: x bot"},
		{mmLineOf(`"message":"x","user":""`), "posted : x system | no_author 1"},
		{mmLineOf(`"message":"joined","type":"system_join_channel"`), "joined ana"},
		{mmLineOf(`"message":"added","type":"system_add_to_channel","props":{"addedUsername":"bo.b"}`), "joined bo.b"},
		{mmLineOf(`"message":"left","type":"system_leave_channel"`), "left ana"},
		{mmLineOf(`"message":"removed","type":"system_remove_from_channel","props":{"removedUsername":"bo.b"}`), "left bo.b"},
		{mmLineOf(`"message":"new header","type":"system_header_change"`), "posted ana: new header system"},
		{mmLineOf(`"message":"x","type":"custom_poll"`), "posted ana: x"},
		{mmLineOf(`"message":"root","replies":[{"user":"bo.b","message":"later","create_at":1714986000009},{"user":"ana","message":"sooner","create_at":1714986000005}]`),
			"posted ana: root; posted ana: sooner thread 1714986000000-ana; posted bo.b: later thread 1714986000000-ana"},
		{mmLineOf(`"message":"x","reactions":[{"user":"bo.b","emoji_name":"eyes","create_at":1714986000003}]`),
			"posted ana: x; reacted bo.b eyes to 1714986000000-ana"},
		{mmLineOf(`"message":"x","replies":[{"user":"bo.b","message":"y","create_at":1714986000005,"reactions":[{"user":"ci","emoji_name":"tada","create_at":1714986000006},{"user":"ana","emoji_name":"no"}]}]`),
			"posted ana: x; posted bo.b: y thread 1714986000000-ana; reacted ci tada to 1714986000005-bo.b thread 1714986000000-ana | reactions_without_time 1"},
		{mmLineOf(`"message":"x"`) + mmLineOf(`"message":"x"`), "posted ana: x | duplicate 1"},
		{mmLineOf(`"message":"x"`) + mmLineOf(`"message":"y","replies":[{"user":"bo.b","message":"z","create_at":1714986000001}]`),
			"posted ana: x; posted ana: y; posted bo.b: z thread 1714986000000-ana-2"},
		{mmLineOf(`"message":"x","create_at":0,"replies":[{"user":"bo.b","message":"y","create_at":1714986000005}]`),
			"posted bo.b: y orphan | orphan_replies 1 unreadable_time 1"},
		{mmLineOf(`"message":"root","replies":[{"user":"bo.b","message":"y","create_at":1714985000000}]`),
			"posted bo.b: y thread 1714986000000-ana orphan; posted ana: root | orphan_replies 1"},
		{mmLineOf(`"message":"x","create_at":9000000000000000000`), "| unreadable_time 1"},
		{mmLineOf(`"message":"x","channel":""`), "| no_channel 1"},
		{mmLineOf(`"message":"x","channel":"unlisted"`) + mmLineOf(`"message":"y","channel":"unlisted"`), "posted ana: x; posted ana: y | unknown_channel 1"},
		{mmLineOf(`"message":7`), "| broken_line 1"},
		{`{"type":"post"}` + "\n", "| not_an_object 1"},
		{mmLineOf(`"message":"x"`) + "nonsense\n", "posted ana: x | broken_line 1"},
		{mmLineOf(`"message":"x`) + mmLineOf(`"message":"y"`), "posted ana: y | broken_line 1"},
		{"\n  \n" + strings.TrimSpace(mmLineOf(`"message":"no line end"`)), "posted ana: no line end"},
		{`{"type":"direct_channel","direct_channel":{"members":["ana","bo.b"]}}` + "\n" + `{"type":"direct_post","direct_post":{broken if read` + "\n", "| direct_message 2"},
		{`{"type":"emoji","emoji":{"name":"e"}}` + "\n", ""},
	} {
		a := bulk(t, c.lines)
		if got := story(a, listen(t, a, nil)); got != c.want {
			t.Errorf("%s\n got %q\nwant %q", c.lines, got, c.want)
		}
	}
}

func TestMattermostPlaceOfABrokenLine(t *testing.T) {
	t.Parallel()
	a := bulk(t, mmLineOf(`"message":"x"`)+"nonsense\n")
	listen(t, a, nil)
	if p := a.Counts().Places; len(p) != 1 || !strings.HasPrefix(p[0], "bulk.jsonl line 10: ") {
		t.Errorf("places %q", p)
	}
}

func TestMattermostEvents(t *testing.T) {
	t.Parallel()
	a := bulk(t, mmLineOf(`"message":"@ana see ~help","reactions":[{"user":"bo.b","emoji_name":"eyes","create_at":1714986000003}]`))
	place := chat.Place{Space: "core", Channel: "core/help"}
	want := []chat.Event{
		chat.MessagePosted{
			Header:  chat.Header{ID: "core/help:1714986000000-ana", Place: place, Actor: chat.Actor{User: "ana"}, Time: moment(1714986000000000), Cursor: "1714986000000.1"},
			Message: "1714986000000-ana", Text: "@ana see ~help",
			References: []chat.Reference{{At: 0, Len: 4, User: "ana"}, {At: 9, Len: 5, Channel: "core/help"}},
		},
		chat.Reaction{
			Header:  chat.Header{ID: "core/help:1714986000000-ana:eyes:1714986000003-bo.b", Place: place, Actor: chat.Actor{User: "bo.b"}, Time: moment(1714986000003000), Cursor: "1714986000003.2"},
			Message: "1714986000000-ana", Emoji: "eyes", Present: true,
		},
	}
	if diff := cmp.Diff(want, listen(t, a, nil)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestMattermostText(t *testing.T) {
	t.Parallel()
	a := bulk(t, "")
	names := (&mmTeller{dir: &a.directory}).naming("core")
	for _, c := range []struct {
		src, want string
		refs      []chat.Reference
	}{
		{"@ana, @Bo.B. and @bo.", "@ana, @Bo.B. and @bo.", []chat.Reference{{At: 0, Len: 4, User: "ana"}, {At: 6, Len: 5, User: "bo.b"}}},
		{"mail ana@ana and x~help", "mail ana@ana and x~help", nil},
		{"@here @channel @all @nobody", "@here @channel @all @nobody", nil},
		{"@analyst (@ana)", "@analyst (@ana)", []chat.Reference{{At: 10, Len: 4, User: "ana"}}},
		{"`@ana` ```\n@ana\n``` ~leads!", "`@ana` ```\n@ana\n``` ~leads!", []chat.Reference{{At: 20, Len: 6, Channel: "core/leads"}}},
		{"[the page](https://a.example) [x] (y) [z](no url)", "the page (https://a.example) [x] (y) [z](no url)", nil},
		{"[https://a.example](https://a.example)", "https://a.example", nil},
		{"[](https://a.example)", "https://a.example", nil},
		{"open ` tick @ana", "open ` tick @ana", []chat.Reference{{At: 12, Len: 4, User: "ana"}}},
		{"@", "@", nil},
	} {
		got, refs := markdown(c.src, names)
		if got != c.want {
			t.Errorf("%q\n got %q\nwant %q", c.src, got, c.want)
		}
		if diff := cmp.Diff(c.refs, refs); diff != "" {
			t.Errorf("%q references (-want +got):\n%s", c.src, diff)
		}
	}
}

func TestMattermostInAZip(t *testing.T) {
	t.Parallel()
	a := mustOpen(t, pack(t, "-- import.jsonl --\n"+smallMattermost+"-- data/photo.png --\nx\n-- notes.jsonl --\n{\"type\":\"note\"}\n"))
	if got := story(a, listen(t, a, nil)); got != "posted ana: one | other_file 2" {
		t.Errorf("got %q", got)
	}
}

func TestMattermostDirectory(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	a := bulk(t, "")
	p, err := a.Person(ctx, "ana")
	if want := (chat.Profile{User: "ana", Name: "Ana Lind", Handle: "ana", Language: "fr"}); p != want || err != nil {
		t.Errorf("Person = %+v, %v", p, err)
	}
	for name, want := range map[string]chat.UserID{"@ana": "ana", "ana lind": "ana", "ana@example.org": "ana", "Bo": "bo.b", "ci": "ci"} {
		if got, err := a.Find(ctx, "core", name); got != want || err != nil {
			t.Errorf("Find(%q) = %q, %v", name, got, err)
		}
	}
	c, err := a.FindChannel(ctx, "core", "#leads")
	if err != nil || c != "core/leads" {
		t.Errorf("FindChannel = %q, %v", c, err)
	}
	if m, _ := a.Members(ctx, "core/help"); len(m) != 2 {
		t.Errorf("Members = %v", m)
	}
	if info, _ := a.Channel(ctx, "core/leads"); !info.Private {
		t.Errorf("Channel = %+v", info)
	}
}

func TestSorterSpillsAndLeavesNoFile(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	s := newSorter(256)
	const n = 500
	for i := range int64(n) {
		if err := s.add(mmRecord{ms: 1 + i*7919%n, seq: i, team: "t", channel: "c", user: "ana", text: strings.Repeat("é", int(i%40)), files: int(i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.flush(); err != nil {
		t.Fatal(err)
	}
	if len(s.pieces) < 10 {
		t.Errorf("only %d pieces", len(s.pieces))
	}
	if left, _ := os.ReadDir(folder); len(left) != 0 {
		t.Errorf("a file with a name lies in %s: %v", folder, left)
	}
	last, count := int64(0), 0
	err := s.each(func(r mmRecord) error {
		if r.ms < last || r.text != strings.Repeat("é", int(r.seq%40)) || r.files != int(r.seq) || r.user != "ana" {
			t.Errorf("record %+v after %d", r, last)
		}
		last = r.ms
		count++
		return nil
	})
	if err != nil || count != n {
		t.Errorf("%d records, %v", count, err)
	}
	s.close()
}

func TestDamagedRecord(t *testing.T) {
	t.Parallel()
	good := appendRecord(nil, mmRecord{ms: 5, seq: 6, team: "t", channel: "c", user: "u", root: mmRef{1, 2, "r"}, target: mmRef{3, 4, "x"}, text: "w"})
	for i := range good {
		if _, err := decodeRecord(good[:i]); err == nil {
			t.Errorf("%d of %d bytes decode", i, len(good))
		}
	}
}

// FuzzMattermostLine feeds any line after the lists. Whatever it is, reading ends well and each post and
// reply is told or counted.
func FuzzMattermostLine(f *testing.F) {
	for _, s := range []string{
		mmLineOf(`"message":"@ana [a](b:c)","replies":[{"user":"bo.b","create_at":1714986000009,"message":"y"}]`),
		mmLineOf(`"message":"x","reactions":[{"user":"bo.b","emoji_name":"eyes","create_at":1714986000003}],"props":{"from_bot":"true"}`),
		mmLineOf(`"message":"joined","type":"system_add_to_channel","props":{"addedUsername":7}`),
		`{"type":"direct_post","direct_post":{}}`, `{"post":{},"type":"post"}`, `[]`, `{"type":"post","post":{"create_at":1e3}}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		var counts tally
		dir := newDirectory()
		dir.addPerson(chat.Profile{User: "ana"})
		sorted := newSorter(64)
		defer sorted.close()
		posts := 0
		reader := &mmReader{dir: &dir, tally: &counts, known: map[chat.ChannelID]bool{}, out: func(r mmRecord) error {
			if r.kind != mmReacted {
				posts++
			}
			return sorted.add(r)
		}}
		if err := mmTake(line, "line", reader); err != nil {
			t.Fatal(err)
		}
		if err := sorted.flush(); err != nil {
			t.Fatal(err)
		}
		c := counts.counts()
		if left := c.Skipped["no_channel"] + c.Skipped["unreadable_time"]; c.Rows != posts+left {
			t.Fatalf("%q: %d rows, %d records, %d left out", line, c.Rows, posts, left)
		}
		teller := mmTeller{dir: &dir, out: &stream{tally: &counts, sink: func(_ context.Context, e chat.Event) error {
			if m, ok := e.(chat.MessagePosted); ok {
				refsHold(t, m.Text, m.References)
			}
			return nil
		}}, twice: map[int64]int{}, names: map[string]string{}}
		if err := sorted.each(func(r mmRecord) error { return teller.tell(t.Context(), r) }); err != nil {
			t.Fatal(err)
		}
		if mmType(line) == "post" && !json.Valid(line) && c.Rows != 0 {
			t.Fatalf("%q is no JSON and was taken", line)
		}
	})
}
