package slack

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// Slack waits three seconds for an answer. What cannot be stored by then is told again.
const (
	maxBody  = 1 << 20
	maxSkew  = 5 * time.Minute
	maxStore = 2500 * time.Millisecond
)

// Doors are the request URLs of the app where it runs without Socket Mode; with it, there are none.
func (a *Adapter) Doors() map[string]http.Handler {
	if a.cfg.socketMode() {
		return nil
	}
	return map[string]http.Handler{
		"events":       door{a, a.eventCame},
		"commands":     door{a, a.commandCame},
		"interactions": door{a, a.interactionCame},
	}
}

// knock is a request that is proven to be Slack's.
type knock struct {
	w    http.ResponseWriter
	body []byte
	at   time.Time
}

// door lets through what Slack has signed.
type door struct {
	a    *Adapter
	came func(knock)
}

// ServeHTTP answers 200 to what is understood, 401 to what is not proven, 503 to what cannot be taken now.
func (d door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		http.Error(w, "only POST", http.StatusMethodNotAllowed)
		return
	}
	var buffer bytes.Buffer
	if n := r.ContentLength; n > 0 && n <= maxBody {
		buffer.Grow(int(n) + bytes.MinRead)
	}
	if _, err := buffer.ReadFrom(http.MaxBytesReader(w, r.Body, maxBody)); err != nil {
		status := http.StatusBadRequest
		if big := (*http.MaxBytesError)(nil); errors.As(err, &big) {
			status = http.StatusRequestEntityTooLarge
		}
		d.a.turnAway(w, chat.RefusedBody, status)
		return
	}
	at, wrong := d.a.proven(r.Header, buffer.Bytes())
	if wrong != "" {
		d.a.turnAway(w, wrong, http.StatusUnauthorized)
		return
	}
	d.a.knocked.Store(true)
	d.came(knock{w, buffer.Bytes(), at})
}

// turnAway counts a request and says as little as possible.
func (a *Adapter) turnAway(w http.ResponseWriter, why chat.Count, status int) {
	a.tally.add(why)
	w.Header().Set("X-Slack-No-Retry", "1")
	http.Error(w, http.StatusText(status), status)
}

// proven checks the signature: https://docs.slack.dev/authentication/verifying-requests-from-slack
func (a *Adapter) proven(h http.Header, body []byte) (at time.Time, wrong chat.Count) {
	stamp := h.Get("X-Slack-Request-Timestamp")
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	given, ok := bytes.CutPrefix([]byte(h.Get("X-Slack-Signature")), []byte("v0="))
	if err != nil || !ok || len(given) != hex.EncodedLen(sha256.Size) {
		return at, chat.RefusedSignature
	}
	secret := a.cfg.SigningSecret()
	if secret == "" {
		return at, chat.RefusedSignature // a key that everybody knows proves nothing
	}
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = io.WriteString(mac, "v0:"+stamp+":")
	_, _ = mac.Write(body)
	var sum [sha256.Size]byte
	var want [2 * sha256.Size]byte
	hex.Encode(want[:], mac.Sum(sum[:0]))
	if !hmac.Equal(given, want[:]) {
		return at, chat.RefusedSignature
	}
	at = time.Unix(seconds, 0)
	if skew := a.now().Sub(at); skew > maxSkew || skew < -maxSkew {
		return at, chat.RefusedStale
	}
	return at, ""
}

// listening gives the Run that is under way. Without one, Slack is told to ask again.
func (a *Adapter) listening(w http.ResponseWriter) *session {
	s := a.session.Load()
	if s == nil {
		http.Error(w, "not now", http.StatusServiceUnavailable)
	}
	return s
}

// eventCame answers once the event is stored.
func (a *Adapter) eventCame(k knock) {
	var c struct {
		Type      string `json:"type"`
		Challenge string `json:"challenge"`
	}
	if err := json.Unmarshal(k.body, &c); err != nil {
		a.turnAway(k.w, chat.RefusedBody, http.StatusBadRequest)
		return
	}
	if c.Type == "url_verification" {
		k.w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		k.w.Header().Set("X-Content-Type-Options", "nosniff")
		_, _ = io.WriteString(k.w, c.Challenge)
		return
	}
	s := a.listening(k.w)
	if s == nil {
		return
	}
	h, err := s.callback(k.body)
	if err != nil || h.hand {
		a.taken(k, s, h, err)
		return
	}
	s.await(k.w, h)
}

// await answers when an event is stored, or when Slack has to tell it again: where it is not stored in time, and at
// once where too many wait already.
func (s *session) await(w http.ResponseWriter, h heard) {
	stored := make(chan struct{})
	if !s.hear(h, func() { close(stored) }) {
		http.Error(w, "not now", http.StatusServiceUnavailable)
		return
	}
	timer := time.NewTimer(maxStore)
	defer timer.Stop()
	select {
	case <-stored:
	case <-timer.C:
		http.Error(w, "not yet", http.StatusServiceUnavailable)
	case <-s.ctx.Done():
		http.Error(w, "not now", http.StatusServiceUnavailable)
	}
}

func (a *Adapter) refuse(w http.ResponseWriter, err error) {
	if errors.Is(err, errForeign) {
		a.turnAway(w, chat.RefusedForeign, http.StatusForbidden)
		return
	}
	a.turnAway(w, chat.RefusedBody, http.StatusBadRequest)
}

// commandCame answers at once, with nothing: what the bot says follows on the response_url.
func (a *Adapter) commandCame(k knock) {
	f, err := url.ParseQuery(string(k.body))
	if err != nil {
		a.turnAway(k.w, chat.RefusedBody, http.StatusBadRequest)
		return
	}
	if f.Get("ssl_check") == "1" {
		return
	}
	s := a.listening(k.w)
	if s == nil {
		return
	}
	h, err := s.commanded(slashCommand{
		TeamID: chat.SpaceID(f.Get("team_id")), AppID: f.Get("api_app_id"),
		ChannelID: chat.ChannelID(f.Get("channel_id")), ChannelName: f.Get("channel_name"),
		UserID: chat.UserID(f.Get("user_id")), Text: f.Get("text"),
		ResponseURL: f.Get("response_url"), TriggerID: f.Get("trigger_id"),
	}, k.at)
	a.taken(k, s, h, err)
}

func (a *Adapter) interactionCame(k knock) {
	f, err := url.ParseQuery(string(k.body))
	if err != nil || f.Get("payload") == "" {
		a.turnAway(k.w, chat.RefusedBody, http.StatusBadRequest)
		return
	}
	s := a.listening(k.w)
	if s == nil {
		return
	}
	h, err := s.interaction([]byte(f.Get("payload")))
	a.taken(k, s, h, err)
}

// taken answers without waiting for the sink, for a person waits.
func (a *Adapter) taken(k knock, s *session, h heard, err error) {
	if err != nil {
		a.refuse(k.w, err)
		return
	}
	if !s.hear(h, nil) {
		http.Error(k.w, "not now", http.StatusServiceUnavailable)
	}
}
