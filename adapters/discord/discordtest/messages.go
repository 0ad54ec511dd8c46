package discordtest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"time"
)

const (
	flagSuppressEmbeds = 1 << 2
	flagHasThread      = 1 << 5
	flagEphemeral      = 1 << 6
	flagQuiet          = 1 << 12
)

// draft is the body of a message that the bot sends.
type draft struct {
	Content         *string `json:"content"`
	Nonce           any     `json:"nonce"`
	EnforceNonce    bool    `json:"enforce_nonce"`
	Flags           int     `json:"flags"`
	Components      []any   `json:"components"`
	Embeds          []any   `json:"embeds"`
	AllowedMentions *struct {
		Parse       []string `json:"parse"`
		Users       []string `json:"users"`
		RepliedUser bool     `json:"replied_user"`
	} `json:"allowed_mentions"`
	Reference *struct {
		Message         string `json:"message_id"`
		Channel         string `json:"channel_id"`
		FailIfNotExists *bool  `json:"fail_if_not_exists"`
	} `json:"message_reference"`
	Attachments []struct {
		ID          json.RawMessage `json:"id"`
		Filename    string          `json:"filename"`
		Description string          `json:"description"`
	} `json:"attachments"`
}

func (s *Server) routeMessages(api *http.ServeMux) {
	api.HandleFunc("POST /channels/{channel}/messages", s.postMessage)
	api.HandleFunc("GET /channels/{channel}/messages", s.listMessages)
	api.HandleFunc("GET /channels/{channel}/messages/{message}", func(w http.ResponseWriter, r *http.Request) {
		s.onMessage(w, r, permissionHistory, func(_ *channel, m *message) {
			reply(w, http.StatusOK, s.messageJSON(m, !s.opts.WithoutContent))
		})
	})
	api.HandleFunc("GET /channels/{channel}/threads/archived/public", s.archivedThreads)
	api.HandleFunc("PATCH /channels/{channel}/messages/{message}", s.patchMessage)
	api.HandleFunc("DELETE /channels/{channel}/messages/{message}", func(w http.ResponseWriter, r *http.Request) {
		s.onMessage(w, r, 0, func(c *channel, m *message) {
			if m.author != s.Bot {
				lacking.write(w)
				return
			}
			s.remove(c, m)
			reply(w, http.StatusNoContent, nil)
		})
	})
	for _, method := range []string{"PUT", "DELETE"} {
		api.HandleFunc(method+" /channels/{channel}/messages/{message}/reactions/{emoji}/@me", s.ownReaction)
	}
}

func (s *Server) onMessage(w http.ResponseWriter, r *http.Request, permission uint64, do func(*channel, *message)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, no := s.reach(r.PathValue("channel"), permission)
	if no != nil {
		no.write(w)
		return
	}
	id := r.PathValue("message")
	m := c.message(id)
	switch {
	case number(id) == 0:
		wrong("message_id", "NUMBER_TYPE_COERCE", "Value is not snowflake.").write(w)
	case m == nil || m.only != "":
		unknownMessage.write(w)
	default:
		do(c, m)
	}
}

func (s *Server) postMessage(w http.ResponseWriter, r *http.Request) {
	var d draft
	files, no := decoded(r, &d)
	if no != nil {
		no.write(w)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	m, no := s.posted(r.PathValue("channel"), d, files)
	if no != nil {
		no.write(w)
		return
	}
	out := s.messageJSON(m, true)
	if m.nonce != "" {
		out["nonce"] = m.nonce
	}
	reply(w, http.StatusOK, out)
}

func (s *Server) posted(channelID string, d draft, files []file) (*message, *refusal) {
	c, no := s.reach(channelID, 0)
	if no != nil {
		return nil, no
	}
	needs := uint64(permissionSend)
	if c.thread() {
		needs = permissionThreads
	}
	if len(files) > 0 {
		needs |= permissionAttach
	}
	if d.Reference != nil {
		needs |= permissionHistory
	}
	switch {
	case !s.allows(c, needs):
		return nil, lacking
	case c.kind == directChannel && s.users[c.with].closed:
		return nil, closedMessages
	case c.kind == forumChannel:
		return nil, refuse(http.StatusBadRequest, 50008, "Cannot send messages in a non-text channel")
	case c.archived:
		c.archived = false // whoever may speak reopens it by speaking
	}
	m, no := s.drafted(d, files, flagSuppressEmbeds|flagQuiet)
	if no != nil {
		return nil, no
	}
	if n, ok := s.nonces[m.nonce]; ok && m.nonce != "" && d.EnforceNonce && s.opts.Now().Sub(n.at) < s.opts.NonceWindow {
		return n.m, nil
	}
	if d.Reference != nil {
		if no := s.refer(c, m, d); no != nil {
			return nil, no
		}
	}
	if no := s.limited(c); no != nil {
		return nil, no
	}
	m.channel, m.author = c.id, s.Bot
	s.place(c, m)
	if m.nonce != "" {
		s.nonces[m.nonce] = nonced{m, s.opts.Now()}
	}
	return m, nil
}

func (s *Server) refer(c *channel, m *message, d draft) *refusal {
	strict := d.Reference.FailIfNotExists == nil || *d.Reference.FailIfNotExists
	if to := c.message(d.Reference.Message); to != nil && to.only == "" {
		m.kind, m.refers = 19, &reference{d.Reference.Message, c.id}
		return nil
	}
	if strict {
		return wrong("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
	}
	return nil
}

// limited refuses more than five messages in five seconds to one channel, where the service is told to.
func (s *Server) limited(c *channel) *refusal {
	if !s.opts.RateLimits {
		return nil
	}
	now := s.opts.Now()
	recent := slices.DeleteFunc(s.sends[c.id], func(t time.Time) bool { return now.Sub(t) >= 5*time.Second })
	if len(recent) >= 5 {
		wait := (5*time.Second - now.Sub(recent[0])).Seconds()
		r := refuse(http.StatusTooManyRequests, 0, "You are being rate limited.")
		r.header = http.Header{"Retry-After": {strconv.Itoa(int(wait) + 1)}, "X-Ratelimit-Scope": {"user"}}
		r.extra = map[string]any{"retry_after": wait, "global": false}
		return r
	}
	s.sends[c.id] = append(recent, now)
	return nil
}
