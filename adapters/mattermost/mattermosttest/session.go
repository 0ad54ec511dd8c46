package mattermosttest

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/gorilla/websocket"
)

// admit registers a connection: a former one that is continued, which gets no hello, or a new one.
func (s *Server) admit(l *line, r *http.Request) *session {
	s.mu.Lock()
	defer s.mu.Unlock()
	from, _ := strconv.ParseInt(r.URL.Query().Get("sequence_number"), 10, 64)
	x := s.sessions[r.URL.Query().Get("connection_id")]
	if s.opt.Old || x == nil || x.line != nil || from < max(x.first, x.next-buffered) || from > x.first+int64(len(x.events)) {
		x = &session{id: s.id()}
		x.push(event{Event: "hello", Data: map[string]any{"connection_id": x.id, "server_version": "9.5.0.0." + x.id}, Broadcast: broadcast{UserID: s.self.ID}})
		s.sessions[x.id] = x
	} else {
		x.next = from
	}
	x.line = l
	s.calls.Add(1)
	go s.writeSocket(x, l)
	return x
}

// writeSocket writes what is to be told, as long as the connection is the session's.
func (s *Server) writeSocket(x *session, l *line) {
	defer s.calls.Done()
	for {
		raw, mine := s.toWrite(x, l)
		if !mine {
			return
		}
		if raw == nil {
			<-l.wake
			continue
		}
		l.out.Lock()
		err := l.conn.WriteMessage(websocket.TextMessage, raw)
		l.out.Unlock()
		if err != nil {
			l.conn.NetConn().Close()
			return
		}
	}
}

func (s *Server) toWrite(x *session, l *line) (raw []byte, mine bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if x.line != l {
		return nil, false
	}
	at := x.next - x.first
	if at < 0 || at >= int64(len(x.events)) || s.faults.mute {
		return nil, true
	}
	x.next++
	raw, _ = json.Marshal(x.events[at])
	return raw, true
}

func (s *Server) leave(x *session, l *line) {
	if x == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if x.line == l {
		x.line = nil
	}
	if s.opt.Old {
		delete(s.sessions, x.id)
	}
	s.awaitConnection()
	l.nudge()
}

// isConnected notes that the bot was let in and knows it.
func (s *Server) isConnected(x *session, l *line) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if x.line != l {
		return
	}
	select {
	case <-s.connected:
	default:
		close(s.connected)
	}
}

// awaitConnection makes Connected wait where nobody is connected any more.
func (s *Server) awaitConnection() {
	for _, x := range s.sessions {
		if x.line != nil {
			return
		}
	}
	select {
	case <-s.connected:
		s.connected = make(chan struct{})
	default:
	}
}

// Connected waits until the bot is connected.
func (s *Server) Connected(ctx context.Context) error {
	s.mu.Lock()
	connected := s.connected
	s.mu.Unlock()
	select {
	case <-connected:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
