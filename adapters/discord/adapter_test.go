package discord_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/adaptertest"
	"github.com/gofirst/gofirst/adapters/discord"
	"github.com/gofirst/gofirst/adapters/discord/discordtest"
	"github.com/gofirst/gofirst/bot/chat"
)

func TestAdapter(t *testing.T) {
	t.Parallel()
	adaptertest.Run(t, harness{})
}

type harness struct{}

func (harness) Not() map[adaptertest.Part]string {
	return map[adaptertest.Part]string{
		adaptertest.Calling:   "slash commands reach into threads; a message that names the bot is told as a message",
		adaptertest.Gapping:   "a connection that was cut is resumed, and the service repeats all of it; a session that ended is a gap, see TestASessionThatEnded",
		adaptertest.Homes:     "the service has no pages of people",
		adaptertest.Languages: "the service tells a person's language only with what they do by command, see TestALanguageIsLearned",
		adaptertest.Zones:     "the service tells nobody's time zone",
	}
}

func (harness) Open(t testing.TB) (chat.Adapter, adaptertest.Service) {
	log := &record{}
	o := office(t, discordtest.Options{}, func(c *discord.Config) {
		c.Log = slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	o.log = log
	return o.a, o
}

// record is a log that can be read.
type record struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (r *record) Write(b []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.b.Write(b)
}

func (r *record) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.b.String()
}

// world is a small server with one room, two people, another program, and the adapter under test.
type world struct {
	*discordtest.Server
	a                     *discord.Adapter
	guild, room, ana, zoe string
	ci, lobby             string
	log                   *record

	mu           sync.Mutex
	last         *discordtest.Deed
	late         string // who joined last
	deeds, acked int
}

// does keeps a deed, and lets nobody look for it before it is done.
func (w *world) does(deed func() *discordtest.Deed) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.last = deed()
	w.deeds++
}

func (w *world) deed() *discordtest.Deed {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.last
}

// permissions are all that the bot asks for.
func permissions() (bits uint64) {
	for _, p := range discord.Permissions() {
		bits |= uint64(p.Bit)
	}
	return bits
}

func commands() []chat.Command {
	return []chat.Command{
		{Name: "share", About: "What you are working on.", Options: []chat.Option{{Name: "what", About: "In a sentence"}}},
		{Name: "thanks", About: "Who, for what.", Options: []chat.Option{
			{Name: "who", About: "One or several", Kind: chat.People},
			{Name: "what", About: "What for", Lead: "for", Suggest: []string{"the runbook", "the night shift", "running twice"}, Needed: true},
		}},
		{Name: "questions", About: "Open ones here.", Options: []chat.Option{}},
		{Name: "help", About: "What there is.", Hint: "leaders"},
		{Name: "spread", About: "Does it catch on?", Options: []chat.Option{{Name: "room", About: "Where", Kind: chat.Rooms, Lead: "in"}}},
	}
}

func actions() []chat.Action {
	return []chat.Action{{Name: "example", Label: "Mark as example"}, {Name: "thank", Label: "Thank", OnPerson: true}}
}

func office(t testing.TB, o discordtest.Options, change func(*discord.Config)) *world {
	t.Helper()
	o.IdentifyWindow = time.Nanosecond
	s := discordtest.New(o)
	t.Cleanup(s.Close)
	w := &world{Server: s, guild: s.AddGuild("Office", permissions())}
	w.room, w.lobby = s.AddChannel(w.guild, "help"), s.AddChannel(w.guild, "lobby")
	w.ana, w.zoe, w.ci = s.AddPerson("ana", "Ana", w.guild), s.AddPerson("zoe", "Zoe", w.guild), s.AddProgram("ci", w.guild)
	w.a = w.adapter(t, change)
	return w
}

// adapter makes one more adapter for the same service, as a restart does.
func (w *world) adapter(t testing.TB, change func(*discord.Config)) *discord.Adapter {
	t.Helper()
	transport := http.DefaultTransport.(*http.Transport).Clone()
	t.Cleanup(transport.CloseIdleConnections)
	cfg := discord.Config{Name: "test", Token: w.Token, PublicKey: w.PublicKey, API: w.URL(), HTTP: transport}
	if change != nil {
		change(&cfg)
	}
	a, err := discord.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	a.Hurry()
	return a
}

func (w *world) Channel() chat.ChannelID { return chat.ChannelID(w.room) }
func (w *world) Person() chat.UserID     { return chat.UserID(w.ana) }
func (w *world) Secrets() []string       { return []string{w.Token()} }

func (w *world) Ready(ctx context.Context) error {
	for {
		changed := w.Changed()
		if w.Settled() > 0 {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (w *world) Say(who adaptertest.Speaker, text string) chat.MessageID {
	speaker := map[adaptertest.Speaker]string{adaptertest.Person: w.ana, adaptertest.OtherBot: w.ci}[who]
	return chat.MessageID(w.Server.Say(w.room, speaker, text))
}

func (w *world) Messages() (all []adaptertest.Seen) {
	for _, p := range w.Posts() {
		m := adaptertest.Seen{ID: chat.MessageID(p.ID), For: chat.UserID(p.For), Text: p.Read.Text, Pings: p.Pings, Links: p.Read.Links, Alt: strings.Join(p.Alt, " ")}
		for _, b := range p.Buttons {
			m.Buttons = append(m.Buttons, b.Label)
		}
		all = append(all, m)
	}
	return all
}

// Command types a command into the parts that the service asks for.
func (w *world) Command(text string) {
	if err := w.a.Register(context.Background(), chat.SpaceID(w.guild), commands(), actions()); err != nil {
		panic(err)
	}
	name, rest, _ := strings.Cut(text, " ")
	options := map[string]string{"what": rest}
	if name == "thanks" {
		options["who"], options["what"], _ = strings.Cut(rest, " for ")
	}
	w.does(func() *discordtest.Deed { return w.Invoke(w.room, w.ana, name, options) })
}

func (w *world) Press(id chat.MessageID, label string) {
	w.does(func() *discordtest.Deed { return w.Server.Press(w.room, w.ana, string(id), label) })
}

func (w *world) React(id chat.MessageID, emoji string, present bool) {
	w.Server.React(w.room, string(id), w.ana, map[string]string{"eyes": "👀"}[emoji], present)
}

func (w *world) Edit(id chat.MessageID, text string) { w.Server.Edit(w.room, string(id), text) }
func (w *world) Delete(id chat.MessageID)            { w.Server.Delete(w.room, string(id)) }

// signed makes a request to the door as the service does.
func (w *world) signed(body []byte, at time.Time, signature func(string) string) adaptertest.Knock {
	stamp := strconv.FormatInt(at.Unix(), 10)
	r := httptest.NewRequest(http.MethodPost, "https://bot.example/hooks/discord/interactions", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Signature-Timestamp", stamp)
	if s := signature(stamp); s != "" {
		r.Header.Set("X-Signature-Ed25519", s)
	}
	return adaptertest.Knock{Door: "interactions", Request: r}
}

func (w *world) told() []byte {
	if len(w.Commands()) == 0 {
		if err := w.a.Register(context.Background(), chat.SpaceID(w.guild), commands(), actions()); err != nil {
			panic(err)
		}
	}
	return w.Knock(w.room, w.ana, "share", map[string]string{"what": "a draft"}).Body
}

func (w *world) Genuine() adaptertest.Knock {
	body := w.told()
	return w.signed(body, time.Now(), func(stamp string) string { return w.Server.Sign(stamp, body) })
}

func (w *world) Forged() map[string]adaptertest.Knock {
	body, now := w.told(), time.Now()
	other := discordtest.New(discordtest.Options{})
	defer other.Close()
	own := func(stamp string) string { return w.Server.Sign(stamp, body) }
	changed := bytes.Replace(body, []byte("a draft"), []byte("a fraud"), 1)
	return map[string]adaptertest.Knock{
		"no signature":        w.signed(body, now, func(string) string { return "" }),
		"another's signature": w.signed(body, now, func(stamp string) string { return other.Sign(stamp, body) }),
		"an old signature":    w.signed(body, now.Add(-6*time.Minute), own),
		"a future signature":  w.signed(body, now.Add(6*time.Minute), own),
		"a changed body":      w.signed(changed, now, own),
		"a short signature":   w.signed(body, now, func(stamp string) string { return own(stamp)[:64] }),
		"no hexadecimal":      w.signed(body, now, func(string) string { return strings.Repeat("zz", 64) }),
		"no JSON":             w.signed([]byte("{"), now, func(stamp string) string { return w.Server.Sign(stamp, []byte("{")) }),
		"too much":            w.signed(bytes.Repeat([]byte(" "), 1<<20+1), now, func(string) string { return hex.EncodeToString(make([]byte, 64)) }),
	}
}

// listening runs an adapter as the bot does, and keeps what it tells.
type listening struct {
	t       testing.TB
	a       *discord.Adapter
	cancel  context.CancelFunc
	ended   chan struct{}
	refuses func(chat.Event) error

	mu      sync.Mutex
	events  []chat.Event
	cursors map[chat.ChannelID]chat.Cursor
	errs    []error
	changed chan struct{}
}

func listen(t testing.TB, a *discord.Adapter, since map[chat.ChannelID]chat.Cursor, refuses func(chat.Event) error) *listening {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	l := &listening{t: t, a: a, cancel: cancel, ended: make(chan struct{}), refuses: refuses, cursors: map[chat.ChannelID]chat.Cursor{}, changed: make(chan struct{})}
	for c, at := range since {
		l.cursors[c] = at
	}
	go func() {
		defer close(l.ended)
		for ctx.Err() == nil {
			err := a.Run(ctx, l.reached(), l.sink)
			l.mu.Lock()
			l.errs = append(l.errs, err)
			l.wake()
			l.mu.Unlock()
			if len(l.errs) > 20 {
				return
			}
		}
	}()
	t.Cleanup(l.stop)
	return l
}

func (l *listening) wake() {
	close(l.changed)
	l.changed = make(chan struct{})
}

func (l *listening) stop() {
	l.cancel()
	<-l.ended
}

func (l *listening) reached() map[chat.ChannelID]chat.Cursor {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := map[chat.ChannelID]chat.Cursor{}
	for c, at := range l.cursors {
		out[c] = at
	}
	return out
}

func (l *listening) sink(ctx context.Context, e chat.Event) error {
	if l.refuses != nil {
		if err := l.refuses(e); err != nil {
			return err
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.events = append(l.events, e)
	if h := e.Head(); h.Cursor != "" {
		at := h.Place.Channel
		if h.Place.Direct {
			at = ""
		}
		l.cursors[at] = h.Cursor
	}
	l.wake()
	return nil
}

// until waits for something to hold of what was told.
func (l *listening) until(what string, is func(events []chat.Event, errs []error) bool) {
	l.t.Helper()
	timer := time.NewTimer(20 * time.Second)
	defer timer.Stop()
	for {
		l.mu.Lock()
		done, changed, n, errs := is(l.events, l.errs), l.changed, len(l.events), fmt.Sprint(l.errs)
		l.mu.Unlock()
		if done {
			return
		}
		select {
		case <-changed:
		case <-timer.C:
			l.t.Fatalf("%s has not come; %d events, Run returned %s", what, n, errs)
		}
	}
}

// first waits for an event of a type.
func first[E chat.Event](l *listening, is func(E) bool) (found E) {
	l.t.Helper()
	l.until(fmt.Sprintf("%T", found), func(events []chat.Event, _ []error) bool {
		for _, e := range events {
			if x, ok := e.(E); ok && is(x) {
				found = x
				return true
			}
		}
		return false
	})
	return found
}

// message waits for a message.
func (l *listening) message(id chat.MessageID) chat.MessagePosted {
	l.t.Helper()
	return first(l, func(m chat.MessagePosted) bool { return m.Message == id })
}

func (l *listening) texts() (all []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range l.events {
		if m, ok := e.(chat.MessagePosted); ok && !slices.Contains(all, m.Text) {
			all = append(all, m.Text)
		}
	}
	return all
}

func (w *world) ready(t testing.TB) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := w.Ready(ctx); err != nil {
		t.Fatal("the adapter does not connect")
	}
}
