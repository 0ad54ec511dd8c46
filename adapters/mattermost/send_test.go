package mattermost_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/mattermost"
	"github.com/gofirst/gofirst/adapters/mattermost/mattermosttest"
	"github.com/gofirst/gofirst/bot/chat"
)

func text(channel chat.ChannelID, s string) chat.Delivery {
	return chat.Delivery{Message: chat.Message{To: chat.To{Channel: channel}, Body: []chat.Node{chat.Text(s)}}}
}

// What a channel's server refuses says what to do, and what it means.
func TestSendRefusals(t *testing.T) {
	t.Parallel()
	s := open(t, mattermosttest.Options{}, nil)
	closed := s.AddChannel(s.Team("crew"), "closed", true)
	s.Enter(closed, s.Self())
	s.Archive(closed)
	root := s.Say(0, "root")
	reply := s.Reply(root, "reply")
	gone := s.Say(0, "gone")
	s.Delete(gone)
	thread := func(id chat.MessageID) chat.Delivery {
		d := text(s.Channel(), "x")
		d.Message.To.Thread = id
		return d
	}
	for name, test := range map[string]struct {
		d    chat.Delivery
		kind chat.Kind
		word string
	}{
		"not inside":            {text(chat.ChannelID(s.room), "x"), chat.Refused, "invite"},
		"archived":              {text(chat.ChannelID(closed), "x"), chat.Gone, "archived"},
		"a reply to a reply":    {thread(reply), chat.Gone, "gone"},
		"a thread that is gone": {thread(gone), chat.Gone, "gone"},
	} {
		if _, err := s.a.Send(t.Context(), test.d); !isKind(err, test.kind) || !strings.Contains(err.Error(), test.word) {
			t.Errorf("%s: %v, want %v that says %q", name, err, test.kind, test.word)
		}
	}
}

// A key whose message is being saved did not fail: ask again.
func TestSendPending(t *testing.T) {
	t.Parallel()
	s := open(t, mattermosttest.Options{}, nil)
	d := text(s.Channel(), "once")
	d.Key = "aaaaaaaaaaaaaaaaaaaaaaaab"
	s.FailNext(500, http.Header{})
	if _, err := s.a.Send(t.Context(), d); !isKind(err, chat.Unsure) {
		t.Errorf("a failure gives %v", err)
	}
	s.SaveNext()
	_, err := s.a.Send(t.Context(), d)
	if !isKind(err, chat.Later) {
		t.Fatalf("what is being saved gives %v", err)
	}
}

// A press in a conversation is Direct, and its buttons stand there.
func TestDirectButtonsAndPicture(t *testing.T) {
	t.Parallel()
	s := open(t, mattermosttest.Options{}, nil)
	e := s.hear(t)
	d := withButton(s)
	d.Message.To, d.Message.Private = chat.To{Person: s.Person()}, true
	d.Message.Picture = &chat.Picture{PNG: []byte("\x89PNG"), Alt: "a chart"}
	sent := s.send(t, d)
	if f := s.Files(string(sent.Message)); len(f) != 1 || string(f[0].Data) != "\x89PNG" {
		t.Errorf("the files are %+v", f)
	}
	s.Press(sent.Message, "Yes")
	if p := wait(e, 1, anyOf[chat.ButtonPressed]); !p.Place.Direct || p.Place.Channel != sent.Channel || p.Place.Space != "" {
		t.Errorf("the press comes from %+v", p.Place)
	}
}

// Without doors a message has no buttons that nobody would hear.
func TestWithoutHooks(t *testing.T) {
	t.Parallel()
	s := open(t, mattermosttest.Options{}, func(c *mattermost.Config) { c.Hooks = "" })
	r := s.send(t, withButton(s))
	if p := s.Posts()[0]; p.ID != string(r.Message) || len(p.Buttons) != 0 {
		t.Errorf("people see %+v", p)
	}
	found := s.a.Examine(t.Context())
	if at := slices.IndexFunc(found, func(f chat.Finding) bool { return f.What == "doors" }); at < 0 || found[at].State != chat.Limited {
		t.Errorf("the doctor finds %+v", found)
	}
}

// Reactions: setting again is no event; taking back and setting anew are two.
func TestReactionsAreStates(t *testing.T) {
	t.Parallel()
	for _, old := range []bool{false, true} {
		s := open(t, mattermosttest.Options{Old: old}, nil)
		e := s.hear(t)
		id := s.Say(0, "a question")
		for _, present := range []bool{true, true, false, false, true} {
			s.React(id, "wave_medium_dark_skin_tone", present)
			time.Sleep(2 * time.Millisecond) // an old server does not say when one was taken back; times differ by a millisecond
		}
		s.Say(0, "done")
		wait(e, 1, says("done"))
		var got []chat.EventID
		for _, x := range e.all() {
			if r, ok := x.(chat.Reaction); ok {
				got = append(got, r.ID)
				if r.Emoji != "wave" {
					t.Errorf("the emoji is %q", r.Emoji)
				}
			}
		}
		slices.Sort(got)
		if n := len(slices.Compact(got)); n != 3 || len(got) != 3 {
			t.Errorf("old %v: the events are %v", old, got)
		}
	}
}

// What programs post in somebody's name is theirs; what the server posts is nobody's; a pin is no edit.
func TestWhoseContribution(t *testing.T) {
	t.Parallel()
	s := open(t, mattermosttest.Options{}, nil)
	e := s.hear(t)
	post := func(text, kind string, props map[string]any) string {
		id, err := s.SayWith(s.User("ana"), mattermosttest.Post{ChannelID: string(s.Channel()), Message: text, Type: kind, Props: props})
		s.done(err)
		return id
	}
	post("an answer in the channel", "", map[string]any{"from_webhook": "true"})
	post("by a plugin", "custom_poll", nil)
	post("changed the header", "system_header_change", nil)
	mine := post("mine", "me", nil)
	s.done(s.Pin(mine))
	post("last", "", nil)
	wait(e, 1, says("last"))
	for _, text := range []string{"an answer in the channel", "by a plugin"} {
		if m := wait(e, 1, says(text)); m.Actor.Human() || !m.Actor.Bot {
			t.Errorf("%q is by %+v", text, m.Actor)
		}
	}
	if m := wait(e, 1, says("changed the header")); !m.System {
		t.Errorf("the server's words are %+v", m)
	}
	if m := wait(e, 1, says("mine")); !m.Actor.Human() {
		t.Errorf("a person's words are %+v", m)
	}
	for _, x := range e.all() {
		if _, ok := x.(chat.MessageEdited); ok {
			t.Errorf("a pin is told as %+v", x)
		}
	}
}

// A public answer to a command in a channel that the bot is not in goes by the server, and is nobody's.
func TestPublicAnswerElsewhere(t *testing.T) {
	t.Parallel()
	s := open(t, mattermosttest.Options{}, nil)
	e := s.hear(t)
	s.done(s.Server.Command(s.User("ana"), s.room, "help"))
	c := wait(e, 1, anyOf[chat.CommandInvoked])
	s.send(t, to(c.Reply, false, "for all here"))
	if p := s.Posts(); len(p) != 1 || p[0].Channel != s.room || p[0].For != "" || !p[0].ByResponse {
		t.Errorf("people see %+v", p)
	}
}

// A response URL that nobody can reach was not used: the answer can be sent again.
func TestAnswerNotCarried(t *testing.T) {
	t.Parallel()
	s := open(t, mattermosttest.Options{}, nil)
	e := s.hear(t)
	nobody := httptest.NewServer(nil)
	nobody.Close()
	r, err := s.CommandRequest(s.User("ana"), string(s.Channel()), "help")
	s.done(err)
	form, err := url.ParseQuery(string(r.Body))
	s.done(err)
	form.Set("response_url", nobody.URL+"/hooks/commands/x")
	r.Body = []byte(form.Encode())
	knockUntil(t, s.a, "command", r, func(code int) bool { return code == 200 })
	c := wait(e, 1, anyOf[chat.CommandInvoked])
	var failed *chat.Error
	if _, err := s.a.Send(t.Context(), to(c.Reply, true, "hello")); !errors.As(err, &failed) || failed.Kind != chat.Later {
		t.Errorf("Send returns %v", err)
	}
}
