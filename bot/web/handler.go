package web

import (
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
)

// prefix is where the doors stand.
const prefix = "/hooks/"

// Path is where a door of a connection stands, from the root of the server.
func Path(connection, door string) string { return prefix + connection + "/" + door }

// Handler answers for all doors, and with a plain 404 for whatever is none.
func Handler(doors Doors, log *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		connection, door, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, prefix), "/")
		handler := doors[connection][door]
		switch {
		case handler == nil || r.URL.Path != Path(connection, door):
			http.Error(w, "not found", http.StatusNotFound)
		case r.Method != http.MethodPost:
			w.Header().Set("Allow", http.MethodPost)
			http.Error(w, "only POST", http.StatusMethodNotAllowed)
		default:
			r.Body = http.MaxBytesReader(w, r.Body, maxBody)
			defer survive(w, log.With("connection", connection, "door", door))
			handler.ServeHTTP(w, r)
		}
	})
}

// survive keeps a door that breaks from taking the others with it. What it broke on is not logged, for it may be
// what a person wrote: only its type, and where.
func survive(w http.ResponseWriter, log *slog.Logger) {
	switch broken := recover(); broken {
	case nil:
	case http.ErrAbortHandler:
		panic(broken)
	default:
		log.Error("a door broke", "panic", fmt.Sprintf("%T", broken), "stack", string(debug.Stack()))
		http.Error(w, "broken", http.StatusInternalServerError)
	}
}
