package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// The Web API is called from here rather than through slack-go's client, whose errors keep too little of the HTTP
// answer to tell what certainly did not happen from what may have.

const (
	callTime   = 30 * time.Second // for a request whose context has no nearer end
	maxAnswer  = 16 << 20         // bytes that are read of an answer
	defaultTry = 5 * time.Second  // where a 429 does not say how long
	longestTry = time.Hour
)

// answer is what every method answers.
type answer struct {
	OK       bool   `json:"ok"`
	Error    string `json:"error"`
	Needed   string `json:"needed"`
	Metadata struct {
		NextCursor string   `json:"next_cursor"`
		Messages   []string `json:"messages"`
	} `json:"response_metadata"`
}

// call calls a method with the bot's token, and decodes the answer into out, which may be nil.
func (a *Adapter) call(ctx context.Context, op, method string, args url.Values, out any) error {
	_, err := a.ask(ctx, op, method, a.cfg.BotToken, args, out)
	return err
}

// ask is call with a token of choice; it gives the answer's header too.
func (a *Adapter) ask(ctx context.Context, op, method string, token func() string, args url.Values, out any) (http.Header, error) {
	r, err := http.NewRequest(http.MethodPost, a.cfg.API+method, strings.NewReader(args.Encode()))
	if err != nil {
		return nil, failed(op, chat.Refused, "the API's address makes no request")
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Authorization", "Bearer "+strings.TrimSpace(token()))
	body, header, err := a.do(ctx, op, r)
	if err != nil {
		return header, err
	}
	var said answer
	if err := json.Unmarshal(body, &said); err != nil {
		return header, failed(op, chat.Unsure, method+" answered something that is no JSON")
	}
	if !said.OK {
		return header, said.failure(op, method)
	}
	if out == nil {
		return header, nil
	}
	if err := json.Unmarshal(body, out); err != nil {
		return header, failed(op, chat.Unsure, method+" answered in a form that is not documented")
	}
	return header, nil
}

// do sends a request and gives the body of an answer with a status of 2xx. No address gets into its errors, for some
// hold a secret.
func (a *Adapter) do(ctx context.Context, op string, r *http.Request) ([]byte, http.Header, error) {
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	if err := ctx.Err(); err != nil {
		return nil, nil, &chat.Error{Op: op, Kind: chat.Later, Err: err}
	}
	resp, err := a.http.Do(r.WithContext(ctx))
	if err != nil {
		return nil, nil, &chat.Error{Op: op, Kind: reached(err), Err: bare(err)}
	}
	defer resp.Body.Close()
	if err := status(op, resp); err != nil {
		_, _ = io.CopyN(io.Discard, resp.Body, 64<<10) // so that the connection can be used again
		return nil, resp.Header, err
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return nil, resp.Header, &chat.Error{Op: op, Kind: chat.Unsure, Err: bare(err)}
	}
	return body, resp.Header, nil
}

// reached is Later where the request certainly did not get to Slack, for there was no connection to carry it.
func reached(err error) chat.Kind {
	var wire *net.OpError
	if errors.As(err, &wire) && wire.Op == "dial" {
		return chat.Later
	}
	return chat.Unsure
}

// bare takes the address out of an error.
func bare(err error) error {
	var at *url.Error
	if errors.As(err, &at) {
		err = at.Err
	}
	var wire *net.OpError
	switch {
	case errors.Is(err, context.Canceled):
		return context.Canceled
	case errors.Is(err, context.DeadlineExceeded):
		return context.DeadlineExceeded
	case errors.As(err, &wire):
		return fmt.Errorf("the connection failed: %s", wire.Op)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("the connection was cut")
	}
	return errors.New("the request failed")
}

// httpError is an answer with a status that is not 2xx.
type httpError struct{ status int }

func (e *httpError) Error() string {
	return fmt.Sprintf("Slack answered with the HTTP status %d", e.status)
}

// status is the error of an answer by its HTTP status; nil for 2xx.
func status(op string, resp *http.Response) error {
	e := &chat.Error{Op: op, Err: &httpError{resp.StatusCode}}
	switch code := resp.StatusCode; {
	case code >= 200 && code < 300:
		return nil
	case code == http.StatusTooManyRequests:
		e.Kind, e.Wait = chat.Later, retryAfter(resp.Header)
	case code == http.StatusRequestTimeout, code == http.StatusTooEarly:
	case code == http.StatusGone:
		e.Kind = chat.Gone
	case code >= 400 && code < 500:
		e.Kind = chat.Refused
	}
	return e
}

func retryAfter(h http.Header) time.Duration {
	s, err := strconv.Atoi(strings.TrimSpace(h.Get("Retry-After")))
	if err != nil || s < 0 {
		return defaultTry
	}
	return min(time.Duration(s)*time.Second, longestTry)
}
