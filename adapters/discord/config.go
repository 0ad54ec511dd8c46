package discord

import (
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"time"
)

// Config says how to reach one application.
type Config struct {
	// Name is what the connection is called, in logs.
	Name string
	// Token gives the bot's token, without "Bot ". It is asked at every use, for an administrator may replace it.
	Token func() string
	// PublicKey is the application's, in hexadecimal. With it there is a door "interactions" for commands, presses and
	// forms; whether the service uses it is set in its developer portal. Empty: all comes over the gateway.
	PublicKey string
	// Shards is how many connections to the gateway there are; 0 means as many as the service recommends.
	Shards int
	// API is the base of the service's API before the version; empty means https://discord.com/api.
	API string
	// HTTP carries the requests; nil means a transport of its own with the usual proxies.
	HTTP http.RoundTripper
	// Log takes what an operator may want to know; nil discards it.
	Log *slog.Logger
	// Now is the clock; nil means time.Now.
	Now func() time.Time
}

const serviceAPI = "https://discord.com/api"

func (c Config) checked() (Config, []byte, error) {
	if c.Token == nil {
		return c, nil, errors.New("discord: no token is given")
	}
	if c.Shards < 0 {
		return c, nil, fmt.Errorf("discord: %d shards are too few", c.Shards)
	}
	var key []byte
	if c.PublicKey != "" {
		var err error
		if key, err = hex.DecodeString(c.PublicKey); err != nil || len(key) != 32 {
			return c, nil, errors.New("discord: the public key is not 64 hexadecimal digits; copy it from the application's General Information page")
		}
	}
	if c.API == "" {
		c.API = serviceAPI
	}
	if u, err := url.Parse(c.API); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return c, nil, errors.New("discord: the address of the API is none")
	}
	if c.HTTP == nil {
		c.HTTP = http.DefaultTransport.(*http.Transport).Clone()
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	c.Log = c.Log.With("connection", c.Name)
	return c, key, nil
}
