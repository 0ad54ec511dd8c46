package discordtest

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// place puts a message into its channel and tells all sessions.
func (s *Server) place(c *channel, m *message) {
	if m.id == "" {
		m.id = s.snowflake()
	}
	c.messages = append(c.messages, m)
	if m.only != "" {
		s.change()
		return
	}
	s.dispatch("MESSAGE_CREATE", c.guild, messageIntent(c), func(x *session) any {
		out := s.located(c, s.messageJSON(m, x.intents&intentContent != 0))
		if m.nonce != "" && m.author == s.Bot {
			out["nonce"] = m.nonce
		}
		if g := s.guilds[c.guild]; g != nil && !m.webhook {
			out["member"] = s.memberJSON(g, m.author, false)
		}
		return out
	})
}

func messageIntent(c *channel) int {
	if c.kind == directChannel {
		return intentDirect
	}
	return intentMessages
}

func (s *Server) located(c *channel, out map[string]any) map[string]any {
	if c.guild != "" {
		out["guild_id"] = c.guild
	}
	return out
}

func (s *Server) updated(c *channel, m *message) {
	s.dispatch("MESSAGE_UPDATE", c.guild, messageIntent(c), func(x *session) any {
		return s.located(c, s.messageJSON(m, x.intents&intentContent != 0))
	})
}

func (s *Server) remove(c *channel, m *message) {
	c.messages = slices.DeleteFunc(c.messages, func(x *message) bool { return x == m })
	s.dispatch("MESSAGE_DELETE", c.guild, messageIntent(c), func(*session) any {
		return s.located(c, map[string]any{"id": m.id, "channel_id": c.id})
	})
}

func (s *Server) patchMessage(w http.ResponseWriter, r *http.Request) {
	var d draft
	files, no := decoded(r, &d)
	if no != nil {
		no.write(w)
		return
	}
	s.onMessage(w, r, 0, func(c *channel, m *message) {
		if m.author != s.Bot {
			notOurs.write(w)
			return
		}
		changed, no := s.drafted(d, files, flagSuppressEmbeds)
		if no != nil {
			no.write(w)
			return
		}
		m.content, m.components, m.mentions, m.edited = changed.content, changed.components, changed.mentions, s.opts.Now()
		s.updated(c, m)
		reply(w, http.StatusOK, s.messageJSON(m, true))
	})
}

// listMessages gives a page, newest first. With "after" it is the page that follows that message.
func (s *Server) listMessages(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, no := s.reach(r.PathValue("channel"), permissionView)
	if no != nil {
		no.write(w)
		return
	}
	limit, err := strconv.Atoi(r.URL.Query().Get("limit"))
	if err != nil {
		limit = 50
	}
	if limit < 1 || limit > 100 {
		wrong("limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 100.").write(w)
		return
	}
	var all []*message
	for _, m := range c.messages {
		if m.only == "" && s.allows(c, permissionHistory) && number(m.id) > number(r.URL.Query().Get("after")) {
			all = append(all, m)
		}
	}
	if r.URL.Query().Has("after") {
		all = all[:min(limit, len(all))]
	} else {
		all = all[max(0, len(all)-limit):]
	}
	out := []any{}
	for _, m := range slices.Backward(all) {
		out = append(out, s.messageJSON(m, !s.opts.WithoutContent))
	}
	reply(w, http.StatusOK, out)
}

// archivedThreads lists the closed threads of a channel, those first that were closed last.
func (s *Server) archivedThreads(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, no := s.reach(r.PathValue("channel"), permissionHistory)
	if no != nil {
		no.write(w)
		return
	}
	out := []any{}
	for _, t := range slices.Backward(s.guilds[c.guild].channels) {
		if t.parent == c.id && t.archived {
			out = append(out, s.channelJSON(t))
		}
	}
	reply(w, http.StatusOK, map[string]any{"threads": out, "members": []any{}, "has_more": false})
}

func (s *Server) ownReaction(w http.ResponseWriter, r *http.Request) {
	s.onMessage(w, r, permissionReact|permissionHistory, func(c *channel, m *message) {
		emoji, _ := url.PathUnescape(r.PathValue("emoji"))
		name, id, custom := strings.Cut(emoji, ":")
		if custom && (name == "" || number(id) == 0) || !custom && utf8.RuneCountInString(emoji) == len(emoji) {
			unknownEmoji.write(w)
			return
		}
		s.react(c, m, s.Bot, emoji, r.Method == http.MethodPut)
		reply(w, http.StatusNoContent, nil)
	})
}

func (s *Server) react(c *channel, m *message, who, emoji string, present bool) {
	if m.reactions == nil {
		m.reactions = map[string][]string{}
	}
	if slices.Contains(m.reactions[emoji], who) == present {
		return
	}
	kind := "MESSAGE_REACTION_ADD"
	if present {
		m.reactions[emoji] = append(m.reactions[emoji], who)
	} else {
		kind = "MESSAGE_REACTION_REMOVE"
		m.reactions[emoji] = slices.DeleteFunc(m.reactions[emoji], func(u string) bool { return u == who })
	}
	shown := map[string]any{"id": nil, "name": emoji}
	if name, id, custom := strings.Cut(emoji, ":"); custom {
		shown = map[string]any{"id": id, "name": name}
	}
	intent := intentReactions
	if c.kind == directChannel {
		intent = intentDirectReactions
	}
	s.dispatch(kind, c.guild, intent, func(*session) any {
		out := s.located(c, map[string]any{"user_id": who, "channel_id": c.id, "message_id": m.id, "emoji": shown, "type": 0, "burst": false})
		if g := s.guilds[c.guild]; g != nil && present {
			out["member"], out["message_author_id"] = s.memberJSON(g, who, true), m.author
		}
		return out
	})
}
