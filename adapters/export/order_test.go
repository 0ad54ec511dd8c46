package export

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/gofirst/gofirst/bot/chat"
)

// made is one message of a made-up history; all three kinds of export can hold it.
type made struct {
	room  int
	at    time.Time // whole milliseconds, each only once
	reply int       // which earlier message of the room it answers; -1 for none
}

// history draws messages in some rooms over some days, in any order.
func history(t *rapid.T) []made {
	n := rapid.IntRange(0, 60).Draw(t, "messages")
	rooms := rapid.IntRange(1, 5).Draw(t, "rooms")
	moments := rapid.SliceOfNDistinct(rapid.Int64Range(0, 8*86400*1000), n, n, rapid.ID).Draw(t, "moments")
	all := make([]made, n)
	for i, ms := range moments {
		all[i] = made{room: rapid.IntRange(0, rooms-1).Draw(t, "room"), at: time.UnixMilli(1714953600000 + ms).UTC(), reply: -1}
		if i > 0 && rapid.Bool().Draw(t, "reply") {
			j := rapid.IntRange(0, i-1).Draw(t, "to")
			if all[j].room == all[i].room && all[j].reply < 0 && all[j].at.Before(all[i].at) {
				all[i].reply = j
			}
		}
	}
	return all
}

func slackStamp(at time.Time) string { return fmt.Sprintf("%d.%06d", at.Unix(), at.Nanosecond()/1000) }

// asSlack packs a history; days are cut in a zone that is the workspace's.
func asSlack(all []made, zone *time.Location) []byte {
	type object = map[string]any
	days := map[string][]object{}
	for i, m := range all {
		row := object{"type": "message", "user": "U1", "text": fmt.Sprint(i), "ts": slackStamp(m.at)}
		if m.reply >= 0 {
			row["thread_ts"] = slackStamp(all[m.reply].at)
		}
		name := fmt.Sprintf("room%d/%s.json", m.room, m.at.In(zone).Format(time.DateOnly))
		days[name] = append(days[name], row)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	write := func(name string, v any) {
		w, _ := z.Create(name)
		_ = json.NewEncoder(w).Encode(v)
	}
	write("users.json", []object{{"id": "U1", "team_id": "T1"}})
	for name, rows := range days {
		write(name, rows)
	}
	_ = z.Close()
	return out.Bytes()
}

// asMattermost writes a history line by line, replies within their root's line.
func asMattermost(all []made) []byte {
	type object = map[string]any
	var out bytes.Buffer
	out.WriteString("{\"type\":\"version\",\"version\":1}\n")
	for i, m := range all {
		if m.reply >= 0 {
			continue
		}
		post := object{"team": "t", "channel": fmt.Sprintf("room%d", m.room), "user": "ana", "message": fmt.Sprint(i), "create_at": m.at.UnixMilli()}
		var replies []object
		for j, r := range all {
			if r.reply == i {
				replies = append(replies, object{"user": "bo", "message": fmt.Sprint(j), "create_at": r.at.UnixMilli()})
			}
		}
		post["replies"] = replies
		_ = json.NewEncoder(&out).Encode(object{"type": "post", "post": post})
	}
	return out.Bytes()
}

// asDiscord packs a history, a file a channel; identifiers are moments, as Discord's are.
func asDiscord(all []made) []byte {
	type object = map[string]any
	id := func(m made) string { return fmt.Sprint(m.at.UnixMilli()) }
	rooms := map[string][]object{}
	order := slices.Clone(all)
	slices.SortFunc(order, func(a, b made) int { return a.at.Compare(b.at) })
	for _, m := range order {
		row := object{"id": id(m), "type": "Default", "timestamp": m.at.Format(time.RFC3339Nano), "author": object{"id": "1"},
			"content": fmt.Sprint(slices.Index(all, m))}
		if m.reply >= 0 {
			row["type"], row["reference"] = "Reply", object{"messageId": id(all[m.reply])}
		}
		name := fmt.Sprintf("room%d", m.room)
		rooms[name] = append(rooms[name], row)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, rows := range rooms {
		w, _ := z.Create(name + ".json")
		body, _ := json.Marshal(rows)
		fmt.Fprintf(w, `{"guild":{"id":"9"},"channel":{"id":%q},"messages":%s}`, name, body)
	}
	_ = z.Close()
	return out.Bytes()
}

// checkOrder demands each message once, in the order of time, in its thread; and from any event's cursors
// on, exactly the rest.
func checkOrder(t *rapid.T, a *Adapter, all []made) {
	events := listenRapid(t, a, nil)
	if len(events) != len(all) {
		t.Fatalf("%d of %d messages told, %v", len(events), len(all), a.Counts())
	}
	seen := map[string]bool{}
	ids := map[string]chat.MessageID{}
	last := time.Time{}
	for _, m := range posted(events) {
		if m.Time.Before(last) || seen[m.Text] {
			t.Fatalf("message %s at %v after %v, told before: %v", m.Text, m.Time, last, seen[m.Text])
		}
		last = m.Time
		seen[m.Text] = true
		ids[m.Text] = m.Message
		var n int
		_, _ = fmt.Sscan(m.Text, &n)
		want := chat.MessageID("")
		if r := all[n].reply; r >= 0 {
			want = ids[fmt.Sprint(r)]
		}
		if !m.Time.Equal(all[n].at) || m.Place.Thread != want || m.OrphanThread {
			t.Fatalf("message %s: %+v, want thread %q at %v", m.Text, m, want, all[n].at)
		}
	}
	if len(events) == 0 {
		return
	}
	cut := rapid.IntRange(0, len(events)-1).Draw(t, "cut")
	since := map[chat.ChannelID]chat.Cursor{}
	for _, e := range events[:cut] {
		since[e.Head().Place.Channel] = e.Head().Cursor
	}
	if diff := cmp.Diff(events[cut:], listenRapid(t, a, since)); diff != "" {
		t.Fatalf("after %d events (-want +got):\n%s", cut, diff)
	}
}

func listenRapid(t *rapid.T, a *Adapter, since map[chat.ChannelID]chat.Cursor) []chat.Event {
	var events []chat.Event
	if err := a.Run(t.Context(), since, gather(&events)); err != nil {
		t.Fatal(err)
	}
	return events
}

func TestTimeOrder(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "export")
	open := func(t *rapid.T, data []byte) *Adapter {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		a, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	rapid.Check(t, func(t *rapid.T) {
		all := history(t)
		zone := time.FixedZone("", rapid.IntRange(-12, 14).Draw(t, "zone")*3600)
		zipped := open(t, asSlack(all, zone))
		checkOrder(t, zipped, all)
		zipped.Close()
		bulk := open(t, asMattermost(all))
		checkOrder(t, bulk, all)
		bulk.record.(*mattermost).memory = 512 // so that most histories go through the temporary file
		checkOrder(t, bulk, all)
		bulk.Close()
		if len(all) > 0 {
			files := open(t, asDiscord(all))
			checkOrder(t, files, all)
			files.Close()
		}
	})
}
