package discordtest

import (
	"net/http"
	"time"
	"unicode/utf8"
)

// The types of interactions and of the answers to them.
const (
	actionPing, actionCommand, actionComponent, actionTyping, actionModal = 1, 2, 3, 4, 5

	answerPong, answerMessage, answerDeferred, answerDeferredUpdate, answerUpdate, answerChoices, answerModal = 1, 4, 5, 6, 7, 8, 9
)

// interaction is one thing that a person did and the bot answers.
type interaction struct {
	id, token, user, channel string
	kind                     int
	at                       time.Time
	answered                 int // the type of the first answer; 0 while there is none
	flags                    int
	original                 *message
	modal                    map[string]any
	choices                  []Choice
	thinking                 bool // the person sees that an answer is coming
	withdrawn                bool // the person saw so, and does not any more
	refused                  string
}

// Choice is what is offered while a person types.
type Choice struct{ Name, Value string }

func (s *Server) routeInteractions(api *http.ServeMux) {
	api.HandleFunc("POST /interactions/{id}/{token}/callback", s.callback)
	api.HandleFunc("POST /webhooks/{application}/{token}", s.followUp)
	original := "/webhooks/{application}/{token}/messages/{message}"
	api.HandleFunc("PATCH "+original, s.changeAnswer)
	api.HandleFunc("DELETE "+original, s.deleteAnswer)
	api.HandleFunc("GET "+original, func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		if _, m, no := s.answer(r); no != nil {
			no.write(w)
		} else {
			reply(w, http.StatusOK, s.messageJSON(m, true))
		}
	})
	s.routeCommands(api)
}

type callbackBody struct {
	Type int `json:"type"`
	Data struct {
		draft
		CustomID string           `json:"custom_id"`
		Title    string           `json:"title"`
		Choices  []map[string]any `json:"choices"`
	} `json:"data"`
}

func (s *Server) callback(w http.ResponseWriter, r *http.Request) {
	var b callbackBody
	files, no := decoded(r, &b)
	if no != nil {
		no.write(w)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	x := s.actions[r.PathValue("token")]
	switch {
	case x == nil || x.id != r.PathValue("id") || s.opts.Now().Sub(x.at) > 3*time.Second && x.answered == 0:
		unknownAction.write(w)
		return
	case x.answered != 0:
		answeredTwice.write(w)
		return
	}
	if no := s.first(x, b, files); no != nil {
		x.refused = no.message
		s.change()
		no.write(w)
		return
	}
	s.change()
	if r.URL.Query().Get("with_response") != "true" || s.opts.SilentCallbacks {
		reply(w, http.StatusNoContent, nil)
		return
	}
	resource := map[string]any{"type": b.Type}
	if x.original != nil {
		resource["message"] = s.messageJSON(x.original, true)
	}
	reply(w, http.StatusOK, map[string]any{"interaction": map[string]any{"id": x.id, "type": x.kind}, "resource": resource})
}

// first takes the first answer to an interaction.
func (s *Server) first(x *interaction, b callbackBody, files []file) *refusal {
	badType := wrong("type", "BASE_TYPE_CHOICES", "This response type is not allowed for this interaction.")
	switch b.Type {
	case answerMessage:
		if x.kind == actionTyping {
			return badType
		}
		m, no := s.drafted(b.Data.draft, files, flagSuppressEmbeds|flagEphemeral|flagQuiet)
		if no != nil {
			return no
		}
		s.give(x, m)
	case answerDeferred:
		if x.kind == actionTyping || b.Data.Flags&^flagEphemeral != 0 {
			return badType
		}
		x.flags, x.thinking = b.Data.Flags, true
	case answerDeferredUpdate, answerUpdate:
		if x.kind != actionComponent {
			return badType
		}
	case answerChoices:
		return s.offer(x, b)
	case answerModal:
		if x.kind == actionModal || x.kind == actionTyping {
			return badType
		}
		if no := checkModal(b); no != nil {
			return no
		}
		x.modal = map[string]any{"custom_id": b.Data.CustomID, "title": b.Data.Title, "components": b.Data.Components}
	default:
		return badType
	}
	x.answered = b.Type
	return nil
}

func (s *Server) offer(x *interaction, b callbackBody) *refusal {
	if x.kind != actionTyping {
		return wrong("type", "BASE_TYPE_CHOICES", "This response type is not allowed for this interaction.")
	}
	if len(b.Data.Choices) > 25 {
		return wrong("data.choices", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
	}
	for _, c := range b.Data.Choices {
		name, _ := c["name"].(string)
		value, _ := c["value"].(string)
		if n := utf8.RuneCountInString(name); n < 1 || n > 100 || utf8.RuneCountInString(value) > 100 {
			return wrong("data.choices", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
		}
		x.choices = append(x.choices, Choice{name, value})
	}
	x.answered = b.Type
	return nil
}

// give posts an answer, to the person alone where it is ephemeral.
func (s *Server) give(x *interaction, m *message) {
	m.channel, m.author, m.webhook, m.kind, m.invoked = x.channel, s.Bot, true, 20, x
	if m.flags&flagEphemeral != 0 {
		m.only = x.user
	}
	m.pings = nil
	s.place(s.channels[x.channel], m)
	if x.original == nil && !x.withdrawn {
		x.original = m
	}
	x.thinking = false
}
