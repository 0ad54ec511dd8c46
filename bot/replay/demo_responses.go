package replay

import (
	"strconv"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/playbooks"
)

// responses are what people do because the bot spoke, by what it said.
func responses() map[string]func(*Demo, bot.Trace, Said) {
	return map[string]func(*Demo, bot.Trace, Said){
		"share-first/invite the leader":          (*Demo).invited,
		"question-rescue/ask one helper":         (*Demo).askedToHelp,
		"question-rescue/ask one helper at once": (*Demo).askedToHelp,
		"/thanks":                                (*Demo).askedWhoSees,
		"/card":                                  (*Demo).cardStands,
	}
}

// invited: the leader says yes, and writes.
func (d *Demo) invited(tr bot.Trace, s Said) {
	who := tr.Person
	d.soon(21, func() error { return d.presses(who, s, "write") })
	if who == d.users["leader"] && d.marks["share"] == "" {
		line := "share." + strconv.Itoa(d.variant(s.Text))
		d.at(d.Now().Truncate(24*time.Hour).Add(d.clock(9, 40)), func() error { return d.says("leader", "platform", "share", line, 1) })
		d.at(d.Now().Truncate(24*time.Hour).Add(d.clock(9, 58)), func() error { return d.replies("joker", "leader", "platform", "share", "arrow") })
		return
	}
	d.laterShare(who, tr.Channel)
}

// variant tells which of an invitation's texts was said, by the question in it.
func (d *Demo) variant(said string) int {
	for _, p := range d.o.Playbooks {
		rule := p.Rule("invite the leader")
		if rule == nil {
			continue
		}
		tell, ok := rule.Do[0].(playbooks.Tell)
		for n := uint32(0); ok && n < 3; n++ {
			text := playbooks.Typeset(d.o.Language, tell.Text.In(d.o.Language, false, n))
			for _, s := range sentencesOf(text) {
				if strings.HasSuffix(s, "?") && strings.Contains(said, s) {
					return int(n)
				}
			}
		}
	}
	return 0
}

// askedToHelp: whoever was asked answers, and the story goes on with thanks.
func (d *Demo) askedToHelp(tr bot.Trace, _ Said) {
	helper := tr.Person
	if tr.Message != d.marks["key"] || d.visited {
		d.soon(12, func() error { return d.post(helper, tr.Channel, tr.Message, d.say("reply.any"), 0) })
		return
	}
	d.users["helper"] = helper
	d.soon(15, func() error {
		d.soon(6, d.thanks)
		return d.replies("helper", "asker", "help", "key", "rotate")
	})
}

// askedWhoSees: everybody may.
func (d *Demo) askedWhoSees(tr bot.Trace, s Said) {
	if len(s.Buttons) == 0 || tr.Person == d.users["visitor"] {
		return
	}
	who := tr.Person
	d.soon(8, func() error { return d.presses(who, s, "everyone") })
}

// cardStands: what somebody gave to the bot stands in the room now, and can be answered.
func (d *Demo) cardStands(tr bot.Trace, s Said) {
	switch {
	case d.visited:
		d.admire(tr, s)
	case tr.Author == d.users["adopter"] && d.marks["adopt"] == "":
		d.marks["adopt"] = s.Message
		d.soon(9, func() error { return d.replies("second", "adopter", "platform", "adopt", "page3") })
	}
}

// admire: somebody likes what the visitor showed.
func (d *Demo) admire(tr bot.Trace, s Said) {
	shows := strings.HasPrefix(s.Text, "★") || strings.HasPrefix(s.Text, "↳")
	if shows && tr.Author == d.users["visitor"] {
		d.soon(9, func() error { return d.post(d.users["adopter"], s.Channel, s.Message, d.say("reply.card"), 0) })
	}
}

// presses lets somebody press a button, and shows those of the story.
func (d *Demo) presses(who chat.UserID, s Said, choice string) error {
	for _, b := range s.Buttons {
		if choiceOf(b) != choice {
			continue
		}
		if _, err := d.stage.Press(who, s.Channel, s.Message, b.Value); err != nil {
			return err
		}
		if d.counted && choice == "everyone" && !d.told["press"] {
			d.told["press"] = true
			d.o.Show(DemoLine{Beat: "press", At: d.Now(), From: who, To: d.stage.Self(), Buttons: []chat.Button{b}})
		}
	}
	return nil
}

// laterShare goes on with life after the second week: a leader shows something, and somebody makes it their own.
func (d *Demo) laterShare(who chat.UserID, room chat.ChannelID) {
	part := "leader"
	if who == d.users["away"] {
		part = "away"
	}
	line := "later." + part + "." + strconv.Itoa(d.shares/2%2)
	follow := "later.adopt." + strconv.Itoa(d.shares%3)
	d.shares++
	d.soon(40, func() error {
		ev, err := d.stage.Say(who, room, "", d.say(line), 1)
		if err != nil {
			return err
		}
		d.person(DemoLine{Beat: "later.share", From: who, Channel: room, Text: d.say(line)})
		follower := d.users[[]string{"joker", "second", "asker"}[d.chance.IntN(3)]]
		day := int(d.Now().Sub(d.begin)/(24*time.Hour)) + 1
		for d.day(0, day).Weekday() == time.Saturday || d.day(0, day).Weekday() == time.Sunday {
			day++
		}
		d.at(d.day(0, day).Add(d.clock(11, 5)), func() error { return d.follows(follower, room, ev.Message, follow) })
		return nil
	})
}
