package local

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gofirst/gofirst/bot/chat"
)

// AddPerson makes a person known, or changes what is known of one. Where User is empty the handle names
// the person, where Handle or Name is empty it is taken from what there is. It makes no event: a service
// tells nothing of those who were there before the bot.
func (c *Chat) AddPerson(p chat.Profile) chat.UserID {
	c.mu.Lock()
	defer c.mu.Unlock()
	if p.User == "" {
		p.User = chat.UserID(p.Handle)
	}
	if p.Handle == "" {
		p.Handle = string(p.User)
	}
	if p.Name == "" {
		p.Name = p.Handle
	}
	if c.people[p.User] != p {
		c.set(record{Do: doPerson, Person: &p})
	}
	return p.User
}

// AddChannel makes a public channel and gives its identifier, or adds members to the one of that name.
// Members that are not yet known become known. Like AddPerson it makes no event.
func (c *Chat) AddChannel(name string, members ...chat.UserID) chat.ChannelID {
	c.learn(members)
	c.mu.Lock()
	defer c.mu.Unlock()
	name = strings.TrimPrefix(name, "#")
	id := chat.ChannelID(name)
	if ch := c.channels[id]; ch == nil || !containsAll(ch.members, members) {
		c.set(record{Do: doChannel, Channel: id, Text: name, Members: members})
	}
	return id
}

// AddGroup makes a group of people that can be mentioned ("@release"), or replaces its members.
func (c *Chat) AddGroup(name string, members ...chat.UserID) chat.GroupID {
	c.learn(members)
	c.mu.Lock()
	defer c.mu.Unlock()
	id := chat.GroupID(strings.TrimPrefix(name, "@"))
	if !slices.Equal(c.groups[id], members) || c.groups[id] == nil {
		c.set(record{Do: doGroup, Group: id, Members: members})
	}
	return id
}

// Join lets a person enter a channel.
func (c *Chat) Join(user chat.UserID, in chat.ChannelID) (chat.MemberJoined, error) {
	return act[chat.MemberJoined](c, func() (record, error) {
		ch, err := c.room(user, in)
		if err != nil {
			return record{}, err
		}
		if slices.Contains(ch.members, user) {
			return record{}, fmt.Errorf("%s is already in #%s", user, ch.name)
		}
		return record{Do: doJoin, User: user, Channel: in}, nil
	})
}

// Leave lets a person leave a channel.
func (c *Chat) Leave(user chat.UserID, from chat.ChannelID) (chat.MemberLeft, error) {
	return act[chat.MemberLeft](c, func() (record, error) {
		ch, err := c.room(user, from)
		if err != nil {
			return record{}, err
		}
		return record{Do: doLeave, User: user, Channel: from}, ch.holds(user)
	})
}

// DM is the channel of a person's conversation with the bot. It needs no making.
func (c *Chat) DM(user chat.UserID) chat.ChannelID { return chat.ChannelID("@" + user) }

// PersonName gives the handle of a person, or the identifier where the person is unknown.
func (c *Chat) PersonName(user chat.UserID) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if p, ok := c.people[user]; ok {
		return p.Handle
	}
	return string(user)
}

// ChannelName gives the name of a channel without "#", or the identifier where it is unknown.
func (c *Chat) ChannelName(id chat.ChannelID) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if ch, ok := c.channels[id]; ok {
		return ch.name
	}
	return string(id)
}

// set lets a record happen that makes no event. What could not be written is reported by the next act.
func (c *Chat) set(r record) {
	if _, err := c.do(r); err != nil && c.broken == nil {
		c.broken = err
	}
}

func (c *Chat) learn(users []chat.UserID) {
	for _, u := range users {
		if !c.knows(u) {
			c.AddPerson(chat.Profile{User: u})
		}
	}
}

func (c *Chat) knows(u chat.UserID) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, ok := c.people[u]
	return ok
}

func (c *Chat) applyPerson(r record) error {
	if r.Person == nil || r.Person.User == "" {
		return fmt.Errorf("a person without an identifier")
	}
	delete(c.handles, fold(c.people[r.Person.User].Handle))
	c.people[r.Person.User] = *r.Person
	c.handles[fold(r.Person.Handle)] = r.Person.User
	return nil
}

func (c *Chat) applyChannel(r record) error {
	ch := c.channels[r.Channel]
	if ch == nil {
		ch = c.open(&channel{id: r.Channel, name: r.Text})
	}
	for _, u := range r.Members {
		if !slices.Contains(ch.members, u) {
			ch.members = append(ch.members, u)
		}
	}
	return nil
}

func (c *Chat) applyGroup(r record) error {
	c.groups[r.Group] = append([]chat.UserID{}, r.Members...)
	return nil
}

func (c *Chat) applyMember(ch *channel, r record) chat.Event {
	h := c.header(r, ch, "")
	if r.Do == doJoin {
		ch.members = append(ch.members, r.User)
		c.post(ch, r, Post{Kind: Joined})
		return c.happened(r.ID, ch, chat.MemberJoined{Header: h})
	}
	ch.members = slices.DeleteFunc(slices.Clone(ch.members), func(u chat.UserID) bool { return u == r.User })
	c.post(ch, r, Post{Kind: Left})
	return c.happened(r.ID, ch, chat.MemberLeft{Header: h})
}

// open makes a channel, and wakes those who stream.
func (c *Chat) open(ch *channel) *channel {
	ch.messages = map[chat.MessageID]*message{}
	c.channels[ch.id] = ch
	c.order = append(c.order, ch)
	return ch
}

func containsAll(have, want []chat.UserID) bool {
	return !slices.ContainsFunc(want, func(u chat.UserID) bool { return !slices.Contains(have, u) })
}

// fold makes handles and names comparable.
func fold(name string) string { return strings.ToLower(name) }
