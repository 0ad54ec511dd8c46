package discord

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/gorilla/websocket"
)

// open dials a gateway. Why that failed is not told: an address may hold what is nobody's business.
func (s *shard) open(ctx context.Context, at string) (*socket, error) {
	address, ok := gatewayAddress(at)
	if !ok {
		return nil, errCut
	}
	ctx, cancel := context.WithTimeout(ctx, s.r.a.timing.request)
	defer cancel()
	ws, resp, err := s.r.a.dialer().DialContext(ctx, address, http.Header{"User-Agent": {userAgent}})
	if err != nil {
		if resp != nil {
			_ = resp.Body.Close()
		}
		return nil, errCut
	}
	ws.SetReadLimit(biggest)
	k := &socket{ws: ws, seq: &s.seq}
	k.acked.Store(true)
	return k, nil
}

// biggest is more than the largest server is told in, in bytes.
const biggest = 64 << 20

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

// gatewayAddress asks a gateway for version 10 in uncompressed JSON, and keeps all else that its address says.
func gatewayAddress(at string) (string, bool) {
	u, err := url.Parse(at)
	if err != nil || u.Host == "" || u.Scheme != "ws" && u.Scheme != "wss" {
		return "", false
	}
	var query []string
	for pair := range strings.SplitSeq(u.RawQuery, "&") {
		switch name, _, _ := strings.Cut(pair, "="); name {
		case "", "v", "encoding", "compress":
		default:
			query = append(query, pair)
		}
	}
	u.RawQuery, u.Fragment = strings.Join(append(query, "v=10", "encoding=json"), "&"), ""
	if u.Path == "" {
		u.Path = "/"
	}
	return u.String(), true
}
