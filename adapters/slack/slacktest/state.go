package slacktest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// person is an account.
type person struct {
	ID, Handle, Name, Email, Zone, Locale string
	Bot, Deleted                          bool
	botID                                 string
}

// Person furnishes an account.
type Person struct {
	ID     string // "U" and capitals and digits
	Handle string
	Name   string
	Email  string
	Zone   string
	Locale string
	Bot    bool
}

// group is a user group.
type group struct {
	id, handle string
	users      []string
}

// channel is a room or a direct conversation.
type channel struct {
	id, name, kind string // channel, group, im
	user           string // the other one, of an im
	members        []string
	archived       bool
	messages       []*message // in the order of their timestamps
}

// message is what stands in a channel, or is shown in it to one person.
type message struct {
	channel                 *channel
	ts, thread              string
	user, botID, username   string
	text, subtype, only     string
	blocks                  json.RawMessage
	metadata                json.RawMessage
	edited                  string // when
	files                   int
	reactions               []reaction
	deleted, tomb, postedIn bool
	linkNames, parseFull    bool
	odd                     map[string]any // fields of its JSON as somebody else's app makes them
}

type reaction struct {
	name  string
	users []string
}

// AddPerson adds an account.
func (s *Server) AddPerson(p Person) {
	s.mu.Lock()
	defer s.mu.Unlock()
	x := &person{ID: p.ID, Handle: p.Handle, Name: p.Name, Email: p.Email, Zone: p.Zone, Locale: p.Locale, Bot: p.Bot}
	if p.Bot {
		x.botID = "B" + strings.TrimPrefix(p.ID, "U")
	}
	s.people[p.ID] = x
}

// AddChannel adds a public channel, or a private one where its identifier begins with "G", with its members. The bot
// is in it where it is named.
func (s *Server) AddChannel(id, name string, members ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	kind := "channel"
	if strings.HasPrefix(id, "G") {
		kind = "group"
	}
	s.channels[id] = &channel{id: id, name: name, kind: kind, members: members}
}

// AddGroup adds a user group.
func (s *Server) AddGroup(id, handle string, users ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.groups = append(s.groups, &group{id, handle, users})
}

// Archive archives a channel.
func (s *Server) Archive(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channels[id].archived = true
}

// AddDirect adds the conversation between a person and the bot, under an identifier of choice.
func (s *Server) AddDirect(id, user string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channels[id] = &channel{id: id, kind: "im", user: user, members: []string{user, BotUser}}
}

// direct gives the conversation between a person and the bot. The caller holds the lock.
func (s *Server) direct(user string) *channel {
	for _, c := range s.channels {
		if c.kind == "im" && c.user == user {
			return c
		}
	}
	id := "D" + strings.TrimPrefix(user, "U")
	if s.channels[id] == nil {
		s.channels[id] = &channel{id: id, kind: "im", user: user, members: []string{user, BotUser}}
	}
	return s.channels[id]
}

// Direct is the identifier of the conversation between a person and the bot.
func (s *Server) Direct(user string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.direct(user).id
}

func (c *channel) has(user string) bool {
	for _, m := range c.members {
		if m == user {
			return true
		}
	}
	return false
}

// find gives a message that stands in a channel.
func (c *channel) find(ts string) *message {
	for _, m := range slices.Backward(c.messages) {
		if m.ts == ts && !m.deleted {
			return m
		}
	}
	return nil
}

// replies gives what stands in a thread, without its root.
func (c *channel) replies(root string) (all []*message) {
	for _, m := range c.messages {
		if m.thread == root && m.ts != root && !m.deleted && m.only == "" {
			all = append(all, m)
		}
	}
	return all
}

// json gives a message as histories and events hold it.
func (m *message) json(metadata bool) map[string]any {
	j := map[string]any{"type": "message", "ts": m.ts, "text": m.text}
	set(j, "user", m.user)
	set(j, "bot_id", m.botID)
	set(j, "username", m.username)
	set(j, "subtype", m.subtype)
	set(j, "thread_ts", m.thread)
	if m.edited != "" {
		j["edited"] = map[string]any{"user": m.user, "ts": m.edited}
	}
	if len(m.blocks) > 0 {
		j["blocks"] = m.blocks
	}
	if m.files > 0 {
		j["files"] = make([]map[string]any, m.files)
	}
	m.addMetadata(j, metadata)
	if replies := m.channel.replies(m.ts); len(replies) > 0 {
		j["thread_ts"], j["reply_count"], j["latest_reply"] = m.ts, len(replies), replies[len(replies)-1].ts
	}
	for _, r := range m.reactions {
		list, _ := j["reactions"].([]map[string]any)
		j["reactions"] = append(list, map[string]any{"name": r.name, "users": r.users, "count": len(r.users)})
	}
	maps.Copy(j, m.odd)
	return j
}

func (m *message) addMetadata(j map[string]any, payload bool) {
	if len(m.metadata) == 0 {
		return
	}
	var x map[string]any
	if err := json.Unmarshal(m.metadata, &x); err != nil {
		return
	}
	if !payload {
		x["event_payload"] = map[string]any{}
	}
	j["metadata"] = x
}

func set(j map[string]any, key, value string) {
	if value != "" {
		j[key] = value
	}
}

func itoa[I int | int64](n I) string { return strconv.FormatInt(int64(n), 10) }

// next gives a fresh identifier of a kind. The caller holds the lock.
func (s *Server) next(kind string) string {
	s.serial++
	return fmt.Sprintf("%s%08X", kind, s.serial)
}
