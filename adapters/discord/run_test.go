package discord_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/discord"
	"github.com/gofirst/gofirst/adapters/discord/discordtest"
	"github.com/gofirst/gofirst/bot/chat"
)

// A session that ended cannot be resumed: Run says so, the next one reads what was missed, and a gap is counted.
func TestASessionThatEnded(t *testing.T) {
	t.Parallel()
	w := office(t, discordtest.Options{}, nil)
	l := listen(t, w.a, nil, nil)
	w.ready(t)
	l.message(chat.MessageID(w.Server.Say(w.room, w.ana, "before")))
	gaps := w.a.Tally()[chat.Gaps]
	w.Restart()
	l.message(chat.MessageID(w.Server.Say(w.room, w.ana, "meanwhile")))
	w.ready(t)
	l.message(chat.MessageID(w.Server.Say(w.room, w.ana, "after")))
	l.stop()
	if got := l.texts(); !slices.Equal(got, []string{"before", "meanwhile", "after"}) {
		t.Errorf("over the end of a session %q come", got)
	}
	if n := w.a.Tally()[chat.Gaps]; n != gaps+1 {
		t.Errorf("%d gaps are counted, want one more than %d", n, gaps)
	}
	var e *chat.Error
	if !errors.As(l.errs[0], &e) || e.Kind != chat.Later {
		t.Errorf("Run returns %v of a session that ended, want an error that is Later", l.errs[0])
	}
}

// A connection that is cut, or that the service asks to renew, is resumed inside one Run: no event is lost, not even one
// that recovery could not bring back.
func TestACutConnectionIsResumed(t *testing.T) {
	t.Parallel()
	for name, cut := range map[string]func(*world){"cut": func(w *world) { w.Drop() }, "asked": func(w *world) { w.AskToReconnect() }} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := office(t, discordtest.Options{}, nil)
			l := listen(t, w.a, nil, nil)
			w.ready(t)
			id := w.Server.Say(w.room, w.ana, "before")
			l.message(chat.MessageID(id))
			cut(w)
			w.Server.React(w.room, id, w.zoe, "👀", true)
			r := first(l, func(chat.Reaction) bool { return true })
			if r.Emoji != "eyes" || string(r.Actor.User) != w.zoe {
				t.Errorf("the reaction arrives as %+v", r)
			}
			if len(l.errs) != 0 {
				t.Errorf("Run returned %v", l.errs)
			}
		})
	}
}

// The service may ask for a heartbeat at any time.
func TestAHeartbeatIsSentWhenAsked(t *testing.T) {
	t.Parallel()
	w := office(t, discordtest.Options{}, nil)
	l := listen(t, w.a, nil, nil)
	w.ready(t)
	w.AskForHeartbeat()
	l.message(chat.MessageID(w.Server.Say(w.room, w.ana, "still here")))
}

// Without the privileged intents the bot asks for none of them, says what it does not see, and hears what it still may.
func TestCommandOnly(t *testing.T) {
	t.Parallel()
	w := office(t, discordtest.Options{WithoutContent: true, WithoutMembers: true}, nil)
	l := listen(t, w.a, nil, nil)
	w.ready(t)
	if s := w.a.Sees(); s != (chat.Sight{Known: true, Reactions: true}) {
		t.Errorf("without privileged intents it says that it sees %+v", s)
	}
	if bits := w.Intents(); bits&(1<<15|1<<1) != 0 {
		t.Errorf("it asks for the intents %b", bits)
	}
	if m := l.message(chat.MessageID(w.Server.Say(w.room, w.ana, "private to the room"))); m.Text != "" {
		t.Errorf("without the intent it reads %q", m.Text)
	}
	if m := l.message(chat.MessageID(w.Server.Say(w.room, w.ana, "<@"+w.Bot+"> help"))); len(m.References) != 1 || !m.References[0].Self {
		t.Errorf("its own mention arrives as %+v", m)
	}
	if m := l.message(w.Tell(chat.UserID(w.ana), "in private")); m.Text != "in private" {
		t.Errorf("a direct message arrives as %q", m.Text)
	}
	w.Command("share a draft")
	if e := first(l, func(chat.CommandInvoked) bool { return true }); e.Text != "share a draft" {
		t.Errorf("a command arrives as %q", e.Text)
	}
	_, err := w.a.Members(t.Context(), chat.ChannelID(w.room))
	wantKind(t, err, chat.Refused)
	for _, f := range w.a.Examine(t.Context()) {
		if strings.HasPrefix(f.What, "intent") && f.State != chat.Limited || f.State == chat.Ill {
			t.Errorf("what may be meant so is found %+v", f)
		}
	}
}

func wantKind(t testing.TB, err error, kind chat.Kind) {
	t.Helper()
	var e *chat.Error
	if !errors.As(err, &e) || e.Kind != kind {
		t.Errorf("the error is %v, want one that is %v", err, kind)
	}
}

// Several shards each hear their guilds, and identify only as often as the service allows.
func TestShards(t *testing.T) {
	t.Parallel()
	w := office(t, discordtest.Options{Shards: 3, MaxConcurrency: 3}, nil)
	l := listen(t, w.a, nil, nil)
	var rooms []string
	for n := range 6 {
		rooms = append(rooms, w.AddChannel(w.AddGuild(fmt.Sprint("guild ", n), permissions()), "room"))
	}
	for w.Settled() < 3 {
		<-w.Changed()
	}
	for _, room := range rooms {
		l.message(chat.MessageID(w.Server.Say(room, w.ana, "in "+room)))
	}
	heard := map[chat.SpaceID]bool{}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range l.events {
		if m, ok := e.(chat.MessagePosted); ok {
			heard[m.Place.Space] = true
		}
	}
	if len(heard) != 6 {
		t.Errorf("messages of %d guilds are heard, want 6", len(heard))
	}
}

// Two IDENTIFYs of one bucket lie as far apart as the service demands, or it would not take the second.
func TestIdentifyIsPaced(t *testing.T) {
	t.Parallel()
	s := discordtest.New(discordtest.Options{Shards: 2, MaxConcurrency: 1, IdentifyWindow: 300 * time.Millisecond})
	t.Cleanup(s.Close)
	w := &world{Server: s, guild: s.AddGuild("Office", permissions())}
	w.room, w.ana = s.AddChannel(w.guild, "help"), s.AddPerson("ana", "Ana", w.guild)
	a := w.adapter(t, nil)
	a.IdentifyEvery(350 * time.Millisecond)
	l := listen(t, a, nil, nil)
	for w.Settled() < 2 {
		<-w.Changed()
	}
	l.message(chat.MessageID(s.Say(w.room, w.ana, "hello")))
	if len(l.errs) != 0 {
		t.Errorf("Run returned %v", l.errs)
	}
}

func TestNoStartsLeft(t *testing.T) {
	t.Parallel()
	w := office(t, discordtest.Options{StartsLeft: -1}, nil)
	err := w.a.Run(t.Context(), nil, func(context.Context, chat.Event) error { return nil })
	var e *chat.Error
	if !errors.As(err, &e) || e.Kind != chat.Later || e.Wait != 4*time.Hour {
		t.Errorf("without session starts Run returns %v (wait %v)", err, e.Wait)
	}
}

// While the sink hangs in one place, for longer than its lane holds, other places go on; then everything is told, in
// order, and the memory was bounded all along.
func TestAFullLaneReadsAgain(t *testing.T) {
	t.Parallel()
	w := office(t, discordtest.Options{}, nil)
	var once sync.Once
	free := make(chan struct{})
	l := listen(t, w.a, nil, func(e chat.Event) error {
		if m, ok := e.(chat.MessagePosted); ok && string(m.Place.Channel) == w.room {
			once.Do(func() { <-free })
		}
		return nil
	})
	w.ready(t)
	var want []string
	for n := range 700 {
		want = append(want, fmt.Sprint("message ", n))
		w.Server.Say(w.room, w.ana, want[n])
	}
	l.message(chat.MessageID(w.Server.Say(w.lobby, w.ana, "elsewhere")))
	close(free)
	l.message(chat.MessageID(w.Server.Say(w.room, w.ana, "the end")))
	got := slices.DeleteFunc(l.texts(), func(s string) bool { return s == "elsewhere" })
	if !slices.Equal(got, append(want, "the end")) {
		t.Errorf("%d of %d messages come, or not in order", len(got), len(want)+1)
	}
	if w.a.Tally()[chat.Gaps] == 0 {
		t.Error("what was not kept is not counted")
	}
}

// The cursor of conversations never passes a message that was not taken, in whichever conversation.
func TestTheCursorOfConversations(t *testing.T) {
	t.Parallel()
	w := office(t, discordtest.Options{}, nil)
	l := listen(t, w.a, nil, func(e chat.Event) error {
		if m, ok := e.(chat.MessagePosted); ok && m.Text == "refused" {
			return errors.New("no")
		}
		return nil
	})
	w.ready(t)
	l.message(w.Tell(chat.UserID(w.zoe), "hello"))
	refused := w.Tell(chat.UserID(w.ana), "refused")
	taken := l.message(w.Tell(chat.UserID(w.zoe), "taken"))
	if string(taken.Cursor) > string(refused) {
		t.Errorf("the cursor %s lies behind the message %s, which was not taken", taken.Cursor, refused)
	}
	if id := chat.Cursor(taken.Message); taken.Cursor == id || taken.Cursor == "" {
		t.Errorf("the cursor %q of a conversation names a message", taken.Cursor)
	}
	l.stop()
	again := listen(t, w.a, l.reached(), nil)
	again.message(refused)
}

// A refused token is not presented again until it is another one.
func TestARefusedTokenIsNotAskedAgain(t *testing.T) {
	t.Parallel()
	token := "wrong"
	var mu sync.Mutex
	w := office(t, discordtest.Options{}, func(c *discord.Config) {
		c.Token = func() string {
			mu.Lock()
			defer mu.Unlock()
			return token
		}
	})
	for range 3 {
		_, err := w.a.Person(t.Context(), chat.UserID(w.ana))
		wantKind(t, err, chat.Refused)
	}
	if n := len(w.Requests()); n != 1 {
		t.Errorf("the service is asked %d times with a token that it refused", n)
	}
	mu.Lock()
	token = w.Token()
	mu.Unlock()
	if _, err := w.a.Person(t.Context(), chat.UserID(w.ana)); err != nil {
		t.Errorf("with the right token: %v", err)
	}
}
