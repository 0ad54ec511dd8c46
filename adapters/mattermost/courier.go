package mattermost

import (
	"errors"
	"io"
	"net/http"
	"sync"
	"time"
)

// maxAnswer is the longest answer of the server that is read.
const maxAnswer = 16 << 20

// courier carries the requests of the client: it adds the token as it is now, bounds the answers, and notes what
// every answer tells of the server.
type courier struct {
	next  http.RoundTripper
	token func() string
	now   func() time.Time

	mu      sync.Mutex
	version string        // of the server
	skew    time.Duration // by how much the server's clock is ahead
	dated   bool
}

func (c *courier) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+c.token())
	answer, err := c.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	c.note(answer.Header)
	answer.Body = &bounded{answer.Body, maxAnswer}
	return answer, nil
}

func (c *courier) note(h http.Header) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if v := h.Get("X-Version-Id"); v != "" {
		c.version = v
	}
	if at, err := http.ParseTime(h.Get("Date")); err == nil {
		c.skew, c.dated = at.Sub(c.now()), true
	}
}

// known gives what was noted.
func (c *courier) known() (version string, skew time.Duration, dated bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.version, c.skew, c.dated
}

// bounded fails where an answer has no end.
type bounded struct {
	io.ReadCloser
	left int64
}

var errEndless = errors.New("the answer is too long")

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errEndless
	}
	n, err := b.ReadCloser.Read(p)
	b.left -= int64(n)
	return n, err
}
