package bot_test

import (
	"strings"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/local"
	"github.com/gofirst/gofirst/bot/chat"
)

// TestWhoSeesThanksIsAskedOnce holds that a person who lets the question lie is not asked it again.
func TestWhoSeesThanksIsAskedOnce(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	if got := to("zoe", s.command("ana", "thanks @zoe for the runbook")); len(got.Buttons) != 3 || !strings.Contains(got.Text, "Qui peut voir") {
		t.Errorf("the first thanks read %q with %d buttons", got.Text, len(got.Buttons))
	}
	s.pass(7 * 24 * time.Hour)
	if got := to("zoe", s.command("tom", "thanks @zoe for the tests")); len(got.Buttons) != 0 || strings.Contains(got.Text, "Qui peut voir") {
		t.Errorf("the second thanks read %q with %d buttons", got.Text, len(got.Buttons))
	}
}

// TestThanksTakenDown lets those who were thanked take the card out of the room, and nobody else.
func TestThanksTakenDown(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		who               chat.UserID
		prefs, undo, want string
	}{
		{"hal", "me prefs recognition public", "undo ", "hal: Taken down."},
		{"zoe", "me prefs recognition public", "retire ", "zoe: retiré du canal."},
	} {
		s := newStage(t)
		s.told(c.who, c.prefs)
		card := to("", s.command("ana", "thanks @"+string(c.who)+" for the runbook"))
		link := "#platform/" + string(card.Message)
		s.wants(s.told("ida", "undo "+link), "ida: somebody else")
		s.wants(s.told(c.who, c.undo+link), "gone: ", c.want)
		if a := s.acts()[0]; a.Words != "the runbook" || a.Message != "" || a.Audience != "private" {
			t.Errorf("%+v does not stay between the two", a)
		}
	}
}

// to finds what the bot said to a person, or with "" in a room.
func to(who chat.UserID, said []local.Post) local.Post {
	for _, p := range said {
		if p.To == who && p.Key != "" {
			return p
		}
	}
	return local.Post{}
}
