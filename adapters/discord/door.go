package discord

import (
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/gofirst/gofirst/bot/chat"
)

const (
	maxBody = 1 << 20
	maxSkew = 5 * time.Minute
)

// Doors gives the one on which the service brings interactions, where a public key is configured.
func (a *Adapter) Doors() map[string]http.Handler {
	if a.key == nil {
		return nil
	}
	return map[string]http.Handler{"interactions": http.HandlerFunc(a.knock)}
}

// knock lets in what the service has signed, within five minutes. It answers at once: with PONG to a PING, and else
// with nothing, for the answer itself goes another way.
func (a *Adapter) knock(w http.ResponseWriter, q *http.Request) {
	if q.Method != http.MethodPost {
		http.Error(w, "only POST", http.StatusMethodNotAllowed)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, q.Body, maxBody))
	if err != nil {
		a.turnAway(w, chat.RefusedBody, http.StatusRequestEntityTooLarge)
		return
	}
	stamp := q.Header.Get("X-Signature-Timestamp")
	if !a.genuine(q.Header.Get("X-Signature-Ed25519"), stamp, body) {
		a.turnAway(w, chat.RefusedSignature, http.StatusUnauthorized)
		return
	}
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if skew := a.cfg.Now().Sub(time.Unix(seconds, 0)); err != nil || skew > maxSkew || skew < -maxSkew {
		a.turnAway(w, chat.RefusedStale, http.StatusUnauthorized)
		return
	}
	var x wireInteraction
	if json.Unmarshal(body, &x) != nil {
		a.turnAway(w, chat.RefusedBody, http.StatusBadRequest)
		return
	}
	a.admit(w, x)
}

func (a *Adapter) admit(w http.ResponseWriter, x wireInteraction) {
	if x.Type == discordgo.InteractionPing {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"type":1}`) // whoever hung up does not want it
		return
	}
	a.mu.Lock()
	app := a.app
	a.mu.Unlock()
	if app != "" && x.App != app {
		a.turnAway(w, chat.RefusedForeign, http.StatusForbidden)
		return
	}
	if a.handle(x) != nil {
		a.turnAway(w, chat.RefusedBody, http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusAccepted)
}

func (a *Adapter) genuine(signature, stamp string, body []byte) bool {
	sig, err := hex.DecodeString(signature)
	if err != nil || len(sig) != ed25519.SignatureSize || stamp == "" {
		return false
	}
	return ed25519.Verify(a.key, append([]byte(stamp), body...), sig)
}

func (a *Adapter) turnAway(w http.ResponseWriter, c chat.Count, status int) {
	a.count(c)
	http.Error(w, http.StatusText(status), status)
}
