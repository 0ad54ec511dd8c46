package mattermosttest

import (
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// buffered is how many events a server keeps for a connection that broke.
const buffered = 128

// session is a websocket connection, or what is left of one.
type session struct {
	id     string
	events []event // those that were told and may be asked for again, and those that wait
	first  int64   // the sequence number of events[0]
	next   int64   // of the next event to write
	line   *line   // nil while nobody is connected
}

// line is one connection.
type line struct {
	conn *websocket.Conn
	wake chan struct{}
	out  sync.Mutex
}

func (l *line) nudge() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

type event struct {
	Event     string         `json:"event"`
	Data      map[string]any `json:"data"`
	Broadcast broadcast      `json:"broadcast"`
	Seq       int64          `json:"seq"`
}

type broadcast struct {
	OmitUsers map[string]bool `json:"omit_users"`
	UserID    string          `json:"user_id"`
	ChannelID string          `json:"channel_id"`
	TeamID    string          `json:"team_id"`
}

// cut breaks the connection without a closing frame; the caller holds the server's lock.
func (x *session) cut() {
	if x.line != nil {
		x.line.conn.NetConn().Close()
		x.line.nudge()
		x.line = nil
	}
}

// push adds an event; the caller holds the server's lock.
func (x *session) push(e event) {
	e.Seq = x.first + int64(len(x.events))
	x.events = append(x.events, e)
	if old := x.next - x.first - buffered; old > 0 {
		x.first += old
		x.events = append([]event(nil), x.events[old:]...)
	}
	if x.line != nil {
		x.line.nudge()
	}
}

// broadcast tells an event to the bot, where it concerns a channel that it is in, or itself.
func (s *Server) broadcast(kind string, data map[string]any, channel, user, team string) {
	if c := s.channels[channel]; channel != "" && (c == nil || !c.members[s.self.ID]) {
		return
	}
	if user != "" && user != s.self.ID {
		return
	}
	s.latest = &event{Event: kind, Data: data, Broadcast: broadcast{UserID: user, ChannelID: channel, TeamID: team}}
	for _, x := range s.sessions {
		x.push(*s.latest)
	}
}

// serveSocket lets whoever has the right token in, and cuts all others off without a word.
func (s *Server) serveSocket(w http.ResponseWriter, r *http.Request) {
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, err := up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	s.mu.Lock()
	if s.closed || s.faults.noSocket {
		s.mu.Unlock()
		conn.NetConn().Close()
		return
	}
	s.calls.Add(1)
	s.mu.Unlock()
	defer s.calls.Done()
	defer conn.NetConn().Close()
	l := &line{conn: conn, wake: make(chan struct{}, 1)}
	var x *session
	if s.authorized(r) {
		x = s.admit(l, r)
	} else {
		_ = conn.SetReadDeadline(time.Now().Add(5 * time.Second)) // then it gives up on the challenge
	}
	s.readSocket(l, r, x)
}

func (s *Server) readSocket(l *line, r *http.Request, x *session) {
	conn := l.conn
	conn.SetPingHandler(func(data string) error {
		s.mu.Lock()
		mute := s.faults.mute
		s.mu.Unlock()
		if mute {
			return nil
		}
		return conn.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(time.Second))
	})
	defer func() { s.leave(x, l) }()
	for {
		var a struct {
			Seq    int64             `json:"seq"`
			Action string            `json:"action"`
			Data   map[string]string `json:"data"`
		}
		if err := conn.ReadJSON(&a); err != nil {
			return
		}
		switch {
		case a.Action == "authentication_challenge" && x == nil:
			if a.Data["token"] != s.Token() {
				return
			}
			_ = conn.SetReadDeadline(time.Time{})
			x = s.admit(l, r)
			l.reply(map[string]any{"status": "OK", "seq_reply": a.Seq})
		case x == nil:
			return
		case a.Action == "ping":
			l.reply(map[string]any{"status": "OK", "seq_reply": a.Seq, "data": map[string]any{"text": "pong"}})
			s.isConnected(x, l)
		}
	}
}

func (l *line) reply(answer any) {
	l.out.Lock()
	defer l.out.Unlock()
	_ = l.conn.WriteJSON(answer)
}
