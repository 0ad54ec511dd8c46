package bot_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gofirst/gofirst/adapters/local"
	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// citizen is somebody of a random community, with all that the bot has to respect, as the test itself knows it.
type citizen struct {
	trustSeat
	mute   bool // never answers the bot, and does nothing for which they would be named
	zone   *time.Location
	from   int // the hour at which their days begin, and how many they have
	length int
	week   string // "Mon-Fri"
	away   trustSpan
	pause  trustSpan
	left   map[string]time.Time // roles that were given back, and when
	stops  map[string]time.Time // by playbook, "" for all
}

type trustSpan struct{ from, until time.Time }

func (s trustSpan) holds(t time.Time) bool { return !t.Before(s.from) && t.Before(s.until) }

// open reports whether the person may be disturbed.
func (c *citizen) open(t time.Time) bool {
	local := t.In(c.zone)
	first, last, _ := strings.Cut(c.week, "-")
	days := []string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}
	today := slices.Index(days, local.Format("Mon"))
	return today >= slices.Index(days, first) && today <= slices.Index(days, last) &&
		local.Hour() >= c.from && local.Hour() < c.from+c.length
}

// community is a world with people who live in it by chance.
type community struct {
	*trustWorld
	chance   *rand.Rand
	citizens []*citizen
	rooms    []chat.ChannelID
	open     []chat.MessagePosted // questions of late
	journal  int                  // traces of which the reason was looked up
	held     int                  // traces that were looked through for what is held
	begin    time.Time
}

// TestAttention lets random communities live for weeks with everything turned on, and holds what the bot said against
// what it has promised.
func TestAttention(t *testing.T) {
	t.Parallel()
	runs, failed, nudges, posts, checks := 0, false, 0, 0, trustChecks
	if testing.Short() {
		checks = 4
	}
	rapid.Check(t, func(rt *rapid.T) {
		if runs++; runs > checks && !failed {
			return
		}
		held := false
		defer func() { failed = failed || !held }()
		c := newCommunity(rt)
		defer c.close()
		c.liveOn(rapid.IntRange(6, 9).Draw(rt, "weeks"), rapid.IntRange(1, 5).Draw(rt, "deeds a day"))
		broken, n, p := c.promises()
		nudges, posts = nudges+n, posts+p
		if len(broken) > 0 {
			rt.Fatalf("%d promises broken, as\n%s", len(broken), strings.Join(broken[:min(5, len(broken))], "\n"))
		}
		held = !rt.Failed()
	})
	if nudges < 5*checks || posts < checks {
		t.Errorf("%d nudges and %d posts in %d communities: the test looks in the wrong place", nudges, posts, checks)
	}
	t.Logf("%d nudges and %d posts in %d communities", nudges, posts, min(runs, checks))
}

const trustChecks = 25

func newCommunity(rt *rapid.T) *community {
	seed := rapid.Uint64().Draw(rt, "seed")
	c := &community{chance: rand.New(rand.NewPCG(seed, 0x600d)), begin: trustMonday(), rooms: []chat.ChannelID{"platform", "help"}}
	c.rooms = c.rooms[:rapid.IntRange(1, 2).Draw(rt, "rooms")]
	var seats []trustSeat
	for i := range rapid.IntRange(4, 9).Draw(rt, "people") {
		p := c.citizen(i)
		c.citizens = append(c.citizens, p)
		seats = append(seats, p.trustSeat)
	}
	var rooms []string
	for _, r := range c.rooms {
		rooms = append(rooms, string(r))
	}
	c.trustWorld = newTrustWorld(rt, ":memory:", rooms, seats, func(w *trustWorld) {
		noise, err := playbooks.Load("noise.yaml", []byte(trustNoise))
		w.must(err)
		w.extra = []*playbooks.Playbook{noise}
		w.done = func(time.Time) { c.giveBack() }
	})
	c.turn(func(tx *store.Tx) error { return c.settleIn(tx) })
	return c
}

// trustNoise would speak in every room three times a day, if it were let.
const trustNoise = `playbook: noise
about: {en: A lot of noise., fr: Beaucoup de bruit.}
hypothesis: {en: Noise is heard., fr: Le bruit s'entend.}
harm: {en: Noise is heard., fr: Le bruit s'entend.}
measure: {practice: share, window: 1 working day}
stop: {harm: 20, after: 8 weeks}
settings:
  rooms: {type: channels, about: {en: rooms, fr: canaux}}
rules:
  - name: early
    when: {schedule: {every: day, at: "08:00", in: rooms}}
    do: [{post: {as: early, expires: 8h, text: {en: "Good morning, all.", fr: "Bonjour."}}}]
    at_most: {per_room: 5 a day}
  - name: midday
    when: {schedule: {every: day, at: "12:00", in: rooms}}
    do: [{post: {as: midday, expires: 8h, text: {en: "Good day, all.", fr: "Bonjour."}}}]
    at_most: {per_room: 5 a day}
  - name: late
    when: {schedule: {every: day, at: "17:30", in: rooms}}
    do: [{post: {as: late, expires: 8h, text: {en: "Good evening, all.", fr: "Bonsoir."}}}]
    at_most: {per_room: 5 a day}
`

// citizen makes somebody up.
func (c *community) citizen(i int) *citizen {
	name := fmt.Sprintf("citizen%c", 'a'+i)
	p := &citizen{week: "Mon-Fri", from: 9, length: 9, zone: time.UTC, left: map[string]time.Time{}, stops: map[string]time.Time{}}
	p.Profile = chat.Profile{User: chat.UserID("U" + name), Handle: name}
	zone := []string{"UTC", "Europe/Paris", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"}[c.chance.IntN(5)]
	p.zone, _ = time.LoadLocation(zone)
	p.Zone = zone
	if c.chance.IntN(2) == 0 {
		p.week = []string{"Mon-Thu", "Tue-Sat", "Wed-Sun", "Mon-Sun"}[c.chance.IntN(4)]
		p.from, p.length = 6+c.chance.IntN(10), 2+c.chance.IntN(7)
	}
	for _, role := range []string{"leader", "helper", "host"} {
		if c.chance.IntN(2) == 0 {
			p.roles = append(p.roles, role)
		}
	}
	p.mute = len(p.roles) > 0 && c.chance.IntN(3) == 0
	if c.chance.IntN(3) == 0 {
		p.away.from = c.sometime()
		p.away.until = p.away.from.Add(time.Duration(1+c.chance.IntN(400)) * time.Hour)
	}
	if c.chance.IntN(3) == 0 {
		p.pause.from = c.sometime()
		p.pause.until = p.pause.from.Add(time.Duration(1+c.chance.IntN(400)) * time.Hour)
	}
	return p
}

func (c *community) sometime() time.Time {
	return c.begin.Add(time.Duration(c.chance.IntN(8*7*24*60)) * time.Minute)
}

// settleIn writes hours and leave down, and plans what people will want of the bot.
func (c *community) settleIn(tx *store.Tx) error {
	for _, p := range c.citizens {
		row, _, err := tx.Person("local", p.User)
		if err != nil {
			return err
		}
		row.AwayFrom, row.AwayUntil = p.away.from, p.away.until
		row.Prefs = fmt.Sprintf(`{"hours":"%s %02d:00-%02d:00"}`, p.week, p.from, p.from+p.length)
		if err := tx.UpdatePerson(row); err != nil {
			return err
		}
		c.planWishes(p)
	}
	return nil
}

func (c *community) planWishes(p *citizen) {
	change := func(at time.Time, do func(*store.Tx, store.Person) error) {
		c.plan(at, func() error {
			c.turn(func(tx *store.Tx) error {
				row, _, err := tx.Person("local", p.User)
				if err != nil {
					return err
				}
				return do(tx, row)
			})
			return nil
		})
	}
	if !p.pause.from.IsZero() {
		change(p.pause.from, func(tx *store.Tx, row store.Person) error {
			row.PausedUntil = p.pause.until
			return tx.UpdatePerson(row)
		})
	}
	if len(p.roles) > 0 && c.chance.IntN(4) == 0 {
		role := p.roles[c.chance.IntN(len(p.roles))]
		at := c.sometime()
		c.plan(at, func() error {
			if _, gave := p.left[role]; !gave {
				p.left[role] = c.now
			}
			return nil
		})
		change(at, func(tx *store.Tx, row store.Person) error {
			return tx.SetRole(store.Role{Conn: "local", Space: trustSpace, Person: row.ID, Role: role, State: store.Removed, Since: c.now})
		})
	}
	if c.chance.IntN(4) == 0 {
		book := []string{"", "share-first", "question-rescue", "celebrate-first"}[c.chance.IntN(4)]
		at := c.sometime()
		p.stops[book] = at
		c.plan(at, func() error { _, err := c.chat.Command(p.User, c.rooms[0], "stop "+book); return err })
	}
}

// giveBack lets people now and then give a role back while something that needs it is held for them.
func (c *community) giveBack() {
	for ; c.held < len(c.traces); c.held++ {
		tr := c.traces[c.held]
		role := rolesNeeded[tr.Rule]
		if tr.Step != bot.Held || role == "" || c.chance.IntN(8) > 0 {
			continue
		}
		for _, p := range c.citizens {
			if _, gave := p.left[role]; p.User != tr.Person || gave {
				continue
			}
			p.left[role] = c.now
			c.turn(func(tx *store.Tx) error {
				return tx.SetRole(store.Role{Conn: "local", Space: trustSpace, Person: tr.ID, Role: role, State: store.Removed, Since: c.now})
			})
		}
	}
}

// liveOn lets weeks go by with so many deeds a day at most.
func (c *community) liveOn(weeks, deeds int) {
	for day := range 7 * weeks {
		for range c.chance.IntN(deeds + 1) {
			at := c.begin.AddDate(0, 0, day).Add(time.Duration(6*60+c.chance.IntN(15*60)) * time.Minute)
			c.plan(at, c.deed)
		}
	}
	for week := range weeks {
		c.live(c.begin.AddDate(0, 0, 7*(week+1)))
		c.reasons()
	}
}

// deed is what somebody does: most of it is talk.
func (c *community) deed() error {
	p := c.citizens[c.chance.IntN(len(c.citizens))]
	room := c.rooms[c.chance.IntN(len(c.rooms))]
	if p.mute {
		_, err := c.chat.Say(p.User, room, "", "Good morning.", 0)
		return err
	}
	other := c.citizens[c.chance.IntN(len(c.citizens))]
	switch c.chance.IntN(14) {
	case 0, 1, 2:
		m, err := c.chat.Say(p.User, room, "", "How do I rotate the key of the server?", 0)
		c.open = append(c.open, m)
		return err
	case 3:
		return c.reply(p)
	case 4:
		_, err := c.chat.Say(p.User, room, "", strings.Repeat("This is half of a page, and it may be wrong. ", 5), 0)
		return err
	case 5:
		_, err := c.chat.Command(p.User, room, "share lesson never on a Friday because nobody was there")
		return err
	case 6:
		if other.mute {
			return nil
		}
		_, err := c.chat.Command(p.User, room, "thanks @"+other.Handle+" for the runbook")
		return err
	case 7:
		_, err := c.chat.Command(p.User, room, "ask Who has the key of the server?")
		return err
	case 8:
		if len(c.open) == 0 {
			return nil
		}
		_, err := c.chat.Command(p.User, room, fmt.Sprintf("example #%s/%s", c.open[0].Place.Channel, c.open[0].Message))
		return err
	case 9:
		return c.arrival(room)
	case 10:
		return c.choose(p)
	case 11, 12:
		return c.reopen()
	}
	_, err := c.chat.Say(p.User, room, "", "Good morning.", c.chance.IntN(8)/7)
	return err
}

// reply answers a recent question, or says something else in its thread.
func (c *community) reply(p *citizen) error {
	if len(c.open) == 0 {
		return nil
	}
	q := c.open[c.chance.IntN(len(c.open))]
	text := []string{"Use the rotate command, it does that.", "Which server do you mean?", "Thanks, that worked."}[c.chance.IntN(3)]
	_, err := c.chat.Say(p.User, q.Place.Channel, q.Message, text, 0)
	return err
}

// reopen lets the asker of a recent question say that it is solved, or not yet.
func (c *community) reopen() error {
	if len(c.open) == 0 {
		return nil
	}
	q := c.open[len(c.open)-1-c.chance.IntN(min(4, len(c.open)))]
	verb := []string{"solved", "reopen", "reopen"}[c.chance.IntN(3)]
	_, err := c.chat.Command(q.Actor.User, q.Place.Channel, fmt.Sprintf("%s #%s/%s", verb, q.Place.Channel, q.Message))
	return err
}

// arrival lets somebody come who then asks something.
func (c *community) arrival(room chat.ChannelID) error {
	name := fmt.Sprintf("newcomer%d", len(c.chat.Events()))
	p := &citizen{week: "Mon-Fri", from: 9, length: 9, zone: time.UTC, stops: map[string]time.Time{}}
	p.User = c.chat.AddPerson(chat.Profile{Handle: name})
	c.citizens = append(c.citizens, p)
	for _, r := range c.rooms {
		if _, err := c.chat.Join(p.User, r); err != nil {
			return err
		}
	}
	c.plan(c.now.Add(time.Duration(c.chance.IntN(200))*time.Minute), func() error {
		_, err := c.chat.Say(p.User, room, "", "How do I log in to the server?", 0)
		return err
	})
	return nil
}

// choose presses a button on something that the bot wrote to the person.
func (c *community) choose(p *citizen) error {
	for _, post := range slices.Backward(c.chat.Posts()) {
		if !post.Bot || post.To != p.User || len(post.Buttons) == 0 || post.Key == "" {
			continue
		}
		b := post.Buttons[c.chance.IntN(len(post.Buttons))]
		if strings.Contains(b.Value, ".stop.") {
			for _, tr := range c.traces {
				if tr.Key == post.Key && tr.Step == bot.Said {
					p.stops[tr.Playbook] = c.now
				}
			}
		}
		_, err := c.chat.Press(p.User, post.Channel, post.Message, b.Value)
		return err
	}
	return nil
}

// reasons looks up, while the journal still has them, the reasons of what was said.
func (c *community) reasons() {
	c.turn(func(tx *store.Tx) error {
		for _, tr := range c.traces[c.journal:] {
			if tr.Step != bot.Said {
				continue
			}
			entries, err := tx.JournalOn(tr.Subject)
			if err != nil {
				return err
			}
			if !slices.ContainsFunc(entries, func(e store.Entry) bool {
				return e.Playbook == tr.Playbook && e.Rule == tr.Rule && e.Reason == string(chat.Sent) && e.At.Equal(tr.At)
			}) {
				c.Errorf("%s/%s was said about %s, and the journal has no reason", tr.Playbook, tr.Rule, tr.Subject)
			}
		}
		return nil
	})
	c.journal = len(c.traces)
}

// rolesNeeded says in which role the rules of the playbooks speak to people.
var rolesNeeded = map[string]string{
	"invite the leader": "leader", "offer two neighbours": "helper",
	"ask one helper": "helper", "ask one helper at once": "helper", "ask a second helper": "helper", "brief a host": "host",
}

// promises holds all that was said against what was promised.
func (c *community) promises() (broken []string, nudges, posts int) {
	said := map[string]bot.Trace{}
	for _, tr := range c.traces {
		if tr.Step == bot.Said {
			said[tr.Key] = tr
		}
	}
	breaks := func(p local.Post, format string, args ...any) {
		broken = append(broken, fmt.Sprintf("%s %q to %q, by %q: ", p.Time.Format("Mon 2 Jan 15:04:05"), p.Text, p.To, said[p.Key].Rule)+fmt.Sprintf(format, args...))
	}
	told, last, inRoom := map[string]bool{}, map[chat.UserID][]time.Time{}, map[chat.ChannelID]time.Time{}
	for _, p := range c.said() {
		tr, known := said[p.Key]
		if !known {
			breaks(p, "nobody decided it")
		}
		c.namesNoMute(p, breaks)
		if !p.Private {
			posts += c.roomPromises(p, tr, inRoom, breaks)
			continue
		}
		nudges++
		if key := fmt.Sprint(tr.Subject, "|", tr.Playbook, "|", tr.Rule, "|", p.To); told[key] {
			breaks(p, "told twice about %s", tr.Subject)
		} else {
			told[key] = true
		}
		times := last[p.To]
		if n := len(times); n >= 1 && p.Time.Sub(times[n-1]) <= 24*time.Hour {
			breaks(p, "the last was at %s", times[n-1])
		}
		if n := len(times); n >= 2 && p.Time.Sub(times[n-2]) <= 7*24*time.Hour {
			breaks(p, "the last two were at %s and %s", times[n-2], times[n-1])
		}
		last[p.To] = append(times, p.Time)
		c.personPromises(p, tr, breaks)
	}
	return broken, nudges, posts
}

func (c *community) personPromises(p local.Post, tr bot.Trace, breaks func(local.Post, string, ...any)) {
	i := slices.IndexFunc(c.citizens, func(x *citizen) bool { return x.User == p.To })
	if i < 0 {
		breaks(p, "nobody knows them")
		return
	}
	who, at := c.citizens[i], p.Time
	switch {
	case !who.open(at):
		breaks(p, "it is %s there, and they work %s from %d for %d hours", at.In(who.zone).Format("Mon 15:04"), who.week, who.from, who.length)
	case who.away.holds(at):
		breaks(p, "they are away until %s", who.away.until)
	case who.pause.holds(at):
		breaks(p, "they paused until %s", who.pause.until)
	}
	for _, book := range []string{"", tr.Playbook} {
		if since, stopped := who.stops[book]; stopped && at.After(since) {
			breaks(p, "they stopped %q at %s", book, since)
		}
	}
	role := rolesNeeded[tr.Rule]
	if gone, gave := who.left[role]; role != "" && (!slices.Contains(who.roles, role) || gave && at.After(gone)) {
		breaks(p, "they are no %s since %s", role, gone)
	}
	if role == "" && tr.Playbook != "" && !slices.Contains([]string{"ask the asker", "what became of it", "was this one"}, tr.Rule) {
		breaks(p, "the test does not know this rule")
	}
}

// roomPromises counts a post that nobody asked for.
func (c *community) roomPromises(p local.Post, tr bot.Trace, last map[chat.ChannelID]time.Time, breaks func(local.Post, string, ...any)) int {
	if tr.Playbook == "" && tr.Rule == "card" {
		return 0
	}
	if at := p.Time.UTC(); at.Weekday() == time.Saturday || at.Weekday() == time.Sunday || at.Hour() < 9 || at.Hour() >= 18 {
		breaks(p, "the room is not in its hours")
	}
	if p.Thread != "" {
		return 1
	}
	if before, was := last[p.Channel]; was && p.Time.Sub(before) <= 24*time.Hour {
		breaks(p, "the last was at %s", before)
	}
	last[p.Channel] = p.Time
	return 1
}

// namesNoMute: whoever never did anything for the bot is named to nobody else.
func (c *community) namesNoMute(p local.Post, breaks func(local.Post, string, ...any)) {
	for _, who := range c.citizens {
		if who.mute && p.To != who.User && strings.Contains(p.Text, who.Handle) {
			breaks(p, "%s never answered", who.Handle)
		}
	}
}
