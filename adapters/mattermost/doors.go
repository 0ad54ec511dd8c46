package mattermost

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"

	"github.com/gofirst/gofirst/bot/chat"
)

// The doors, by the names that they have under Config.Hooks.
const (
	doorCommand = "command"
	doorAction  = "action"
	doorDialog  = "dialog"
)

// maxBody is the longest request that a door reads.
const maxBody = 1 << 20

// Doors are where the server calls: for the slash command, a button, a dialog. Without Config.Hooks it is told to
// nobody where they are, and they refuse all.
func (a *Adapter) Doors() map[string]http.Handler {
	return map[string]http.Handler{
		doorCommand: a.door(a.command),
		doorAction:  a.door(a.press),
		doorDialog:  a.door(a.dialog),
	}
}

// refusal is why a request is turned away.
type refusal struct {
	status int
	count  chat.Count // empty where the one who asks is not to blame
}

func (r *refusal) Error() string { return http.StatusText(r.status) }

var (
	badBody   = &refusal{http.StatusBadRequest, chat.RefusedBody}
	unsigned  = &refusal{http.StatusForbidden, chat.RefusedSignature}
	stale     = &refusal{http.StatusForbidden, chat.RefusedStale}
	unheard   = &refusal{http.StatusServiceUnavailable, ""}
	wrongVerb = &refusal{http.StatusMethodNotAllowed, chat.RefusedBody}
	tooLarge  = &refusal{http.StatusRequestEntityTooLarge, chat.RefusedBody}
	notForUs  = &refusal{http.StatusForbidden, chat.RefusedForeign}
)

// door reads a request, and answers with JSON, or with a status and its bare name. Whoever is refused learns nothing.
func (a *Adapter) door(serve func(r *http.Request, body []byte) (any, *refusal)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer, no := a.admit(w, r, serve)
		if no != nil {
			if no.count != "" {
				a.tally.add(no.count)
			}
			http.Error(w, no.Error(), no.status)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(answer) // who hung up hears nothing
	})
}

func (a *Adapter) admit(w http.ResponseWriter, r *http.Request, serve func(*http.Request, []byte) (any, *refusal)) (any, *refusal) {
	if r.Method != http.MethodPost {
		return nil, wrongVerb
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return nil, tooLarge
		}
		return nil, badBody
	}
	return serve(r, body)
}

// tell hands what a person did to the sink; false where nobody listens.
func (a *Adapter) tell(channel string, i item) bool {
	l := a.listening()
	i.once = true
	return l != nil && l.add(channel, i)
}

// valid says whether the parts of a request are identifiers.
func valid(ids ...string) bool {
	return !slices.ContainsFunc(ids, func(id string) bool { return !isID(id) })
}
