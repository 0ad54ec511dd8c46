package main

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/gofirst/gofirst/bot/chat"
)

// opener opens a connection. It asks nobody: that is for the connection to do when it runs.
type opener func(ctx context.Context, o opening) (*connection, error)

// opening is what a connection is opened with.
type opening struct {
	zone  *time.Location
	clock func() time.Time
	log   *slog.Logger
	// key is what a connection may make codes of its own from: secret, and the same after a restart.
	key []byte
}

// connection is a connection that is open.
type connection struct {
	adapter chat.Adapter
	console func(seat) console // nil where nobody can take part from a terminal
	close   func() error
}

// remote is a connection to a service: there is nothing to close, for only Run holds a line.
func remote(a chat.Adapter, err error) (*connection, error) {
	if err != nil {
		return nil, err
	}
	return &connection{adapter: a, close: func() error { return nil }}, nil
}

// doors are the paths on which its service calls the connection.
func (c *connection) doors() map[string]http.Handler {
	if d, ok := c.adapter.(chat.Doors); ok {
		return d.Doors()
	}
	return nil
}

// console takes part in a chat until its input ends or ctx is done.
type console interface {
	Run(ctx context.Context, onEvent func(chat.Event) error) error
}

// seat is a place at a console.
type seat struct {
	as    string // a person; empty: as the configuration says
	in    io.Reader
	out   io.Writer
	plain bool // no terminal
}
