package bot_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/gofirst/gofirst/adapters/local"
	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/playbooks"
)

// listen holds what was said since against what was promised.
func (c *community) listen() {
	traces := c.traces[c.traced:]
	c.traced = len(c.traces)
	for _, tr := range traces {
		if tr.Step == bot.Said {
			c.decided[tr.Key] = tr
		}
	}
	posts := c.chat.Posts()
	for _, p := range posts[c.heard:] {
		if !p.Bot && !p.Direct && p.Kind == local.Said {
			c.spoke[p.Channel] = p.Time
		}
		if p.Bot && p.Key != "" && p.Kind == local.Said {
			c.judge(p, c.decided[p.Key])
		}
	}
	c.heard = len(posts)
	for _, tr := range traces {
		c.giveBack(tr)
	}
}

func (c *community) judge(p local.Post, tr bot.Trace) {
	breaks := func(format string, args ...any) {
		c.broken = append(c.broken, fmt.Sprintf("%s %q to %q, by %s/%q: ", p.Time.Format("Mon 2 Jan 15:04:05"), p.Text, p.To, tr.Playbook, tr.Rule)+fmt.Sprintf(format, args...))
	}
	if tr.Key == "" {
		breaks("nobody decided it")
	}
	c.namesNoMute(p, breaks)
	c.ownLimits(p, tr, breaks)
	c.inItsRoom(tr, breaks)
	if c.halted[tr.Playbook] {
		breaks("it was halted")
	}
	if !p.Private {
		c.roomPromises(p, tr, breaks)
		return
	}
	who := c.known[p.To]
	if who == nil {
		breaks("nobody knows them")
		return
	}
	c.consentPromises(who, tr, breaks)
	if p.Time.Sub(who.asked) > 10*time.Minute {
		c.nudges++
		who.nudgePromises(p.Time, breaks)
		who.oncePromises(p.Time, tr, breaks)
	}
}

// nudgePromises: never more than one in a day and two in seven, and never when somebody is not to be disturbed.
func (p *citizen) nudgePromises(at time.Time, breaks func(string, ...any)) {
	if n := len(p.nudged); n >= 1 && at.Sub(p.nudged[n-1]) <= 24*time.Hour {
		breaks("the last was at %s", p.nudged[n-1])
	}
	if n := len(p.nudged); n >= 2 && at.Sub(p.nudged[n-2]) <= 7*24*time.Hour {
		breaks("the last two were at %s and %s", p.nudged[n-2], p.nudged[n-1])
	}
	p.nudged = append(p.nudged, at)
	for name, span := range map[string]trustSpan{"are away": p.away, "paused": p.pause, "said not this week": p.rests} {
		if span.holds(at) {
			breaks("they %s until %s", name, span.until)
		}
	}
	if !p.open(at) {
		breaks("it is %s there, and they work %s from %d for %d hours", at.In(p.zone).Format("Mon 15:04"), p.week, p.from, p.length)
	}
}

// oncePromises: nobody is written to about one thing a second time.
func (p *citizen) oncePromises(at time.Time, tr bot.Trace, breaks func(string, ...any)) {
	if tr.Playbook == "" {
		return
	}
	rule := tr.Subject + "|" + tr.Playbook + "|" + tr.Rule
	if last, told := p.about[tr.Subject]; told && at.Sub(last) < 7*24*time.Hour {
		breaks("told of %s at %s already", tr.Subject, last)
	}
	if last, told := p.about[rule]; told && at.Sub(last) < 30*24*time.Hour {
		breaks("told of %s by the same rule at %s", tr.Subject, last)
	}
	p.about[tr.Subject], p.about[rule] = at, at
}

// consentPromises: only in a role that was accepted, only what was not stopped, and no example before a leader's.
func (c *community) consentPromises(p *citizen, tr bot.Trace, breaks func(string, ...any)) {
	for _, what := range []string{"", tr.Playbook, tr.Playbook + "/" + c.toldBy(tr).As} {
		if p.stops[what] && (what != "" || tr.Playbook != "" || tr.Rule != "") {
			breaks("they stopped %q", what)
		}
	}
	role := c.roleFor(tr)
	if role != "" && !p.has[role] {
		breaks("they are no %s", role)
	}
	asks := slices.ContainsFunc(c.toldBy(tr).Buttons, func(b string) bool { return slices.Contains([]string{"write", "adopt", "mine"}, b) })
	if asks && role != "leader" && !p.has["leader"] && !c.led[tr.Channel] {
		breaks("they are asked for an example, and no leader has gone first in %s", tr.Channel)
	}
}

// ownLimits: a rule keeps to what its file says it may do at most, and waits, where it says so, for a room in which
// somebody has written this week.
func (c *community) ownLimits(p local.Post, tr bot.Trace, breaks func(string, ...any)) {
	b := c.books[tr.Playbook]
	if b == nil || b.Rule(tr.Rule) == nil {
		return
	}
	r := b.Rule(tr.Rule)
	within := func(of string, rate playbooks.Rate) {
		key := strings.Join([]string{tr.Playbook, tr.Rule, of}, "|")
		n := 0
		for _, at := range c.times[key] {
			if rate == playbooks.Once || p.Time.Sub(at) < time.Duration(rate.Days)*24*time.Hour-2*time.Hour {
				n++
			}
		}
		if rate.Times > 0 && n >= rate.Times {
			breaks("at most %+v for %q, and there were %d", rate, of, n)
		}
		c.times[key] = append(c.times[key], p.Time)
	}
	within(string(tr.Channel), r.AtMost.PerRoom)
	if who := c.known[p.To]; who != nil && p.Time.Sub(who.asked) > 10*time.Minute {
		within(string(p.To), r.AtMost.PerPerson)
	}
	monday := p.Time.UTC().Truncate(24*time.Hour).AddDate(0, 0, -(int(p.Time.UTC().Weekday())+6)%7)
	if c.toldBy(tr).Alive && c.spoke[tr.Channel].Before(monday) {
		breaks("nobody has written in %s since %s", tr.Channel, c.spoke[tr.Channel])
	}
}

// toldBy finds what a rule tells; nothing where it is not told by a playbook.
func (c *community) toldBy(tr bot.Trace) playbooks.Tell {
	if b := c.books[tr.Playbook]; b != nil && b.Rule(tr.Rule) != nil {
		for _, a := range b.Rule(tr.Rule).Do {
			if t, ok := a.(playbooks.Tell); ok {
				return t
			}
		}
	}
	return playbooks.Tell{}
}

// roleFor derives from the playbook in which role a rule speaks to somebody; empty where it is for something of theirs.
func (c *community) roleFor(tr bot.Trace) string {
	b := c.books[tr.Playbook]
	if b == nil || b.Rule(tr.Rule) == nil {
		return ""
	}
	setting := ""
	switch r := b.Rule(tr.Rule); c.toldBy(tr).Whom {
	case "picked":
		setting = r.Pick.From
	case "leader":
		setting = c.slotOf(b) // a made-up playbook has one role for its slots
	}
	role, _ := c.given[tr.Playbook][setting].(string)
	return role
}

func (c *community) slotOf(b *playbooks.Playbook) string {
	for _, r := range b.Rules {
		if s, ok := r.When.(playbooks.OnSchedule); ok && s.For != "" {
			return s.For
		}
	}
	return ""
}

// inItsRoom: a playbook speaks of the rooms in which it is on, and of no others.
func (c *community) inItsRoom(tr bot.Trace, breaks func(string, ...any)) {
	b := c.books[tr.Playbook]
	if b == nil || b.Rule(tr.Rule) == nil {
		return
	}
	if in := playbooks.Rooms(b.Rule(tr.Rule).When); in != "" {
		rooms, _ := c.given[tr.Playbook][in].([]string)
		if !slices.Contains(rooms, string(tr.Channel)) {
			breaks("it is not on in %s", tr.Channel)
		}
	}
}

// roomPromises: at most one post a room and day that nobody asked for, in the hours of the room.
func (c *community) roomPromises(p local.Post, tr bot.Trace, breaks func(string, ...any)) {
	if tr.Playbook == "" && tr.Rule == "card" {
		c.spoke[p.Channel] = p.Time // the words are somebody's
		if author := c.known[tr.Author]; author != nil && strings.ContainsAny(p.Text, "★↳") {
			c.leads(author, p.Channel)
		}
		return
	}
	c.posts++
	if at := p.Time.UTC(); at.Weekday() == time.Saturday || at.Weekday() == time.Sunday || at.Hour() < 9 || at.Hour() >= 18 {
		breaks("the room is not in its hours")
	}
	if p.Thread != "" {
		under := string(p.Channel) + "|" + string(p.Thread) + "|" + tr.Subject
		if before, was := c.under[under]; was && p.Time.Sub(before) < 30*24*time.Hour {
			breaks("it spoke of %s in this thread at %s", tr.Subject, before)
		}
		c.under[under] = p.Time
		return
	}
	if before, was := c.posted[p.Channel]; was && p.Time.Sub(before) <= 24*time.Hour {
		breaks("the last was at %s", before)
	}
	c.posted[p.Channel] = p.Time
}

// namesNoMute: whoever never did anything for the bot is named to nobody else.
func (c *community) namesNoMute(p local.Post, breaks func(string, ...any)) {
	for _, who := range c.known {
		if who.mute && p.To != who.User && strings.Contains(p.Text, "@"+who.Handle) {
			breaks("%s never answered", who.Handle)
		}
	}
}
