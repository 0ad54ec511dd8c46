package discordtest

import (
	"net/http"
	"slices"
	"sync"
	"time"
)

// faults is how the service is told to misbehave.
type faults struct {
	fail  []failure
	any   []failure
	held  chan struct{} // closed when what is held back may go; nil where nothing is
	lose  int
	wait  time.Duration
	gone  bool   // every request is refused as unauthorised
	mute  bool   // heartbeats are not answered
	shut  int    // so many connections to the gateway are refused
	early []byte // what the next client that identifies gets instead of a greeting
}

type failure struct {
	status int
	header http.Header
}

// FailNext answers the next message that the bot wants to post, anywhere, with a status. 0 cuts the connection.
func (s *Server) FailNext(status int, header http.Header) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.fail = append(s.faults.fail, failure{status, header})
}

// FailNextAny is FailNext for the next request of whatever kind.
func (s *Server) FailNextAny(status int, header http.Header) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.any = append(s.faults.any, failure{status, header})
}

// Stall takes what the bot posts from now on, and holds back the answers until release is called.
func (s *Server) Stall() (release func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	held := make(chan struct{})
	s.faults.held = held
	return sync.OnceFunc(func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.faults.held = nil
		close(held)
	})
}

// holding is what the answer to a post has to wait for.
func (s *Server) holding() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.faults.held
}

// LoseNextReply takes the next message that the bot posts and cuts the connection instead of answering.
func (s *Server) LoseNextReply() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.lose++
}

// Slow lets every request wait before it is answered.
func (s *Server) Slow(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.wait = d
}

// Revoke makes the token worthless, and closes what was opened with it.
func (s *Server) Revoke() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.gone = true
	for _, x := range s.sessions {
		if x.line != nil {
			x.line.end(closeAuthentication, "Authentication failed.")
			x.line = nil
		}
	}
	clear(s.sessions)
}

// Drop cuts all connections of the gateway; the sessions can be resumed.
func (s *Server) Drop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, x := range s.sessions {
		x.cut()
	}
	s.change()
}

// Restart cuts all connections and forgets the sessions: nothing can be resumed.
func (s *Server) Restart() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, x := range s.sessions {
		x.cut()
	}
	clear(s.sessions)
	clear(s.starts)
	s.change()
}

// AskToReconnect sends every connection the request to reconnect and resume.
func (s *Server) AskToReconnect() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, x := range s.sessions {
		if x.line != nil {
			x.line.send(reconnect)
		}
	}
}

var reconnect = []byte(`{"op":7,"d":null,"s":null,"t":null}`)

// AskToReconnectFirst lets the next client be asked to reconnect instead of being greeted.
func (s *Server) AskToReconnectFirst() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.early = reconnect
}

// untimely gives what a new connection is to get instead of a greeting, once.
func (s *Server) untimely() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	early := s.faults.early
	s.faults.early = nil
	return early
}

// Invalidate tells every connection that its session is not valid, and ends the sessions that may not be resumed.
func (s *Server) Invalidate(resumable bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, x := range s.sessions {
		if x.line != nil {
			x.line.send(encode(map[string]any{"op": 9, "d": resumable, "s": nil, "t": nil}))
		}
	}
	if !resumable {
		clear(s.sessions)
	}
}

// Mute lets the gateway answer heartbeats no more, or again.
func (s *Server) Mute(mute bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.mute = mute
}

// Shut refuses the next n connections to the gateway, as a proxy does while the service is away.
func (s *Server) Shut(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.shut = n
}

func (s *Server) shut() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.faults.shut == 0 {
		return false
	}
	s.faults.shut--
	return true
}

// CloseGateway closes every connection with a code of the gateway's.
func (s *Server) CloseGateway(code int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, x := range s.sessions {
		if x.line != nil {
			x.line.end(code, "Closed.")
			x.line = nil
		}
	}
	s.change()
}

// Closes are the codes with which clients closed their connections to the gateway, where they said one.
func (s *Server) Closes() []int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.closes)
}

// AskForHeartbeat sends every connection the request to send a heartbeat at once.
func (s *Server) AskForHeartbeat() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, x := range s.sessions {
		if x.line != nil {
			x.line.send(beatNow)
		}
	}
}

// Redeliver tells every session its last event once more, as after a RESUME from an older sequence number.
func (s *Server) Redeliver() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, x := range s.sessions {
		if n := len(x.told); n > 0 && x.line != nil {
			x.line.send(x.told[n-1].body)
		}
	}
}

// Connected says how many shards are connected and greeted.
func (s *Server) Connected() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, x := range s.sessions {
		if x.line != nil {
			n++
		}
	}
	return n
}

// Settled says how many shards are connected and have sent a heartbeat since they were greeted.
func (s *Server) Settled() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, x := range s.sessions {
		if x.line != nil && x.alive {
			n++
		}
	}
	return n
}

// Intents gives those of the last session.
func (s *Server) Intents() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	last, intents := "", 0
	for id, x := range s.sessions {
		if id > last {
			last, intents = id, x.intents
		}
	}
	return intents
}

// planned says what is to go wrong with a request.
func (s *Server) planned(post bool) (f failure, fails, loses bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.faults.any) > 0 {
		f = s.faults.any[0]
		s.faults.any = slices.Delete(s.faults.any, 0, 1)
		return f, true, false
	}
	if !post {
		return f, false, false
	}
	if len(s.faults.fail) > 0 {
		f = s.faults.fail[0]
		s.faults.fail = slices.Delete(s.faults.fail, 0, 1)
		return f, true, false
	}
	if s.faults.lose > 0 {
		s.faults.lose--
		return f, false, true
	}
	return f, false, false
}
