package main

import (
	"context"
	"crypto/rand"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/gofirst/gofirst/bot/store"
	"github.com/gofirst/gofirst/playbooks"
)

// initCmd writes what serve wants.
type initCmd struct {
	Args     []string `arg:"" optional:"" name:"[kind] [dir]" help:"What it is for (local, slack, discord, mattermost), and the folder, which is made if it is not there. Without a kind: local."`
	Language string   `enum:"en,fr" default:"en" help:"Of the comments, and of the bot: en or fr."`
	Offline  bool     `help:"Do not ask the service whether the tokens work."`

	kind, dir string
}

// Help is shown by "gofirst init --help".
func (c *initCmd) Help() string {
	return `Init writes gofirst.yaml, with comments, and gofirst.key, which only you can read. It never overwrites: ` +
		`what is there stays as it is.

For a service it asks for the tokens and for your own name there, and writes each token into a file that only you can ` +
		`read; at a terminal, tokens are not shown. From a pipe it takes one answer a line. Then it asks the service whether ` +
		`the tokens work, and ends with 3 where they do not.`
}

//go:embed init/*.yaml
var configTexts embed.FS

// Run writes the files, each unless it is there, and looks whether they work.
func (c *initCmd) Run(ctx context.Context, std *stdio) error {
	if err := c.place(); err != nil {
		return wrong(err)
	}
	if err := c.other(); err != nil {
		return wrong(err)
	}
	files, err := c.answers(ctx, std)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.dir, 0o755); err != nil {
		return err
	}
	for _, f := range files {
		if err := c.write(std, f.name, f.about, f.write); err != nil {
			return err
		}
	}
	if err := c.write(std, "gofirst.key", "the key; keep it, and keep it apart from backups of the database", c.writeKey); err != nil {
		return err
	}
	if c.kind == "local" {
		_, err := fmt.Fprintf(std.out, nextSteps, c.in(), c.in())
		return err
	}
	return c.tryOut(ctx, std)
}

// place tells the kind from the folder.
func (c *initCmd) place() error {
	c.kind, c.dir = "local", "."
	rest := c.Args
	if len(rest) > 0 && slices.Contains(keys(kinds()), rest[0]) {
		c.kind, rest = rest[0], rest[1:]
	}
	if len(rest) > 1 {
		return fmt.Errorf("%q is none of local, slack, discord, mattermost; \"gofirst init --help\" says more", rest[0])
	}
	if len(rest) == 1 {
		c.dir = rest[0]
		if near := playbooks.Nearest(c.dir, keys(kinds())); near != "" && len(c.Args) == 1 && !exists(c.dir) {
			return fmt.Errorf("%q is no kind of chat: did you mean %s? For a folder of that name say \"gofirst init local %s\"", c.dir, near, c.dir)
		}
	}
	return nil
}

// other refuses to set up a service beside a configuration that does not speak of it: what is there stays as it is, so
// somebody has to say where the new one belongs.
func (c *initCmd) other() error {
	file := filepath.Join(c.dir, "gofirst.yaml")
	if c.kind == "local" || !exists(file) {
		return nil
	}
	cfg, err := readConfig(file)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(cfg.connections, func(o connecting) bool { return o.kind == c.kind }) {
		return nil
	}
	return fmt.Errorf("%s is there, and does not speak of %s: add this section to it, put the tokens into those files, and run \"gofirst doctor%s\"\n  %s",
		file, c.kind, c.in(), sections()[c.kind])
}

// sections are what a configuration says of a service, at the least.
func sections() map[string]string {
	return map[string]string{
		"slack":      "slack: {app_token_file: app.token, bot_token_file: bot.token}",
		"discord":    "discord: {token_file: discord.token}",
		"mattermost": "mattermost: {server: https://chat.example.org, token_file: mattermost.token}",
	}
}

// write writes a file unless it is there.
func (c *initCmd) write(std *stdio, name, about string, write func(path string) error) error {
	path := filepath.Join(c.dir, name)
	err := write(path)
	switch {
	case errors.Is(err, fs.ErrExist):
		_, err = fmt.Fprintf(std.out, "%s is there already and stays as it is.\n", path)
	case err == nil:
		_, err = fmt.Fprintf(std.out, "Wrote %s: %s.\n", path, about)
	}
	return err
}

const nextSteps = `
Next:
  1. Look through gofirst.yaml: people, rooms, what is on.
  2. gofirst check%s     finds mistakes in it and in playbooks of your own.
  3. gofirst serve%s     runs the bot; write there, and try /gofirst help.
`

// in is what the next steps have to add where the folder is not this one.
func (c *initCmd) in() string {
	if filepath.Clean(c.dir) == "." {
		return ""
	}
	return " --config " + filepath.Join(c.dir, "gofirst.yaml")
}

// write makes the file; one that is there stays as it is.
func (w written) write(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, w.mode)
	if err != nil {
		return err
	}
	_, err = f.Write(w.text)
	return errors.Join(err, f.Close())
}

// writeKey makes a key, unless a database is there without one: no other key than its own opens it.
func (c *initCmd) writeKey(path string) error {
	if !exists(path) && exists(filepath.Join(c.dir, "gofirst.db")) {
		return fmt.Errorf("%s is there, but %s is not: bring the key back from where you keep it, for a new one does not open that database",
			filepath.Join(c.dir, "gofirst.db"), path)
	}
	key, err := store.NewKey(rand.Reader)
	if err != nil {
		return err
	}
	return store.WriteKey(path, key)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
