package mattermost_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gofirst/gofirst/adapters/mattermost"
	"github.com/gofirst/gofirst/adapters/mattermost/mattermosttest"
	"github.com/gofirst/gofirst/bot/chat"
)

// bereaving takes from every page of posts the latest: it is listed, and gone.
type bereaving struct{ http.RoundTripper }

func (b bereaving) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := b.RoundTripper.RoundTrip(r)
	if err != nil || answer.StatusCode != http.StatusOK || !strings.HasSuffix(r.URL.Path, "/posts") || r.Method != http.MethodGet {
		return answer, err
	}
	defer answer.Body.Close()
	var page struct {
		Order []string                   `json:"order"`
		Posts map[string]json.RawMessage `json:"posts"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&page); err != nil {
		return nil, err
	}
	if len(page.Order) > 0 {
		delete(page.Posts, page.Order[0])
	}
	body, err := json.Marshal(page)
	answer.Body = io.NopCloser(bytes.NewReader(body))
	return answer, err
}

// A page on which a post is missing is not the last one.
func TestHistoryGoesOnAfterShortPage(t *testing.T) {
	t.Parallel()
	s := open(t, mattermosttest.Options{}, func(c *mattermost.Config) { c.HTTP = bereaving{c.HTTP} })
	const many = 250
	start := time.Now().Add(-time.Hour)
	for i := range many {
		s.Say(0, fmt.Sprint("number ", i))
	}
	told := map[string]bool{}
	err := s.a.History(t.Context(), start, func(_ context.Context, e chat.Event) error {
		if m, ok := e.(chat.MessagePosted); ok {
			told[m.Text] = true
		}
		return nil
	})
	if err != nil || !told["number 0"] || len(told) < many-5 {
		t.Errorf("%d messages are told, the first: %v, %v", len(told), told["number 0"], err)
	}
}
