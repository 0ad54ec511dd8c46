package slacktest

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Hooks are the app's request URLs. Where they are set, everything goes there, and Socket Mode is off.
type Hooks struct{ Events, Commands, Interactions string }

// delivery is something on its way to the app.
type delivery struct {
	kind    string // events_api, slash_commands, interactive
	payload map[string]any
	id      string // of the envelope
	attempt int
	acked   bool
	timer   *time.Timer
}

func (d *delivery) stop() {
	if d.timer != nil {
		d.timer.Stop()
	}
}

// UseHooks turns Socket Mode off and sends everything to the URLs.
func (s *Server) UseHooks(h Hooks) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hooks = h
}

// tell tells the app of an event that it is subscribed to, if it may hear of it. A nil channel is everywhere. The
// caller holds the lock.
func (s *Server) tell(c *channel, subscription string, event map[string]any) {
	defer s.announce()
	if !s.subscribed(subscription) || c != nil && !c.has(BotUser) {
		return
	}
	s.lastEvent = map[string]any{
		"token": "legacy", "team_id": s.opts.Team, "api_app_id": AppID, "type": "event_callback",
		"event": event, "event_id": s.next("Ev"), "event_time": s.opts.Now().Unix(), "is_ext_shared_channel": false,
		"authorizations": []any{map[string]any{"enterprise_id": nil, "team_id": s.opts.Team, "user_id": BotUser, "is_bot": true, "is_enterprise_install": false}},
	}
	s.deliver("events_api", s.lastEvent)
}

func (s *Server) subscribed(event string) bool {
	if s.opts.Events != nil && !slices.Contains(s.opts.Events, event) {
		return false
	}
	needs, known := eventScopes()[event]
	return known && (len(needs) == 0 || s.scope(needs...))
}

// deliver sends something to the app. Without a connection it is lost, as after Slack's last attempt. The caller holds
// the lock.
func (s *Server) deliver(kind string, payload map[string]any) {
	d := &delivery{kind: kind, payload: payload}
	if kind != "events_api" {
		s.lastHand = d
	}
	if s.hooks != (Hooks{}) {
		s.enqueue(d)
		return
	}
	s.push(d)
}

// Redeliver tells the last event once more, as after a lost acknowledgement.
func (s *Server) Redeliver() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.lastEvent != nil {
		s.deliver("events_api", s.lastEvent)
	}
}

// Tell tells the app of any event, such as one that only a test thinks of.
func (s *Server) Tell(event map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lastEvent = map[string]any{"team_id": s.opts.Team, "api_app_id": AppID, "type": "event_callback", "event": event, "event_id": s.next("Ev"), "event_time": s.opts.Now().Unix()}
	s.deliver("events_api", s.lastEvent)
}

// Limited tells the app that it hears nothing of a minute, because there was too much: of what happens in it, nothing
// else is told.
func (s *Server) Limited(minute time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.deliver("events_api", map[string]any{
		"token": "legacy", "type": "app_rate_limited", "team_id": s.opts.Team, "api_app_id": AppID, "minute_rate_limited": minute.Unix(),
	})
}

// Push sends any payload to the app, from another team, say.
func (s *Server) Push(kind string, payload map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.deliver(kind, payload)
}

// Sign puts the signature of a body on a request, made at a time.
func (s *Server) Sign(r *http.Request, body []byte, at time.Time) { sign(r, s.signing, body, at) }

// SignWith signs with any secret.
func SignWith(r *http.Request, secret string, body []byte, at time.Time) { sign(r, secret, body, at) }

func sign(r *http.Request, secret string, body []byte, at time.Time) {
	stamp := itoa(at.Unix())
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("v0:" + stamp + ":"))
	mac.Write(body)
	r.Header.Set("X-Slack-Request-Timestamp", stamp)
	r.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
}

// enqueue puts a delivery behind the others of its channel, each of which has a line of its own. The caller holds the
// lock.
func (s *Server) enqueue(d *delivery) {
	key := ""
	if e, ok := d.payload["event"].(map[string]any); ok {
		key, _ = e["channel"].(string)
	}
	busy := len(s.lines[key]) > 0
	s.lines[key] = append(s.lines[key], d)
	if !busy && s.ctx.Err() == nil {
		s.work.Go(func() { s.callHooks(key) })
	}
}

// callHooks calls the request URLs for one line, one after the other, until it is empty.
func (s *Server) callHooks(key string) {
	for {
		s.mu.Lock()
		if len(s.lines[key]) == 0 || s.ctx.Err() != nil {
			delete(s.lines, key)
			s.mu.Unlock()
			return
		}
		d := s.lines[key][0]
		s.mu.Unlock()
		s.knock(d)
		s.mu.Lock()
		s.lines[key] = s.lines[key][1:]
		s.mu.Unlock()
	}
}

// knock tries up to four times. What a person did is told once: Slack shows them an error instead.
func (s *Server) knock(d *delivery) {
	for d.attempt = 0; d.attempt < 4; d.attempt++ {
		status, final := s.request(d)
		if status/100 == 2 {
			s.arrived(d)
		}
		if status/100 == 2 || final || d.kind != "events_api" {
			return
		}
		select {
		case <-s.ctx.Done():
			return
		case <-time.After(s.opts.Retry / 10):
		}
	}
}

func (s *Server) arrived(d *delivery) {
	s.mu.Lock()
	defer s.mu.Unlock()
	d.acked = true
	s.announce()
}

// Acked waits until the app has acknowledged the latest command, press, form or action. Each is waited for once.
func (s *Server) Acked(ctx context.Context) error {
	return s.Await(ctx, func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		acked := s.lastHand != nil && s.lastHand.acked
		if acked {
			s.lastHand = nil
		}
		return acked
	})
}

func (s *Server) request(d *delivery) (status int, final bool) {
	ctx, cancel := context.WithTimeout(s.ctx, 3*time.Second)
	defer cancel()
	r, body := s.Request(d.kind, d.payload)
	r = r.WithContext(ctx)
	s.mu.Lock()
	at := map[string]string{"events_api": s.hooks.Events, "slash_commands": s.hooks.Commands, "interactive": s.hooks.Interactions}[d.kind]
	s.mu.Unlock()
	u, err := url.Parse(at)
	if err != nil {
		return 0, true
	}
	r.URL, r.Host = u, u.Host
	s.Sign(r, body, s.opts.Now())
	if d.attempt > 0 {
		r.Header.Set("X-Slack-Retry-Num", itoa(d.attempt))
		r.Header.Set("X-Slack-Retry-Reason", "http_error")
	}
	resp, err := s.http.Client().Do(r)
	if err != nil {
		return 0, false
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode, resp.Header.Get("X-Slack-No-Retry") == "1"
}

// Request makes the signed request by which Slack would tell something over HTTP, and its body.
func (s *Server) Request(kind string, payload map[string]any) (*http.Request, []byte) {
	body, mime := raw(payload), "application/json"
	if kind != "events_api" {
		form := url.Values{}
		if kind == "interactive" {
			form.Set("payload", string(body))
		} else {
			for k, v := range payload {
				if text, ok := v.(string); ok {
					form.Set(k, text)
				}
			}
		}
		body, mime = []byte(form.Encode()), "application/x-www-form-urlencoded"
	}
	r, err := http.NewRequest(http.MethodPost, "http://app.example/", bytes.NewReader(body))
	if err != nil {
		panic(err)
	}
	r.Header.Set("Content-Type", mime)
	r.Header.Set("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
	s.Sign(r, body, s.opts.Now())
	return r, body
}

func (s *Server) since(t time.Time) time.Duration { return s.opts.Now().Sub(t) }

func trimmedToken(h string) string { return strings.TrimPrefix(h, "Bearer ") }
