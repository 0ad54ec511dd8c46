package discord_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/discord"
	"github.com/gofirst/gofirst/adapters/discord/discordtest"
	"github.com/gofirst/gofirst/bot/chat"
)

// deeds are what the bot does in a room; each needs some permission.
func deeds(ctx context.Context, w *world, root, thread string) map[string]func() error {
	to := chat.To{Channel: chat.ChannelID(w.room)}
	send := func(m chat.Message) func() error {
		return func() error {
			m.Body = []chat.Node{chat.Text("hello")}
			_, err := w.a.Send(ctx, chat.Delivery{Message: m})
			return err
		}
	}
	inside := to
	inside.Thread = chat.MessageID(thread)
	return map[string]func() error{
		"send":              send(chat.Message{To: to}),
		"send to a thread":  send(chat.Message{To: inside}),
		"send a picture":    send(chat.Message{To: to, Picture: &chat.Picture{PNG: []byte("png"), Alt: "a picture"}}),
		"react":             func() error { return w.a.React(ctx, to.Channel, chat.MessageID(root), "eyes", true) },
		"read what is said": func() error { _, _, err := w.a.Fetch(ctx, to.Channel, chat.MessageID(root)); return err },
		"see the channel":   func() error { _, err := w.a.Channel(ctx, to.Channel); return err },
	}
}

// Each permission that the bot asks for is used: without it, something fails and says what to do. With all of them,
// nothing does, so none is missing.
func TestThePermissionsAreThoseThatAreUsed(t *testing.T) {
	t.Parallel()
	for _, lacking := range append(discord.Permissions(), discord.Permission{Name: "nothing"}) {
		t.Run("without "+lacking.Name, func(t *testing.T) {
			t.Parallel()
			w := office(t, discordtest.Options{}, nil)
			root := w.Server.Say(w.room, w.ana, "a question")
			thread := w.StartThread(w.room, w.Server.Say(w.room, w.ana, "another"), "another")
			w.Deny(w.room, uint64(lacking.Bit))
			failures := 0
			for name, do := range deeds(t.Context(), w, root, thread) {
				err := do()
				if err != nil && lacking.Bit == 0 {
					t.Errorf("with all that the bot asks for, it cannot %s: %v", name, err)
				}
				if err != nil {
					failures++
					wantKind(t, err, chat.Refused)
				}
			}
			if lacking.Bit == 0 {
				return
			}
			if failures == 0 {
				t.Error("nothing needs this permission")
			}
			limited := false
			for _, f := range w.a.Examine(t.Context()) {
				limited = limited || strings.HasPrefix(f.What, "permissions") && (strings.Contains(f.Why, lacking.Name) || strings.Contains(f.Why, "of 1 channels") || strings.Contains(f.Why, "in the 1 channels"))
			}
			if !limited {
				t.Error("the doctor does not see it")
			}
		})
	}
}

func TestGuide(t *testing.T) {
	t.Parallel()
	golden(t, "guide.txt", string(discord.Guide("123456789012345678")))
}

func TestConfig(t *testing.T) {
	t.Parallel()
	token := func() string { return "t" }
	for what, c := range map[string]discord.Config{
		"no token": {}, "a short key": {Token: token, PublicKey: "abcd"}, "no hexadecimal": {Token: token, PublicKey: strings.Repeat("z", 64)},
		"no address": {Token: token, API: "discord"}, "negative shards": {Token: token, Shards: -1},
	} {
		if _, err := discord.New(c); err == nil {
			t.Errorf("%s is taken", what)
		}
	}
}

// What the service refuses for a reason says the reason, and what to do.
func TestRefusalsSayWhatToDo(t *testing.T) {
	t.Parallel()
	w := office(t, discordtest.Options{}, nil)
	w.CloseMessages(w.zoe)
	_, err := w.a.Send(t.Context(), chat.Delivery{Message: chat.Message{To: chat.To{Person: chat.UserID(w.zoe)}, Body: []chat.Node{chat.Text("hello")}}})
	wantKind(t, err, chat.Refused)
	if !strings.Contains(fmt.Sprint(err), "privacy settings") {
		t.Errorf("closed messages give %v", err)
	}
	w.Deny(w.room, 1<<10)
	_, err = w.a.Send(t.Context(), chat.Delivery{Message: chat.Message{To: chat.To{Channel: chat.ChannelID(w.room)}, Body: []chat.Node{chat.Text("hello")}}})
	wantKind(t, err, chat.Refused)
	if !strings.Contains(fmt.Sprint(err), "channel's permissions") {
		t.Errorf("a hidden channel gives %v", err)
	}
	_, err = w.a.Send(t.Context(), chat.Delivery{Message: chat.Message{To: chat.To{Channel: "123456789012345678"}, Body: []chat.Node{chat.Text("hello")}}})
	wantKind(t, err, chat.Gone)
}

// The bot's own pace is what the service allows: five messages in five seconds to one channel.
func TestRateLimits(t *testing.T) {
	t.Parallel()
	w := office(t, discordtest.Options{RateLimits: true}, nil)
	for n := range 6 {
		_, err := w.a.Send(t.Context(), chat.Delivery{Key: fmt.Sprint("k", n), Message: chat.Message{To: chat.To{Channel: chat.ChannelID(w.room)}, Body: []chat.Node{chat.Text("hello")}}})
		if n < 5 && err != nil {
			t.Fatal(err)
		}
		var e *chat.Error
		if n == 5 && (!errors.As(err, &e) || e.Kind != chat.Later || e.Wait <= 0 || e.Wait > 6*time.Second) {
			t.Errorf("the sixth message gives %v", err)
		}
	}
}

// The bot's own messages come back with their key; buttons stand five in a row; nobody else is notified.
func TestWhatIsSent(t *testing.T) {
	t.Parallel()
	w := office(t, discordtest.Options{}, nil)
	l := listen(t, w.a, nil, nil)
	w.ready(t)
	m := chat.Message{To: chat.To{Channel: chat.ChannelID(w.room)}, Body: []chat.Node{chat.Mention{User: chat.UserID(w.ana), Ping: true}, chat.Mention{User: chat.UserID(w.zoe)}}}
	for n := range 12 {
		m.Buttons = append(m.Buttons, chat.Button{Label: strings.Repeat("é👍", 60), Value: fmt.Sprint("v", n)})
	}
	sent, err := w.a.Send(t.Context(), chat.Delivery{Key: "the key", Message: m})
	if err != nil {
		t.Fatal(err)
	}
	if echo := l.message(sent.Message); echo.Key != "the key" || !echo.Actor.Self {
		t.Errorf("the bot's own message comes back as %+v", echo)
	}
	p := w.Posts()[0]
	if len(p.Pings) != 1 || p.Pings[0] != w.ana || len(p.Buttons) != 12 {
		t.Errorf("people see %+v", p)
	}
	m.Buttons = append(m.Buttons, m.Buttons...)
	_, err = w.a.Send(t.Context(), chat.Delivery{Message: m})
	wantKind(t, err, chat.Refused)
}
