package discord_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/discord"
	"github.com/gofirst/gofirst/adapters/discord/discordtest"
	"github.com/gofirst/gofirst/bot/chat"
)

// A gateway that answers heartbeats no more is noticed by the next one that is due. The connection is closed in a way
// that keeps the session, which is resumed.
func TestAnUnansweredHeartbeat(t *testing.T) {
	t.Parallel()
	w := office(t, discordtest.Options{Heartbeat: 50 * time.Millisecond}, nil)
	l := listen(t, w.a, nil, nil)
	w.ready(t)
	w.Mute(true)
	for soon := patience(t); len(w.Closes()) == 0; {
		select {
		case <-w.Changed():
		case <-soon.Done():
			t.Fatal("a silent gateway is not noticed")
		}
	}
	if codes := w.Closes(); codes[0] != 4000 {
		t.Errorf("a silent gateway is left with the codes %v, want 4000", codes)
	}
	w.Mute(false)
	l.message(chat.MessageID(w.Server.Say(w.room, w.ana, "still here")))
	if len(l.errs) != 0 {
		t.Errorf("Run returned %v", l.errs)
	}
	l.stop()
	if codes := w.Closes(); codes[len(codes)-1] != 1000 {
		t.Errorf("at the end the gateway is left with the codes %v, want 1000 at last", codes)
	}
}

// A session goes on over whatever ends a connection without ending the session, and over a gateway that is out of reach
// for a while.
func TestASessionGoesOn(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*world){
		"unreachable":         func(w *world) { w.Shut(3); w.Drop() },
		"invalid for now":     func(w *world) { w.Invalidate(true) },
		"an unknown error":    func(w *world) { w.CloseGateway(4000) },
		"an unknown code":     func(w *world) { w.CloseGateway(4999) },
		"the service restart": func(w *world) { w.CloseGateway(1001) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := office(t, discordtest.Options{}, nil)
			l := listen(t, w.a, nil, nil)
			w.ready(t)
			id := w.Server.Say(w.room, w.ana, "before")
			l.message(chat.MessageID(id))
			end(w)
			w.Server.React(w.room, id, w.zoe, "👀", true)
			first(l, func(chat.Reaction) bool { return true })
			l.mu.Lock()
			defer l.mu.Unlock()
			if len(l.errs) != 0 {
				t.Errorf("Run returned %v", l.errs)
			}
		})
	}
}

// What the gateway says when it ends for good decides whether an administrator has to do something.
func TestTheGatewayEnds(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		end  func(*world)
		kind chat.Kind
	}{
		"invalid":            {func(w *world) { w.Invalidate(false) }, chat.Later},
		"timed out":          {func(w *world) { w.CloseGateway(4009) }, chat.Later},
		"a wrong number":     {func(w *world) { w.CloseGateway(4007) }, chat.Later},
		"the token":          {func(w *world) { w.CloseGateway(4004) }, chat.Refused},
		"shards":             {func(w *world) { w.CloseGateway(4011) }, chat.Refused},
		"the version":        {func(w *world) { w.CloseGateway(4012) }, chat.Refused},
		"disallowed intents": {func(w *world) { w.CloseGateway(4014) }, chat.Refused},
		"out of reach":       {func(w *world) { w.Shut(1000); w.Drop() }, chat.Later},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := office(t, discordtest.Options{}, nil)
			if name == "out of reach" {
				w.a.Patience(100 * time.Millisecond)
			}
			l := listenOnce(t, w)
			w.ready(t)
			x.end(w)
			wantKind(t, <-l, x.kind)
		})
	}
}

// listenOnce runs the adapter once, and gives what Run returns.
func listenOnce(t *testing.T, w *world) <-chan error {
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	over := make(chan struct{})
	go func() {
		defer close(over)
		done <- w.a.Run(ctx, nil, func(context.Context, chat.Event) error { return nil })
	}()
	t.Cleanup(func() { cancel(); <-over })
	return done
}

// A gateway may ask to reconnect before it greets.
func TestAskedToReconnectFirst(t *testing.T) {
	t.Parallel()
	w := office(t, discordtest.Options{}, nil)
	w.AskToReconnectFirst()
	l := listen(t, w.a, nil, nil)
	w.ready(t)
	l.message(chat.MessageID(w.Server.Say(w.room, w.ana, "hello")))
	if codes := w.Closes(); !slices.Equal(codes, []int{4000}) || len(l.errs) != 0 {
		t.Errorf("the gateway is left with the codes %v and Run returned %v", codes, l.errs)
	}
}

// The gateway is dialled as the requests are sent.
func TestTheGatewayIsDialledAsRequestsAre(t *testing.T) {
	t.Parallel()
	var proxied bool
	w := office(t, discordtest.Options{}, func(c *discord.Config) {
		c.HTTP.(*http.Transport).Proxy = func(r *http.Request) (_ *url.URL, err error) {
			if strings.HasPrefix(r.URL.Path, "/gateway/") {
				proxied, err = true, errors.New("no way")
			}
			return nil, err
		}
	})
	w.a.Patience(0)
	wantKind(t, <-listenOnce(t, w), chat.Later)
	if !proxied {
		t.Error("the proxy is not asked for the gateway")
	}
}
