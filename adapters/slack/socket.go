package slack

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gorilla/websocket"
)

// Slack pings now and then, and so do we; after thirty silent seconds the connection is taken for lost.
const (
	silence    = 30 * time.Second
	pings      = 3 // in that time
	dialTime   = 15 * time.Second
	writeTime  = 10 * time.Second
	biggest    = 4 << 20 // bytes of one frame
	retireTime = 30 * time.Second
)

// line is one websocket of Socket Mode.
type line struct {
	ws      *websocket.Conn
	writing sync.Mutex
	old     atomic.Bool   // a successor is there: its end is no loss
	renewed chan struct{} // closed when the attempt to get a successor is over; nil where there is none
}

// envelope is what comes over a line.
type envelope struct {
	Type    string          `json:"type"`
	ID      string          `json:"envelope_id"`
	Reason  string          `json:"reason"`
	Payload json.RawMessage `json:"payload"`
}

// connect opens a line and waits for Slack's hello.
func (s *session) connect() (*line, error) {
	var at struct {
		URL string `json:"url"`
	}
	if _, err := s.a.ask(s.ctx, opRun, "apps.connections.open", s.a.cfg.AppToken, nil, &at); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(s.ctx, dialTime)
	defer cancel()
	ws, resp, err := s.a.dialer().DialContext(ctx, at.URL, nil)
	if err != nil {
		if resp != nil {
			_ = resp.Body.Close()
		}
		return nil, failed(opRun, chat.Later, "the websocket does not open")
	}
	l := &line{ws: ws}
	ws.SetReadLimit(biggest)
	if err := s.greet(ctx, l); err != nil {
		_ = ws.Close()
		return nil, err
	}
	return l, nil
}

func (s *session) greet(ctx context.Context, l *line) error {
	defer context.AfterFunc(ctx, func() { _ = l.ws.Close() })()
	var hello envelope
	if err := l.ws.ReadJSON(&hello); err != nil {
		return failed(opRun, chat.Later, "the websocket closes before it greets")
	}
	if hello.Type != "hello" {
		return disconnected(hello)
	}
	return nil
}

// dialer takes proxy, TLS and dialer from where the requests go.
func (a *Adapter) dialer() *websocket.Dialer {
	d := &websocket.Dialer{Proxy: http.ProxyFromEnvironment, ReadBufferSize: 16 << 10}
	if t, ok := a.cfg.HTTP.(*http.Transport); ok {
		d.Proxy, d.NetDialContext = t.Proxy, t.DialContext
		if t.TLSClientConfig != nil {
			d.TLSClientConfig = t.TLSClientConfig.Clone()
			d.TLSClientConfig.NextProtos = nil // a websocket is no HTTP/2
		}
	}
	return d
}

// follow reads a line until it ends, and ends the session with it unless another has taken its place.
func (s *session) follow(l *line) {
	defer context.AfterFunc(s.ctx, func() { _ = l.ws.Close() })()
	stop := make(chan struct{})
	var beat sync.WaitGroup
	beat.Go(func() { l.beat(stop, s.a.silence/pings) })
	err := s.read(l)
	close(stop)
	_ = l.ws.Close()
	beat.Wait()
	early := !l.old.Load()
	if l.renewed != nil {
		<-l.renewed
	}
	switch {
	case !l.old.Load():
		s.lost(err)
	case early: // for a moment nobody listened
		s.catchUp()
	}
}

// read hands over what comes, and returns when nothing more does.
func (s *session) read(l *line) error {
	alive := func() { _ = l.ws.SetReadDeadline(time.Now().Add(s.a.silence)) }
	alive()
	l.ws.SetPongHandler(func(string) error { alive(); return nil })
	l.ws.SetPingHandler(func(data string) error {
		alive()
		_ = l.ws.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(writeTime))
		return nil
	})
	for {
		_, frame, err := l.ws.ReadMessage()
		if err != nil {
			return failed(opRun, chat.Later, "the connection is lost")
		}
		alive()
		var e envelope
		if err := json.Unmarshal(frame, &e); err != nil {
			s.a.tally.add(chat.RefusedBody)
			continue
		}
		if e.Type == "disconnect" {
			if err := s.parting(l, e); err != nil {
				return err
			}
			continue
		}
		s.open(l, e)
	}
}

// parting is Slack's word that a line will end. A planned one is replaced while it still lives.
func (s *session) parting(l *line, e envelope) error {
	if e.Reason != "warning" && e.Reason != "refresh_requested" {
		return disconnected(e)
	}
	if l.renewed != nil {
		return nil
	}
	l.renewed = make(chan struct{})
	s.tasks.Go(func() {
		defer close(l.renewed)
		next, err := s.connect()
		if err != nil {
			return // the old line's end will tell
		}
		l.old.Store(true)
		s.tasks.Go(func() { s.follow(next) })
		_ = l.ws.SetReadDeadline(time.Now().Add(retireTime))
	})
	return nil
}

func disconnected(e envelope) error {
	switch e.Reason {
	case "link_disabled":
		return failed(opRun, chat.Refused, "Socket Mode is off: turn it on under Socket Mode of the app's pages")
	case "too_many_websockets":
		return failed(opRun, chat.Later, "the app has too many open connections: stop the other processes that use its app token")
	}
	return failed(opRun, chat.Later, "Slack ends the connection")
}

// open handles one envelope. What a person waits for is acknowledged at once, all else when it is stored.
func (s *session) open(l *line, e envelope) {
	if e.ID == "" {
		return // Slack's own signs of life
	}
	h, err := s.decode(e.Type, e.Payload)
	if errors.Is(err, errForeign) {
		s.a.tally.add(chat.RefusedForeign)
		return // perhaps it is for whoever holds the next connection
	}
	if err != nil {
		s.a.tally.add(chat.RefusedBody)
		s.a.log.Warn("slack: an envelope makes no sense", "connection", s.a.cfg.Name, "type", kindOfEnvelope(e.Type))
		l.acknowledge(e.ID)
		return
	}
	if h.hand {
		if s.hear(h, nil) {
			l.acknowledge(e.ID)
		}
		return
	}
	if !s.hear(h, func() { l.acknowledge(e.ID) }) {
		s.spill(h.event.Head().Time)
	}
}

// kindOfEnvelope keeps a stranger's words out of the log.
func kindOfEnvelope(t string) string {
	switch t {
	case "events_api", "interactive", "slash_commands":
		return t
	}
	return "unknown"
}

// acknowledge tells Slack that an envelope has arrived for good. Where it fails, Slack tells the event again.
func (l *line) acknowledge(id string) {
	said, err := json.Marshal(struct {
		ID string `json:"envelope_id"`
	}{id})
	if err != nil {
		return
	}
	l.writing.Lock()
	defer l.writing.Unlock()
	_ = l.ws.SetWriteDeadline(time.Now().Add(writeTime))
	_ = l.ws.WriteMessage(websocket.TextMessage, said)
}

// beat asks for a sign of life now and then.
func (l *line) beat(stop <-chan struct{}, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-stop:
			return
		case <-tick.C:
			_ = l.ws.WriteControl(websocket.PingMessage, nil, time.Now().Add(writeTime))
		}
	}
}
