package main

import (
	"context"
	"log/slog"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// doctorCmd looks whether everything is set up as it has to be.
type doctorCmd struct {
	configured
	Plain       bool   `help:"Words instead of signs; so it is too where the output is no terminal."`
	JSON        bool   `help:"As JSON."`
	ReadHistory string `enum:"ask,yes,no" default:"ask" help:"Read the last 14 days of the rooms, so that open questions are known at once: ask (at a terminal, where nothing is known yet), yes or no."`
}

// Help is shown by "gofirst doctor --help".
func (c *doctorCmd) Help() string {
	return `Doctor asks every service whether tokens, scopes and permissions are right, the clock runs well, and the people ` +
		`and rooms of the configuration are there. It changes nothing, and sends nothing to anybody; with --read-history=yes it ` +
		`also remembers where and when somebody wrote, and what was a question, as serve would have done.

It ends with 3 where something does not work, and with 0 where at most something less is had than could be.`
}

// Run looks and prints.
func (c *doctorCmd) Run(ctx context.Context, std *stdio) error {
	cfg, err := readConfig(c.Config)
	if err != nil {
		return err
	}
	d := &doctor{config: cfg, std: std}
	d.look(ctx)
	show := report{to: std.out, plain: c.Plain || !isTerminal(std.out), json: c.JSON, findings: d.found}
	if err := show.begin(); err != nil {
		return err
	}
	if show.learned, err = c.readHistory(ctx, d); err != nil {
		return err
	}
	if err := show.end(); err != nil {
		return err
	}
	if show.count(chat.Ill) > 0 {
		return found()
	}
	return nil
}

// doctor looks at one configuration.
type doctor struct {
	config *config
	std    *stdio
	key    store.Key
	open   []*patient
	found  []looked
}

// looked is a finding and the connection that it is about, "" for what all have in common.
type looked struct {
	connection string
	chat.Finding
}

// patient is a connection to a service.
type patient struct {
	connecting
	*connection
	found []chat.Finding
	knows *known // which names of the configuration it knows; nil where it could not be asked
}

// look looks at everything, at the services at the same time.
func (d *doctor) look(ctx context.Context) {
	d.add("", d.lookAtKey(), d.lookAtDatabase())
	for _, c := range d.config.connections {
		if c.remote {
			d.prepare(ctx, c)
		}
	}
	d.lookAtTwins()
	defer d.openDoors(ctx)()
	d.examineAll(ctx)
	d.lookAtDoors(ctx)
	d.lookAtNames()
}

func (d *doctor) add(connection string, findings ...chat.Finding) {
	for _, f := range findings {
		if f.What != "" {
			d.found = append(d.found, looked{connection, f})
		}
	}
}

// prepare reads the secrets of a connection and makes its adapter, which asks nobody yet.
func (d *doctor) prepare(ctx context.Context, c connecting) {
	secrets := lookAtSecrets(c)
	d.add(c.name, secrets...)
	for _, f := range secrets {
		if f.State == chat.Ill {
			return
		}
	}
	log := slog.New(slog.DiscardHandler)
	open, err := c.open(ctx, d.config.opening(c.name, d.key, d.std.clock, log))
	if err != nil {
		d.add(c.name, chat.Finding{What: "configuration", State: chat.Ill, Why: err.Error(), Do: "correct it in " + d.config.file})
		return
	}
	d.open = append(d.open, &patient{connecting: c, connection: open})
}
