package mattermosttest

import (
	"net/http"
	"strings"
	"sync"
	"time"
)

// faults is how the server misbehaves.
type faults struct {
	saving         bool
	fail           []failure     // of the next requests to post
	failAny        []failure     // of the next requests of any kind
	stalled        chan struct{} // closed when answers are let go
	lose           int
	dialog         *refusal // of the next request for a dialog
	noSocket, mute bool
	slow           time.Duration
	blocked        map[string]*block
}

// block is what a route answers, and how often still.
type block struct{ status, times int }

type failure struct {
	status int
	header http.Header
}

// FailNext answers the next request to post with a status, and does not post. Status 0 cuts the connection.
func (s *Server) FailNext(status int, header http.Header) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.fail = append(s.faults.fail, failure{status, header})
}

// FailNextAny is FailNext for the next request of whatever kind.
func (s *Server) FailNextAny(status int, header http.Header) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.failAny = append(s.faults.failAny, failure{status, header})
}

// Stall takes the requests to post from now on and holds their answers back, until release is called.
func (s *Server) Stall() (release func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	stalled := make(chan struct{})
	s.faults.stalled = stalled
	return sync.OnceFunc(func() {
		close(stalled)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.faults.stalled = nil
	})
}

// LoseNextReply takes the next post and cuts the connection instead of answering.
func (s *Server) LoseNextReply() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.lose++
}

// Limit answers the next requests of a route ("GET /api/v4/channels/") with 429, as a server does that limits them:
// in plain text.
func (s *Server) Limit(route string, times int) { s.Block(route, http.StatusTooManyRequests, times) }

// Block answers the next requests of a route as what stands before a server does, a proxy or a page about maintenance:
// with a status and in no words of the server's.
func (s *Server) Block(route string, status, times int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.faults.blocked == nil {
		s.faults.blocked = map[string]*block{}
	}
	s.faults.blocked[route] = &block{status, times}
}

// Slow lets every answer take a while.
func (s *Server) Slow(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.slow = d
}

// Drop cuts the live connections, without a closing frame.
func (s *Server) Drop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, x := range s.sessions {
		x.cut()
	}
	s.awaitConnection()
}

// Forget drops what is kept for connections that broke, as after a long time.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, x := range s.sessions {
		if x.line == nil {
			delete(s.sessions, id)
		}
	}
}

// RefuseSocket closes every new live connection at once, or no longer.
func (s *Server) RefuseSocket(yes bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.noSocket = yes
}

// Mute leaves live connections open and says nothing more on them, as a network that is gone does.
func (s *Server) Mute(yes bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.mute = yes
	for _, x := range s.sessions {
		if x.line != nil {
			x.line.nudge()
		}
	}
}

// Skip lets an event get lost on its way: the next one has a number too high.
func (s *Server) Skip() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, x := range s.sessions {
		x.next++
		x.events = append(x.events, event{Event: "typing", Seq: x.first + int64(len(x.events))})
	}
}

// Redeliver tells the last event once more.
func (s *Server) Redeliver() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.latest == nil {
		return
	}
	for _, x := range s.sessions {
		x.push(*s.latest)
	}
}

// misbehaves answers in the place of the handler where it was told to.
func (s *Server) misbehaves(w http.ResponseWriter, r *http.Request) bool {
	s.mu.Lock()
	slow := s.faults.slow
	blocked := 0
	for route, b := range s.faults.blocked {
		if b.times > 0 && strings.HasPrefix(r.Method+" "+r.URL.Path, route) {
			b.times--
			blocked = b.status
		}
	}
	var fail *failure
	if r.Method == http.MethodPost && r.URL.Path == "/api/v4/posts" && len(s.faults.fail) > 0 {
		fail, s.faults.fail = &s.faults.fail[0], s.faults.fail[1:]
	}
	if fail == nil && len(s.faults.failAny) > 0 && r.URL.Path != "/api/v4/websocket" {
		fail, s.faults.failAny = &s.faults.failAny[0], s.faults.failAny[1:]
	}
	s.mu.Unlock()
	if slow > 0 {
		select {
		case <-time.After(slow):
		case <-r.Context().Done():
		}
	}
	switch {
	case blocked == http.StatusTooManyRequests:
		w.Header().Set("Retry-After", "1")
		w.Header().Set("X-Ratelimit-Limit", "10")
		http.Error(w, "limit exceeded", blocked)
	case blocked != 0:
		http.Error(w, "<html>please come back later</html>", blocked)
	case fail != nil && fail.status == 0:
		cutOff(w)
	case fail != nil:
		fail.answer(w)
	default:
		return false
	}
	return true
}

func (f *failure) answer(w http.ResponseWriter) {
	for name, values := range f.header {
		w.Header()[name] = values
	}
	switch {
	case f.status == http.StatusTooManyRequests:
		http.Error(w, "limit exceeded", f.status)
	case f.status >= 400:
		writeRefusal(w, refused(f.status, "api.stand_in.app_error"))
	default:
		w.WriteHeader(f.status)
	}
}

// cutOff ends a connection without an answer.
func cutOff(w http.ResponseWriter) {
	if h, ok := w.(http.Hijacker); ok {
		if conn, _, err := h.Hijack(); err == nil {
			conn.Close()
		}
	}
}
