package slacktest

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// mostSockets is how many connections an app may have.
const mostSockets = 10

// socket is one connection of Socket Mode.
type socket struct {
	ws      *websocket.Conn
	writing sync.Mutex
	leaving bool // it was told that it will end
}

func (x *socket) send(v any) {
	x.writing.Lock()
	defer x.writing.Unlock()
	_ = x.ws.SetWriteDeadline(time.Now().Add(5 * time.Second))
	_ = x.ws.WriteMessage(websocket.TextMessage, raw(v))
}

// link takes a connection that apps.connections.open gave a ticket for. Each ticket is good once.
func (s *Server) link(w http.ResponseWriter, r *http.Request) {
	ticket := r.URL.Query().Get("ticket")
	s.mu.Lock()
	good := s.tickets[ticket]
	delete(s.tickets, ticket)
	s.mu.Unlock()
	if !good {
		http.Error(w, "invalid ticket", http.StatusForbidden)
		return
	}
	up := websocket.Upgrader{}
	ws, err := up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	x := &socket{ws: ws}
	ws.SetPingHandler(func(data string) error { s.pong(x, data); return nil })
	s.mu.Lock()
	if s.ctx.Err() != nil || len(s.sockets) >= mostSockets {
		s.mu.Unlock()
		x.send(map[string]any{"type": "disconnect", "reason": "too_many_websockets"})
		_ = ws.Close()
		return
	}
	x.send(map[string]any{
		"type": "hello", "num_connections": len(s.sockets) + 1,
		"connection_info": map[string]any{"app_id": s.opts.HelloApp},
		"debug_info":      map[string]any{"host": "applink-0", "approximate_connection_time": 3600},
	})
	s.sockets = append(s.sockets, x)
	s.work.Add(2)
	s.announce()
	s.mu.Unlock()
	stop := make(chan struct{})
	go func() { defer s.work.Done(); s.beat(x, stop) }()
	defer s.work.Done()
	defer close(stop)
	s.listen(x)
}

// pong answers a ping, unless the network is silent.
func (s *Server) pong(x *socket, data string) {
	s.mu.Lock()
	silent := s.silent
	s.mu.Unlock()
	if !silent {
		_ = x.ws.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(time.Second))
	}
}

// Silence lets the connections stay open and nothing come over them any more, as a network does that has lost one end.
func (s *Server) Silence(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.silent = on
}

// beat pings, as Slack does.
func (s *Server) beat(x *socket, stop <-chan struct{}) {
	tick := time.NewTicker(5 * time.Second)
	defer tick.Stop()
	for {
		select {
		case <-stop:
			return
		case <-tick.C:
			s.mu.Lock()
			silent := s.silent
			s.mu.Unlock()
			if silent {
				continue
			}
			_ = x.ws.WriteControl(websocket.PingMessage, []byte("Ping from applink-0"), time.Now().Add(time.Second))
		}
	}
}

// listen takes acknowledgements until the connection ends.
func (s *Server) listen(x *socket) {
	defer s.forget(x)
	for {
		_, frame, err := x.ws.ReadMessage()
		if err != nil {
			return
		}
		var ack struct {
			ID string `json:"envelope_id"`
		}
		if json.Unmarshal(frame, &ack) != nil || ack.ID == "" {
			continue
		}
		s.mu.Lock()
		if d := s.pending[ack.ID]; d != nil {
			d.stop()
			d.acked = true
			delete(s.pending, ack.ID)
		}
		s.announce()
		s.mu.Unlock()
	}
}

func (s *Server) forget(x *socket) {
	_ = x.ws.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sockets = slices.DeleteFunc(s.sockets, func(y *socket) bool { return x == y })
	s.announce()
}

// push gives an envelope to one of the open connections, and again to one where nobody acknowledges it. The caller
// holds the lock.
func (s *Server) push(d *delivery) {
	open := s.open()
	if len(open) == 0 {
		return
	}
	s.turn++
	x := open[s.turn%len(open)]
	d.id = secret()
	s.pending[d.id] = d
	id := d.id
	e := map[string]any{"type": d.kind, "envelope_id": id, "payload": d.payload, "accepts_response_payload": d.kind != "events_api"}
	if d.kind == "events_api" {
		e["retry_attempt"], e["retry_reason"] = d.attempt, ""
		if d.attempt > 0 {
			e["retry_reason"] = "timeout"
		}
	}
	x.send(e)
	d.timer = time.AfterFunc(s.opts.Retry, func() { s.again(id) })
}

// again tells what was not acknowledged in time, up to three times.
func (s *Server) again(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.pending[id]
	if d == nil || s.ctx.Err() != nil {
		return
	}
	delete(s.pending, id)
	s.repeats++
	s.announce()
	if d.attempt++; d.attempt > 3 || d.kind != "events_api" {
		return
	}
	s.push(d)
}

// open gives the connections that take envelopes: those that stay, if there are any. The caller holds the lock.
func (s *Server) open() []*socket {
	staying := slices.DeleteFunc(slices.Clone(s.sockets), func(x *socket) bool { return x.leaving })
	if len(staying) > 0 {
		return staying
	}
	return s.sockets
}

// Ready waits until the app has a connection that stays.
func (s *Server) Ready(ctx context.Context) error {
	return s.Await(ctx, func() bool { return s.Connections() > 0 })
}

// Connections is how many connections stay open.
func (s *Server) Connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, x := range s.sockets {
		if !x.leaving {
			n++
		}
	}
	return n
}

// Unacknowledged is how many envelopes the app has not acknowledged yet.
func (s *Server) Unacknowledged() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.pending)
}

// Frame sends any text over all connections.
func (s *Server) Frame(text []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, x := range s.sockets {
		x.writing.Lock()
		_ = x.ws.WriteMessage(websocket.TextMessage, text)
		x.writing.Unlock()
	}
}

// Attempts is how often events were told again because nobody had acknowledged them.
func (s *Server) Attempts() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.repeats
}

// Drop cuts all connections. What was not acknowledged over them is not told again.
func (s *Server) Drop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, x := range s.sockets {
		_ = x.ws.Close()
	}
	s.sockets = nil
	for id, d := range s.pending {
		d.stop()
		delete(s.pending, id)
	}
	s.announce()
}

// Refresh tells the app that its connections will end, for a reason of Slack's: "warning", "refresh_requested",
// "link_disabled". They are cut after the grace, or once there is another; at once where the grace is 0.
func (s *Server) Refresh(reason string, grace time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	leaving := slices.Clone(s.sockets)
	for _, x := range leaving {
		x.leaving = true
		x.send(map[string]any{"type": "disconnect", "reason": reason, "debug_info": map[string]any{"host": "applink-0"}})
	}
	if grace == 0 {
		for _, x := range leaving {
			_ = x.ws.Close()
		}
		s.sockets = nil
		return
	}
	s.work.Go(func() {
		ctx, cancel := context.WithTimeout(s.ctx, grace)
		defer cancel()
		if s.Await(ctx, func() bool { return s.Connections() > 0 }) == nil {
			pause(s.ctx, moment)
		}
		for _, x := range leaving {
			s.forget(x)
		}
	})
}

// moment is how long an old connection outlives the coming of the new one.
const moment = 50 * time.Millisecond

func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// openConnection is the answer of apps.connections.open. The caller holds the lock.
func (s *Server) openConnection() map[string]any {
	ticket := secret()
	s.tickets[ticket] = true
	return map[string]any{"ok": true, "url": "ws" + strings.TrimPrefix(s.http.URL, "http") + "/link/?ticket=" + ticket + "&app_id=" + AppID}
}
