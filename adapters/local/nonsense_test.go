package local_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/gofirst/gofirst/bot/chat"
)

// What makes no sense is refused in words for people, and leaves no trace.
func TestNonsense(t *testing.T) {
	t.Parallel()
	c, _ := office(t)
	q := must(c.Say("ana", "help", "", "question", 0))(t).Message
	gone := must(c.Say("ana", "help", "", "mistake", 0))(t).Message
	must(c.Delete("ana", "help", gone))(t)
	before := len(c.Posts())
	did := func(_ chat.Event, err error) error { return err }
	for want, err := range map[string]error{
		`there is no person "eve"`:                 did(c.Say("eve", "help", "", "hi", 0)),
		`there is no channel "attic"`:              did(c.Say("ana", "attic", "", "hi", 0)),
		`ana is not in #platform`:                  did(c.Say("ana", "platform", "", "hi", 0)),
		`ana is not in @hal`:                       did(c.Say("ana", c.DM("hal"), "", "hi", 0)),
		`there is no channel "@ci"`:                did(c.Tell("ci", "hi")),
		`there is nothing to say`:                  did(c.Say("ana", "help", "", "", 0)),
		`there is no message "0" in #help`:         did(c.Say("ana", "help", "0", "hi", 0)),
		`the message ` + string(q) + ` is not by`:  did(c.Edit("hal", "help", q, "mine")),
		`the message ` + string(gone) + ` is not`:  did(c.Edit("ana", "help", gone, "again")),
		`the message has no button "1"`:            did(c.Press("ana", "help", q, "1")),
		`no emoji was given`:                       did(c.React("ana", "help", q, "::", true)),
		`no action was given`:                      did(c.Act("ana", "", "help", q)),
		`ana has no such form open`:                did(c.Submit("ana", "r1", nil)),
		`ana is already in #help`:                  did(c.Join("ana", "help")),
		`hal is not in @ana`:                       did(c.Command("hal", c.DM("ana"), "help")),
		`@ana is a conversation with the bot, not`: did(c.Leave("ana", c.DM("ana"))),
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got the error %v, want %q", err, want)
		}
	}
	if after := len(c.Posts()); after != before {
		t.Errorf("nonsense made %d posts", after-before)
	}
}

func TestWhatCannotBeKeptDoesNotHappen(t *testing.T) {
	t.Parallel()
	c, _ := reopen(t, filepath.Join(t.TempDir(), "chat.jsonl"))
	furnish(c)
	c.Close()
	if _, err := c.Say("ana", "help", "", "hi", 0); err == nil {
		t.Error("a closed chat goes on")
	}
	_, err := c.Connect().Send(t.Context(), chat.Delivery{Message: chat.Message{To: chat.To{Channel: "help"}, Body: []chat.Node{chat.Text("hi")}}})
	wantKind(t, err, chat.Unsure)
	if len(c.Posts()) != 0 {
		t.Errorf("what could not be kept was seen: %v", c.Posts())
	}
}

// The references of the bot's own messages lie where the names stand, and what it quotes names nobody.
func TestOwnReferences(t *testing.T) {
	t.Parallel()
	c, _ := office(t)
	who := func(s string) []chat.Node {
		return []chat.Node{chat.Text(s + "\n@hal says "), chat.Mention{User: "ana"}}
	}
	body := []chat.Node{chat.Mention{User: "hal", Ping: true}, chat.Quote(who("é")), chat.List{who("one"), who("two")}, chat.Room{Channel: "help"}}
	must(c.Connect().Send(t.Context(), chat.Delivery{Message: chat.Message{To: chat.To{Channel: "help"}, Body: body}}))(t)
	m := c.Events()[0].(chat.MessagePosted)
	var named []string
	for _, r := range m.References {
		named = append(named, m.Text[r.At:r.At+r.Len])
	}
	if got, want := strings.Join(named, " "), "@hal @ana @ana @ana #help"; got != want {
		t.Errorf("named are %q, want %q, in:\n%s", got, want, m.Text)
	}
	if p := c.Posts()[0]; len(p.Pings) != 1 || p.Pings[0] != "hal" {
		t.Errorf("the message pings %v", p.Pings)
	}
}
