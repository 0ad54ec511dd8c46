package export

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gofirst/gofirst/bot/chat"
)

// guild writes a file of a channel as DiscordChatExporter does.
func guild(channel, kind string, messages ...string) string {
	return fmt.Sprintf(`{"guild":{"id":"9","name":"Guild","iconUrl":"x"},
"channel":{"id":%q,"type":%q,"categoryId":"4","category":"Rooms","name":"room %s","topic":null},
"dateRange":{"after":null,"before":null},"exportedAt":"2024-06-01T00:00:00+00:00",
"messages":[%s],"messageCount":%d}
`, channel, kind, channel, strings.Join(messages, ",\n"), len(messages))
}

// said writes a message of the second after nine; id is its number, too.
func said(id int, rest string) string {
	return fmt.Sprintf(`{"id":"%d","type":"Default","timestamp":"2024-05-06T09:00:%02d.25+00:00","timestampEdited":null,"callEndedTimestamp":null,
"isPinned":false,"author":{"id":"1","name":"ana","discriminator":"0000","nickname":"Ana","isBot":false,"roles":[]},
"attachments":[],"embeds":[],"stickers":[],"reactions":[],"mentions":[],"content":"m%d"%s}`, id, id, id, rest)
}

func TestDiscordMessages(t *testing.T) {
	t.Parallel()
	const re = `,"type":"Reply","reference":{"messageId":"%s","channelId":"%s","guildId":"9"}`
	for _, c := range []struct {
		messages []string
		want     string
	}{
		{[]string{said(1, "")}, "posted 1: m1"},
		{[]string{said(1, `,"timestampEdited":"2024-05-06T10:00:00+00:00"`)}, "posted 1: m1 | edited_text_taken_as_posted 1"},
		{[]string{said(1, `,"attachments":[{"id":"1"},{"id":"2"}],"stickers":[{}],"embeds":[{}]`)}, "posted 1: m1 files 2"},
		{[]string{said(1, `,"author":{"id":"2","name":"ci","isBot":true}`)}, "posted 2: m1 bot"},
		{[]string{said(1, `,"author":{"id":"","name":""}`)}, "posted : m1 system | no_author 1"},
		{[]string{said(1, `,"reactions":[{"emoji":{"name":"👀"},"count":2,"users":[{},{}]},{"emoji":{},"count":1}]`)}, "posted 1: m1 | reactions_without_time 3"},
		{[]string{said(1, `,"type":"GuildMemberJoin"`)}, "joined 1"},
		{[]string{said(1, `,"type":"RecipientAdd"`)}, "posted 1: m1 system"},
		{[]string{said(1, `,"type":"ChannelPinnedMessage"`)}, "posted 1: m1 system"},
		{[]string{said(1, `,"type":"ThreadCreated"`)}, "posted 1: m1 system"},
		{[]string{said(1, `,"type":"20"`)}, "posted 1: m1"},
		{[]string{said(1, ""), said(2, fmt.Sprintf(re, "1", "5")), said(3, fmt.Sprintf(re, "2", "5")), said(4, fmt.Sprintf(re, "3", ""))},
			"posted 1: m1; posted 1: m2 thread 1; posted 1: m3 thread 1; posted 1: m4 thread 1"},
		{[]string{said(1, fmt.Sprintf(re, "77", "5")), said(2, fmt.Sprintf(re, "1", "5"))}, "posted 1: m1 thread 77 orphan; posted 1: m2 thread 77 | orphan_replies 1"},
		{[]string{said(1, `,"type":"Reply"`), said(2, `,"type":"Reply","reference":{"messageId":null}`)}, "posted 1: m1; posted 1: m2 orphan | orphan_replies 1"},
		{[]string{said(1, fmt.Sprintf(re, "77", "6"))}, "posted 1: m1"},
		{[]string{said(1, ""), said(2, `,"type":"Reply","reference":{"type":"Forward","messageId":"1"}`)}, "posted 1: m1; posted 1: m2"},
		{[]string{said(1, ""), said(1, "")}, "posted 1: m1 | duplicate 1"},
		{[]string{said(1, `,"timestamp":"yesterday"`), said(2, "")}, "posted 1: m2 | unreadable_time 1"},
		{[]string{said(1, `,"id":"abc"`), said(2, "")}, "posted 1: m2 | unreadable_time 1"},
		{[]string{said(1, `,"id":3`), `7`, said(2, `,"author":"x"`), said(3, "")}, "posted 1: m3 | broken_record 3"},
		{[]string{said(1, ""), `null`, said(2, "")}, "posted 1: m1; posted 1: m2 | unreadable_time 1"},
		{[]string{said(1, ""), `{"id":`}, "posted 1: m1 | broken_file 1"},
		{nil, ""},
	} {
		a := mustOpen(t, put(t, "room.json", []byte(guild("5", "GuildTextChat", c.messages...))))
		if got := story(a, listen(t, a, nil)); got != c.want {
			t.Errorf("%s\n got %q\nwant %q", c.messages, got, c.want)
		}
	}
}

func TestDiscordHeader(t *testing.T) {
	t.Parallel()
	a := mustOpen(t, put(t, "room.json", []byte(guild("5", "GuildTextChat",
		said(1, ""), said(2, `,"type":"Reply","reference":{"messageId":"1"}`), said(3, `,"type":"GuildMemberJoin"`)))))
	got := listen(t, a, nil)[1:]
	want := []chat.Event{
		chat.MessagePosted{
			Header: chat.Header{
				ID: "5:2", Place: chat.Place{Space: "9", Channel: "5", Thread: "1"}, Actor: chat.Actor{User: "1"},
				Time: moment(1714986002250000), Cursor: "2",
			},
			Message: "2", Text: "m2",
		},
		chat.MemberJoined{Header: chat.Header{ID: "5:3", Place: chat.Place{Space: "9"}, Actor: chat.Actor{User: "1"}, Time: moment(1714986003250000)}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDiscordFilesAreMerged(t *testing.T) {
	t.Parallel()
	files := "-- a [part 1].json --\n" + guild("5", "GuildTextChat", said(1, ""), said(4, "")) +
		"-- a [part 2].json --\n" + guild("5", "GuildTextChat", said(4, ""), said(6, `,"type":"Reply","reference":{"messageId":"1"}`)) +
		"-- thread.json --\n" + guild("7", "GuildPublicThread", said(3, ""), said(5, "")) +
		"-- sub/b.json --\n" + guild("6", "GuildTextChat", said(2, "")) +
		"-- dm.json --\n" + guild("8", "DirectTextChat", "broken if read") +
		"-- notes.json --\n{\"other\":1}\n-- page.html --\n<p>\n"
	const want = "posted 1: m1; posted 1: m2; posted 1: m3; posted 1: m4; posted 1: m5; posted 1: m6 thread 1 | " +
		"direct_conversation 1 duplicate 1 other_file 2 thread_channel 1"
	for _, path := range []string{pack(t, files), unpack(t, files)} {
		a := mustOpen(t, path)
		events := listen(t, a, nil)
		if got := story(a, events); got != want {
			t.Errorf("got %q\nwant %q", got, want)
		}
		since := map[chat.ChannelID]chat.Cursor{"5": "4", "6": "2", "7": "3"}
		if got := len(listen(t, a, since)); got != 2 {
			t.Errorf("%d events after the cursors", got)
		}
		if c, err := a.Channel(context.Background(), "7"); err != nil || c.Name != "room 7" {
			t.Errorf("Channel = %+v, %v", c, err)
		}
	}
}

func TestDiscordPlaceOfWhatIsBroken(t *testing.T) {
	t.Parallel()
	cut := guild("5", "GuildTextChat", said(1, ""), said(2, ""))
	a := mustOpen(t, put(t, "room.json", []byte(cut[:len(cut)-60])))
	if got := story(a, listen(t, a, nil)); got != "posted 1: m1 | broken_file 1" {
		t.Errorf("got %q", got)
	}
	if p := a.Counts().Places; len(p) != 1 || !strings.HasPrefix(p[0], "room.json: byte ") || !strings.HasSuffix(p[0], "the file ends too early") {
		t.Errorf("places %q", p)
	}
}

func TestDiscordText(t *testing.T) {
	t.Parallel()
	m := &discordMessage{Mentions: []discordUser{{ID: "1", Name: "ana", Nickname: "Ana *the* first"}, {ID: "2", Name: "anabel"}}}
	for _, c := range []struct {
		src, want string
		refs      []chat.Reference
	}{
		{"hi @Ana *the* first!", "hi @Ana *the* first!", []chat.Reference{{At: 3, Len: 16, User: "1"}}},
		{"@ana and @anabel", "@ana and @anabel", []chat.Reference{{At: 0, Len: 4, User: "1"}, {At: 9, Len: 7, User: "2"}}},
		{"<@1> <@!2> <@3>", "@Ana *the* first @anabel @3", []chat.Reference{{At: 0, Len: 16, User: "1"}, {At: 17, Len: 7, User: "2"}, {At: 25, Len: 2, User: "3"}}},
		{"<@&44> <#55>", "@44 #55", []chat.Reference{{At: 0, Len: 3, Group: "44"}, {At: 4, Len: 3, Channel: "55"}}},
		{"<:wave:123> <a:spin:4>", ":wave: :spin:", nil},
		{"<https://a.example/1> <t:1714986000:R> <3 <1>", "<https://a.example/1> <t:1714986000:R> <3 <1>", nil},
		{"@here @everyone #general", "@here @everyone #general", nil},
		{"`<@1>` [x](https://a.example)", "`<@1>` x (https://a.example)", nil},
	} {
		got, refs := markdown(c.src, m.naming)
		if got != c.want {
			t.Errorf("%q\n got %q\nwant %q", c.src, got, c.want)
		}
		if diff := cmp.Diff(c.refs, refs); diff != "" {
			t.Errorf("%q references (-want +got):\n%s", c.src, diff)
		}
	}
}

func TestDiscordDirectory(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	a := mustOpen(t, put(t, "room.json", []byte(guild("5", "GuildTextChat", said(1, ""), said(2, `,"author":{"id":"2","name":"ci","isBot":true}`), said(3, "")))))
	if u, err := a.Find(ctx, "9", "@ANA"); u != "1" || err != nil {
		t.Errorf("Find = %q, %v", u, err)
	}
	if p, err := a.Person(ctx, "2"); err != nil || !p.Bot || p.Handle != "ci" {
		t.Errorf("Person = %+v, %v", p, err)
	}
	if m, err := a.Members(ctx, "5"); len(m) != 2 || err != nil {
		t.Errorf("Members = %v, %v", m, err)
	}
}

func TestThreadsForgetWhatIsOld(t *testing.T) {
	t.Parallel()
	var known threads
	for id := int64(1); id <= maxThreads+1; id++ {
		known.see(id)
	}
	if _, seen := known.root(1); seen || len(known) > maxThreads {
		t.Errorf("%d remembered, the first: %v", len(known), seen)
	}
	known.join(maxThreads, 7)
	if root, seen := known.root(maxThreads); root != 7 || !seen {
		t.Errorf("root %d, %v", root, seen)
	}
}

// FuzzDiscord feeds any file. Whatever it is, opening and reading end well and each message read is told or counted.
func FuzzDiscord(f *testing.F) {
	for _, s := range []string{
		guild("5", "GuildTextChat", said(1, ""), said(2, `,"type":"Reply","reference":{"messageId":"1"}`), `7`, said(3, `,"content":"<@1> @ana"`)),
		guild("5", "DirectTextChat"), `{"guild":{"id":"1"},"messages":[]}`, `{"guild":{"id":"1"},"channel":{"id":"2"},"messages":{}}`, `{"guild":7}`, `[]`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := openDiscord([]file{memory(data)}, "memory")
		if a == nil || err != nil {
			return
		}
		told := 0
		err = a.Run(t.Context(), nil, func(_ context.Context, e chat.Event) error {
			told++
			if m, ok := e.(chat.MessagePosted); ok {
				refsHold(t, m.Text, m.References)
			}
			return nil
		})
		c := a.Counts()
		left := c.Skipped["duplicate"] + c.Skipped["unreadable_time"] + c.Skipped["broken_record"]
		if err != nil || c.Rows != told+left || c.Events != told {
			t.Fatalf("%v: told %d, %+v", err, told, c)
		}
	})
}
