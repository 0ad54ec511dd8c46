package bot_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/gofirst/gofirst/adapters/local"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
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
	rests  trustSpan            // said "not this week"
	has    map[string]bool      // the roles that are theirs now
	stops  map[string]bool      // by playbook, "" for all, "BOOK/ASK" for one question
	asked  time.Time            // when they last asked the bot for something, by command, press or form
	nudged []time.Time          // when the bot last spoke to them of its own accord
	about  map[string]time.Time // what it spoke to them about, and when
}

type trustSpan struct{ from, until time.Time }

func (s trustSpan) holds(t time.Time) bool { return !t.Before(s.from) && t.Before(s.until) }

// open reports whether the person may be disturbed.
func (p *citizen) open(t time.Time) bool {
	at := t.In(p.zone)
	first, last, _ := strings.Cut(p.week, "-")
	days := []string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}
	today := slices.Index(days, at.Format("Mon"))
	return today >= slices.Index(days, first) && today <= slices.Index(days, last) &&
		at.Hour() >= p.from && at.Hour() < p.from+p.length
}

func newCitizen(handle string) *citizen {
	p := &citizen{week: "Mon-Fri", from: 9, length: 9, zone: time.UTC, has: map[string]bool{}, stops: map[string]bool{}, about: map[string]time.Time{}}
	p.Profile = chat.Profile{User: chat.UserID("U" + handle), Handle: handle}
	return p
}

// citizen makes somebody up.
func (c *community) citizen(i int) *citizen {
	p := newCitizen(fmt.Sprintf("citizen%c", 'a'+i))
	p.Zone = []string{"UTC", "Europe/Paris", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"}[c.chance.IntN(5)]
	p.zone, _ = time.LoadLocation(p.Zone)
	c.newHours(p)
	for _, role := range trustRoles {
		if c.chance.IntN(2) == 0 {
			p.roles, p.has[role] = append(p.roles, role), true
		}
	}
	p.mute = len(p.roles) > 0 && c.chance.IntN(3) == 0
	return p
}

var trustRoles = []string{"leader", "helper", "host"}

func (c *community) newHours(p *citizen) {
	p.week, p.from, p.length = "Mon-Fri", 9, 9
	if c.chance.IntN(2) == 0 {
		p.week = []string{"Mon-Thu", "Tue-Sat", "Wed-Sun", "Mon-Sun"}[c.chance.IntN(4)]
		p.from, p.length = 6+c.chance.IntN(10), 2+c.chance.IntN(7)
	}
}

// change writes down what a person wants now, as the test and the bot know it.
func (c *community) change(p *citizen, do func(*store.Tx, *store.Person) error) {
	c.turn(func(tx *store.Tx) error {
		row, _, err := tx.Person("local", p.User)
		if err != nil {
			return err
		}
		if err := do(tx, &row); err != nil {
			return err
		}
		return tx.UpdatePerson(row)
	})
}

func (c *community) keepHours(p *citizen) {
	c.change(p, func(_ *store.Tx, row *store.Person) error {
		row.Prefs = fmt.Sprintf(`{"hours":"%s %02d:00-%02d:00"}`, p.week, p.from, p.from+p.length)
		return nil
	})
}

// wish lets somebody change what they want of the bot.
func (c *community) wish(p *citizen) error {
	span := trustSpan{c.now, c.now.Add(time.Duration(1+c.chance.IntN(400)) * time.Hour)}
	switch c.chance.IntN(8) {
	case 0:
		p.away = span
		c.change(p, func(_ *store.Tx, row *store.Person) error {
			row.AwayFrom, row.AwayUntil = span.from, span.until
			return nil
		})
	case 1:
		p.pause = span
		c.change(p, func(_ *store.Tx, row *store.Person) error { row.PausedUntil = span.until; return nil })
	case 2:
		c.newHours(p)
		c.keepHours(p)
	case 3:
		return c.stop(p)
	default:
		c.setRole(p, trustRoles[c.chance.IntN(len(trustRoles))])
	}
	return nil
}

// halt stops a playbook for everybody, or lets it go on.
func (c *community) halt() error {
	book, note := c.names[c.chance.IntN(len(c.names))], "for a test"
	if c.halted[book] {
		note = ""
	}
	c.halted[book] = !c.halted[book]
	c.turn(func(tx *store.Tx) error { return tx.SetSetting("local", trustSpace, "halt@"+book, note) })
	return nil
}

// stop ends one playbook for somebody, or everything; half of those who wanted nothing ever again think better of it.
func (c *community) stop(p *citizen) error {
	if p.stops[""] {
		return nil
	}
	book := c.names[c.chance.IntN(len(c.names))]
	if c.chance.IntN(12) == 0 {
		book = ""
	}
	p.asked, p.stops[book] = c.now, true
	_, err := c.chat.Command(p.User, c.rooms[0], strings.TrimSpace("stop "+book))
	return err
}

// setRole gives a role back, or accepts it.
func (c *community) setRole(p *citizen, role string) {
	state := store.Accepted
	if p.has[role] {
		state = store.Removed
	}
	p.has[role] = !p.has[role]
	c.change(p, func(tx *store.Tx, row *store.Person) error {
		if err := tx.KeepSealed(row.ID, p.User); err != nil {
			return err
		}
		row.Sealed = true
		return tx.SetRole(store.Role{Conn: "local", Space: trustSpace, Person: row.ID, Role: role, State: state, Since: c.now})
	})
}

// trustSpent is how old a message is when its buttons mean nothing any more.
const trustSpent = 34 * 24 * time.Hour

// choose presses a button on something that the bot wrote to the person.
func (c *community) choose(p *citizen) error {
	for _, post := range slices.Backward(c.chat.Posts()[max(0, len(c.chat.Posts())-200):]) {
		if !post.Bot || post.To != p.User || len(post.Buttons) == 0 || c.now.Sub(post.Time) > trustSpent {
			continue
		}
		b := post.Buttons[c.chance.IntN(len(post.Buttons))]
		p.asked = c.now
		if _, err := c.chat.Press(p.User, post.Channel, post.Message, b.Value); err == nil { // its message may be gone
			c.means(p, post, b.Value)
		}
		return nil
	}
	return nil
}

// means notes what a choice means to the bot from now on.
func (c *community) means(p *citizen, post local.Post, value string) {
	tr, known := c.decided[post.Key]
	switch {
	case !known || tr.Playbook == "":
	case strings.Contains(value, ".stop."):
		p.stops[tr.Playbook] = true
	case strings.Contains(value, ".never."):
		p.stops[tr.Playbook+"/"+c.toldBy(tr).As] = true
	case strings.Contains(value, ".later."):
		at := c.now.In(p.zone)
		days := 7 - (int(at.Weekday())+6)%7
		p.rests = trustSpan{c.now, time.Date(at.Year(), at.Month(), at.Day()+days, 0, 0, 0, 0, p.zone)}
	}
}
