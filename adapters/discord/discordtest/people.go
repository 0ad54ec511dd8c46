package discordtest

import (
	"fmt"
	"slices"
)

// do runs one deed of somebody. What cannot be done is a fault of the test that asks for it.
func (s *Server) do(channelID string, deed func(*channel)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channels[channelID]
	if c == nil {
		panic(fmt.Sprintf("discordtest: there is no channel %q", channelID))
	}
	deed(c)
}

func (s *Server) deed(channelID, messageID string, deed func(*channel, *message)) {
	s.do(channelID, func(c *channel) {
		m := c.message(messageID)
		if m == nil {
			panic(fmt.Sprintf("discordtest: there is no message %q", messageID))
		}
		deed(c, m)
	})
}

// Say posts a text, just as it is typed: a mention is "<@id>".
func (s *Server) Say(channelID, who, text string) (id string) {
	return s.say(channelID, message{author: who, content: text})
}

// Reply answers a message, without a thread.
func (s *Server) Reply(channelID, who, to, text string) (id string) {
	return s.say(channelID, message{author: who, content: text, kind: 19, refers: &reference{to, channelID}})
}

// Announce posts what the service itself says in a channel, as of one of its kinds ("7" is somebody joining).
func (s *Server) Announce(channelID, who string, kind int) (id string) {
	return s.say(channelID, message{author: who, kind: kind})
}

// Hook posts as a webhook does.
func (s *Server) Hook(channelID, text string) (id string) {
	return s.say(channelID, message{author: s.Application, content: text, webhook: true})
}

// Attach posts a text with files.
func (s *Server) Attach(channelID, who, text string, files int) (id string) {
	m := message{author: who, content: text}
	for i := range files {
		m.attachments = append(m.attachments, map[string]any{"id": fmt.Sprint(i + 1), "filename": "a.txt", "size": 1, "url": "https://cdn.example/a.txt"})
	}
	return s.say(channelID, m)
}

func (s *Server) say(channelID string, m message) (id string) {
	s.do(channelID, func(c *channel) {
		m.channel = channelID
		m.mentions = Read(m.content).People
		s.place(c, &m)
		id = m.id
	})
	return id
}

// Direct gives the channel of the conversation between a person and the bot.
func (s *Server) Direct(person string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.direct(person).id
}

// Edit changes the text of a message.
func (s *Server) Edit(channelID, messageID, text string) {
	s.deed(channelID, messageID, func(c *channel, m *message) {
		m.content, m.mentions, m.edited = text, Read(text).People, s.opts.Now()
		s.updated(c, m)
	})
}

// Unfurl lets the preview of a link appear: an update that is no edit.
func (s *Server) Unfurl(channelID, messageID string) {
	s.deed(channelID, messageID, func(c *channel, m *message) {
		m.embeds = []any{map[string]any{"type": "link", "url": "https://example.org"}}
		s.updated(c, m)
	})
}

// Delete removes a message.
func (s *Server) Delete(channelID, messageID string) {
	s.deed(channelID, messageID, func(c *channel, m *message) { s.remove(c, m) })
}

// DeleteMany removes messages at once, as moderators do.
func (s *Server) DeleteMany(channelID string, ids ...string) {
	s.do(channelID, func(c *channel) {
		c.messages = slices.DeleteFunc(c.messages, func(m *message) bool { return slices.Contains(ids, m.id) })
		s.dispatch("MESSAGE_DELETE_BULK", c.guild, intentMessages, func(*session) any {
			return s.located(c, map[string]any{"ids": ids, "channel_id": c.id})
		})
	})
}

// React sets or removes somebody's reaction: a character, or "name:id" of the guild's own.
func (s *Server) React(channelID, messageID, who, emoji string, present bool) {
	s.deed(channelID, messageID, func(c *channel, m *message) { s.react(c, m, who, emoji, present) })
}

// StartThread opens a thread under a message, and gives its identifier: that of the message.
func (s *Server) StartThread(channelID, messageID, name string) (id string) {
	s.deed(channelID, messageID, func(c *channel, m *message) {
		t := &channel{id: m.id, guild: c.guild, name: name, parent: c.id, kind: publicThread}
		m.flags |= flagHasThread
		s.open(t)
		s.updated(c, m)
		id = t.id
	})
	return id
}

// PostInForum opens a post in a forum: a thread whose first message has its identifier.
func (s *Server) PostInForum(forumID, who, title, text string) (id string) {
	s.do(forumID, func(c *channel) {
		t := &channel{id: s.snowflake(), guild: c.guild, name: title, parent: c.id, kind: publicThread}
		s.open(t)
		s.place(t, &message{id: t.id, channel: t.id, author: who, content: text})
		id = t.id
	})
	return id
}

// Archive closes a thread until somebody speaks in it.
func (s *Server) Archive(threadID string) { s.do(threadID, func(c *channel) { c.archived = true }) }

func (s *Server) open(t *channel) {
	s.channels[t.id] = t
	s.guilds[t.guild].channels = append(s.guilds[t.guild].channels, t)
	s.dispatch("THREAD_CREATE", t.guild, intentGuilds, func(*session) any {
		out := s.channelJSON(t)
		out["newly_created"] = true
		return out
	})
}

// Join lets somebody enter a guild.
func (s *Server) Join(guildID, who string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.guilds[guildID]
	g.members = append(g.members, who)
	s.dispatch("GUILD_MEMBER_ADD", guildID, intentMembers, func(*session) any {
		out := s.memberJSON(g, who, true)
		out["guild_id"] = guildID
		return out
	})
}

// Leave lets somebody leave a guild.
func (s *Server) Leave(guildID, who string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.guilds[guildID]
	g.members = slices.DeleteFunc(g.members, func(u string) bool { return u == who })
	s.dispatch("GUILD_MEMBER_REMOVE", guildID, intentMembers, func(*session) any {
		return map[string]any{"guild_id": guildID, "user": s.userJSON(who)}
	})
}

// Expel takes the bot out of a guild.
func (s *Server) Expel(guildID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dispatch("GUILD_DELETE", guildID, intentGuilds, func(*session) any { return map[string]any{"id": guildID} })
	for _, c := range s.guilds[guildID].channels {
		delete(s.channels, c.id)
	}
	delete(s.guilds, guildID)
	s.order = slices.DeleteFunc(s.order, func(id string) bool { return id == guildID })
}
