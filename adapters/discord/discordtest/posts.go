package discordtest

import (
	"slices"
	"strings"
)

// Post is a message of the bot as people see it.
type Post struct {
	ID, Channel string
	For         string // who alone sees it; empty where everybody in the channel does
	Content     string // as it was sent
	Read        Reading
	Buttons     []Button
	Pings       []string // who was notified
	ReplyTo     string
	Alt         []string // what the pictures show
	Flags       int
}

// Button is a button of a post.
type Button struct{ Label, Value string }

// Posts gives what of the bot stands in the service, oldest first.
func (s *Server) Posts() []Post {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []Post
	for _, c := range s.channels {
		for _, m := range c.messages {
			if m.author == s.Bot && m.kind != 18 {
				all = append(all, s.post(c, m))
			}
		}
	}
	slices.SortFunc(all, func(a, b Post) int { return compare(number(a.ID), number(b.ID)) })
	return all
}

func (s *Server) post(c *channel, m *message) Post {
	p := Post{ID: m.id, Channel: m.channel, For: m.only, Content: m.content, Read: Read(m.content), Pings: slices.Clone(m.pings), Buttons: buttons(m), Flags: m.flags}
	if c.kind == directChannel {
		p.For = c.with
	}
	if m.refers != nil {
		p.ReplyTo = m.refers.message
	}
	for _, a := range m.attachments {
		alt, _ := a["description"].(string)
		p.Alt = append(p.Alt, alt)
	}
	return p
}

func buttons(m *message) (all []Button) {
	for _, row := range m.components {
		r, _ := row.(map[string]any)
		in, _ := r["components"].([]any)
		for _, v := range in {
			b, _ := v.(map[string]any)
			label, _ := b["label"].(string)
			value, _ := b["custom_id"].(string)
			all = append(all, Button{label, value})
		}
	}
	return all
}

// Reactions gives the bot's reactions on a message.
func (s *Server) Reactions(channelID, messageID string) (emojis []string) {
	s.deed(channelID, messageID, func(_ *channel, m *message) {
		for e, who := range m.reactions {
			if slices.Contains(who, s.Bot) {
				emojis = append(emojis, e)
			}
		}
	})
	slices.SortFunc(emojis, strings.Compare)
	return emojis
}

// Permalink gives the link to a message, as people copy it.
func (s *Server) Permalink(channelID, messageID string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	guild := "@me"
	if c := s.channels[channelID]; c != nil && c.guild != "" {
		guild = c.guild
	}
	return "https://discord.com/channels/" + guild + "/" + channelID + "/" + messageID
}
