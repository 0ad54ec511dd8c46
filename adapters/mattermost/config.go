package mattermost

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Config says which server the bot speaks with, and as whom.
type Config struct {
	// Name is that of the connection. Buttons and forms of one connection are refused by every other.
	Name string
	// Server is the address that people use, "https://chat.example.org", with the sub-path where there is one.
	Server string
	// API is where requests go instead, for a proxy or a private network; empty means Server.
	API string
	// Token gives the bot account's access token. It is asked for at every request.
	Token func() string
	// Key makes what buttons and forms carry unforgeable. At least 16 bytes, the same after a restart.
	Key []byte
	// Hooks is the address under which the doors are reachable from the server, "https://bot.example.org/hooks/mattermost".
	// Empty: there are no buttons, forms and slash command; "@gofirst …" and private messages work.
	Hooks string
	// CommandToken gives the token of a slash command that an administrator created by hand. It may be nil.
	CommandToken func() string
	// Teams are the names of the teams to work in, as they stand in addresses. Empty: all that the bot is in.
	Teams []string
	// Log takes what an administrator may want to know; nil discards it.
	Log *slog.Logger
	// HTTP carries requests; nil means http.DefaultTransport.
	HTTP http.RoundTripper
	// Now tells the time; nil means time.Now.
	Now func() time.Time
	// Heartbeat is how often the live connection is tried; 0 means every 20 seconds. A connection that has been
	// silent for two and a half times as long is lost.
	Heartbeat time.Duration
}

// minKey is the least number of bytes of Config.Key.
const minKey = 16

func (c Config) checked() (Config, error) {
	for name, address := range map[string]string{"server": c.Server, "api": c.API, "hooks": c.Hooks} {
		if err := checkAddress(address); err != nil && (address != "" || name == "server") {
			return c, fmt.Errorf("mattermost: %s: %w", name, err)
		}
	}
	if c.Token == nil {
		return c, errors.New("mattermost: a token is needed")
	}
	if len(c.Key) < minKey {
		return c, fmt.Errorf("mattermost: the key has %d bytes, at least %d are needed", len(c.Key), minKey)
	}
	c.Server, c.API, c.Hooks = strings.TrimRight(c.Server, "/"), strings.TrimRight(c.API, "/"), strings.TrimRight(c.Hooks, "/")
	if c.HTTP == nil {
		c.HTTP = http.DefaultTransport
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Heartbeat <= 0 {
		c.Heartbeat = 20 * time.Second
	}
	return c, nil
}

// checkAddress names what is wrong, but not the address: it may hold a password.
func checkAddress(address string) error {
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return errors.New("this is no address")
	case u.Scheme != "http" && u.Scheme != "https":
		return errors.New(`the address has to begin with "https://"`)
	case u.Host == "":
		return errors.New("the address names no server")
	case u.User != nil, u.RawQuery != "", u.Fragment != "":
		return errors.New("the address may hold a server and a path, and nothing else")
	}
	return nil
}

func (c Config) base() string {
	if c.API != "" {
		return c.API
	}
	return c.Server
}
