package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// Doors are handlers by the name of their connection and by their own, as chat.Doors gives them.
type Doors map[string]map[string]http.Handler

// What a caller may cost.
const (
	maxHeader = 16 << 10 // bytes
	maxBody   = 1 << 20

	headerWithin = 5 * time.Second
	readWithin   = 10 * time.Second
	answerWithin = 40 * time.Second // longer than the slowest service waits: Mattermost's half minute
	idleFor      = 2 * time.Minute
	endWithin    = 5 * time.Second // for what is being answered when the server is asked to end
)

// Server serves doors at one address.
type Server struct {
	listener net.Listener
	server   *http.Server
}

// Listen takes the address, such as 127.0.0.1:8321, so that whoever starts learns at once that it is taken.
// Nobody is answered before Run.
func Listen(ctx context.Context, address string, doors Doors, log *slog.Logger) (*Server, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("serve the doors: %w", err)
	}
	return &Server{listener: listener, server: &http.Server{
		Handler:           Handler(doors, log),
		ReadHeaderTimeout: headerWithin, ReadTimeout: readWithin, WriteTimeout: answerWithin, IdleTimeout: idleFor,
		MaxHeaderBytes: maxHeader,
		ErrorLog:       slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}}, nil
}

// Address is where the server listens: the port is known where 0 was asked for.
func (s *Server) Address() string { return s.listener.Addr().String() }

// Run answers until ctx is done, then lets those finish who are being answered. It returns nil after that.
func (s *Server) Run(ctx context.Context) error {
	ended := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() {
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), endWithin)
		defer cancel()
		err := s.server.Shutdown(last)
		if err != nil {
			err = errors.Join(err, s.server.Close())
		}
		ended <- err
	})
	err := s.server.Serve(s.listener)
	if stop() { // it ended by itself
		return fmt.Errorf("serve the doors: %w", err)
	}
	if err := <-ended; err != nil {
		return fmt.Errorf("close the doors: %w", err)
	}
	return nil
}

// Close lets go of the address without having run.
func (s *Server) Close() error {
	if err := s.listener.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
		return err
	}
	return nil
}
