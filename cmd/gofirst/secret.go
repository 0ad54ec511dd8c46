package main

import (
	"fmt"
	"os"
	"strings"
)

// secret reads a secret of a connection: from the file that the key NAME_file of its section names, else from the
// environment, where the connection's token is GOFIRST_SLACK_TOKEN. In the configuration itself, which people
// copy and commit, it may not stand: the reader for NAME refuses it.
type secret struct {
	kind, name string
	file       value // of NAME_file; without a node where that is not given
}

// readers are the readers of the two keys that a secret has in its section.
func (s *secret) readers(into map[string]func(value)) {
	into[s.name] = func(v value) {
		v.fail("a secret does not belong in this file: put it into a file of its own, named by %s_file, or into the environment as %s", s.name, s.variable())
	}
	into[s.name+"_file"] = func(v value) { s.file = v }
}

func (s *secret) variable() string { return "GOFIRST_" + strings.ToUpper(s.kind+"_"+s.name) }

// value gives the secret. Its errors name where it was looked for, and never hold it.
func (s *secret) value(c *config) (string, error) {
	if s.file.node == nil {
		if text := strings.TrimSpace(os.Getenv(s.variable())); text != "" {
			return text, nil
		}
		return "", fmt.Errorf("%s wants its %s: set %s, or name a file with %s_file", s.kind, s.name, s.variable(), s.name)
	}
	path, _ := s.file.text()
	text, err := os.ReadFile(c.path(path))
	if err != nil {
		return "", err
	}
	if strings.TrimSpace(string(text)) == "" {
		return "", fmt.Errorf("%s is empty", c.path(path))
	}
	return strings.TrimSpace(string(text)), nil
}
