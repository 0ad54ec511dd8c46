package slacktest

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// Post is a message of the bot as it stands, or as it is shown to one person.
type Post struct {
	Channel, TS, Thread string
	For                 string // who alone sees it; empty where all in the channel do
	Text                string // what a person reads
	Fallback            string // the text as it was sent, for notifications
	Blocks              string // JSON, as it was sent
	Buttons             []Button
	Pings               []string // who is notified
	Links               []string // where words lead that do not show the address
	Key                 string
	Alt                 []string // of its pictures
	Edited              bool
}

// Button is a button as somebody sees it, and what it carries.
type Button struct{ Label, Value, Action string }

// Posts gives all that the bot said and that still stands, in the order in which it came. What it wrote to a person
// directly is for that person.
func (s *Server) Posts() (all []Post) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var messages []*message
	for _, c := range s.channels {
		for _, m := range c.messages {
			if m.user == BotUser && !m.deleted && !m.tomb && m.subtype != "channel_join" {
				messages = append(messages, m)
			}
		}
	}
	slices.SortFunc(messages, func(a, b *message) int { return int(number(a.ts) - number(b.ts)) })
	for _, m := range messages {
		all = append(all, s.look(m))
	}
	return all
}

// Post gives one message of the bot; it is empty where none stands.
func (s *Server) Post(channel, ts string) Post {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channels[channel]
	if c == nil || c.find(ts) == nil {
		return Post{}
	}
	return s.look(c.find(ts))
}

// Home gives somebody's Home tab; it is empty where none was published.
func (s *Server) Home(user string) Post {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.homes[user]
}

// Reactions gives who reacted to a message, by emoji.
func (s *Server) Reactions(channel, ts string) map[string][]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, m := s.standing(channel, ts)
	all := map[string][]string{}
	for _, r := range m.reactions {
		all[r.name] = slices.Clone(r.users)
	}
	return all
}

// WaitPosts waits until so many posts stand, or a while has passed.
func (s *Server) WaitPosts(n int, d time.Duration) []Post {
	timer := time.NewTimer(d)
	defer timer.Stop()
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		if all := s.Posts(); len(all) >= n {
			return all
		}
		select {
		case <-changed:
		case <-timer.C:
			return s.Posts()
		}
	}
}

// look makes of a message what people see. The caller holds the lock.
func (s *Server) look(m *message) Post {
	v := viewer{s: s}
	var blocks []map[string]any
	_ = json.Unmarshal(m.blocks, &blocks) // checked when it came
	for _, b := range blocks {
		v.block(b)
	}
	words := v.s.parse(m.text, m.linkNames, m.parseFull)
	if len(blocks) == 0 {
		v.text.WriteString(words.Text)
		v.links = words.Links
	}
	p := Post{
		TS: m.ts, Thread: m.thread, For: m.only, Text: strings.TrimSuffix(v.text.String(), "\n"), Fallback: m.text, Blocks: string(m.blocks),
		Buttons: v.buttons, Links: v.links, Alt: v.alt, Edited: m.edited != "", Key: keyOf(m.metadata),
		Pings: slices.Compact(slices.Sorted(slices.Values(append(v.pings, words.Pings...)))),
	}
	if m.channel != nil {
		p.Channel = m.channel.id
		if m.channel.kind == "im" {
			p.For = m.channel.user
		}
	}
	return p
}

func keyOf(metadata json.RawMessage) string {
	var x struct {
		Event_Payload struct{ Key string }
	}
	_ = json.Unmarshal(metadata, &x) // empty where there is none
	return x.Event_Payload.Key
}

// viewer reads blocks as a person does.
type viewer struct {
	s       *Server
	text    strings.Builder
	pings   []string
	links   []string
	buttons []Button
	alt     []string
}

func (v *viewer) block(b map[string]any) {
	switch b["type"] {
	case "rich_text":
		for _, e := range list(b, "elements") {
			v.part(e)
		}
	case "section", "header":
		o, _ := b["text"].(map[string]any)
		words, _ := o["text"].(string)
		if o["type"] == "mrkdwn" {
			p := v.s.parse(words, false, false)
			words = p.Text
			v.pings, v.links = append(v.pings, p.Pings...), append(v.links, p.Links...)
		}
		v.line(words)
	case "image":
		alt, _ := b["alt_text"].(string)
		v.alt = append(v.alt, alt)
	case "actions":
		for _, e := range list(b, "elements") {
			o, _ := e["text"].(map[string]any)
			label, _ := o["text"].(string)
			value, _ := e["value"].(string)
			id, _ := e["action_id"].(string)
			v.buttons = append(v.buttons, Button{label, value, id})
		}
	}
}

func (v *viewer) line(s string) { v.text.WriteString(s + "\n") }

func (v *viewer) part(e map[string]any) {
	inner := v.inline(list(e, "elements"))
	switch e["type"] {
	case "rich_text_quote":
		inner = "> " + strings.ReplaceAll(inner, "\n", "\n> ")
	case "rich_text_list":
		inner = ""
		for i, item := range list(e, "elements") {
			if i > 0 {
				inner += "\n"
			}
			inner += "• " + v.inline(list(item, "elements"))
		}
	}
	v.line(inner)
}

func (v *viewer) inline(all []map[string]any) string {
	var b strings.Builder
	for _, e := range all {
		get := func(key string) string { x, _ := e[key].(string); return x }
		switch e["type"] {
		case "text":
			b.WriteString(get("text"))
		case "link":
			if shown := get("text"); shown != "" && shown != get("url") {
				b.WriteString(shown)
				v.links = append(v.links, get("url"))
			} else {
				b.WriteString(get("url"))
			}
		case "user":
			b.WriteString("@" + v.s.nameOf(get("user_id")))
			v.pings = append(v.pings, get("user_id"))
		case "channel":
			b.WriteString("#" + v.s.roomName(get("channel_id")))
		case "usergroup":
			v.pings = append(v.pings, get("usergroup_id"))
		case "broadcast":
			b.WriteString("@" + get("range"))
			v.pings = append(v.pings, get("range"))
		case "emoji":
			b.WriteString(":" + get("name") + ":")
		}
	}
	return b.String()
}

func (s *Server) nameOf(id string) string {
	if p := s.people[id]; p != nil {
		return p.Name
	}
	return id
}

func (s *Server) roomName(id string) string {
	if c := s.channels[id]; c != nil {
		return c.name
	}
	return id
}
