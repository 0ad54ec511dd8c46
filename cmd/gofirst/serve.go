package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/mattn/go-isatty"
)

// serveCmd runs the bot until it is asked to end.
type serveCmd struct {
	configured
	As      string `placeholder:"NAME" help:"Whose place the console takes; otherwise that of the configuration's \"me\"."`
	Console string `enum:"auto,on,off" default:"auto" help:"Take part in the local chat from here: auto (when the input is a terminal or a pipe), on or off."`
}

// Help is shown by "gofirst serve --help".
func (c *serveCmd) Help() string {
	return `Serve runs until SIGTERM or Ctrl-C, then finishes what it began and ends with 0; a second signal ends it at once. ` +
		`What it knew it knows again at the next start.

At a terminal, :quit or the end of the input ends it too. From a pipe, what is read is said, and serve goes on.`
}

// Run serves.
func (c *serveCmd) Run(ctx context.Context, std *stdio) (err error) {
	cfg, err := readConfig(c.Config)
	if err != nil {
		return err
	}
	if err := c.check(cfg); err != nil {
		return wrong(err)
	}
	s, err := openServer(ctx, cfg, std)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	if err := c.sit(ctx, s, std, stop); err != nil {
		return wrong(err)
	}
	err = s.run(ctx)
	s.log.Info("stopped")
	return err
}

func (c *serveCmd) check(cfg *config) error {
	switch {
	case c.As == "" || slices.Contains(cfg.people, c.As):
		return nil
	case len(cfg.people) == 0:
		return fmt.Errorf("--as %s: %s has no local chat to sit in", c.As, cfg.file)
	}
	return fmt.Errorf("--as %s: there is no such person; %s names %s", c.As, cfg.file, strings.Join(cfg.people, ", "))
}

// sit seats somebody at the console, if there is one to be had. Whoever leaves a terminal ends the process; the end
// of a pipe ends nothing.
func (c *serveCmd) sit(ctx context.Context, s *server, std *stdio, stop func()) error {
	at := slices.IndexFunc(s.open, func(o *connection) bool { return o.console != nil })
	if at < 0 && c.Console == "on" {
		return fmt.Errorf("--console=on: %s has no local chat to sit in", s.config.file)
	}
	if at < 0 || !c.wantsConsole(std.in) {
		return nil
	}
	terminal := isatty.IsTerminal(std.in.Fd())
	in := io.Reader(std.in)
	if !terminal {
		in = io.MultiReader(in, still{ctx})
	}
	seat := s.open[at].console(seat{as: c.As, in: in, out: std.out, plain: !isTerminal(std.out)})
	go func() {
		if err := seat.Run(ctx, nil); err != nil && ctx.Err() == nil {
			s.log.Warn("the console ended", "err", err)
		}
		if terminal {
			stop()
		}
	}()
	return nil
}

// still is an input in which nothing is said any more, so that whoever listens goes on listening.
type still struct{ ctx context.Context }

// Read ends when serve does.
func (s still) Read([]byte) (int, error) {
	<-s.ctx.Done()
	return 0, io.EOF
}

// wantsConsole: a terminal, a pipe or a file has something to say; /dev/null, which daemons get, has not.
func (c *serveCmd) wantsConsole(in *os.File) bool {
	if c.Console != "auto" {
		return c.Console == "on"
	}
	info, err := in.Stat()
	return err == nil && (isatty.IsTerminal(in.Fd()) || info.Mode()&os.ModeCharDevice == 0)
}
