package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"

	"github.com/gofirst/gofirst/bot/chat"
)

// dial makes a session of discordgo that does only what it is told: it neither reconnects nor keeps a state, and its
// events come in order. It connects when it is opened.
func (s *shard) dial(ctx context.Context) (*discordgo.Session, error) {
	d, err := discordgo.New("Bot " + s.r.a.cfg.Token())
	if err != nil {
		return nil, failed("run", chat.Refused, "the gateway's client cannot be made")
	}
	d.SyncEvents, d.StateEnabled, d.Compress = true, false, false
	d.ShouldReconnectOnError, d.ShouldReconnectVoiceOnSessionError, d.ShouldRetryOnRateLimit, d.MaxRestRetries = false, false, false, 0
	d.LogLevel = -1 // it would print what the gateway says
	d.UserAgent = userAgent
	d.ShardID, d.ShardCount = s.number, s.g.shards
	d.Identify.Intents = s.g.intents
	d.Identify.Properties = discordgo.IdentifyProperties{OS: "linux", Browser: "gofirst", Device: "gofirst"}
	d.Client = &http.Client{Transport: gatewayAt(s.g.url)}
	d.Dialer = &websocket.Dialer{
		Proxy: http.ProxyFromEnvironment, HandshakeTimeout: s.r.a.timing.request,
		NetDialContext: func(_ context.Context, network, address string) (net.Conn, error) {
			return s.connection(ctx, network, address)
		},
	}
	d.AddHandler(func(_ *discordgo.Session, e *discordgo.Event) { s.hear(e) })
	d.AddHandler(func(*discordgo.Session, *discordgo.Disconnect) { s.gone() })
	return d, nil
}

// connection dials for discordgo, which knows no context: the end of ctx closes what was dialled.
func (s *shard) connection(ctx context.Context, network, address string) (net.Conn, error) {
	dialer := net.Dialer{Timeout: s.r.a.timing.request}
	conn, err := dialer.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	w := &watched{Conn: conn, silence: s.r.a.timing.silence}
	w.stop = context.AfterFunc(ctx, func() { _ = conn.Close() })
	s.mu.Lock()
	defer s.mu.Unlock()
	s.line = w
	return w, nil
}

// watched is a connection on which the other side must not be silent for long: it answers every heartbeat.
type watched struct {
	net.Conn
	silence time.Duration
	stop    func() bool
}

func (w *watched) Read(b []byte) (int, error) {
	if err := w.SetReadDeadline(time.Now().Add(w.silence)); err != nil {
		return 0, err
	}
	return w.Conn.Read(b)
}

func (w *watched) Close() error {
	w.stop()
	return w.Conn.Close()
}

// gatewayAt answers discordgo's own question for the gateway with what GET /gateway/bot said.
type gatewayAt string

func (u gatewayAt) RoundTrip(q *http.Request) (*http.Response, error) {
	body, err := json.Marshal(map[string]string{"url": string(u)})
	if err != nil {
		return nil, err
	}
	return &http.Response{
		Status: "200 OK", StatusCode: http.StatusOK, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(bytes.NewReader(body)), Request: q,
	}, nil
}
