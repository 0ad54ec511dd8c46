package slacktest

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// What people do. Each method panics where the test asks for what cannot be: a message that is not there, a button
// that nobody sees.

// Say posts a text in a channel as it is typed: what is typed as a name becomes a mention, and what could be markup
// is escaped, as Slack's clients do it.
func (s *Server) Say(user, channel, text string) (ts string) {
	return s.said(user, channel, "", text, "")
}

// SayOdd posts a message in whose JSON some fields are others than Slack's clients would send.
func (s *Server) SayOdd(user, channel, text string, odd map[string]any) (ts string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := &message{channel: s.channels[channel], ts: s.stamp(), user: user, text: s.typed(text), odd: odd}
	s.stands(m)
	return m.ts
}

// Reply answers in a thread; broadcast sends the reply to the channel too.
func (s *Server) Reply(user, channel, root, text string, broadcast bool) (ts string) {
	subtype := ""
	if broadcast {
		subtype = "thread_broadcast"
	}
	return s.said(user, channel, root, text, subtype)
}

// DM writes to the bot directly.
func (s *Server) DM(user, text string) (ts string) { return s.said(user, s.Direct(user), "", text, "") }

// SayAs posts with a subtype of Slack's, "channel_topic", say. A webhook's "bot_message" has no user.
func (s *Server) SayAs(user, channel, subtype, text string) (ts string) {
	return s.said(user, channel, "", text, subtype)
}

func (s *Server) said(user, in, root, text, subtype string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channels[in]
	m := &message{channel: c, ts: s.stamp(), thread: root, user: user, text: s.typed(text), subtype: subtype}
	if p := s.people[user]; p != nil {
		m.botID = p.botID
	}
	if subtype == "bot_message" {
		m.user, m.botID, m.username = "", "B0WEBHOOK", "webhook"
	}
	s.stands(m)
	return m.ts
}

// stands puts a message into its channel and tells the app of it. The caller holds the lock.
func (s *Server) stands(m *message) {
	c := m.channel
	c.messages = append(c.messages, m)
	if root := c.find(m.thread); root != nil && root.thread == "" && m.thread != "" {
		root.thread = root.ts
	}
	e := m.json(s.opts.Payloads)
	e["event_ts"], e["channel"], e["team"] = m.ts, c.id, s.opts.Team
	e["channel_type"] = c.kind
	s.tell(c, "message."+plural(c.kind), e)
	if strings.Contains(m.text, "<@"+BotUser+">") && c.kind != "im" && m.user != BotUser {
		mention := map[string]any{"type": "app_mention", "user": m.user, "text": m.text, "ts": m.ts, "event_ts": m.ts, "channel": c.id, "team": s.opts.Team}
		set(mention, "thread_ts", m.thread)
		s.tell(c, "app_mention", mention)
	}
}

func plural(kind string) string {
	return map[string]string{"channel": "channels", "group": "groups", "im": "im"}[kind]
}

var (
	mentioned = regexp.MustCompile(`@([a-z0-9._-]+)`)
	roomed    = regexp.MustCompile(`#([a-z0-9_-]+)`)
	addressed = regexp.MustCompile(`https?://[^\s<>]+`)
)

// typed gives the markup of what somebody typed. The caller holds the lock.
func (s *Server) typed(text string) string {
	text = escaped(text)
	text = addressed.ReplaceAllString(text, "<$0>")
	text = mentioned.ReplaceAllStringFunc(text, func(name string) string {
		for _, p := range s.people {
			if p.Handle == name[1:] {
				return "<@" + p.ID + ">"
			}
		}
		for _, g := range s.groups {
			if g.handle == name[1:] {
				return "<!subteam^" + g.id + ">"
			}
		}
		switch name {
		case "@here", "@channel", "@everyone":
			return "<!" + name[1:] + ">"
		}
		return name
	})
	return roomed.ReplaceAllStringFunc(text, func(name string) string {
		for _, c := range s.channels {
			if c.name == name[1:] && c.kind == "channel" {
				return "<#" + c.id + "|" + c.name + ">"
			}
		}
		return name
	})
}

func escaped(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

// standing gives a channel and a message in it. The caller holds the lock.
func (s *Server) standing(in, ts string) (*channel, *message) {
	c := s.channels[in]
	if c == nil || c.find(ts) == nil {
		panic(fmt.Sprintf("slacktest: no message %s stands in %s", ts, in))
	}
	return c, c.find(ts)
}

// Edit changes the text of a message.
func (s *Server) Edit(channel, ts, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, m := s.standing(channel, ts)
	was := m.json(false)
	m.text, m.edited = s.typed(text), s.stamp()
	s.hidden(c, map[string]any{"subtype": "message_changed", "message": m.json(false), "previous_message": was})
}

// Unfurl hangs a preview on a message, as Slack does some moments after a link: no edit.
func (s *Server) Unfurl(channel, ts string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, m := s.standing(channel, ts)
	now := m.json(false)
	now["attachments"] = []any{map[string]any{"from_url": "https://example.org", "title": "A page"}}
	s.hidden(c, map[string]any{"subtype": "message_changed", "message": now, "previous_message": m.json(false)})
}

// Delete removes a message. The root of a thread leaves a tombstone.
func (s *Server) Delete(channel, ts string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, m := s.standing(channel, ts)
	s.remove(c, m)
}

// remove takes a message away. The caller holds the lock.
func (s *Server) remove(c *channel, m *message) {
	was := m.json(false)
	if len(c.replies(m.ts)) > 0 {
		m.subtype, m.text, m.tomb, m.user, m.blocks = "tombstone", "This message was deleted.", true, "USLACKBOT", nil
		s.hidden(c, map[string]any{"subtype": "message_changed", "message": m.json(false), "previous_message": was})
		return
	}
	m.deleted = true
	s.hidden(c, map[string]any{"subtype": "message_deleted", "deleted_ts": m.ts, "previous_message": was})
}

// hidden tells of what happened to a message. The caller holds the lock.
func (s *Server) hidden(c *channel, e map[string]any) {
	ts := s.stamp()
	e["type"], e["hidden"], e["channel"], e["ts"], e["event_ts"], e["channel_type"] = "message", true, c.id, ts, ts, c.kind
	s.tell(c, "message."+plural(c.kind), e)
}

// React sets or removes somebody's reaction. Setting what is set already is nothing.
func (s *Server) React(user, channel, ts, emoji string, present bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, m := s.standing(channel, ts)
	s.reacted(c, m, user, emoji, present)
}

// reacted says whether anything changed. The caller holds the lock.
func (s *Server) reacted(c *channel, m *message, user, emoji string, present bool) bool {
	i := slices.IndexFunc(m.reactions, func(r reaction) bool { return r.name == emoji })
	if i < 0 && present {
		m.reactions = append(m.reactions, reaction{name: emoji})
		i = len(m.reactions) - 1
	}
	if i < 0 || slices.Contains(m.reactions[i].users, user) == present {
		return false
	}
	kind := "reaction_added"
	if present {
		m.reactions[i].users = append(m.reactions[i].users, user)
	} else {
		kind = "reaction_removed"
		m.reactions[i].users = slices.DeleteFunc(m.reactions[i].users, func(u string) bool { return u == user })
		if len(m.reactions[i].users) == 0 {
			m.reactions = slices.Delete(m.reactions, i, i+1)
		}
	}
	e := map[string]any{
		"type": kind, "user": user, "reaction": emoji, "event_ts": s.stamp(),
		"item": map[string]any{"type": "message", "channel": c.id, "ts": m.ts},
	}
	set(e, "item_user", m.user)
	s.tell(c, kind, e)
	return true
}

// Join lets somebody enter a channel; Slack posts a line about it too.
func (s *Server) Join(user, channel string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channels[channel]
	c.members = append(c.members, user)
	s.moved("member_joined_channel", user, c)
	m := &message{channel: c, ts: s.stamp(), user: user, subtype: "channel_join", text: "<@" + user + "> has joined the channel"}
	s.stands(m)
}

// Leave lets somebody leave a channel.
func (s *Server) Leave(user, channel string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channels[channel]
	s.moved("member_left_channel", user, c)
	c.members = slices.DeleteFunc(c.members, func(u string) bool { return u == user })
}

func (s *Server) moved(kind, user string, c *channel) {
	letter := map[string]string{"channel": "C", "group": "G"}[c.kind]
	s.tell(c, kind, map[string]any{"type": kind, "user": user, "channel": c.id, "channel_type": letter, "team": s.opts.Team})
}

// Arrive lets somebody enter the workspace. The event's user is an object.
func (s *Server) Arrive(p Person) {
	s.AddPerson(p)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tell(nil, "team_join", map[string]any{"type": "team_join", "user": s.account(s.people[p.ID])})
}

// OpenHome lets somebody look at the app's Home tab.
func (s *Server) OpenHome(user string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tell(nil, "app_home_opened", map[string]any{"type": "app_home_opened", "user": user, "channel": s.direct(user).id, "tab": "home", "event_ts": s.stamp()})
}

// Revoke takes the bot token back: the app is told, and from then on every method refuses it.
func (s *Server) Revoke() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tell(nil, "tokens_revoked", map[string]any{"type": "tokens_revoked", "tokens": map[string]any{"oauth": []string{}, "bot": []string{BotUser}}})
	s.botToken = "xoxb-" + secret()
}

// raw makes JSON of what the stand-in itself has put together.
func raw(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}
