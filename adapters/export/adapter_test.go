package export

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gofirst/gofirst/bot/chat"
)

var (
	_ chat.Adapter   = (*Adapter)(nil)
	_ chat.Directory = (*Adapter)(nil)
)

// written is a file of a fixture.
type written struct{ name, data string }

// fixture reads files as txtar writes them: each after a line "-- name --".
func fixture(text string) (files []written) {
	for line := range strings.Lines(text) {
		name, ok := strings.CutPrefix(line, "-- ")
		if ok {
			files = append(files, written{name: strings.TrimSuffix(name, " --\n")})
			continue
		}
		files[len(files)-1].data += line
	}
	return files
}

// pack writes the files of a fixture into a zip and gives its path.
func pack(t testing.TB, files string) string {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range fixture(files) {
		w, err := z.Create(f.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, f.data); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return put(t, "export.zip", out.Bytes())
}

// put writes one file and gives its path.
func put(t testing.TB, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// unpack writes the files of a fixture into a folder and gives its path.
func unpack(t testing.TB, files string) string {
	t.Helper()
	root := t.TempDir()
	for _, f := range fixture(files) {
		path := filepath.Join(root, f.name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(f.data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// memory is a file that lies in memory.
func memory(data []byte) file {
	return file{name: "memory", size: int64(len(data)), open: func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(data)), nil
	}}
}

func mustOpen(t testing.TB, path string) *Adapter {
	t.Helper()
	a, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

// listen gives all events that an adapter tells.
func listen(t testing.TB, a *Adapter, since map[chat.ChannelID]chat.Cursor) []chat.Event {
	t.Helper()
	var events []chat.Event
	if err := a.Run(context.Background(), since, gather(&events)); err != nil {
		t.Fatal(err)
	}
	return events
}

// gather is a sink that keeps what it is told.
func gather(into *[]chat.Event) chat.Sink {
	return func(_ context.Context, e chat.Event) error {
		*into = append(*into, e)
		return nil
	}
}

// posted gives the messages among events.
func posted(events []chat.Event) []chat.MessagePosted {
	var all []chat.MessagePosted
	for _, e := range events {
		if m, ok := e.(chat.MessagePosted); ok {
			all = append(all, m)
		}
	}
	return all
}

const (
	smallSlack = `-- users.json --
[{"id":"U1","team_id":"T1","name":"ana","real_name":"Ana Lind"}]
-- channels.json --
[{"id":"C1","name":"help","members":["U1"]},{"id":"C2","name":"build"}]
-- help/2024-05-06.json --
[{"type":"message","user":"U1","text":"one","ts":"1714986000.000100"},
 {"type":"message","user":"U1","text":"three","ts":"1714986002.000100"}]
-- help/2024-05-07.json --
[{"type":"message","user":"U1","text":"four","ts":"1715072400.000100"}]
-- build/2024-05-06.json --
[{"type":"message","user":"U1","text":"two","ts":"1714986001.000100"}]
`
	smallMattermost = `{"type":"version","version":1}
{"type":"team","team":{"name":"core"}}
{"type":"channel","channel":{"team":"core","name":"help","display_name":"Help","type":"O"}}
{"type":"user","user":{"username":"ana","teams":[{"name":"core","channels":[{"name":"help"}]}]}}
{"type":"post","post":{"team":"core","channel":"help","user":"ana","message":"one","create_at":1714986000000}}
`
	smallDiscord = `{"guild":{"id":"9","name":"G"},"channel":{"id":"5","type":"GuildTextChat","name":"help"},
"messages":[{"id":"100","type":"Default","timestamp":"2024-05-06T09:00:00+00:00","content":"one","author":{"id":"1","name":"ana"}}],"messageCount":1}
`
)

func TestInfoAndSend(t *testing.T) {
	t.Parallel()
	for service, path := range map[string]string{
		"slack-export":      pack(t, smallSlack),
		"mattermost-export": put(t, "bulk.jsonl", []byte(smallMattermost)),
		"discord-export":    put(t, "help.json", []byte(smallDiscord)),
	} {
		a := mustOpen(t, path)
		want := chat.Info{Service: service, Replay: true, Threads: true}
		if diff := cmp.Diff(want, a.Info()); diff != "" {
			t.Errorf("Info (-want +got):\n%s", diff)
		}
		_, err := a.Send(context.Background(), chat.Delivery{})
		var e *chat.Error
		if !errors.As(err, &e) || e.Kind != chat.Refused || !strings.Contains(err.Error(), "only be listened to") {
			t.Errorf("%s: Send gives %v", service, err)
		}
		if len(listen(t, a, nil)) == 0 {
			t.Errorf("%s tells nothing", service)
		}
		if done, total := a.Progress(); done != total || total == 0 {
			t.Errorf("%s: progress ends at %d of %d", service, done, total)
		}
	}
}

func TestSize(t *testing.T) {
	t.Parallel()
	a := &Adapter{}
	m := chat.Message{
		Body: []chat.Node{
			chat.Text("né"), chat.Bold{chat.Text("b")}, chat.Italic{chat.Code("c")}, chat.Quote{chat.Text("q")},
			chat.List{{chat.Text("i")}}, chat.Link{URL: "a:b", Label: "x"}, chat.PostLink{Label: "p"},
			chat.Mention{User: "U1"}, chat.Room{Channel: "C1"},
		},
		Buttons: []chat.Button{{Label: "Yes"}},
	}
	if got := a.Size(m); got != 2+1+1+1+2+3+1+3+3+3 {
		t.Errorf("Size = %d", got)
	}
}

func TestCancelEndsRunSoon(t *testing.T) {
	t.Parallel()
	for _, path := range []string{
		pack(t, smallSlack), put(t, "bulk.jsonl", []byte(smallMattermost)), put(t, "help.json", []byte(smallDiscord)),
	} {
		ctx, cancel := context.WithCancel(context.Background())
		told := 0
		err := mustOpen(t, path).Run(ctx, nil, func(context.Context, chat.Event) error {
			told++
			cancel()
			return nil
		})
		if told != 1 || !errors.Is(err, context.Canceled) {
			t.Errorf("%d events, %v", told, err)
		}
	}
}

func TestSinkErrorEndsRun(t *testing.T) {
	t.Parallel()
	full := errors.New("the store is full")
	for _, path := range []string{
		pack(t, smallSlack), put(t, "bulk.jsonl", []byte(smallMattermost)), put(t, "help.json", []byte(smallDiscord)),
	} {
		err := mustOpen(t, path).Run(context.Background(), nil, func(context.Context, chat.Event) error { return full })
		if !errors.Is(err, full) {
			t.Errorf("Run gives %v", err)
		}
	}
}

func TestForeignCursorIsRefused(t *testing.T) {
	t.Parallel()
	for channel, path := range map[chat.ChannelID]string{
		"C1": pack(t, smallSlack), "core/help": put(t, "bulk.jsonl", []byte(smallMattermost)), "5": put(t, "help.json", []byte(smallDiscord)),
	} {
		since := map[chat.ChannelID]chat.Cursor{channel: "yesterday"}
		err := mustOpen(t, path).Run(context.Background(), since, nil)
		var e *chat.Error
		if !errors.As(err, &e) || e.Kind != chat.Refused {
			t.Errorf("%s: Run gives %v", channel, err)
		}
	}
}

func TestWrongFiles(t *testing.T) {
	t.Parallel()
	const neither = "it is not a Slack export (no users.json or channels.json inside), not a Mattermost bulk export"
	for _, c := range []struct{ name, path, want string }{
		{"missing", filepath.Join(t.TempDir(), "none.zip"), "no such file"},
		{"a text", put(t, "notes.txt", []byte("hello")), neither},
		{"empty file", put(t, "empty.json", nil), neither},
		{"empty zip", pack(t, ""), neither},
		{"a zip of something", pack(t, "-- photo.png --\nx\n"), neither},
		{"a folder of something", unpack(t, "-- a.json --\n{}\n-- b.json --\n[1]\n"), neither},
		{"cut off zip", put(t, "cut.zip", []byte("PK\x03\x04 and then nothing")), "begins like a zip but is none"},
		{"users.json broken", pack(t, "-- users.json --\n[{\"id\":\"U1\"},\n{"), "users.json: byte 13: the file ends too early"},
		{"users.json no list", pack(t, "-- users.json --\n{}\n"), "users.json: byte 1: no list stands here"},
		{"users.json of numbers", pack(t, "-- users.json --\n[1]\n"), "users.json: byte 2: json: cannot unmarshal number"},
		{"channels.json without id", pack(t, "-- channels.json --\n[{\"name\":\"a\"}]\n"), `channels.json: byte 13: an entry has no "id"`},
		{"bulk version 2", put(t, "b.jsonl", []byte(`{"type":"version","version":2}`)), "b.jsonl: line 1: version 2 of the bulk format is not known"},
		{"bulk broken", put(t, "b.jsonl", []byte("{\"type\":\"version\",\"version\":1}\n{\"type\":\"user\"")), "b.jsonl: line 2: "},
		{"newest first", put(t, "d.json", []byte(`{"guild":{"id":"1"},"channel":{"id":"2"},"messages":[
			{"id":"2","timestamp":"2024-05-06T09:00:01Z"},{"id":"1","timestamp":"2024-05-06T09:00:00Z"}]}`)), "the newest message stands first"},
		{"only direct", put(t, "d.json", []byte(`{"guild":{"id":"0"},"channel":{"id":"2","type":"DirectTextChat"},"messages":[]}`)), "only direct conversations"},
	} {
		_, err := Open(c.path)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), c.path) {
			t.Errorf("%s: got %v, want %q and the path", c.name, err, c.want)
		}
	}
}

func TestReasonsAreExplained(t *testing.T) {
	t.Parallel()
	snake := regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`)
	seen := map[string]bool{}
	for i, n := range names {
		if !snake.MatchString(n.word) || seen[n.word] {
			t.Errorf("reason %d: %q is no good word", i, n.word)
		}
		seen[n.word] = true
		if about := Explain(n.word); !strings.HasSuffix(about, ".") || strings.Count(about, ". ") > 0 {
			t.Errorf("%s: %q is not one sentence", n.word, about)
		}
	}
	if Explain("nonsense") != "" {
		t.Error("a word that is no reason is explained")
	}
}
