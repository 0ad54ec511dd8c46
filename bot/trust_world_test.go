package bot_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"pgregory.net/rapid"

	"github.com/gofirst/gofirst/adapters/local"
	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// The tests in trust_*_test.go ask what a works council would ask: what is kept, of whom, for how long; and whether
// the bot can be made to speak too often, to the wrong person, or twice.

// trustWorld is an office whose people live by a plan. Time goes step by step, as the bot's own plans want it, so
// that weeks run in a moment and in the same way each time.
type trustWorld struct {
	rapid.TB
	chat   *local.Chat
	engine *bot.Engine
	store  *store.Store
	path   string // of the store: a file, or ":memory:"
	opened int    // how often the store was opened
	now    time.Time
	taken  int // of the chat's events
	agenda []trustDeed
	log    bytes.Buffer
	traces []bot.Trace
	extra  []*playbooks.Playbook                                        // beside the built-in ones
	fill   func(*playbooks.Playbook) (settings map[string]any, on bool) // what a community wants of a playbook; nil: all of it
	marked string                                                       // a message that a test comes back to
	taking bool                                                         // an event is being told
	ids    map[chat.UserID]store.PersonID

	set  func(*bot.Options)              // changes how an engine is made; nil: nothing
	wrap func(chat.Adapter) chat.Adapter // goes between the engine and the chat; nil: nothing
	take func(chat.Event) error          // hands an event to the engine; nil: once
	done func(at time.Time)              // is called after each step; nil: nothing
}

// trustDeed is something that somebody will do.
type trustDeed struct {
	at time.Time
	do func() error
}

// trustSeat is somebody in the office, with the roles that they said yes to.
type trustSeat struct {
	chat.Profile
	roles []string
}

// trustMonday is where every plan begins.
func trustMonday() time.Time { return time.Date(2026, time.September, 7, 0, 0, 0, 0, time.UTC) }

const trustSpace = "local"

// newTrustWorld opens an office in which everybody is in every room, and all the playbooks are on.
func newTrustWorld(t rapid.TB, path string, rooms []string, people []trustSeat, change func(*trustWorld)) *trustWorld {
	t.Helper()
	w := &trustWorld{TB: t, path: path, now: trustMonday(), ids: map[chat.UserID]store.PersonID{}}
	if change != nil {
		change(w)
	}
	w.chat = local.New(local.Options{Now: func() time.Time { return w.now }})
	var all []chat.UserID
	for _, p := range people {
		w.chat.AddPerson(p.Profile)
		all = append(all, p.User)
	}
	for _, room := range rooms {
		w.chat.AddChannel(room, all...)
	}
	w.open()
	w.turn(func(tx *store.Tx) error { return w.accept(tx, people) })
	for _, b := range append(trustBooks(t), w.extra...) {
		settings, on := map[string]any{}, true
		for _, s := range b.Settings {
			if s.Type == "channels" {
				settings[s.Name] = rooms
			}
		}
		if w.fill != nil {
			settings, on = w.fill(b)
		}
		if !on {
			continue
		}
		w.must(w.engine.Enable(context.Background(), "local", trustSpace, b.ID, settings, w.now))
	}
	return w
}

func trustBooks(t rapid.TB) []*playbooks.Playbook {
	t.Helper()
	books, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return books
}

// accept makes the people known, in the order in which they are listed, with what they said yes to.
func (w *trustWorld) accept(tx *store.Tx, people []trustSeat) error {
	for _, p := range people {
		row, _, err := tx.Person("local", p.User)
		if err != nil {
			return err
		}
		w.ids[p.User] = row.ID
		for _, role := range p.roles {
			err := tx.SetRole(store.Role{Conn: "local", Space: trustSpace, Person: row.ID, Role: role, State: store.Accepted, Since: w.now})
			if err != nil {
				return err
			}
			if err := tx.KeepSealed(row.ID, p.User); err != nil {
				return err
			}
		}
	}
	return nil
}

// open opens the store, and makes an engine that knows nothing but it.
func (w *trustWorld) open() {
	w.Helper()
	key, err := store.NewKey(bytes.NewReader(bytes.Repeat([]byte{7}, 64)))
	w.must(err)
	w.opened++
	w.store, err = store.OpenWith(context.Background(), w.path, key, rand.NewChaCha8([32]byte{byte(w.opened)}))
	w.must(err)
	o := bot.Options{
		Store: w.store, Turns: w.store, Playbooks: append(trustBooks(w), w.extra...), NoNotice: true, Runs: "Ada",
		Log:   slog.New(slog.NewTextHandler(&w.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Trace: func(tr bot.Trace) { w.traces = append(w.traces, tr) },
	}
	if w.set != nil {
		w.set(&o)
	}
	w.engine, err = bot.New(context.Background(), o)
	w.must(err)
	var a chat.Adapter = w.chat.Connect()
	if w.wrap != nil {
		a = w.wrap(a)
	}
	w.engine.Connect("local", a)
}

// close ends the process, as it were.
func (w *trustWorld) close() { w.Helper(); w.must(w.store.Close()) }

func (w *trustWorld) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatalf("%s: %v", w.now.Format("Mon 2 Jan 15:04"), err)
	}
}

func (w *trustWorld) turn(do func(*store.Tx) error) {
	w.Helper()
	w.must(w.store.Turn(context.Background(), do))
}

// plan notes something for later; what is planned for the same moment happens in the order of planning.
func (w *trustWorld) plan(at time.Time, do func() error) {
	i, _ := slices.BinarySearchFunc(w.agenda, at, func(d trustDeed, at time.Time) int {
		if d.at.After(at) {
			return 1
		}
		return -1
	})
	w.agenda = slices.Insert(w.agenda, i, trustDeed{at, do})
}

// live lets everything happen up to a time.
func (w *trustWorld) live(end time.Time) {
	w.Helper()
	for len(w.agenda) > 0 && !w.agenda[0].at.After(end) {
		d := w.agenda[0]
		w.agenda = w.agenda[1:]
		w.until(d.at)
		w.must(d.do())
		w.drain()
	}
	w.until(end)
}

// until lets the bot do what falls due up to a time.
func (w *trustWorld) until(end time.Time) {
	w.Helper()
	for {
		w.drain()
		next, ok := w.engine.NextDue()
		if !ok || next.After(end) {
			break
		}
		if next.After(w.now) {
			w.now = next
		}
		w.must(w.engine.Due(context.Background(), w.now))
		if w.done != nil {
			w.done(w.now)
		}
	}
	if end.After(w.now) {
		w.now = end
	}
}

// drain hands the engine what has happened.
func (w *trustWorld) drain() {
	w.Helper()
	for events := w.chat.Events(); w.taken < len(events); events = w.chat.Events() {
		ev := events[w.taken]
		w.taken++
		if w.take != nil {
			w.must(w.take(ev))
			continue
		}
		w.must(w.engine.Take(context.Background(), "local", ev, w.now))
	}
}

// days lets days go by with upkeep and nothing else.
func (w *trustWorld) days(n int) { w.Helper(); w.live(w.now.AddDate(0, 0, n)) }

// said lists what the bot said of its own accord: what went through deliveries.
func (w *trustWorld) said() (out []local.Post) {
	for _, p := range w.chat.Posts() {
		if p.Bot && p.Key != "" && p.Kind == local.Said {
			out = append(out, p)
		}
	}
	return out
}

// asked finds the newest message to a person that has a button for a choice.
func (w *trustWorld) asked(user chat.UserID, choice string) (local.Post, chat.Button, bool) {
	for _, p := range slices.Backward(w.chat.Posts()) {
		if !p.Bot || p.To != user {
			continue
		}
		for _, b := range p.Buttons {
			if strings.Contains(b.Value, "."+choice+".") {
				return p, b, true
			}
		}
	}
	return local.Post{}, chat.Button{}, false
}

// press chooses on the newest message that offers it.
func (w *trustWorld) press(user chat.UserID, choice string) error {
	p, b, ok := w.asked(user, choice)
	if !ok {
		return fmt.Errorf("%s was not offered %q", user, choice)
	}
	_, err := w.chat.Press(user, p.Channel, p.Message, b.Value)
	return err
}

// told counts by rule what was said to a person.
func (w *trustWorld) told(user chat.UserID) map[string]int {
	n := map[string]int{}
	for _, tr := range w.traces {
		if tr.Step == bot.Said && tr.Person == user {
			n[tr.Rule]++
		}
	}
	return n
}

// trustRow is one row of the database, by column; strings are as they stand there.
type trustRow struct {
	table string
	cols  map[string]string
	line  string
}

func (r trustRow) number(column string) int64 {
	n, err := strconv.ParseInt(r.cols[column], 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// dump gives the whole database as text; plain: with what is random replaced.
func (w *trustWorld) dump(plain bool) string {
	w.Helper()
	var b strings.Builder
	w.must(w.store.Dump(context.Background(), &b, plain))
	return b.String()
}

// rows gives the rows of the named tables, or of all.
func (w *trustWorld) rows(tables ...string) (out []trustRow) {
	w.Helper()
	for line := range strings.Lines(w.dump(false)) {
		row, err := parseTrustRow(strings.TrimSuffix(line, "\n"))
		w.must(err)
		if len(tables) == 0 || slices.Contains(tables, row.table) {
			out = append(out, row)
		}
	}
	return out
}

func parseTrustRow(line string) (trustRow, error) {
	table, rest, _ := strings.Cut(line, " ")
	r := trustRow{table: table, cols: map[string]string{}, line: line}
	for rest != "" {
		column, value, ok := strings.Cut(rest, "=")
		if !ok {
			return r, fmt.Errorf("read %q: %w", rest, io.ErrUnexpectedEOF)
		}
		if quoted, err := strconv.QuotedPrefix(value); err == nil && strings.HasPrefix(value, `"`) {
			r.cols[column], _ = strconv.Unquote(quoted)
			rest = strings.TrimPrefix(value[len(quoted):], " ")
			continue
		}
		r.cols[column], rest, _ = strings.Cut(value, " ")
	}
	return r, nil
}

// names gives all by which a row could tell who somebody is.
func (w *trustWorld) names(user chat.UserID) []string {
	return []string{
		strconv.FormatInt(int64(w.ids[user]), 10), string(user), w.chat.PersonName(user),
		fmt.Sprintf("%x", w.store.Key().Lookup("local", user)),
	}
}

func (r trustRow) holds(words ...string) bool {
	return slices.ContainsFunc(words, func(x string) bool { return strings.Contains(r.line, x) })
}
