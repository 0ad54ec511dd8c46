package discordtest

import (
	"fmt"
	"net/http"
	"strings"
)

// refusal is an error in the service's own shape.
type refusal struct {
	status, code int
	message      string
	errors       map[string]any
	header       http.Header
	extra        map[string]any
}

func refuse(status, code int, message string) *refusal {
	return &refusal{status: status, code: code, message: message}
}

// wrong refuses a field of a form.
func wrong(field, code, message string) *refusal {
	r := refuse(http.StatusBadRequest, 50035, "Invalid Form Body")
	var tree any = map[string]any{"_errors": []any{map[string]any{"code": code, "message": message}}}
	parts := strings.Split(field, ".")
	for i := len(parts) - 1; i > 0; i-- {
		tree = map[string]any{parts[i]: tree}
	}
	r.errors = map[string]any{parts[0]: tree}
	return r
}

func tooLong(field string, limit int) *refusal {
	return wrong(field, "BASE_TYPE_MAX_LENGTH", fmt.Sprintf("Must be %d or fewer in length.", limit))
}

var (
	unauthorized   = refuse(http.StatusUnauthorized, 0, "401: Unauthorized")
	unknownChannel = refuse(http.StatusNotFound, 10003, "Unknown Channel")
	unknownGuild   = refuse(http.StatusNotFound, 10004, "Unknown Guild")
	unknownMember  = refuse(http.StatusNotFound, 10007, "Unknown Member")
	unknownMessage = refuse(http.StatusNotFound, 10008, "Unknown Message")
	unknownUser    = refuse(http.StatusNotFound, 10013, "Unknown User")
	unknownEmoji   = refuse(http.StatusBadRequest, 10014, "Unknown Emoji")
	unknownHook    = refuse(http.StatusNotFound, 10015, "Unknown Webhook")
	unknownAction  = refuse(http.StatusNotFound, 10062, "Unknown interaction")
	missingAccess  = refuse(http.StatusForbidden, 50001, "Missing Access")
	notOurs        = refuse(http.StatusForbidden, 50005, "Cannot edit a message authored by another user")
	emptyMessage   = refuse(http.StatusBadRequest, 50006, "Cannot send an empty message")
	closedMessages = refuse(http.StatusForbidden, 50007, "Cannot send messages to this user")
	lacking        = refuse(http.StatusForbidden, 50013, "Missing Permissions")
	badJSON        = refuse(http.StatusBadRequest, 50109, "The request body contains invalid JSON.")
	answeredTwice  = refuse(http.StatusBadRequest, 40060, "Interaction has already been acknowledged.")
)

func (r *refusal) write(w http.ResponseWriter) {
	for k, v := range r.header {
		w.Header()[k] = v
	}
	body := map[string]any{"message": r.message, "code": r.code}
	if r.errors != nil {
		body["errors"] = r.errors
	}
	for k, v := range r.extra {
		body[k] = v
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(r.status)
	_, _ = w.Write(encode(body))
}

func reply(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if v != nil {
		_, _ = w.Write(encode(v))
	}
}
