package adaptertest

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// StatusError is what an adapter makes of an HTTP status when a message could not be posted; 0 is a
// connection that was cut. It is nil where the status says that the message was taken.
func StatusError(op string, status int, header http.Header) error {
	e := &chat.Error{Op: op, Err: fmt.Errorf("status %d", status)}
	switch {
	case status == 0:
		e.Err = errCut
	case status < 300:
		return nil
	case status == http.StatusTooManyRequests:
		e.Kind = chat.Later
		if s, err := strconv.Atoi(header.Get("Retry-After")); err == nil && s > 0 {
			e.Wait = time.Duration(s) * time.Second
		}
	case status == http.StatusNotFound, status == http.StatusGone:
		e.Kind = chat.Gone
	case status == http.StatusRequestTimeout, status == http.StatusTooEarly: // who knows
	case status >= 400 && status < 500:
		e.Kind = chat.Refused
	}
	return e
}
