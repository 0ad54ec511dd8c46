package slacktest

import (
	"maps"
	"net/http"
	"sync"
)

// fault is what becomes of a request.
type fault struct {
	status int
	header http.Header
}

// FailNext answers the next request that would post a message with a status and headers, and posts nothing. Status 0
// cuts the connection without an answer.
func (s *Server) FailNext(status int, header http.Header) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, fault{status, header})
}

// LoseNextReply takes the next message and cuts the connection instead of answering.
func (s *Server) LoseNextReply() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lose++
}

// Limit answers the next calls of a method with 429 and a second to wait.
func (s *Server) Limit(method string, calls int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.limits[method] = calls
}

// FailNextAny is FailNext for the next request of whatever kind.
func (s *Server) FailNextAny(status int, header http.Header) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.anyFaults = append(s.anyFaults, fault{status, header})
}

// Deny lets a method answer an error of Slack's for one channel, for good; an empty error ends that.
func (s *Server) Deny(method, channel, name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.denied[method+" "+channel] = name
}

// AnswerResponses sets what a response_url answers to what it takes, such as nothing at all.
func (s *Server) AnswerResponses(body string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.thanks = body
}

// Stall takes the requests to post from now on, and holds back the answers until release is called.
func (s *Server) Stall() (release func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	held := make(chan struct{})
	s.stalled = held
	return sync.OnceFunc(func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		close(held)
		if s.stalled == held {
			s.stalled = nil
		}
	})
}

// failed plays a fault. The caller holds the lock.
func (s *Server) failed(w http.ResponseWriter, posts bool) bool {
	var f fault
	switch {
	case len(s.anyFaults) > 0:
		f, s.anyFaults = s.anyFaults[0], s.anyFaults[1:]
	case posts && len(s.faults) > 0:
		f, s.faults = s.faults[0], s.faults[1:]
	default:
		return false
	}
	if f.status == 0 {
		cut(w)
		return true
	}
	maps.Copy(w.Header(), f.header)
	w.WriteHeader(f.status)
	return true
}

// lost cuts the connection of an answer that is to get lost. The caller holds the lock.
func (s *Server) lost(w http.ResponseWriter) bool {
	if s.lose == 0 {
		return false
	}
	s.lose--
	cut(w)
	return true
}

func cut(w http.ResponseWriter) {
	c, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		_ = c.Close()
	}
}
