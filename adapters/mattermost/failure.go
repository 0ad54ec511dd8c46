package mattermost

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/mattermost/mattermost/server/public/model"
)

// The server's names for what the bot acts upon.
const (
	idPending     = "api.post.deduplicate_create_post.pending"
	idDeletedRoom = "api.post.create_post.can_not_post_to_deleted.error"
	idRootGone    = "api.post.create_post.root_id.app_error"
	idTrigger     = "interactive_message.decode_trigger_id." // and what is wrong with it
	idBadField    = "api.context.invalid_"                   // a parameter, in the body or elsewhere
)

func failed(op string, k chat.Kind, err error) error {
	return &chat.Error{Op: "mattermost " + op, Kind: k, Err: err}
}

// failure says what a request that failed means. The server's own words are left out: they may hold what somebody
// wrote, or name a person; its name for the error stays.
func failure(op string, answer *model.Response, err error) error {
	if err == nil {
		return nil
	}
	if answer == nil || answer.StatusCode == 0 {
		return failed(op, reached(err), cut(err))
	}
	var app *model.AppError
	id := ""
	if errors.As(err, &app) {
		id = app.Id
	}
	e := &chat.Error{Op: "mattermost " + op, Kind: meaning(answer.StatusCode, id), Err: answered{answer.StatusCode, id}}
	if e.Kind == chat.Later {
		e.Wait = wait(answer.Header)
	}
	return e
}

// reached is Later where the request certainly did not get to the server, for there was no connection to carry it.
func reached(err error) chat.Kind {
	var wire *net.OpError
	if errors.As(err, &wire) && wire.Op == "dial" {
		return chat.Later
	}
	return chat.Unsure
}

// cut keeps of a network error what has no address and no identifier in it.
func cut(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	}
	return fmt.Errorf("the connection to the server failed: %w", err)
}

func meaning(status int, id string) chat.Kind {
	switch {
	case id == idPending:
		return chat.Later
	case id == idDeletedRoom, id == idRootGone:
		return chat.Gone
	case status == http.StatusTooManyRequests:
		return chat.Later
	case status == http.StatusNotFound, status == http.StatusGone:
		return chat.Gone
	case status == http.StatusRequestTimeout, status == http.StatusTooEarly, status == http.StatusNotModified:
		return chat.Unsure
	case status >= 300 && status < 500:
		return chat.Refused
	}
	return chat.Unsure
}

// answered is what a request was answered with that failed. What stands between the bot and the server, a proxy or a
// page about maintenance, has no name for the error.
type answered struct {
	status int
	id     string
}

// Error says what went wrong, and what to do where that is known.
func (e answered) Error() string {
	what := fmt.Sprintf("status %d", e.status)
	if e.id != "" {
		what += " " + e.id
	}
	if do := advice(e.status, e.id); do != "" {
		what += ": " + do
	}
	return what
}

// denied says whether the server itself has said that something is not there, or not open to the bot.
func denied(err error) bool {
	var e answered
	if !errors.As(err, &e) {
		return kind(err) == chat.Gone
	}
	return e.id != "" && (e.status == http.StatusNotFound || e.status == http.StatusForbidden)
}

func unknownToken(err error) bool {
	var e answered
	return errors.As(err, &e) && e.status == http.StatusUnauthorized
}

// passing takes what ends a connection for something that passes by itself, all but a token that is not known.
func passing(err error) error {
	var e *chat.Error
	if !errors.As(err, &e) || unknownToken(err) {
		return err
	}
	return &chat.Error{Op: e.Op, Kind: chat.Later, Wait: e.Wait, Err: e.Err}
}

func advice(status int, id string) string {
	switch {
	case status == http.StatusUnauthorized:
		return "the server does not know the token: make a new one in Integrations > Bot Accounts"
	case id == idPending:
		return "the same message is being saved"
	case id == idRootGone:
		return "the message to reply to is gone"
	case id == idDeletedRoom:
		return "the channel is archived"
	case status == http.StatusForbidden:
		return "the bot is not in this channel or may not do this: invite it, and look at its role"
	}
	return ""
}

// wait reads how long a server that limits requests wants to be left alone.
func wait(h http.Header) time.Duration {
	for _, name := range []string{"Retry-After", "X-Ratelimit-Reset"} {
		if s, err := strconv.Atoi(h.Get(name)); err == nil && s >= 0 {
			return min(time.Duration(s)*time.Second, time.Hour)
		}
	}
	return time.Second
}

// unsent turns a doubt into "it did not happen", for a request before the one that counts.
func unsent(err error) error {
	var e *chat.Error
	if errors.As(err, &e) && e.Kind == chat.Unsure {
		return &chat.Error{Op: e.Op, Kind: chat.Later, Wait: time.Second, Err: e.Err}
	}
	return err
}

// kind gives that of an error of this package; Unsure for every other.
func kind(err error) chat.Kind {
	var e *chat.Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return chat.Unsure
}
