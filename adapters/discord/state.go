package discord

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// carry makes a form's identifier, which brings its state back. It is signed for the person, so that nobody can send
// another state. What is too long waits in memory.
func (a *Adapter) carry(user, state string) string {
	id := inside + a.sign(user, state) + ":" + state
	if units(id) <= maxCustomID {
		return id
	}
	id = kept + rand.Text()
	a.states.put(id, formState{user, state, a.cfg.Now().Add(time.Hour)})
	return id
}

// carried reads what carry made.
func (a *Adapter) carried(user, id string) (state string, ok bool) {
	if strings.HasPrefix(id, kept) {
		s, ok := a.states.get(id)
		return s.state, ok && s.user == user && !a.cfg.Now().After(s.until)
	}
	mac, state, ok := strings.Cut(strings.TrimPrefix(id, inside), ":")
	return state, ok && strings.HasPrefix(id, inside) && subtle.ConstantTimeCompare([]byte(mac), []byte(a.sign(user, state))) == 1
}

// sign is a signature of 96 bits. Its key comes of the token, so that a form outlives a restart.
func (a *Adapter) sign(user, state string) string {
	m := hmac.New(sha256.New, []byte("gofirst form\x00"+a.cfg.Token()))
	m.Write([]byte(user + "\x00" + state))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil)[:12])
}

var errNonsense = errors.New("the interaction makes no sense")

// submitted makes an event of a form that was sent; nil where it is not one of ours.
func (a *Adapter) submitted(head chat.Header, x wireInteraction, r *reply) chat.Event {
	state, ok := a.carried(r.user, x.Data.ID)
	if !ok {
		a.count(chat.RefusedSignature)
		return nil
	}
	values := map[string]string{}
	for _, holder := range x.Data.Components {
		if holder.Component != nil {
			holder.Components = append(holder.Components, *holder.Component)
		}
		for _, in := range holder.Components {
			values[in.ID] = in.Value
			if len(in.Values) > 0 {
				values[in.ID] = in.Values[0]
			}
		}
	}
	return chat.FormSubmitted{Header: head, State: state, Values: values, Reply: a.keep(r)}
}
