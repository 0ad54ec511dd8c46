package bot_test

import (
	"flag"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/playbooks"
)

// community is a world with people who live in it by chance, for a year, with some of the playbooks turned on, and some
// that nobody would have thought of.
type community struct {
	*trustWorld
	chance   *rand.Rand
	citizens []*citizen // who are here
	known    map[chat.UserID]*citizen
	gone     map[chat.UserID]bool
	rooms    []chat.ChannelID
	halted   map[string]bool
	open     []chat.MessagePosted // questions of late
	shown    []chat.MessagePosted // what people showed of late

	books map[string]*playbooks.Playbook // that are on, with what the community gave them
	given map[string]map[string]any
	names []string

	decided     map[string]bot.Trace         // what was said, by key
	led         map[chat.ChannelID]bool      // a leader went first there
	posted      map[chat.ChannelID]time.Time // the last that nobody asked for
	spoke       map[chat.ChannelID]time.Time // when somebody wrote last
	times       map[string][]time.Time       // when a rule spoke, by room and by person
	under       map[string]time.Time         // the last about one thing in one thread
	traced      int                          // traces that were looked at
	heard       int                          // posts that were listened to
	journal     int                          // traces of which the reason was looked up
	reasonNames []string

	broken        []string
	nudges, posts int
}

// TestAttention lets random communities live for a year, and holds what the bot said against what it has promised.
// -rapid.checks=N lets N of them live.
func TestAttention(t *testing.T) {
	t.Parallel()
	checks := trustChecks
	if n, err := strconv.Atoi(flag.Lookup("rapid.checks").Value.String()); err == nil && n != usualChecks {
		checks = n
	}
	days := 365
	if testing.Short() {
		checks, days = 3, 90
	}
	runs, failed, nudges, posts := 0, false, 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		if runs++; runs > checks && !failed {
			return
		}
		held := false
		defer func() { failed = failed || !held }()
		c := newCommunity(rt)
		defer c.close()
		c.liveOn(days, rapid.IntRange(1, 6).Draw(rt, "deeds a day"))
		nudges, posts = nudges+c.nudges, posts+c.posts
		if n := len(c.broken); n > 0 {
			rt.Fatalf("%d promises broken, as\n%s", n, strings.Join(c.broken[:min(5, n)], "\n"))
		}
		held = !rt.Failed()
	})
	if nudges < days/8*checks || posts < checks*days/365 {
		t.Errorf("%d nudges and %d posts in %d communities: the test looks in the wrong place", nudges, posts, checks)
	}
	t.Logf("%d nudges and %d posts in %d communities of %d days, 0 broken", nudges, posts, min(runs, checks), days)
}

// trustChecks is how many communities live where nobody says; usualChecks is what rapid then says.
const (
	trustChecks = 12
	usualChecks = 100
)

func newCommunity(rt *rapid.T) *community {
	seed := rapid.Uint64().Draw(rt, "seed")
	c := &community{
		chance: rand.New(rand.NewPCG(seed, 0x600d)), rooms: []chat.ChannelID{"platform", "help"},
		known: map[chat.UserID]*citizen{}, gone: map[chat.UserID]bool{}, books: map[string]*playbooks.Playbook{},
		given: map[string]map[string]any{}, decided: map[string]bot.Trace{}, led: map[chat.ChannelID]bool{},
		posted: map[chat.ChannelID]time.Time{}, halted: map[string]bool{}, under: map[string]time.Time{},
		spoke: map[chat.ChannelID]time.Time{}, times: map[string][]time.Time{},
	}
	var err error
	if c.reasonNames, err = namedReasons(); err != nil {
		rt.Fatal(err)
	}
	c.rooms = c.rooms[:rapid.IntRange(1, 2).Draw(rt, "rooms")]
	var seats []trustSeat
	for i := range rapid.IntRange(4, 9).Draw(rt, "people") {
		p := c.citizen(i)
		c.citizens, c.known[p.User] = append(c.citizens, p), p
		seats = append(seats, p.trustSeat)
	}
	var rooms []string
	for _, r := range c.rooms {
		rooms = append(rooms, string(r))
	}
	made := rapid.IntRange(0, 4).Draw(rt, "made-up playbooks")
	c.trustWorld = newTrustWorld(rt, ":memory:", rooms, seats, func(w *trustWorld) {
		a := &author{Rand: c.chance}
		for i := range made {
			w.extra = append(w.extra, a.book("made-"+string(rune('a'+i))))
		}
		w.fill = c.fill
		w.done = func(time.Time) { c.listen() }
	})
	for _, p := range c.citizens {
		c.keepHours(p)
	}
	return c
}

// fill turns three playbooks of four on, with any settings that they may have.
func (c *community) fill(b *playbooks.Playbook) (map[string]any, bool) {
	if c.chance.IntN(4) == 0 && len(c.names) > 0 {
		return nil, false
	}
	given := map[string]any{}
	for _, s := range b.Settings {
		switch s.Type {
		case "channels":
			from := c.chance.IntN(len(c.rooms))
			var rooms []string
			for _, r := range c.rooms[from : from+1+c.chance.IntN(len(c.rooms)-from)] {
				rooms = append(rooms, string(r))
			}
			given[s.Name] = rooms
		case "role":
			given[s.Name] = s.Default
			if c.chance.IntN(3) == 0 {
				given[s.Name] = trustRoles[c.chance.IntN(len(trustRoles))]
			}
		case "choice":
			given[s.Name] = s.Of[c.chance.IntN(len(s.Of))]
		case "number":
			given[s.Name] = c.chance.IntN(12)
		}
	}
	c.books[b.ID], c.given[b.ID], c.names = b, given, append(c.names, b.ID)
	return given, true
}

// liveOn lets days go by with so many deeds a day at most.
func (c *community) liveOn(days, deeds int) {
	begin := trustMonday()
	for day := range days {
		for range c.chance.IntN(deeds + 1) {
			at := begin.AddDate(0, 0, day).Add(time.Duration(6*60+c.chance.IntN(15*60)) * time.Minute)
			c.plan(at, c.deed)
		}
		if c.chance.IntN(3) == 0 {
			at := begin.AddDate(0, 0, day).Add(time.Duration(c.chance.IntN(24*60)) * time.Minute)
			c.plan(at, func() error { return c.wish(c.citizens[c.chance.IntN(len(c.citizens))]) })
		}
		if c.chance.IntN(14) == 0 {
			c.plan(begin.AddDate(0, 0, day).Add(time.Duration(c.chance.IntN(24*60))*time.Minute), c.halt)
		}
	}
	for day := 7; day <= days; day += 7 {
		c.live(begin.AddDate(0, 0, day))
		c.listen()
		c.reasons()
	}
}
