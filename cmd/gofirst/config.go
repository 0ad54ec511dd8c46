package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gofirst/gofirst/bot"
	"github.com/gofirst/gofirst/bot/calendar"
)

// config is what gofirst.yaml says, checked. Paths in it are those to be used.
type config struct {
	file        string
	connections []connecting
	database    string
	keyFile     string
	stewards    []string
	language    string
	formal      bool
	zone        *time.Location
	hours       calendar.Timetable
	reactions   bot.Reactions
	groups      map[string][]string // names by role
	books       []book              // all that there are
	folder      string              // of own playbooks, whether it is there or not
	on          []turnedOn
	runs        string
	log         logging
	url         string // where services reach the doors, without a slash at its end; empty: nowhere
	listen      string // where the doors are served

	// What is known of names before any service was asked. anywhere says that a service knows more.
	rooms, people []string
	me            string // of the local chat
	anywhere      bool
}

// connecting is a connection as the file describes it.
type connecting struct {
	name, kind string
	open       opener
	secrets    []*secret
	doors      bool // its service calls the bot, at config.url
	remote     bool // its service is not in this process
	server     string
	teams      []string // of the server, where it has several
}

// turnedOn is a playbook that the file turns on, with the settings that it fixes.
type turnedOn struct {
	id       string
	settings map[string]any // rooms stand in it by their names
}

// configured is the flag with which a command is told of another configuration file.
type configured struct {
	Config string `default:"gofirst.yaml" placeholder:"FILE" help:"The configuration file (${default})."`
}

// readConfig reads and checks the configuration. What is wrong is told all at once, each with its place.
func readConfig(file string) (*config, error) {
	doc, root, err := readDocument(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, wrong(fmt.Errorf("there is no configuration file %s: \"gofirst init\" writes one, --config names another", file))
	}
	if err != nil {
		return nil, wrong(err)
	}
	c := newConfig(file)
	c.read(root)
	if err := doc.err(); err != nil {
		return nil, wrong(err)
	}
	return c, nil
}

// newConfig holds what is so where a file says nothing.
func newConfig(file string) *config {
	c := &config{file: file, language: "en", zone: time.UTC, groups: map[string][]string{}, log: defaultLog(), listen: "127.0.0.1:8321"}
	c.hours, _ = calendar.ParseTimetable("Mon-Fri 09:00-18:00")
	c.database, c.keyFile = c.path("gofirst.db"), c.path("gofirst.key")
	return c
}

// path is a path of the file's own, taken from the folder that the file is in.
func (c *config) path(text string) string {
	if filepath.IsAbs(text) {
		return text
	}
	return filepath.Join(filepath.Dir(c.file), text)
}

// read reads the plain keys, then the connections, and then what names rooms, people and playbooks of theirs.
func (c *config) read(root value) {
	plain, late, sections := c.plainKeys(), c.lateKeys(), kinds()
	var connect, last []func()
	for _, f := range root.fields() {
		switch kind := sections[f.key]; {
		case plain[f.key] != nil:
			plain[f.key](f.value)
		case late[f.key] != nil:
			last = append(last, func() { late[f.key](f.value) })
		case kind != nil:
			connect = append(connect, func() { c.readConnections(f, kind) })
		default:
			f.unknown("unknown key %q", slices.Concat(keys(plain), keys(late), keys(sections)))
		}
	}
	for _, read := range connect {
		read()
	}
	if len(c.connections) == 0 && len(root.doc.problems) == 0 {
		root.fail("connects to no chat; there is %s", strings.Join(keys(sections), ", "))
	}
	if c.books == nil {
		c.loadBooks(root)
	}
	for _, read := range last {
		read()
	}
}

func (c *config) plainKeys() map[string]func(value) {
	return map[string]func(value){
		"database":  func(v value) { c.readPath(v, &c.database) },
		"key_file":  func(v value) { c.readPath(v, &c.keyFile) },
		"language":  c.readLanguage,
		"address":   c.readAddress,
		"zone":      c.readZone,
		"hours":     c.readHours,
		"reactions": c.readReactions,
		"runs":      func(v value) { c.runs, _ = v.text() },
		"log":       c.log.read,
		"folder":    c.readFolder,
		"url":       func(v value) { readURL(v, &c.url) },
		"listen":    c.readListen,
	}
}

// lateKeys are those that name what others bring.
func (c *config) lateKeys() map[string]func(value) {
	return map[string]func(value){"stewards": c.readStewards, "groups": c.readGroups, "playbooks": c.readPlaybooks}
}

// keys lists the keys of a map in the order of the alphabet.
func keys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
