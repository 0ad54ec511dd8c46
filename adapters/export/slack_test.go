package export

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gofirst/gofirst/bot/chat"
)

const slackLobby = `-- users.json --
[{"id":"U1","team_id":"T2","name":"guest","profile":{"display_name":"Gus"}},
 {"id":"U2","team_id":"T1","name":"ana","real_name":"Ana Lind","tz":"Europe/Paris","locale":"fr-FR","profile":{"display_name":"Ana","email":"ana@example.org"}},
 {"id":"U3","team_id":"T1","name":"bo","real_name":"Bo Berg","profile":{}},
 {"id":"U4","team_id":"T1","name":"builder","is_bot":true}]
-- channels.json --
[{"id":"C1","name":"help","members":["U2","U3"]}]
`

// day packs one day of #help beside the lists.
func day(t testing.TB, rows string) *Adapter {
	t.Helper()
	return mustOpen(t, pack(t, slackLobby+"-- help/2024-05-06.json --\n"+rows+"\n"))
}

// TestSlackSubtypes shows for one record each what is told of it.
func TestSlackSubtypes(t *testing.T) {
	t.Parallel()
	const at = `"ts":"1714986000.000100"`
	for _, c := range []struct{ row, want string }{
		{`{"type":"message","user":"U2","text":"hi",` + at + `}`, "posted U2: hi"},
		{`{"user":"U2","text":"no type",` + at + `}`, "posted U2: no type"},
		{`{"subtype":"me_message","user":"U2","text":"waves",` + at + `}`, "posted U2: waves"},
		{`{"subtype":"thread_broadcast","thread_ts":"1714985000.000100","user":"U2","text":"also here",` + at + `}`, "posted U2: also here broadcast thread 1714985000.000100 orphan | orphan_replies 1"},
		{`{"subtype":"file_share","upload":true,"bot_id":null,"user":"U2","text":"a plan",` + at + `}`, "posted U2: a plan files 1"},
		{`{"user":"U2","text":"two","files":[{"id":"F1"},{"id":"F2"}],` + at + `}`, "posted U2: two files 2"},
		{`{"user":"U2","text":"old","file":{"id":"F1"},` + at + `}`, "posted U2: old files 1"},
		{`{"subtype":"file_comment","comment":{"user":"U3","comment":"x"},"text":"nice",` + at + `}`, "posted U3: nice"},
		{`{"subtype":"file_comment","text":"nice",` + at + `}`, "posted : nice system | no_author 1"},
		{`{"subtype":"bot_message","bot_id":"B1","username":"ci","text":"green",` + at + `}`, "posted B1: green bot"},
		{`{"subtype":"bot_message","username":"ci","text":"green",` + at + `}`, "posted ci: green bot"},
		{`{"bot_id":"B1","user":"U2","text":"through an app",` + at + `}`, "posted U2: through an app bot"},
		{`{"user":"U4","text":"built",` + at + `}`, "posted U4: built bot"},
		{`{"user":"USLACKBOT","text":"a reminder",` + at + `}`, "posted USLACKBOT: a reminder bot"},
		{`{"subtype":"channel_join","user":"U3","text":"<@U3> has joined",` + at + `}`, "joined U3"},
		{`{"subtype":"group_join","user":"U3","text":"",` + at + `}`, "joined U3"},
		{`{"subtype":"channel_leave","user":"U3","text":"",` + at + `}`, "left U3"},
		{`{"subtype":"channel_topic","user":"U2","topic":"x","text":"set the topic",` + at + `}`, "posted U2: set the topic system"},
		{`{"subtype":"channel_purpose","user":"U2","text":"p",` + at + `}`, "posted U2: p system"},
		{`{"subtype":"channel_name","user":"U2","name":"new","text":"n",` + at + `}`, "posted U2: n system"},
		{`{"subtype":"channel_archive","user":"U2","text":"a",` + at + `}`, "posted U2: a system"},
		{`{"subtype":"pinned_item","user":"U2","text":"pinned",` + at + `}`, "posted U2: pinned system"},
		{`{"subtype":"bot_add","bot_id":"B1","user":"U2","text":"added",` + at + `}`, "posted U2: added system"},
		{`{"subtype":"reminder_add","user":"U2","text":"r",` + at + `}`, "posted U2: r system"},
		{`{"subtype":"something_of_2031","user":"U2","text":"s",` + at + `}`, "posted U2: s system"},
		{`{"subtype":"tombstone","hidden":true,"user":"USLACKBOT","text":"This message was deleted.",` + at + `}`, "| tombstone 1"},
		{`{"subtype":"message_changed","hidden":true,"user":"U2",` + at + `}`, "| hidden 1"},
		{`{"type":"event","user":"U2",` + at + `}`, "| not_a_message 1"},
		{`{"text":"by whom?",` + at + `}`, "posted : by whom? system | no_author 1"},
		{`{"user":"U2","text":"(deleted)",` + at + `}`, "posted U2: (deleted)"},
		{`{"user":"U2","text":"better","edited":{"user":"U2","ts":"1714999999.000000"},` + at + `}`, "posted U2: better | edited_text_taken_as_posted 1"},
		{`{"user":"U2","text":"x","reactions":[{"name":"eyes","users":["U3","U4"],"count":2},{"name":"tada","count":3}],` + at + `}`, "posted U2: x | reactions_without_time 5"},
		{`{"user":"U2","text":"root","thread_ts":"1714986000.000100",` + at + `}`, "posted U2: root"},
		{`{"user":"U2","text":"number","ts":1714986000.0001}`, "posted U2: number"},
		{`{"user":"U2","text":null,` + at + `}`, "posted U2: "},
		{`{"user":7,"text":["x"],"files":{},"reactions":"many","comment":3,"edited":false,"hidden":"no","subtype":null,` + at + `}`, "posted :  system | no_author 1"},
		{`{"user":"U2","text":"when?"}`, "| unreadable_time 1"},
		{`{"user":"U2","text":"when?","ts":"yesterday"}`, "| unreadable_time 1"},
		{`{"user":"U2","text":"when?","ts":"0.0"}`, "| unreadable_time 1"},
		{`{"user":"U2","text":"when?","ts":"1.1234567"}`, "| unreadable_time 1"},
		{`17`, "| not_an_object 1"},
		{`null`, "| not_an_object 1"},
		{`["U2"]`, "| not_an_object 1"},
	} {
		a := day(t, "["+c.row+"]")
		if got := story(a, listen(t, a, nil)); got != c.want {
			t.Errorf("%s\n got %q\nwant %q", c.row, got, c.want)
		}
		if n := a.Counts().Rows; n != 1 {
			t.Errorf("%s: %d rows", c.row, n)
		}
	}
}

func TestSlackThreads(t *testing.T) {
	t.Parallel()
	a := mustOpen(t, pack(t, slackLobby+`-- help/2024-05-06.json --
[{"user":"U2","text":"reply sorted first","ts":"1714986005.000000","thread_ts":"1714986000.000000"},
 {"user":"U2","text":"root","ts":"1714986000.000000","thread_ts":"1714986000.000000"},
 {"user":"U2","text":"no thread yet","ts":"1714986001.000000"},
 {"user":"U2","text":"reply to a reply","ts":"1714986006.000000","thread_ts":"1714986005.000000"},
 {"user":"U2","text":"before its root","ts":"1714986007.000000","thread_ts":"1714986008.000000"}]
-- help/2024-05-07.json --
[{"user":"U2","text":"next day","ts":"1715072400.000000","thread_ts":"1714986001.000000"},
 {"user":"U2","text":"root is gone","ts":"1715072401.000000","thread_ts":"1714000000.000000"}]
-- elsewhere/2024-05-06.json --
[{"user":"U2","text":"another channel's root","ts":"1714986009.000000","thread_ts":"1714986000.000000"}]
`))
	var got []string
	for _, m := range posted(listen(t, a, nil)) {
		line := m.Text
		if m.OrphanThread {
			line += " (orphan)"
		}
		got = append(got, line+" "+string(m.Place.Thread))
	}
	want := []string{
		"root ", "no thread yet ", "reply sorted first 1714986000.000000", "reply to a reply (orphan) 1714986005.000000",
		"before its root (orphan) 1714986008.000000", "another channel's root (orphan) 1714986000.000000",
		"next day 1714986001.000000", "root is gone (orphan) 1714000000.000000",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]int{"orphan_replies": 4, "unknown_channel": 1}, a.Counts().Skipped); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
}

func TestSlackHeader(t *testing.T) {
	t.Parallel()
	a := day(t, `[{"user":"U2","text":"ask <@U3>","ts":"1714986000.000100"}]`)
	want := []chat.MessagePosted{{
		Header: chat.Header{
			ID: "C1:1714986000.000100", Place: chat.Place{Space: "T1", Channel: "C1"}, Actor: chat.Actor{User: "U2"},
			Time: moment(1714986000000100), Cursor: "1714986000.000100",
		},
		Message: "1714986000.000100", Text: "ask @Bo Berg", References: []chat.Reference{{At: 4, Len: 8, User: "U3"}},
	}}
	if diff := cmp.Diff(want, posted(listen(t, a, nil))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSlackDuplicatesAndStepsBack(t *testing.T) {
	t.Parallel()
	a := mustOpen(t, pack(t, slackLobby+`-- help/2024-05-06.json --
[{"user":"U2","text":"a","ts":"1714986000.000000"},{"user":"U2","text":"a","ts":"1714986000.000000"},
 {"user":"U2","text":"c","ts":"1715000000.000000"},{"user":"U2","text":"r","ts":"1715000001.000000","thread_ts":"1714986000.000000"}]
-- help/2024-05-07.json --
[{"user":"U2","text":"b, late","ts":"1714990000.000000"},{"user":"U2","text":"c","ts":"1715000000.000000"},
 {"user":"U2","text":"r","ts":"1715000001.000000","thread_ts":"1714986000.000000"},{"user":"U2","text":"d","ts":"1715072400.000000"}]
`))
	events := listen(t, a, nil)
	if got, want := story(a, events), "posted U2: a; posted U2: c; posted U2: r thread 1714986000.000000; posted U2: b, late; posted U2: d | duplicate 3 out_of_order 1"; got != want {
		t.Errorf("got %q\nwant %q", got, want)
	}
	// What comes late is told although its time lies before the cursor: it was not told before.
	rest := listen(t, a, map[chat.ChannelID]chat.Cursor{"C1": events[2].Head().Cursor})
	if got := len(rest); got != 2 {
		t.Errorf("%d events after the third", got)
	}
}

func TestSlackBrokenDayIsCountedWithItsPlace(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ data, place string }{
		{`[{"user":"U2","ts":"1714986000.0"},{"user"`, "help/2024-05-06.json: byte 43: a colon is missing"},
		{`[{"user":"U2"} {}]`, "byte 15: a comma or the end is missing"},
		{`{"messages":[]}`, "byte 0: no list of messages stands here"},
		{`[] []`, "byte 3: something follows"},
		{``, "byte 1: no list"},
		{"[{\"text\":\"a\tb\"}]", "a control character"},
		{`[{"text":"\x"}]`, "an escape that JSON does not know"},
		{`[` + strings.Repeat("[", 20000), "nested too deeply"},
	} {
		a := mustOpen(t, pack(t, slackLobby+"-- help/2024-05-06.json --\n"+c.data+`
-- help/2024-05-07.json --
[{"user":"U2","text":"still here","ts":"1715072400.0"}]
`))
		if got := story(a, listen(t, a, nil)); got != "posted U2: still here | broken_file 1" {
			t.Errorf("%.40s: %q", c.data, got)
		}
		if places := a.Counts().Places; len(places) != 1 || !strings.Contains(places[0], c.place) {
			t.Errorf("%.40s: places %q, want %q", c.data, places, c.place)
		}
	}
}

func TestSlackQuietFiles(t *testing.T) {
	t.Parallel()
	bom := "\xef\xbb\xbf"
	a := mustOpen(t, pack(t, "-- users.json --\n"+bom+`[]
-- channels.json --
null
-- integration_logs.json --
nonsense
-- canvases.json --
[]
-- help/canvas_in_the_conversation.json --
nonsense
-- help/2024-13-45.json --
nonsense
-- help/2024-05-05.json --
[]
-- help/2024-05-06.json --
null
-- help/2024-05-07.json --
`+bom+`[{"user":"U2","text":"hi","ts":"1715072400.0"}]
-- __MACOSX/help/._2024-05-06.json --
nonsense
-- help/attachments/photo.png --
nonsense
`))
	if got := story(a, listen(t, a, nil)); got != "posted U2: hi | other_file 3 unknown_channel 1" {
		t.Errorf("got %q", got)
	}
	if s, err := a.Spaces(t.Context()); err != nil || len(s) != 1 || s[0] != "export" {
		t.Errorf("without users the space is %q", s)
	}
}

func TestSlackDirectConversationsAreNeverOpened(t *testing.T) {
	t.Parallel()
	a := mustOpen(t, pack(t, slackLobby+`-- dms.json --
[{"id":"D0AAAAAAA1","members":["U1","U2"]},{"id":"secret"}]
-- mpims.json --
[{"id":"G9","name":"mpdm-ana--bo-1"}]
-- groups.json --
[{"id":"G1","name":"leads","members":["U2"]}]
-- D0AAAAAAA1/2024-05-06.json --
broken if read
-- secret/2024-05-06.json --
broken if read
-- mpdm-ana--bo-1/2024-05-06.json --
broken if read
-- mpdm-not--listed-1/2024-05-06.json --
broken if read
-- D0BBBBBBB2/2024-05-06.json --
broken if read
-- leads/2024-05-06.json --
[{"user":"U2","text":"we","ts":"1714986000.0"}]
`))
	if got := story(a, listen(t, a, nil)); got != "posted U2: we | direct_conversation 5" {
		t.Errorf("got %q", got)
	}
	if c, err := a.Channel(context.Background(), "G1"); err != nil || !c.Private {
		t.Errorf("groups.json: %+v %v", c, err)
	}
}

// TestSlackIgnoresHindsightAndLabels adds to each record what only later was known; nothing may change.
func TestSlackIgnoresHindsightAndLabels(t *testing.T) {
	t.Parallel()
	later := strings.ReplaceAll(smallSlack, `"type":"message"`, `"type":"message","reply_count":3,"latest_reply":"1714999999.0",
		"reply_users":["U1"],"replies":[{"user":"U1","ts":"1.0"}],"parent_user_id":"U9","x_resolved":true,"x_topic":"t","x_reply_to_ts":"1.0","subscribed":true`)
	before, after := mustOpen(t, pack(t, smallSlack)), mustOpen(t, pack(t, later))
	if diff := cmp.Diff(listen(t, before, nil), listen(t, after, nil)); diff != "" {
		t.Errorf("(-without +with):\n%s", diff)
	}
}

func TestSlackFolderZipAndWrappedZipAreTheSame(t *testing.T) {
	t.Parallel()
	want := listen(t, mustOpen(t, pack(t, smallSlack)), nil)
	for name, path := range map[string]string{
		"folder": unpack(t, smallSlack), "wrapped": pack(t, strings.ReplaceAll(smallSlack, "-- ", "-- My export/")),
	} {
		if diff := cmp.Diff(want, listen(t, mustOpen(t, path), nil)); diff != "" {
			t.Errorf("%s (-zip +%s):\n%s", name, name, diff)
		}
	}
}

func TestSlackDirectory(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	a := mustOpen(t, pack(t, strings.Replace(slackLobby, `"name":"builder"`, `"name":"builder","real_name":"Ana Lind"`, 1)))
	p, err := a.Person(ctx, "U2")
	want := chat.Profile{User: "U2", Name: "Ana", Handle: "ana", Zone: "Europe/Paris", Language: "fr-FR"}
	if p != want || err != nil {
		t.Errorf("Person = %+v, %v", p, err)
	}
	for name, user := range map[string]chat.UserID{"U2": "U2", "@ana": "U2", "Ana": "U2", "bo berg": "U3", "ANA@example.org": "U2", "gus": "U1"} {
		if got, err := a.Find(ctx, "T1", name); got != user || err != nil {
			t.Errorf("Find(%q) = %q, %v", name, got, err)
		}
	}
	for name, want := range map[string]chat.Kind{"Ana Lind": chat.Refused, "nobody": chat.Gone, "": chat.Gone} {
		_, err := a.Find(ctx, "T1", name)
		if kind(err) != want {
			t.Errorf("Find(%q): %v", name, err)
		}
	}
	for _, name := range []string{"help", "#help", "C1", "#HELP"} {
		if c, err := a.FindChannel(ctx, "T1", name); c != "C1" || err != nil {
			t.Errorf("FindChannel(%q) = %q, %v", name, c, err)
		}
	}
	if m, err := a.Members(ctx, "C1"); len(m) != 2 || err != nil {
		t.Errorf("Members = %v, %v", m, err)
	}
	if c, err := a.Channels(ctx, "T1"); len(c) != 1 || c[0].Name != "help" || err != nil {
		t.Errorf("Channels = %v, %v", c, err)
	}
	if c, err := a.Channels(ctx, "T7"); len(c) != 0 || err != nil {
		t.Errorf("Channels of another space = %v, %v", c, err)
	}
	_, noGroup := a.Group(ctx, "T1", "leads")
	_, noPerson := a.Person(ctx, "U9")
	_, noChannel := a.Channel(ctx, "C9")
	_, noMembers := a.Members(ctx, "C9")
	_, notFound := a.FindChannel(ctx, "T1", "nowhere")
	for err, want := range map[error]chat.Kind{
		noGroup: chat.Refused, noPerson: chat.Gone, noChannel: chat.Gone, noMembers: chat.Gone, notFound: chat.Gone,
	} {
		if kind(err) != want {
			t.Errorf("%v is %v, want %v", err, kind(err), want)
		}
	}
}

func kind(err error) chat.Kind {
	var e *chat.Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return chat.Unsure
}
