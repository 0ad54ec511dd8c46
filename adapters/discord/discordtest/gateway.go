package discordtest

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// The intents and permissions that decide what the bot gets and may do here.
const (
	intentGuilds          = 1 << 0
	intentMembers         = 1 << 1
	intentMessages        = 1 << 9
	intentReactions       = 1 << 10
	intentDirect          = 1 << 12
	intentDirectReactions = 1 << 13
	intentContent         = 1 << 15

	permissionReact   = 1 << 6
	permissionView    = 1 << 10
	permissionSend    = 1 << 11
	permissionAttach  = 1 << 15
	permissionHistory = 1 << 16
	permissionThreads = 1 << 38
)

// The close codes of the gateway's documents.
const (
	closeUnknownOpcode   = 4001
	closeDecode          = 4002
	closeUnauthenticated = 4003
	closeAuthentication  = 4004
	closeTwice           = 4005
	closeRateLimited     = 4008
	closeShard           = 4010
	closeShardingNeeded  = 4011
	closeIntents         = 4014
)

// beatNow asks for a heartbeat.
var beatNow = []byte(`{"op":1,"d":null,"s":null,"t":null}`)

// frame is one payload in either direction.
type frame struct {
	Op int             `json:"op"`
	D  json.RawMessage `json:"d"`
}

// session is what RESUME continues. It outlives its connection.
type session struct {
	id      string
	shard   [2]int
	intents int
	seq     int
	told    []dispatched // kept to be replayed
	line    *line        // nil while nobody is connected
	alive   bool         // a heartbeat has come on this connection
}

type dispatched struct {
	seq  int
	body []byte
}

// line is one connection. What is to be sent waits in a queue, so that the service never waits for a client.
type line struct {
	conn     *websocket.Conn
	resuming bool // it is at the address where sessions are resumed

	// Under the server's lock.
	beaten bool     // a heartbeat has come
	begun  *session // identified, and greeted as soon as a heartbeat has come
	early  []byte   // sent in the place of the greeting

	mu    sync.Mutex
	queue [][]byte
	more  chan struct{}
	over  bool
}

func (l *line) send(body []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.over {
		return
	}
	l.queue = append(l.queue, body)
	select {
	case l.more <- struct{}{}:
	default:
	}
}

func (l *line) write(done <-chan struct{}) {
	for {
		l.mu.Lock()
		queue := l.queue
		l.queue = nil
		l.mu.Unlock()
		for _, body := range queue {
			if l.conn.WriteMessage(websocket.TextMessage, body) != nil {
				return
			}
		}
		select {
		case <-l.more:
		case <-done:
			return
		}
	}
}

// end cuts the connection; with a code, it is told first.
func (l *line) end(code int, why string) {
	l.mu.Lock()
	l.over = true
	l.mu.Unlock()
	if code != 0 {
		_ = l.conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, why), time.Now().Add(time.Second))
	}
	_ = l.conn.Close()
}

func (x *session) cut() {
	if x.line != nil {
		x.line.end(0, "")
		x.line = nil
	}
}

func (s *Server) gateway(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	path := r.URL.EscapedPath()
	switch {
	case q.Get("v") != "10" || q.Get("encoding") != "json" || q.Has("compress"):
		http.Error(w, "unknown version or encoding", http.StatusBadRequest)
		return
	case path != gatewayPath && path != resumingPath, !strings.HasPrefix(r.URL.RawQuery, gatewayQuery+"&"):
		http.NotFound(w, r)
		return
	case s.shut():
		http.Error(w, "upstream connect error", http.StatusServiceUnavailable)
		return
	}
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, err := up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	l := &line{conn: conn, resuming: path == resumingPath, early: s.untimely(), more: make(chan struct{}, 1)}
	answer := conn.CloseHandler()
	conn.SetCloseHandler(func(code int, why string) error {
		s.parted(l, code)
		return answer(code, why)
	})
	done := make(chan struct{})
	var writing sync.WaitGroup
	writing.Go(func() { l.write(done) })
	l.send(encode(map[string]any{"op": 10, "d": map[string]any{"heartbeat_interval": s.opts.Heartbeat.Milliseconds()}, "s": nil, "t": nil}))
	l.send(beatNow) // the service may ask at any time
	s.listen(l)
	close(done)
	l.end(0, "")
	writing.Wait()
}

// listen reads from one connection until it ends.
func (s *Server) listen(l *line) {
	var mine *session
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if mine != nil && mine.line == l {
			mine.line = nil
		}
		s.change()
	}()
	var times []time.Time
	for {
		_ = l.conn.SetReadDeadline(time.Now().Add(s.opts.Heartbeat*3/2 + time.Second))
		_, body, err := l.conn.ReadMessage()
		if err != nil {
			return
		}
		var f frame
		if json.Unmarshal(body, &f) != nil {
			l.end(closeDecode, "Error while decoding payload.")
			return
		}
		now := time.Now()
		times = append(times, now)
		if len(times) > 120 && now.Sub(times[len(times)-121]) < time.Minute {
			l.end(closeRateLimited, "You are being rate limited.")
			return
		}
		var code int
		var why string
		mine, code, why = s.obey(l, mine, f)
		if code != 0 {
			l.end(code, why)
			return
		}
	}
}

// beat takes a heartbeat, without which nobody is greeted.
func (s *Server) beat(l *line, mine *session) {
	if !s.faults.mute {
		l.send([]byte(`{"op":11,"d":null,"s":null,"t":null}`))
	}
	l.beaten = true
	switch {
	case l.begun != nil:
		x := l.begun
		l.begun = nil
		s.ready(x)
	case mine != nil:
		mine.alive = true
		s.change()
	}
}

// parted notes how a client closed its connection. 1000 and 1001 end its session.
func (s *Server) parted(l *line, code int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closes = append(s.closes, code)
	for id, x := range s.sessions {
		if x.line == l && (code == websocket.CloseNormalClosure || code == websocket.CloseGoingAway) {
			delete(s.sessions, id)
		}
	}
	s.change()
}

func (s *Server) obey(l *line, mine *session, f frame) (_ *session, code int, why string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch f.Op {
	case 1:
		s.beat(l, mine)
		return mine, 0, ""
	case 2:
		if mine != nil || l.begun != nil {
			return mine, closeTwice, "Already authenticated."
		}
		return s.identify(l, f.D)
	case 6:
		return s.resume(l, f.D)
	case 3, 4, 8:
		if mine == nil {
			return nil, closeUnauthenticated, "Not authenticated."
		}
		return mine, 0, ""
	}
	return mine, closeUnknownOpcode, "Unknown opcode."
}
