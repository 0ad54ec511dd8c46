package discordtest

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// routeAbout serves what the bot asks about itself, guilds and people.
func (s *Server) routeAbout(api *http.ServeMux) {
	get := func(path string, f func(*http.Request) (any, *refusal)) {
		api.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
			s.mu.Lock()
			defer s.mu.Unlock()
			v, no := f(r)
			if no != nil {
				no.write(w)
				return
			}
			reply(w, http.StatusOK, v)
		})
	}
	get("/gateway/bot", func(*http.Request) (any, *refusal) {
		out := map[string]any{"url": s.gatewayURL(), "shards": s.opts.Shards}
		if !s.opts.WithoutStartLimit {
			out["session_start_limit"] = map[string]any{
				"total": 1000, "remaining": max(s.opts.StartsLeft, 0), "reset_after": 14400000, "max_concurrency": s.opts.MaxConcurrency,
			}
		}
		return out, nil
	})
	get("/users/@me", func(*http.Request) (any, *refusal) { return s.userJSON(s.Bot), nil })
	get("/users/@me/guilds", s.ownGuilds)
	get("/users/{user}", func(r *http.Request) (any, *refusal) {
		if s.users[r.PathValue("user")] == nil {
			return nil, unknownUser
		}
		return s.userJSON(r.PathValue("user")), nil
	})
	get("/applications/@me", func(*http.Request) (any, *refusal) {
		out := map[string]any{"id": s.Application, "name": "gofirst", "flags": s.flags(), "verify_key": s.PublicKey, "interactions_endpoint_url": nil, "bot": s.userJSON(s.Bot)}
		if s.endpoint != "" {
			out["interactions_endpoint_url"] = s.endpoint
		}
		return out, nil
	})
	get("/channels/{channel}", func(r *http.Request) (any, *refusal) {
		c, no := s.reach(r.PathValue("channel"), permissionView)
		if no != nil {
			return nil, no
		}
		return s.channelJSON(c), nil
	})
	s.routeGuilds(get)
	api.HandleFunc("POST /users/@me/channels", s.converse)
}

func (s *Server) routeGuilds(get func(string, func(*http.Request) (any, *refusal))) {
	in := func(path string, f func(*guild, *http.Request) (any, *refusal)) {
		get("/guilds/{guild}"+path, func(r *http.Request) (any, *refusal) {
			g := s.guilds[r.PathValue("guild")]
			if g == nil {
				return nil, unknownGuild
			}
			return f(g, r)
		})
	}
	in("", func(g *guild, _ *http.Request) (any, *refusal) {
		return map[string]any{"id": g.id, "name": g.name, "roles": rolesJSON(g), "owner_id": g.id}, nil
	})
	in("/channels", func(g *guild, _ *http.Request) (any, *refusal) {
		out := []any{}
		for _, c := range g.channels {
			if !c.thread() { // channels that the bot may not see are listed too
				out = append(out, s.channelJSON(c))
			}
		}
		return out, nil
	})
	in("/threads/active", func(g *guild, _ *http.Request) (any, *refusal) {
		out := []any{}
		for _, c := range g.channels {
			if c.thread() && !c.archived && s.allows(c, permissionView) {
				out = append(out, s.channelJSON(c))
			}
		}
		return map[string]any{"threads": out, "members": []any{}}, nil
	})
	in("/roles", func(g *guild, _ *http.Request) (any, *refusal) { return rolesJSON(g), nil })
	in("/members/search", func(g *guild, r *http.Request) (any, *refusal) {
		query, out := strings.ToLower(r.URL.Query().Get("query")), []any{}
		if query == "" {
			return nil, wrong("query", "BASE_TYPE_REQUIRED", "This field is required")
		}
		for _, id := range g.members {
			u := s.users[id]
			if strings.HasPrefix(strings.ToLower(u.name), query) || strings.HasPrefix(strings.ToLower(u.display), query) {
				out = append(out, s.memberJSON(g, id, true))
			}
		}
		return out, nil
	})
	in("/members/{user}", func(g *guild, r *http.Request) (any, *refusal) {
		if !slices.Contains(g.members, r.PathValue("user")) {
			return nil, unknownMember
		}
		return s.memberJSON(g, r.PathValue("user"), true), nil
	})
	in("/members", s.listMembers)
}

func (s *Server) listMembers(g *guild, r *http.Request) (any, *refusal) {
	if s.opts.WithoutMembers {
		return nil, missingAccess
	}
	limit, err := strconv.Atoi(r.URL.Query().Get("limit"))
	if err != nil || limit < 1 || limit > 1000 {
		limit = 1
	}
	after := number(r.URL.Query().Get("after"))
	ids := slices.Clone(g.members)
	slices.SortFunc(ids, func(a, b string) int { return compare(number(a), number(b)) })
	out := []any{}
	for _, id := range ids {
		if number(id) > after && len(out) < limit {
			out = append(out, s.memberJSON(g, id, true))
		}
	}
	return out, nil
}

func (s *Server) ownGuilds(r *http.Request) (any, *refusal) {
	after, out := number(r.URL.Query().Get("after")), []any{}
	for _, id := range s.order {
		if number(id) > after && len(out) < 200 {
			out = append(out, map[string]any{"id": id, "name": s.guilds[id].name, "permissions": "0", "owner": false})
		}
	}
	return out, nil
}

// converse opens the conversation with a person. It is the same one each time.
func (s *Server) converse(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Recipient string `json:"recipient_id"`
	}
	if _, no := decoded(r, &body); no != nil {
		no.write(w)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.users[body.Recipient]
	if u == nil {
		wrong("recipient_id", "INVALID_RECIPIENTS", "Invalid Recipient(s)").write(w)
		return
	}
	if u.bot {
		closedMessages.write(w)
		return
	}
	reply(w, http.StatusOK, s.channelJSON(s.direct(u.id)))
}

func (s *Server) direct(person string) *channel {
	for _, c := range s.channels {
		if c.kind == directChannel && c.with == person {
			return c
		}
	}
	c := &channel{id: s.snowflake(), kind: directChannel, with: person}
	s.channels[c.id] = c
	return c
}

// reach finds a channel in which the bot may do something.
func (s *Server) reach(id string, permission uint64) (*channel, *refusal) {
	c := s.channels[id]
	switch {
	case c == nil && number(id) == 0:
		return nil, wrong("channel_id", "NUMBER_TYPE_COERCE", "Value is not snowflake.")
	case c == nil:
		return nil, unknownChannel
	case !s.allows(c, permissionView):
		return nil, missingAccess
	case !s.allows(c, permission):
		return nil, lacking
	}
	return c, nil
}

func number(id string) uint64 {
	n, _ := strconv.ParseUint(id, 10, 64)
	return n
}

func compare(a, b uint64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
