package slack

import (
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"time"
)

// Config says how to reach a workspace. The secrets are functions because an administrator may replace them while
// the bot runs; each is asked again whenever it is used.
type Config struct {
	// Name is what the connection is called in logs and findings.
	Name string
	// AppToken is the app-level token (xapp-…) with the scope connections:write. Where it is set, events come over
	// Socket Mode.
	AppToken func() string
	// BotToken is the bot user's token (xoxb-…). It is always needed.
	BotToken func() string
	// SigningSecret proves that a request comes from Slack. It is needed where there is no AppToken: events then come
	// through Doors.
	SigningSecret func() string
	// API is the address that the methods stand under; empty stands for Slack's own.
	API string
	// HTTP carries the requests; nil stands for http.DefaultTransport. Of an *http.Transport, the proxy, the TLS
	// configuration and the dialer serve the websocket too.
	HTTP http.RoundTripper
	// Log takes what an operator may want to know; nil discards it. No words and no identifiers of people go there.
	Log *slog.Logger
	// Now is the clock; nil stands for time.Now.
	Now func() time.Time
}

const slackAPI = "https://slack.com/api/"

// check fills in what is left out and says what is missing.
func (c *Config) check() error {
	if c.BotToken == nil {
		return errors.New("slack: the bot token is missing: copy it from OAuth & Permissions of the app's pages")
	}
	if c.AppToken == nil && c.SigningSecret == nil {
		return errors.New("slack: set an app token (for Socket Mode) or a signing secret (for the Events API over HTTP): " +
			"both stand under Basic Information of the app's pages")
	}
	if c.API == "" {
		c.API = slackAPI
	}
	u, err := url.Parse(c.API)
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "https" && u.Scheme != "http" {
		return errors.New("slack: the API's address has to begin with https:// and name a host")
	}
	return nil
}

// socketMode says that events come over a websocket.
func (c *Config) socketMode() bool { return c.AppToken != nil }
