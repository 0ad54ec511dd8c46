package mattermosttest

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// routes are those of the API that a bot needs. All others are 404, as unknown routes are.
func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/v4/websocket", s.serveSocket)
	mux.HandleFunc("POST /hooks/commands/{id}", s.serveResponse)
	mux.HandleFunc("GET /api/v4/system/ping", func(w http.ResponseWriter, _ *http.Request) { write(w, 200, map[string]string{"status": "OK"}) })
	for route, serve := range map[string]func(*http.Request) (int, any){
		"GET /api/v4/users/me":                                       s.getMe,
		"GET /api/v4/users/{id}":                                     s.getUser,
		"POST /api/v4/users/ids":                                     s.usersByIDs,
		"POST /api/v4/users/usernames":                               s.usersByNames,
		"GET /api/v4/users":                                          s.usersInGroup,
		"GET /api/v4/users/{id}/{what}":                              s.getOfUser,
		"GET /api/v4/users/{id}/teams/{team}/channels":               s.getChannels,
		"GET /api/v4/teams/{team}/members/{user}":                    s.getTeamMember,
		"GET /api/v4/channels/{id}":                                  s.getChannel,
		"GET /api/v4/channels/{id}/members":                          s.getMembers,
		"GET /api/v4/channels/{id}/members/{user}":                   s.getMember,
		"GET /api/v4/teams/{team}/channels/name/{name}":              s.getChannelNamed,
		"POST /api/v4/channels/direct":                               s.createDirect,
		"GET /api/v4/channels/{id}/posts":                            s.getPosts,
		"GET /api/v4/posts/{id}":                                     s.getPost,
		"PUT /api/v4/posts/{id}/patch":                               s.patchPost,
		"DELETE /api/v4/posts/{id}":                                  s.deletePost,
		"POST /api/v4/reactions":                                     s.saveReaction,
		"DELETE /api/v4/users/{user}/posts/{post}/reactions/{emoji}": s.deleteReaction,
		"POST /api/v4/files":                                         s.uploadFile,
		"GET /api/v4/commands":                                       s.getCommands,
		"POST /api/v4/commands":                                      s.createCommand,
		"PUT /api/v4/commands/{id}":                                  s.updateCommand,
		"POST /api/v4/actions/dialogs/open":                          s.openDialog,
		"GET /api/v4/groups":                                         s.getGroups,
		"GET /api/v4/config/client":                                  s.getConfig,
		"POST /api/v4/roles/names":                                   s.getRoles,
	} {
		mux.HandleFunc(route, s.handle(serve))
	}
	mux.HandleFunc("POST /api/v4/posts", s.createPost)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.requests[r.Method+" "+r.URL.Path]++
		date := s.opt.Now()
		s.mu.Unlock()
		w.Header().Set("X-Version-Id", s.version())
		w.Header().Set("Date", date.UTC().Format(http.TimeFormat))
		if !s.misbehaves(w, r) {
			mux.ServeHTTP(w, r)
		}
	})
}

func (s *Server) version() string {
	if s.opt.Old {
		return "5.37.0.5.37.0.abcdef.false"
	}
	return "9.5.0.9.5.0.abcdef.false"
}

func (s *Server) authorized(r *http.Request) bool {
	return r.Header.Get("Authorization") == "Bearer "+s.Token()
}

// handle lets the bot in, and answers in JSON; the handler is called under the lock.
func (s *Server) handle(serve func(*http.Request) (int, any)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !s.authorized(r) {
			writeRefusal(w, refused(401, "api.context.session_expired.app_error"))
			return
		}
		s.mu.Lock()
		status, answer := serve(r)
		raw, _ := json.Marshal(answer)
		s.mu.Unlock()
		if no, ok := answer.(*refusal); ok {
			writeRefusal(w, no)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = w.Write(raw)
	}
}

func write(w http.ResponseWriter, status int, answer any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(answer)
}

func writeRefusal(w http.ResponseWriter, no *refusal) { write(w, no.Status, no) }

// no is a handler's answer that refuses.
func no(status int, id string) (int, any) { return status, refused(status, id) }

func forbidden() (int, any) { return no(403, "api.context.permissions.app_error") }

// decode reads a JSON body; false is a 400.
func decode(r *http.Request, into any) bool {
	return json.NewDecoder(io.LimitReader(r.Body, 8<<20)).Decode(into) == nil
}

// createPost has handling of its own, for it can lose its answer.
func (s *Server) createPost(w http.ResponseWriter, r *http.Request) {
	if !s.authorized(r) {
		writeRefusal(w, refused(401, "api.context.session_expired.app_error"))
		return
	}
	var p Post
	if !decode(r, &p) {
		writeRefusal(w, refused(400, "api.context.invalid_body_param.app_error"))
		return
	}
	s.mu.Lock()
	status, answer := s.accept(&p)
	lose := status == 201 && s.faults.lose > 0
	if lose {
		s.faults.lose--
	}
	raw, _ := json.Marshal(answer)
	stalled := s.faults.stalled
	s.mu.Unlock()
	if stalled != nil {
		select {
		case <-stalled:
		case <-r.Context().Done():
		}
	}
	if lose {
		cutOff(w)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(raw)
}

func (s *Server) accept(p *Post) (int, any) {
	p.UserID, p.ID, p.Type = s.self.ID, "", ""
	if s.faults.saving && p.PendingPostID != "" {
		s.faults.saving, s.pending[p.PendingPostID] = false, pendingPost{until: s.now() + 30_000}
	}
	if before, ok := s.pending[p.PendingPostID]; ok && p.PendingPostID != "" && s.now() < before.until {
		if before.id == "" {
			return no(500, "api.post.deduplicate_create_post.pending")
		}
		return 201, s.posts[before.id].seen()
	}
	if no := s.create(p); no != nil {
		return no.Status, no
	}
	if p.PendingPostID != "" {
		s.pending[p.PendingPostID] = pendingPost{p.ID, p.CreateAt + 30_000}
	}
	return 201, p.seen()
}

// SaveNext has the next post look as if one with its key were being saved already.
func (s *Server) SaveNext() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.saving = true
}

// number reads a parameter of a question.
func number(r *http.Request, name string, otherwise int) int {
	n, err := strconv.Atoi(r.URL.Query().Get(name))
	if err != nil {
		return otherwise
	}
	return n
}

func (s *Server) isID(id string) bool {
	if s.opt.ShortIDs {
		return strings.HasPrefix(id, "N")
	}
	return len(id) == 26 && strings.ToLower(id) == id
}
