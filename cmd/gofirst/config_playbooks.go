package main

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/gofirst/gofirst/playbooks"
)

// ownFolder is where a community's own playbooks stand, where nothing else is said.
const ownFolder = "playbooks"

// readFolder loads the playbooks of a folder that must be there, since it was named.
func (c *config) readFolder(v value) {
	text, ok := v.text()
	if !ok {
		return
	}
	c.folder = c.path(text)
	if info, err := os.Stat(c.folder); err != nil || !info.IsDir() {
		v.fail("there is no folder %s", c.path(text))
		text = ""
	}
	c.books = c.booksWith(v, text)
}

// loadBooks loads the playbooks where no folder is named.
func (c *config) loadBooks(root value) {
	folder := ownFolder
	c.folder = c.path(folder)
	if _, err := os.Stat(c.folder); errors.Is(err, fs.ErrNotExist) {
		folder = ""
	}
	c.books = c.booksWith(root, folder)
}

func (c *config) booksWith(v value, folder string) []book {
	books, err := builtinBooks()
	if err == nil && folder != "" {
		var own []book
		own, err = booksIn(c.path(folder))
		books = mergeBooks(books, own)
	}
	if err != nil {
		v.doc.problems = append(v.doc.problems, err)
	}
	return books
}

// readPlaybooks reads which playbooks are on, and what is fixed of their settings.
func (c *config) readPlaybooks(v value) {
	var ids []string
	for _, b := range c.books {
		ids = append(ids, b.ID)
	}
	for _, f := range v.fields() {
		at := slices.Index(ids, f.key)
		if at < 0 {
			f.unknown("there is no playbook %q", ids)
			continue
		}
		c.on = append(c.on, turnedOn{f.key, c.readSettings(f, c.books[at].Playbook)})
	}
}

func (c *config) readSettings(of field, p *playbooks.Playbook) map[string]any {
	var known []string
	for _, s := range p.Settings {
		known = append(known, s.Name)
	}
	out := map[string]any{}
	for _, f := range of.value.fields() {
		name, room, per := strings.Cut(f.key, "@")
		s := p.Setting(name)
		switch {
		case s == nil:
			f.unknown(p.ID+" has no setting %q", known)
		case per && !s.PerChannel:
			f.at.fail("the setting %q is the same in every room", name)
		case !per || c.knowsRoom(word{room, f.at}):
			if set, ok := c.readSetting(f.value, s); ok {
				out[f.key] = set
			}
		}
	}
	for _, s := range p.Settings {
		if _, given := out[s.Name]; s.Type == "channels" && !given && s.Default == nil && len(of.value.doc.problems) == 0 {
			of.at.fail("%s does not say in which %s it is on; for instance %s: {%s: [help]}", p.ID, s.Name, p.ID, s.Name)
		}
	}
	return out
}

func (c *config) readSetting(v value, s *playbooks.Setting) (any, bool) {
	if s.Type == "channels" {
		words := v.words()
		for _, w := range words {
			c.knowsRoom(w)
		}
		return texts(words), true
	}
	text, ok := v.text()
	if !ok {
		return nil, false
	}
	if _, err := s.Value(text); err != nil {
		v.fail("%v", err)
		return nil, false
	}
	return text, true
}
