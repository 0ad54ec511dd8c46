package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/chat"
)

// manifestCmd says how the bot is made known to a service.
type manifestCmd struct {
	configured
	Service     string `arg:"" enum:"slack,discord,mattermost" help:"slack, discord or mattermost."`
	Application string `arg:"" optional:"" help:"Discord: the application's id, as its page \"General Information\" shows it."`
	CommandOnly bool   `help:"Slack and Discord: ask for nothing with which the bot could read rooms."`
	HTTP        bool   `name:"http" help:"Slack: let it call the bot at --url instead of Socket Mode."`
	URL         string `name:"url" placeholder:"URL" help:"Where the service reaches the bot; otherwise the configuration's \"url\"."`
	Language    string `enum:"en,fr," default:"" help:"Of the menu entries: en or fr; otherwise the configuration's."`
}

// Help is shown by "gofirst manifest --help".
func (c *manifestCmd) Help() string {
	return `For Slack it prints an app manifest: every scope has its reason beside it. For Discord it prints the link that lets ` +
		`the bot into a server, and what to switch on. For Mattermost it prints what an administrator does, step by step.

It needs no configuration; where there is one, its addresses and names are used.`
}

// manifest is what can be said of a bot before it is connected.
type manifest struct {
	name        string // of the connection
	url         string // where the service reaches the bot; empty: nowhere
	application string
	commandOnly bool
	http        bool
	actions     []chat.Action // the entries of menus
	server      string
	teams       []string
}

// hooks is where the doors of the connection are; empty where the service cannot call.
func (m manifest) hooks() string { return hooksUnder(m.url, m.name) }

// Run prints it.
func (c *manifestCmd) Run(ctx context.Context, std *stdio) error {
	m, err := c.manifest()
	if err != nil {
		return err
	}
	text, err := manifests()[c.Service](ctx, m)
	if err != nil {
		return err
	}
	_, err = std.out.Write(text)
	return err
}

func (c *manifestCmd) manifest() (m manifest, err error) {
	cfg, err := c.read()
	if err != nil {
		return m, err
	}
	m = manifest{name: c.Service, url: strings.TrimRight(c.URL, "/"), application: c.Application, commandOnly: c.CommandOnly, http: c.HTTP}
	if c.URL != "" {
		if problem := wrongAddress(c.URL); problem != "" {
			return m, wrong(fmt.Errorf("--url: %s", problem))
		}
	} else {
		m.url = cfg.url
	}
	if c.HTTP && m.url == "" {
		return m, wrong(errors.New("--http wants --url, or \"url\" in the configuration: the address at which Slack calls the bot"))
	}
	language := c.Language
	if language == "" {
		language = cfg.language
	}
	if m.actions, err = bot.MenuActions(language); err != nil {
		return m, err
	}
	m.meet(cfg, c.Service)
	return m, nil
}

// read reads the configuration, if there is one.
func (c *manifestCmd) read() (*config, error) {
	if _, err := os.Stat(c.Config); errors.Is(err, fs.ErrNotExist) && c.Config == "gofirst.yaml" {
		return newConfig(c.Config), nil
	}
	return readConfig(c.Config)
}

// meet finds the first connection of this kind in the configuration.
func (m *manifest) meet(cfg *config, kind string) {
	at := slices.IndexFunc(cfg.connections, func(c connecting) bool { return c.kind == kind })
	if at >= 0 {
		m.name, m.server, m.teams = cfg.connections[at].name, cfg.connections[at].server, cfg.connections[at].teams
	}
}
