package discordtest

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strconv"
)

// prepare makes an interaction; data is called under the lock.
func (s *Server) prepare(channelID, who string, kind int, data func() map[string]any) *Deed {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channels[channelID]
	x := &interaction{id: s.snowflake(), user: who, channel: channelID, kind: kind, at: s.opts.Now()}
	x.token = "aW50ZXJhY3Rpb24" + x.id + "token"
	s.actions[x.token] = x
	told := data()
	body := map[string]any{
		"id": x.id, "application_id": s.Application, "type": kind, "token": x.token, "version": 1, "channel_id": c.id, "channel": s.channelJSON(c),
		"locale": "en-GB", "app_permissions": "0", "entitlements": []any{}, "context": 1, "data": told,
	}
	if id, ok := told["message"].(string); ok {
		body["message"] = s.messageJSON(c.message(id), true)
		delete(told, "message")
	}
	if g := s.guilds[c.guild]; g != nil {
		body["guild_id"], body["guild_locale"], body["context"] = c.guild, "en-US", 0
		body["member"] = s.memberJSON(g, who, true)
	} else {
		body["user"] = s.userJSON(who)
	}
	return &Deed{s, x, encode(body)}
}

// tell brings an interaction to the bot: over the gateway, or to its endpoint where it has one.
func (s *Server) tell(d *Deed) *Deed {
	s.mu.Lock()
	endpoint := s.endpoint
	if endpoint == "" {
		c := s.channels[d.x.channel]
		s.dispatch("INTERACTION_CREATE", c.guild, 0, func(*session) any { return rawJSON(d.Body) })
	}
	s.mu.Unlock()
	if endpoint != "" {
		s.carry(endpoint, d)
	}
	return d
}

type rawJSON []byte

func (r rawJSON) MarshalJSON() ([]byte, error) { return r, nil }

// SetEndpoint lets interactions be posted to the bot instead of told over the gateway. As the service does, it first
// asks whether the endpoint answers a ping, and refuses one whose signature is wrong.
func (s *Server) SetEndpoint(url string) error {
	ping := &Deed{s: s, x: &interaction{}, Body: []byte(`{"id":"1","application_id":"1","type":1,"token":"t","version":1}`)}
	if status, body, err := s.knock(url, ping, true); err != nil || status != http.StatusOK || !bytes.Contains(body, []byte(`"type":1`)) {
		return fmt.Errorf("the endpoint answers a ping with the status %d: %w", status, err)
	}
	if status, _, err := s.knock(url, ping, false); err != nil || status != http.StatusUnauthorized {
		return fmt.Errorf("the endpoint answers a wrong signature with the status %d: %w", status, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.endpoint = url
	return nil
}

func (s *Server) knock(url string, d *Deed, genuine bool) (int, []byte, error) {
	r, err := http.NewRequest(http.MethodPost, url, bytes.NewReader(d.Body))
	if err != nil {
		return 0, nil, err
	}
	timestamp := strconv.FormatInt(s.opts.Now().Unix(), 10)
	signed := d.Body
	if !genuine {
		signed = append([]byte("x"), d.Body...)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Signature-Timestamp", timestamp)
	r.Header.Set("X-Signature-Ed25519", s.Sign(timestamp, signed))
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, 1<<20))
	return answer.StatusCode, body, err
}

// carry brings an interaction to the endpoint, which accepts it and answers through the callback.
func (s *Server) carry(url string, d *Deed) {
	status, _, err := s.knock(url, d, true)
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil || status != http.StatusAccepted {
		d.x.refused = fmt.Sprintf("the endpoint answers with the status %d", status)
	}
	s.change()
}
