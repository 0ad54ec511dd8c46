package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"slices"

	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/store"
)

// server is all that serve opens, and closes again in the opposite order.
type server struct {
	config *config
	log    *slog.Logger
	store  *store.Store
	engine *bot.Engine
	open   []*connection
	closes []func() error
}

// openServer opens the database and the connections and turns on what the configuration says. On an error nothing
// stays open.
func openServer(ctx context.Context, c *config, std *stdio) (*server, error) {
	s := &server{config: c, log: c.log.logger(std.err)}
	for _, step := range []func(context.Context, *stdio) error{s.openStore, s.connect, s.start} {
		if err := step(ctx, std); err != nil {
			return nil, errors.Join(err, s.close())
		}
	}
	return s, nil
}

func (s *server) close() error {
	var errs []error
	for _, f := range slices.Backward(s.closes) {
		errs = append(errs, f())
	}
	return errors.Join(errs...)
}

func (s *server) openStore(ctx context.Context, _ *stdio) error {
	key, err := readKey(s.config)
	if err != nil {
		return err
	}
	unlock, err := lock(s.config.database)
	if err != nil {
		return err
	}
	s.closes = append(s.closes, unlock)
	if s.store, err = store.Open(ctx, s.config.database, key); err != nil {
		return err
	}
	s.closes = append(s.closes, s.store.Close)
	return nil
}

func readKey(c *config) (store.Key, error) {
	key, err := store.ReadKey(c.keyFile)
	if errors.Is(err, fs.ErrNotExist) {
		return key, wrong(fmt.Errorf("there is no key file %s, and without it the people in the database have no names: "+
			"\"gofirst init\" makes one; if there was one, bring it back from where you keep it", c.keyFile))
	}
	if err != nil {
		return key, wrong(err)
	}
	return key, nil
}

func (s *server) connect(ctx context.Context, std *stdio) error {
	for _, c := range s.config.connections {
		open, err := c.open(ctx, opening{zone: s.config.zone, clock: std.clock, log: s.log})
		if err != nil {
			return fmt.Errorf("connection %s: %w", c.name, err)
		}
		s.open = append(s.open, open)
		s.closes = append(s.closes, open.close)
	}
	return nil
}

// start makes the engine and turns on what is configured.
func (s *server) start(ctx context.Context, std *stdio) error {
	plan, err := s.plan(ctx)
	if err != nil {
		return err
	}
	s.engine, err = bot.New(ctx, bot.Options{
		Store: s.store, Turns: s.store, Playbooks: playbooksOf(s.config.books), Log: s.log, Runs: s.config.runs,
		Defaults: s.config.defaults(), Stewards: s.config.stewardList(), Groups: s.config.groupList(),
	})
	if err != nil {
		return err
	}
	for i, c := range s.config.connections {
		s.engine.Connect(c.name, s.open[i].adapter)
	}
	for _, p := range plan {
		s.engine.Fix(p.connection, p.space, p.playbook, p.settings)
		if err := s.engine.Enable(ctx, p.connection, p.space, p.playbook, p.settings, std.clock()); err != nil {
			return err
		}
	}
	return nil
}

func (c *config) defaults() bot.Defaults {
	return bot.Defaults{Zone: c.zone, Week: c.hours, Language: c.language, Formal: c.formal}
}

func (c *config) stewardList() []bot.Steward {
	var out []bot.Steward
	for _, name := range c.stewards {
		out = append(out, bot.Steward{Name: name})
	}
	return out
}

func (c *config) groupList() []bot.Group {
	var out []bot.Group
	for _, role := range keys(c.groups) {
		out = append(out, bot.Group{Role: role, Names: c.groups[role]})
	}
	return out
}
