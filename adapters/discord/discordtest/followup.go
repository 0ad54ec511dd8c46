package discordtest

import (
	"crypto/ed25519"
	"encoding/hex"
	"net/http"
	"time"
)

// living finds an interaction that was answered and whose token still holds.
func (s *Server) living(r *http.Request) (*interaction, *refusal) {
	x := s.actions[r.PathValue("token")]
	switch {
	case x == nil || r.PathValue("application") != s.Application || x.answered == 0:
		return nil, unknownHook
	case s.opts.Now().Sub(x.at) > 15*time.Minute:
		return nil, refuse(http.StatusUnauthorized, 50027, "Invalid Webhook Token")
	}
	return x, nil
}

func (s *Server) followUp(w http.ResponseWriter, r *http.Request) {
	var d draft
	files, no := decoded(r, &d)
	if no != nil {
		no.write(w)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	x, no := s.living(r)
	var m *message
	if no == nil {
		m, no = s.drafted(d, files, flagSuppressEmbeds|flagEphemeral|flagQuiet)
	}
	if no != nil {
		no.write(w)
		return
	}
	if x.thinking {
		m.flags = m.flags&^flagEphemeral | x.flags // the first follow-up takes the place of "thinking"
	}
	s.give(x, m)
	reply(w, http.StatusOK, s.messageJSON(m, true))
}

// answer finds a message that answered an interaction.
func (s *Server) answer(r *http.Request) (*interaction, *message, *refusal) {
	x, no := s.living(r)
	if no != nil {
		return nil, nil, no
	}
	id := r.PathValue("message")
	if id == "@original" {
		if x.original == nil {
			return x, nil, unknownMessage
		}
		id = x.original.id
	}
	m := s.channels[x.channel].message(id)
	if m == nil || m.invoked != x {
		return x, nil, unknownMessage
	}
	return x, m, nil
}

func (s *Server) changeAnswer(w http.ResponseWriter, r *http.Request) {
	var d draft
	files, no := decoded(r, &d)
	if no != nil {
		no.write(w)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	x, m, no := s.answer(r)
	thinking := x != nil && x.thinking && r.PathValue("message") == "@original"
	if no != nil && !thinking {
		no.write(w)
		return
	}
	changed, no := s.drafted(d, files, flagSuppressEmbeds)
	if no != nil {
		no.write(w)
		return
	}
	if thinking {
		m = changed
		m.flags |= x.flags
		s.give(x, m)
	} else {
		m.content, m.components, m.mentions, m.edited = changed.content, changed.components, changed.mentions, s.opts.Now()
		s.change()
	}
	reply(w, http.StatusOK, s.messageJSON(m, true))
}

func (s *Server) deleteAnswer(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	x, m, no := s.answer(r)
	switch {
	case x != nil && x.thinking && r.PathValue("message") == "@original":
		x.thinking, x.withdrawn = false, true
		s.change()
	case no != nil:
		no.write(w)
		return
	default:
		s.remove(s.channels[x.channel], m)
	}
	reply(w, http.StatusNoContent, nil)
}

// Sign signs a request to the bot's endpoint as the service does; timestamp is in Unix seconds.
func (s *Server) Sign(timestamp string, body []byte) (signature string) {
	return hex.EncodeToString(ed25519.Sign(s.private, append([]byte(timestamp), body...)))
}
