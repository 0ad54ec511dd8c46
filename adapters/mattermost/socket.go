package mattermost

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gorilla/websocket"
)

// maxFrame is the longest event that is read from the socket. A post has at most 64 kB of text and 800,000 characters
// of properties.
const maxFrame = 8 << 20

// resumption is what a server needs to continue a connection that broke.
type resumption struct {
	id   string
	next int64 // the sequence number that is expected
}

// frame is what comes through the socket: an event or the answer to an action.
type frame struct {
	Event     string                     `json:"event"`
	Data      map[string]json.RawMessage `json:"data"`
	Broadcast struct {
		UserID    string `json:"user_id"`
		ChannelID string `json:"channel_id"`
		TeamID    string `json:"team_id"`
	} `json:"broadcast"`
	Seq      int64  `json:"seq"`
	Status   string `json:"status"`
	SeqReply int64  `json:"seq_reply"`
}

// text gives a datum that is a string.
func (f *frame) text(name string) string {
	var s string
	_ = json.Unmarshal(f.Data[name], &s) // what is no string is none
	return s
}

// socket is a live connection. It says of itself that it is alive as long as anything comes: events or the answers
// to its own pings.
type socket struct {
	conn   *websocket.Conn
	beat   time.Duration
	writes sync.Mutex
}

// dial opens the live connection. The token goes along in the header and, for servers that look for it there, in a
// challenge; the ping's answer shows that the server has let the bot in.
func (a *Adapter) dial(ctx context.Context, from resumption) (*socket, error) {
	const op = "connect"
	address := "ws" + strings.TrimPrefix(a.cfg.base(), "http") + "/api/v4/websocket"
	if from.id != "" {
		q := url.Values{"connection_id": {from.id}, "sequence_number": {strconv.FormatInt(from.next, 10)}}
		address += "?" + q.Encode()
	}
	token := a.cfg.Token()
	d := a.dialer()
	conn, answer, err := d.DialContext(ctx, address, http.Header{"Authorization": {"Bearer " + token}})
	if err != nil {
		if answer != nil {
			return nil, failed(op, meaning(answer.StatusCode, ""), answered{answer.StatusCode, ""})
		}
		return nil, failed(op, chat.Later, cut(err))
	}
	s := &socket{conn: conn, beat: a.cfg.Heartbeat}
	conn.SetReadLimit(maxFrame)
	conn.SetPongHandler(func(string) error { return s.alive() })
	conn.SetPingHandler(func(data string) error { return s.answerPing(data) })
	err = errors.Join(s.alive(),
		s.write(action{Seq: 1, Action: "authentication_challenge", Data: map[string]string{"token": token}}),
		s.write(action{Seq: 2, Action: "ping"}))
	if err != nil {
		conn.Close()
		return nil, failed(op, chat.Later, errors.New("the connection broke while it was opened"))
	}
	return s, nil
}

// action is what the bot says through the socket.
type action struct {
	Seq    int               `json:"seq"`
	Action string            `json:"action"`
	Data   map[string]string `json:"data,omitempty"`
}

// dialer takes over what the requests' transport knows of proxies and certificates.
func (a *Adapter) dialer() websocket.Dialer {
	d := websocket.Dialer{Proxy: http.ProxyFromEnvironment, HandshakeTimeout: httpTimeout}
	if t, ok := a.cfg.HTTP.(*http.Transport); ok {
		d.Proxy, d.NetDialContext = t.Proxy, t.DialContext
		if t.TLSClientConfig != nil {
			d.TLSClientConfig = t.TLSClientConfig.Clone()
			d.TLSClientConfig.NextProtos = nil // a websocket speaks HTTP/1.1
		}
	}
	return d
}

func (s *socket) alive() error { return s.conn.SetReadDeadline(time.Now().Add(s.beat * 5 / 2)) }

func (s *socket) answerPing(data string) error {
	s.writes.Lock()
	defer s.writes.Unlock()
	_ = s.conn.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(s.beat))
	return s.alive()
}

func (s *socket) write(x action) error {
	s.writes.Lock()
	defer s.writes.Unlock()
	if err := s.conn.SetWriteDeadline(time.Now().Add(s.beat)); err != nil {
		return err
	}
	return s.conn.WriteJSON(x)
}

// keep pings until ctx is done, and then closes the connection.
func (s *socket) keep(ctx context.Context) {
	tick := time.NewTicker(s.beat)
	defer tick.Stop()
	defer s.conn.Close()
	for {
		select {
		case <-ctx.Done():
			_ = s.conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseNormalClosure, ""), time.Now().Add(time.Second))
			return
		case <-tick.C:
			if s.conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(s.beat)) != nil {
				return
			}
		}
	}
}

// read gives the next frame. What is no JSON is passed over: one broken event must not cut off all others.
func (s *socket) read() (*frame, error) {
	for {
		_, data, err := s.conn.ReadMessage()
		if err != nil {
			return nil, err
		}
		if err := s.alive(); err != nil {
			return nil, err
		}
		if f, ok := decodeFrame(data); ok {
			return f, nil
		}
	}
}

func decodeFrame(data []byte) (*frame, bool) {
	var f frame
	return &f, json.Unmarshal(data, &f) == nil
}
