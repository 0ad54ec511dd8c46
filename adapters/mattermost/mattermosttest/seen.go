package mattermosttest

import (
	"slices"
	"strings"
)

// Seen is what people see of the bot.
type Seen struct {
	ID, Channel, Root string
	Key               string   // the property "gofirst_key"
	For               string   // who alone sees it; empty where a whole channel does
	Markup            string   // as it was sent
	Text              string   // as it is read
	Buttons           []string // labels
	Pings             []string // who is notified
	Links             []string // where one gets by clicking on words that do not show the address
	Broken            []string // markup that came from nowhere: headings, code blocks, emojis, …
	ByResponse        bool     // it was shown by the server for a command or a press
	Files             int
}

// Posts gives what the bot said and what stands, in the order in which it came.
func (s *Server) Posts() (all []Seen) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range s.order {
		p := s.posts[id]
		if p.DeleteAt > 0 || p.UserID != s.self.ID && p.replyTo == "" || strings.HasPrefix(p.Type, "system_") && p.only == "" {
			continue
		}
		all = append(all, s.view(p))
	}
	return all
}

func (s *Server) view(p *Post) Seen {
	shown := s.Parse(p.Message)
	x := Seen{
		ID: p.ID, Channel: p.ChannelID, Root: p.RootID, Markup: p.Message, Text: shown.Text, Pings: shown.Pings, Broken: shown.Broken,
		ByResponse: p.replyTo != "", Files: len(p.FileIDs), For: p.only,
	}
	x.Key, _ = p.Props["gofirst_key"].(string)
	if other := s.other(s.channels[p.ChannelID]); other != "" && x.For == "" {
		x.For = other
	}
	for _, l := range shown.Links {
		if visible(l.Words) != l.Target {
			x.Links = append(x.Links, l.Target)
		}
	}
	for _, a := range p.actions() {
		x.Buttons = append(x.Buttons, visible(a.Name))
	}
	return x
}

// Reactions tells who has reacted to a post: "user emoji".
func (s *Server) Reactions(post string) (all []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p := s.posts[post]; p != nil {
		for x := range p.reactions {
			all = append(all, x)
		}
	}
	slices.Sort(all)
	return all
}

// visible leaves out what nobody sees.
func visible(s string) string { return strings.ReplaceAll(s, "\u200b", "") }
