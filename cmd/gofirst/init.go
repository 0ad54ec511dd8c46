package main

import (
	"crypto/rand"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gofirst/gofirst/bot/store"
)

// initCmd writes what serve wants.
type initCmd struct {
	Dir      string `arg:"" optional:"" default:"." help:"The folder; it is made if it is not there."`
	Language string `enum:"en,fr" default:"en" help:"Of the comments, and of the bot: en or fr."`
}

// Help is shown by "gofirst init --help".
func (c *initCmd) Help() string {
	return `Init writes gofirst.yaml, with comments, and gofirst.key, which only you can read. It never overwrites: ` +
		`what is there stays as it is.`
}

//go:embed init/en.yaml
var englishConfig []byte

//go:embed init/fr.yaml
var frenchConfig []byte

// Run writes the two files, each unless it is there.
func (c *initCmd) Run(std *stdio) error {
	if err := os.MkdirAll(c.Dir, 0o755); err != nil {
		return err
	}
	for _, f := range []struct {
		name  string
		write func(path string) error
		about string
	}{
		{"gofirst.yaml", c.writeConfig, "the configuration: who is there, and what is on"},
		{"gofirst.key", c.writeKey, "the key; keep it, and keep it apart from backups of the database"},
	} {
		path := filepath.Join(c.Dir, f.name)
		switch err := f.write(path); {
		case errors.Is(err, fs.ErrExist):
			fmt.Fprintf(std.out, "%s is there already and stays as it is.\n", path)
		case err != nil:
			return err
		default:
			fmt.Fprintf(std.out, "Wrote %s: %s.\n", path, f.about)
		}
	}
	_, err := fmt.Fprintf(std.out, nextSteps, c.in(), c.in())
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
	if filepath.Clean(c.Dir) == "." {
		return ""
	}
	return " --config " + filepath.Join(c.Dir, "gofirst.yaml")
}

func (c *initCmd) writeConfig(path string) error {
	text := englishConfig
	if c.Language == "fr" {
		text = frenchConfig
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Close())
}

// writeKey makes a key, unless a database is there without one: no other key than its own opens it.
func (c *initCmd) writeKey(path string) error {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		database := filepath.Join(c.Dir, "gofirst.db")
		if _, err := os.Stat(database); err == nil {
			return fmt.Errorf("%s is there, but %s is not: bring the key back from where you keep it, for a new one does not open that database", database, path)
		}
	}
	key, err := store.NewKey(rand.Reader)
	if err != nil {
		return err
	}
	return store.WriteKey(path, key)
}
