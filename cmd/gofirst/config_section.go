package main

import (
	"regexp"
	"slices"

	"github.com/goccy/go-yaml/ast"
)

// section is what the file says of one connection.
type section struct {
	value
	config  *config
	name    string
	secrets []*secret
	doors   bool // the service calls the bot
	remote  bool
	server  string
	teams   []string
}

// kind reads the section of one kind of chat, touching nothing; what it gives opens the connection.
type kind func(*section) opener

// readConnections reads the connections of one kind: one mapping, which is named after its kind, or a list of them,
// each with a name of its own.
func (c *config) readConnections(f field, read kind) {
	list, ok := f.value.node.(*ast.SequenceNode)
	if !ok {
		c.readConnection(&section{value: f.value, config: c, name: f.key}, f.key, read)
		return
	}
	for _, item := range list.Values {
		c.readConnection(&section{value: value{f.value.doc, item}, config: c}, f.key, read)
	}
}

func (c *config) readConnection(s *section, kind string, read kind) {
	problems := len(s.doc.problems)
	open := read(s)
	switch taken := slices.ContainsFunc(c.connections, func(o connecting) bool { return o.name == s.name }); {
	case len(s.doc.problems) > problems:
		return
	case s.name == "":
		s.fail("several connections of a kind have a name each; for instance {name: %s-eu, …}", kind)
	case taken:
		s.fail("there is a connection %q already: give this one another name", s.name)
	}
	c.connections = append(c.connections, connecting{s.name, kind, open, s.secrets, s.doors, s.remote, s.server, s.teams})
}

// readKeys reads the keys of a section; "name" and the keys of the secrets come on top of the given ones.
func (s *section) readKeys(readers map[string]func(value)) {
	readers["name"] = func(v value) {
		if text, ok := v.text(); ok && connectionForm().MatchString(text) {
			s.name = text
		} else if ok {
			v.fail("%q is no name of a connection: small letters, digits and \"-\"", text)
		}
	}
	for _, one := range s.secrets {
		one.readers(s.config, readers)
	}
	s.read(readers)
	for _, one := range s.secrets {
		one.connection = s.name
	}
}

// secret is a secret that the section may name.
func (s *section) secret(name string) *secret {
	one := &secret{name: name}
	s.secrets = append(s.secrets, one)
	return one
}

// connectionForm is what can be a part of an address and, in capitals, of an environment variable.
func connectionForm() *regexp.Regexp { return regexp.MustCompile(`^[a-z][a-z0-9-]{0,31}$`) }

// called says that the service calls the bot, for which it needs an address.
func (s *section) called(how string) {
	s.doors = true
	if s.config.url == "" {
		s.fail("%s, for which it needs an address: say \"url: https://bot.example.org\", with listen where that leads to (%s)", how, s.config.listen)
	}
}
