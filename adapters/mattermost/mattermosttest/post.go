package mattermosttest

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// Post is a post as the server keeps it.
type Post struct {
	ID            string         `json:"id"`
	CreateAt      int64          `json:"create_at"`
	UpdateAt      int64          `json:"update_at"`
	EditAt        int64          `json:"edit_at"`
	DeleteAt      int64          `json:"delete_at"`
	IsPinned      bool           `json:"is_pinned"`
	UserID        string         `json:"user_id"`
	ChannelID     string         `json:"channel_id"`
	RootID        string         `json:"root_id"`
	OriginalID    string         `json:"original_id"`
	Message       string         `json:"message"`
	Type          string         `json:"type"`
	Props         map[string]any `json:"props"`
	Hashtags      string         `json:"hashtags"`
	FileIDs       []string       `json:"file_ids,omitempty"`
	PendingPostID string         `json:"pending_post_id"`
	ReplyCount    int64          `json:"reply_count"`

	only      string // who alone sees it
	reactions map[string]int64
	replyTo   string // the URL of the response that made it, for none other
}

// maxRunes is the longest text of a post.
const maxRunes = 16383

// seen gives a post as clients get it: what belongs to a button's integration stays on the server.
func (p *Post) seen() *Post {
	shown := *p
	shown.Props = maps.Clone(p.Props)
	if raw, ok := p.Props["attachments"]; ok {
		var list []map[string]any
		b, _ := json.Marshal(raw)
		_ = json.Unmarshal(b, &list)
		for _, at := range list {
			actions, _ := at["actions"].([]any)
			for _, x := range actions {
				if m, ok := x.(map[string]any); ok {
					delete(m, "integration")
				}
			}
		}
		shown.Props["attachments"] = list
	}
	return &shown
}

// attachment is what of a post's attachments matters here.
type attachment struct {
	Text    string   `json:"text"`
	Actions []action `json:"actions"`
}

type action struct {
	ID          string `json:"id"`
	Type        string `json:"type"`
	Name        string `json:"name"`
	Integration *struct {
		URL     string         `json:"url"`
		Context map[string]any `json:"context"`
	} `json:"integration"`
}

func (p *Post) actions() (all []action) {
	var list []attachment
	b, _ := json.Marshal(p.Props["attachments"])
	_ = json.Unmarshal(b, &list)
	for _, at := range list {
		all = append(all, at.Actions...)
	}
	return all
}

// refusal is an error as the API gives it.
type refusal struct {
	ID            string `json:"id"`
	Message       string `json:"message"`
	DetailedError string `json:"detailed_error"`
	RequestID     string `json:"request_id"`
	Status        int    `json:"status_code"`
}

func refused(status int, id string) *refusal {
	return &refusal{ID: id, Message: "The server says no.", Status: status}
}

// create checks a post as the server does, and keeps it.
func (s *Server) create(p *Post) *refusal {
	c := s.channels[p.ChannelID]
	switch {
	case c == nil || !c.members[p.UserID]:
		return refused(403, "api.context.permissions.app_error")
	case c.Archived:
		return refused(400, "api.post.create_post.can_not_post_to_deleted.error")
	case utf8.RuneCountInString(p.Message) > maxRunes:
		return refused(400, "model.post.is_valid.message_length.app_error")
	}
	if no := s.checkRoot(p); no != nil {
		return no
	}
	if no := checkActions(p.actions()); no != nil {
		return no
	}
	s.keep(p, c)
	return nil
}

func (s *Server) checkRoot(p *Post) *refusal {
	if p.RootID == "" {
		return nil
	}
	root := s.posts[p.RootID]
	switch {
	case root == nil || root.DeleteAt > 0:
		return refused(400, "api.post.create_post.root_id.app_error")
	case root.ChannelID != p.ChannelID:
		return refused(500, "api.post.create_post.channel_root_id.app_error")
	case root.RootID != "":
		return refused(400, "api.post.create_post.root_id.app_error")
	}
	root.ReplyCount++
	root.UpdateAt = s.now()
	return nil
}

// checkActions refuses buttons whose press the server's own routes would not find.
func checkActions(actions []action) *refusal {
	for _, a := range actions {
		odd := strings.IndexFunc(a.ID, func(r rune) bool {
			return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9')
		})
		if a.ID == "" || odd >= 0 || a.Name == "" || a.Type != "button" || a.Integration == nil || !strings.HasPrefix(a.Integration.URL, "http") {
			return refused(400, "model.post.is_valid.props.app_error")
		}
	}
	return nil
}

func (s *Server) keep(p *Post, c *Channel) {
	p.ID, p.CreateAt = s.id(), s.now()
	p.UpdateAt, c.lastPost = p.CreateAt, p.CreateAt
	if p.Props == nil {
		p.Props = map[string]any{}
	}
	if u := s.users[p.UserID]; u != nil && u.IsBot {
		p.Props["from_bot"] = "true"
	}
	p.reactions = map[string]int64{}
	s.posts[p.ID] = p
	s.order = append(s.order, p.ID)
	s.announcePost("posted", p, c)
}

// announcePost tells of a post: the post as JSON inside a string, who is mentioned likewise, and only if anybody is.
func (s *Server) announcePost(kind string, p *Post, c *Channel) {
	data := map[string]any{"post": inString(p.seen())}
	if kind == "posted" {
		data["channel_type"], data["channel_name"], data["team_id"] = c.Type, c.Name, c.Team
		data["channel_display_name"], data["sender_name"], data["set_online"] = c.Name, "", true
		if u := s.users[p.UserID]; u != nil {
			data["sender_name"] = "@" + u.Username
		}
		if ids := s.mentioned(p, c); len(ids) > 0 {
			data["mentions"] = inString(ids)
		}
	}
	s.broadcast(kind, data, c.ID, "", "")
}

func (s *Server) mentioned(p *Post, c *Channel) (ids []string) {
	if other := s.other(c); other != "" {
		if p.UserID != s.self.ID {
			return []string{s.self.ID}
		}
		return []string{other}
	}
	for _, name := range s.Parse(p.Message).Pings {
		if u := s.userNamed(strings.TrimPrefix(name, "@")); u != nil {
			ids = append(ids, u.ID)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func inString(v any) string {
	b, _ := json.Marshal(v)
	return string(b)
}
