package discord_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/gofirst/gofirst/adapters/discord"
	"github.com/gofirst/gofirst/adapters/discord/discordtest"
	"github.com/gofirst/gofirst/bot/chat"
)

// Other servers speak the service's protocol and leave out what the documents let them: identifiers are any numbers, no
// limit of session starts is told, nor a channel's last message; callbacks are answered without a body, and forms come
// in action rows.
func TestASpareService(t *testing.T) {
	t.Parallel()
	w := office(t, discordtest.Options{
		SmallIdentifiers: true, WithoutStartLimit: true, WithoutLast: true, LateGuilds: true, SilentCallbacks: true, FormsInRows: true,
	}, nil)
	register(t, w, w.a)
	l := listen(t, w.a, nil, nil)
	w.ready(t)
	before := l.message(chat.MessageID(w.Server.Say(w.room, w.ana, "<@"+w.Bot+"> hello")))
	if len(before.References) != 1 || !before.References[0].Self {
		t.Errorf("a mention arrives as %+v", before)
	}
	direct := l.message(w.Tell(chat.UserID(w.ana), "in private"))
	l.stop()
	meanwhile := w.Server.Say(w.lobby, w.ana, "meanwhile")
	again := listen(t, w.a, l.reached(), nil)
	w.ready(t)
	again.message(chat.MessageID(meanwhile))
	if direct.Cursor == "" {
		t.Error("a direct message has no cursor")
	}
	deed := w.Invoke(w.room, w.ana, "share", nil)
	e := first(again, func(chat.CommandInvoked) bool { return true })
	if err := w.a.OpenForm(t.Context(), e.Reply, "", form("the state")); err != nil {
		t.Fatal(err)
	}
	w.Submit(deed, map[string]string{"what": "kept"})
	f := first(again, func(chat.FormSubmitted) bool { return true })
	if f.State != "the state" || f.Values["what"] != "kept" {
		t.Errorf("the form arrives as %+v", f)
	}
	if got, err := w.a.Send(t.Context(), private(f.Reply, "noted")); err != nil || got.Message == "" {
		t.Errorf("the answer is sent as %+v, %v", got, err)
	}
	if len(again.errs) != 0 {
		t.Errorf("Run returned %v", again.errs)
	}
}

// A list of threads does not take their server from the channels that were known before.
func TestAListOfThreads(t *testing.T) {
	t.Parallel()
	w := office(t, discordtest.Options{}, nil)
	l := listen(t, w.a, nil, nil)
	w.ready(t)
	thread := map[string]any{"id": w.lobby, "type": 0, "name": "lobby"}
	for _, sync := range []map[string]any{{"guild_id": w.guild, "threads": []any{thread}}, {"threads": []any{thread}}} {
		body, err := json.Marshal(sync)
		if err != nil {
			t.Fatal(err)
		}
		w.a.HearNow("THREAD_LIST_SYNC", body)
	}
	if m := l.message(chat.MessageID(w.Server.Say(w.lobby, w.ana, "hello"))); string(m.Place.Space) != w.guild {
		t.Errorf("after a list of threads a message comes from %+v", m.Place)
	}
}

// An answer that did not get through was not given: the next one is the first again.
func TestAnAnswerThatDidNotGetThrough(t *testing.T) {
	t.Parallel()
	var refuse atomic.Bool
	w := office(t, discordtest.Options{}, func(c *discord.Config) {
		inner := c.HTTP
		c.HTTP = carrier(func(r *http.Request) (*http.Response, error) {
			if refuse.Load() && strings.HasSuffix(r.URL.Path, "/callback") {
				return nil, &net.OpError{Op: "dial", Err: errors.New("refused")}
			}
			return inner.RoundTrip(r)
		})
	})
	register(t, w, w.a)
	l := listen(t, w.a, nil, nil)
	w.ready(t)
	deed := w.Invoke(w.room, w.ana, "share", nil)
	e := first(l, func(chat.CommandInvoked) bool { return true })
	refuse.Store(true)
	_, err := w.a.Send(t.Context(), private(e.Reply, "lost"))
	wantKind(t, err, chat.Later)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = w.a.Send(ended, private(e.Reply, "lost"))
	wantKind(t, err, chat.Later)
	refuse.Store(false)
	if _, err := w.a.Send(t.Context(), private(e.Reply, "noted")); err != nil {
		t.Fatal(err)
	}
	if first := deed.First(); first != messageAnswer && first != deferredAnswer {
		t.Errorf("the first answer has the type %d", first)
	}
}

// A transport is asked before the service; what it answers nil to, the service answers.
func before(c *discord.Config, answer func(*http.Request) *http.Response) {
	inner := c.HTTP
	c.HTTP = carrier(func(r *http.Request) (*http.Response, error) {
		if resp := answer(r); resp != nil {
			resp.Request = r
			return resp, nil
		}
		return inner.RoundTrip(r)
	})
}

func page(status int, body string) *http.Response {
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}
}

// Where nothing is told of the application, the bot asks for all intents, and once they are not granted, for fewer.
func TestAnApplicationThatIsNotTold(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]*http.Response{
		"not found": page(404, `{"message":"404: Not Found","code":0}`),
		"no flags":  nil,
	} {
		for _, granted := range []bool{true, false} {
			t.Run(fmt.Sprint(name, granted), func(t *testing.T) {
				t.Parallel()
				w := office(t, discordtest.Options{WithoutContent: !granted}, func(c *discord.Config) {
					before(c, func(r *http.Request) *http.Response {
						switch {
						case !strings.HasSuffix(r.URL.Path, "/applications/@me"):
							return nil
						case body == nil:
							return page(200, `{"id":"5","bot":null}`)
						}
						return page(body.StatusCode, `{"message":"404: Not Found","code":0}`)
					})
				})
				l := listen(t, w.a, nil, nil)
				w.ready(t)
				if m := l.message(chat.MessageID(w.Server.Say(w.room, w.ana, "hello"))); m.Text == "hello" != granted || w.a.Sees().Messages != granted {
					t.Errorf("a message arrives as %q, and the bot says that it sees %+v", m.Text, w.a.Sees())
				}
				l.mu.Lock()
				defer l.mu.Unlock()
				if len(l.errs) > 1 || granted && len(l.errs) != 0 {
					t.Errorf("Run returned %v", l.errs)
				}
				for _, err := range l.errs {
					wantKind(t, err, chat.Later)
				}
			})
		}
	}
}

// What a proxy answers instead of the service passes.
func TestAProxysPage(t *testing.T) {
	t.Parallel()
	for name, resp := range map[string]*http.Response{
		"forbidden": page(403, "<html>"), "moved": page(302, ""), "a page": page(200, "<html>"), "not found": page(404, "<html>"), "too much": page(400, ""),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := office(t, discordtest.Options{}, func(c *discord.Config) {
				before(c, func(*http.Request) *http.Response { return resp })
			})
			wantKind(t, <-listenOnce(t, w), chat.Later)
		})
	}
}

// A room that cannot be read for a moment is read a little later, and one that is refused is a gap: neither ends the run
// nor holds up others.
func TestRecoveryOfATroubledRoom(t *testing.T) {
	t.Parallel()
	var fails atomic.Int32
	var room, lobby atomic.Value
	w := office(t, discordtest.Options{}, func(c *discord.Config) {
		before(c, func(r *http.Request) *http.Response {
			at := func(v *atomic.Value) bool {
				id, _ := v.Load().(string)
				return id != "" && strings.HasSuffix(r.URL.Path, "/channels/"+id+"/messages")
			}
			switch {
			case at(&room) && fails.Add(1) < 4:
				return page(500, `{"message":"500: Internal Server Error","code":0}`)
			case at(&lobby):
				return page(403, `{"message":"Missing Access","code":50001}`)
			}
			return nil
		})
	})
	l := listen(t, w.a, nil, nil)
	w.ready(t)
	l.message(chat.MessageID(w.Server.Say(w.room, w.ana, "before")))
	l.stop()
	room.Store(w.room)
	lobby.Store(w.lobby)
	meanwhile := w.Server.Say(w.room, w.ana, "meanwhile")
	w.Server.Say(w.lobby, w.ana, "unread")
	gaps := w.a.Tally()[chat.Gaps]
	again := listen(t, w.a, l.reached(), nil)
	again.message(chat.MessageID(meanwhile))
	w.ready(t)
	again.message(chat.MessageID(w.Server.Say(w.lobby, w.ana, "after")))
	if n := w.a.Tally()[chat.Gaps]; n != gaps+2 {
		t.Errorf("%d gaps are counted, want one for the run and one for the room more than %d", n, gaps)
	}
	if len(again.errs) != 0 {
		t.Errorf("Run returned %v", again.errs)
	}
}

// What an unknown channel is, is asked for while heartbeats go on; its events wait, in order.
func TestAnUnknownChannel(t *testing.T) {
	t.Parallel()
	free := make(chan struct{})
	w := office(t, discordtest.Options{}, func(c *discord.Config) {
		before(c, func(r *http.Request) *http.Response {
			if strings.HasSuffix(r.URL.Path, "/channels/77") {
				<-free
				return page(404, `{"message":"Unknown Channel","code":10003}`)
			}
			return nil
		})
	})
	l := listen(t, w.a, nil, nil)
	w.ready(t)
	for n := range 3 {
		w.a.HearNow("MESSAGE_CREATE", fmt.Appendf(nil, `{"id":"%d","channel_id":"77","guild_id":"%s","author":{"id":"%s"},"content":"%d"}`, 1000+n, w.guild, w.ana, n))
	}
	l.message(chat.MessageID(w.Server.Say(w.room, w.ana, "elsewhere")))
	close(free)
	l.message("1002")
	w.a.HearNow("MESSAGE_CREATE", fmt.Appendf(nil, `{"id":"1003","channel_id":"77","guild_id":"%s","author":{"id":"%s"},"content":"3"}`, w.guild, w.ana))
	l.message("1003")
	if got := l.texts(); !slices.Equal(got, []string{"elsewhere", "0", "1", "2", "3"}) {
		t.Errorf("%q come", got)
	}
}

// A lane that overflows in a place from which no message was ever taken does not read the place's whole past.
func TestAFullLaneWithoutACursor(t *testing.T) {
	t.Parallel()
	w := office(t, discordtest.Options{}, nil)
	old := w.Server.Say(w.room, w.ana, "long ago")
	var once sync.Once
	free, held := make(chan struct{}), make(chan struct{})
	l := listen(t, w.a, nil, func(e chat.Event) error {
		if _, ok := e.(chat.Reaction); ok {
			once.Do(func() { close(held); <-free })
		}
		return nil
	})
	w.ready(t)
	w.Server.React(w.room, old, w.zoe, "👀", true)
	<-held
	for n := range 600 {
		w.Server.React(w.room, old, w.zoe, "👀", n%2 != 0)
	}
	w.Server.Say(w.room, w.ana, "new")
	l.message(chat.MessageID(w.Server.Say(w.lobby, w.ana, "elsewhere")))
	close(free)
	l.message(chat.MessageID(w.Server.Say(w.room, w.ana, "the end")))
	if got := l.texts(); !slices.Equal(got, []string{"elsewhere", "new", "the end"}) {
		t.Errorf("%q come", got)
	}
}

type carrier func(*http.Request) (*http.Response, error)

func (c carrier) RoundTrip(r *http.Request) (*http.Response, error) { return c(r) }
