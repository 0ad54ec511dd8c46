package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/bot/web"
)

// server is all that serve opens, and closes again in the opposite order.
type server struct {
	config *config
	clock  func() time.Time
	log    *slog.Logger
	key    store.Key
	store  *store.Store
	engine *bot.Engine
	files  *reloader
	web    *web.Server // nil where no service calls
	open   []*connection
	closes []func() error

	mu    sync.Mutex
	rooms map[string][]string // what each connection that was asked has of the rooms in the configuration
}

// openServer opens the database and the connections, as far as that goes without asking a service. On an error
// nothing stays open.
func openServer(ctx context.Context, c *config, std *stdio) (*server, error) {
	s := &server{config: c, clock: std.clock, log: c.log.logger(std.err), rooms: map[string][]string{}}
	for _, step := range []func(context.Context) error{s.openStore, s.connect, s.start, s.openDoors} {
		if err := step(ctx); err != nil {
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

func (s *server) openStore(ctx context.Context) (err error) {
	if s.key, err = readKey(s.config); err != nil {
		return err
	}
	unlock, err := lock(s.config.database)
	if err != nil {
		return err
	}
	s.closes = append(s.closes, unlock)
	if s.store, err = store.Open(ctx, s.config.database, s.key); err != nil {
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

func (s *server) connect(ctx context.Context) error {
	if err := s.config.readSecrets(s.log); err != nil {
		return wrong(err)
	}
	for _, c := range s.config.connections {
		open, err := c.open(ctx, s.config.opening(c.name, s.key, s.clock, s.log))
		if err != nil {
			return fmt.Errorf("connection %s: %w", c.name, err)
		}
		s.open = append(s.open, open)
		s.closes = append(s.closes, open.close)
	}
	return nil
}

// opening is what the connection of this name is opened with.
func (c *config) opening(name string, key store.Key, clock func() time.Time, log *slog.Logger) opening {
	return opening{zone: c.zone, clock: clock, log: log.With("connection", name), key: []byte(key.DeliveryKey("hooks", name))}
}

// start makes the engine. What the configuration turns on is settled when a connection is reached.
func (s *server) start(ctx context.Context) (err error) {
	if s.engine, err = bot.New(ctx, s.config.engine(s.store, s.log, s.settle)); err != nil {
		return err
	}
	for i, c := range s.config.connections {
		s.engine.Connect(c.name, s.open[i].adapter)
	}
	return s.openFiles()
}

// engine is what an engine is made of.
func (c *config) engine(st *store.Store, log *slog.Logger, settle func(context.Context, string) error) bot.Options {
	return bot.Options{
		Store: st, Turns: st, Playbooks: playbooksOf(c.books), Log: log, Runs: c.whoRuns(), Reactions: c.reactions,
		Defaults: c.defaults(), Stewards: c.stewardList(), Groups: c.groupList(), Settle: settle,
	}
}

// openDoors takes the address at which services call, where one does.
func (s *server) openDoors(ctx context.Context) (err error) {
	doors := web.Doors{}
	for i, c := range s.config.connections {
		if c.doors {
			doors[c.name] = s.open[i].doors()
		}
	}
	if len(doors) == 0 {
		return nil
	}
	if s.web, err = web.Listen(ctx, s.config.listen, doors, s.log); err != nil {
		return err
	}
	s.closes = append(s.closes, s.web.Close)
	return nil
}

// run runs the engine and the doors until ctx is done, or one of them cannot go on.
func (s *server) run(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	onHangup(ctx, func() { s.reread(); s.files.look(ctx, true) })
	defer s.watchFiles(ctx)()
	closed := make(chan error, 1)
	go func() {
		closed <- s.serveDoors(ctx)
		stop()
	}()
	err := s.engine.Run(ctx, s.clock)
	stop()
	return errors.Join(err, <-closed)
}

func (s *server) serveDoors(ctx context.Context) error {
	if s.web == nil {
		<-ctx.Done()
		return nil
	}
	return s.web.Run(ctx)
}

// reread looks for the secrets anew; a connection of which one has changed is taken up anew.
func (s *server) reread() {
	for _, name := range s.config.reread(s.log) {
		s.log.Info("a secret has changed: connecting anew", "connection", name)
		s.engine.Reconnect(name)
	}
}

func (c *config) defaults() bot.Defaults {
	return bot.Defaults{Zone: c.zone, Week: c.hours, Language: c.language, Formal: c.formal}
}

// whoRuns says who runs the bot: as the file has it, else the first steward.
func (c *config) whoRuns() string {
	if c.runs != "" || len(c.stewards) == 0 {
		return c.runs
	}
	_, name := c.meant(c.stewards[0])
	return name
}

// meant takes off a name which connection it is meant for, as in "slack-eu:ana@example.org"; "" stands for all.
func (c *config) meant(name string) (connection, rest string) {
	connection, rest, ok := strings.Cut(name, ":")
	if ok && slices.ContainsFunc(c.connections, func(o connecting) bool { return o.name == connection }) {
		return connection, rest
	}
	return "", name
}

func (c *config) stewardList() []bot.Steward {
	var out []bot.Steward
	for _, name := range c.stewards {
		connection, name := c.meant(name)
		out = append(out, bot.Steward{Connection: connection, Name: name})
	}
	return out
}

func (c *config) groupList() []bot.Group {
	var out []bot.Group
	for _, role := range keys(c.groups) {
		for _, name := range c.groups[role] {
			connection, name := c.meant(name)
			out = append(out, bot.Group{Connection: connection, Role: role, Names: []string{name}})
		}
	}
	return out
}
