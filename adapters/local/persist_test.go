package local_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gofirst/gofirst/adapters/local"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// life lets something of every kind happen.
func life(t *testing.T, c *local.Chat) {
	t.Helper()
	a, ctx := c.Connect(), t.Context()
	q := must(c.Say("ana", "help", "", "How? @hal", 2))(t)
	must(c.Say("hal", "help", q.Message, "So.", 0))(t)
	must(c.React("hal", "help", q.Message, "eyes", true))(t)
	must(c.Edit("ana", "help", q.Message, "How?"))(t)
	must(c.Tell("zoe", "hello"))(t)
	must(c.Leave("zoe", "help"))(t)
	cmd := must(c.Command("ana", "help", "help"))(t)
	secret := chat.Message{To: chat.To{Reply: cmd.Reply}, Private: true, Body: []chat.Node{chat.Text("psst")}, Buttons: []chat.Button{{Label: "ok", Value: "v"}}}
	ephemeral := must(a.Send(ctx, chat.Delivery{Message: secret}))(t)
	must(c.Press("ana", "help", ephemeral.Message, "ok"))(t)
	said := must(a.Send(ctx, chat.Delivery{Key: "key", Message: chat.Message{To: chat.To{Channel: "help"},
		Body: []chat.Node{chat.Mention{User: "ana", Ping: true}}, Buttons: []chat.Button{{Label: "Go", Value: "k.go.m"}}}}))(t)
	must(c.Press("ana", "help", said.Message, "Go"))(t)
	must(c.Act("ana", "example", "help", said.Message))(t)
	must(c.Delete("ana", "help", q.Message))(t)
}

func reopen(t *testing.T, path string) (*local.Chat, int64) {
	t.Helper()
	c, torn, err := local.Open(path, local.Options{Now: monday().now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c, torn
}

func TestARestartLosesOnlyWhatWasPrivate(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "chat.jsonl")
	before, _ := reopen(t, path)
	furnish(before)
	life(t, before)
	if err := before.Close(); err != nil {
		t.Fatal(err)
	}
	after, torn := reopen(t, path)
	furnish(after)
	if torn != 0 {
		t.Errorf("%d bytes were torn", torn)
	}
	public := func(posts []local.Post) (kept []local.Post) {
		for _, p := range posts {
			if !(p.Private && (p.Bot || p.Kind == local.Pressed && p.Buttons[0].Value == "v")) {
				kept = append(kept, p)
			}
		}
		return kept
	}
	if diff := cmp.Diff(public(before.Posts()), public(after.Posts()), cmpopts.IgnoreFields(local.Post{}, "Nodes")); diff != "" {
		t.Errorf("posts (-before +after):\n%s", diff)
	}
	if len(after.Events()) != len(before.Events())-1 {
		t.Errorf("%d events before, %d after; all but the press on a private answer should be there", len(before.Events()), len(after.Events()))
	}
	again := must(after.Connect().Send(t.Context(), chat.Delivery{Key: "key", Message: chat.Message{To: chat.To{Channel: "help"}, Body: []chat.Node{chat.Text("x")}}}))(t)
	if found, ok, _ := after.Connect().FindSent(t.Context(), chat.To{}, "key"); !ok || found != again {
		t.Errorf("the key was forgotten: %v, %v", found, again)
	}
	next := must(after.Say("hal", "help", "", "new", 0))(t)
	if last := before.Events()[len(before.Events())-1].Head(); next.Cursor <= last.Cursor {
		t.Errorf("the cursor %s comes after %s", next.Cursor, last.Cursor)
	}
}

func TestATornLastLineIsCutOff(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "chat.jsonl")
	c, _ := reopen(t, path)
	furnish(c)
	must(c.Say("ana", "help", "", "whole", 0))(t)
	c.Close()
	whole := must(os.ReadFile(path))(t)
	if err := os.WriteFile(path, append(whole, `{"id":17`...), 0o600); err != nil {
		t.Fatal(err)
	}
	again, torn := reopen(t, path)
	if torn != 8 || len(again.Events()) != 1 {
		t.Errorf("%d bytes torn, %d events", torn, len(again.Events()))
	}
	must(again.Say("ana", "help", "", "more", 0))(t)
	again.Close()
	if third, torn := reopen(t, path); torn != 0 || len(third.Events()) != 2 {
		t.Errorf("after the repair: %d bytes torn, %d events", torn, len(third.Events()))
	}
}

func TestABrokenLineIsNamed(t *testing.T) {
	t.Parallel()
	for name, line := range map[string]string{
		"no JSON":       `{"id":`,
		"unknown field": `{"id":2000000000000000,"at":"2026-09-07T09:00:00Z","do":"say","channel":"help","colour":"red"}`,
		"unknown deed":  `{"id":2000000000000000,"at":"2026-09-07T09:00:00Z","do":"sing","channel":"help"}`,
		"no channel":    `{"id":2000000000000000,"at":"2026-09-07T09:00:00Z","do":"say","channel":"nope","user":"ana"}`,
		"out of order":  `{"id":3,"at":"2026-09-07T09:00:00Z","do":"say","channel":"help","user":"ana"}`,
		"two records":   `{"id":2000000000000000,"at":"2026-09-07T09:00:00Z","do":"say","channel":"help","user":"ana"} {}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "chat.jsonl")
			c, _ := reopen(t, path)
			c.AddChannel("help", "ana")
			must(c.Say("ana", "help", "", "one", 0))(t)
			c.Close()
			whole := string(must(os.ReadFile(path))(t))
			if err := os.WriteFile(path, []byte(whole+line+"\n"+line[:3]), 0o600); err != nil {
				t.Fatal(err)
			}
			_, _, err := local.Open(path, local.Options{Now: monday().now})
			if err == nil || !strings.Contains(err.Error(), "line 4") {
				t.Errorf("got the error %v, want one that names line 4", err)
			}
		})
	}
}
