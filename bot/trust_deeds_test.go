package bot_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/chat"
)

// deeds are what people do, by chance: most of it is talk.
func (c *community) deed() error {
	p := c.citizens[c.chance.IntN(len(c.citizens))]
	room := c.rooms[c.chance.IntN(len(c.rooms))]
	if p.mute {
		_, err := c.chat.Say(p.User, room, "", "Good morning.", 0)
		return err
	}
	switch n := c.chance.IntN(26); {
	case n < 5:
		m, err := c.chat.Say(p.User, room, "", "How do I rotate the key of the server?", 0)
		c.open = append(c.open, m)
		return err
	case n < 9:
		return c.reply(p)
	case n < 11:
		m, err := c.chat.Say(p.User, room, "", strings.Repeat("This is half of a page, and it may be wrong. ", 5), 0)
		c.shown = append(c.shown, m)
		c.leads(p, room)
		return err
	case n == 11:
		_, err := c.chat.Say(p.User, room, "", "Incident closed.", 0)
		return err
	case n == 12:
		return c.arrival(room)
	case n == 13:
		return c.removal()
	case n < 18:
		return c.choose(p)
	case n < 20:
		return c.submit(p)
	case n < 25:
		return c.command(p, room)
	}
	attached := c.chance.IntN(8) / 7
	if attached > 0 {
		c.leads(p, room)
	}
	_, err := c.chat.Say(p.User, room, "", "Good morning.", attached)
	return err
}

// command is what somebody asks the bot for.
func (c *community) command(p *citizen, room chat.ChannelID) error {
	other := c.citizens[c.chance.IntN(len(c.citizens))]
	said := []string{
		"share lesson never on a Friday because nobody was there", "share mistake the key was the old one", "ask Who has the key of the server?",
		c.on("example", c.shown), c.on("ask-why", c.shown), c.on("adopt", c.shown), c.on("reopen", c.open), c.on("solved", c.open),
		c.on("take", c.open), "undo",
	}
	if !other.mute && other != p {
		said = append(said, "thanks @"+other.Handle+" for the runbook", "thanks @"+other.Handle+" and the crew for the runbook")
	}
	p.asked = c.now
	_, err := c.chat.Command(p.User, room, said[c.chance.IntN(len(said))])
	return err
}

// on is a command about one of the newest of some messages.
func (c *community) on(verb string, list []chat.MessagePosted) string {
	if len(list) == 0 {
		return "questions"
	}
	m := list[len(list)-1-c.chance.IntN(min(4, len(list)))]
	return fmt.Sprintf("%s #%s/%s", verb, m.Place.Channel, m.Message)
}

// leads notes that a leader has gone first in a room.
func (c *community) leads(p *citizen, room chat.ChannelID) {
	if p.has["leader"] {
		c.led[room] = true
	}
}

// reply answers a recent question, or says something else in its thread.
func (c *community) reply(p *citizen) error {
	if len(c.open) == 0 {
		return nil
	}
	q := c.open[len(c.open)-1-c.chance.IntN(min(6, len(c.open)))]
	text := []string{"Use the rotate command, it does that.", "Which server do you mean?", "Thanks, that worked."}[c.chance.IntN(3)]
	user := p.User
	if strings.HasPrefix(text, "Thanks") {
		user = q.Actor.User
	}
	if c.gone[user] {
		return nil
	}
	_, err := c.chat.Say(user, q.Place.Channel, q.Message, text, 0)
	return err
}

// removal deletes a message that somebody wrote of late.
func (c *community) removal() error {
	list := []*[]chat.MessagePosted{&c.open, &c.shown}[c.chance.IntN(2)]
	if len(*list) == 0 {
		return nil
	}
	i := len(*list) - 1 - c.chance.IntN(min(4, len(*list)))
	m := (*list)[i]
	*list = slices.Delete(*list, i, i+1)
	if c.gone[m.Actor.User] {
		return nil
	}
	_, err := c.chat.Delete(m.Actor.User, m.Place.Channel, m.Message)
	return err
}

// arrival lets somebody come who then asks something, and goes again some weeks later.
func (c *community) arrival(room chat.ChannelID) error {
	p := newCitizen(fmt.Sprintf("newcomer%d", len(c.chat.Events())))
	c.chat.AddPerson(p.Profile)
	c.known[p.User] = p
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
	c.plan(c.now.Add(time.Duration(300+c.chance.IntN(40*24*60))*time.Minute), func() error {
		c.gone[p.User] = true
		c.citizens = slices.DeleteFunc(c.citizens, func(x *citizen) bool { return x == p })
		_, err := c.chat.Leave(p.User, room)
		return err
	})
	return nil
}

// submit sends the form that was opened last for somebody.
func (c *community) submit(p *citizen) error {
	for _, post := range slices.Backward(c.chat.Posts()[max(0, len(c.chat.Posts())-60):]) {
		if post.Form == nil || post.To != p.User {
			continue
		}
		values := map[string]string{}
		for _, f := range post.Form.Fields {
			if len(f.Choices) == 0 {
				values[f.Name] = "Half of it is a sketch."
			}
		}
		p.asked = c.now
		_, _ = c.chat.Submit(p.User, post.Reply, values) // it may have been sent, or closed, before
		return nil
	}
	return nil
}

// giveBack lets people now and then give a role back while something that needs it is held for them.
func (c *community) giveBack(tr bot.Trace) {
	role := c.roleFor(tr)
	if p := c.known[tr.Person]; p != nil && tr.Step == bot.Held && p.has[role] && c.chance.IntN(8) == 0 {
		c.setRole(p, role)
	}
}
