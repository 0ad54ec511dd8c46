package main

import (
	"errors"
	"log/slog"
)

// readSecrets reads the secrets of all connections at the start. One that is missing stops it.
func (c *config) readSecrets(log *slog.Logger) error {
	var problems []error
	for _, conn := range c.connections {
		for _, s := range conn.secrets {
			_, err := s.read()
			problems = append(problems, err)
			if s.open() {
				log.Warn("others on this machine can read the file of a secret: chmod 600 it", "connection", conn.name, "secret", s.name, "file", s.path)
			}
		}
	}
	return errors.Join(problems...)
}

// reread looks for the secrets anew and gives the connections of which one has changed. Where one cannot be read, the
// old one stays.
func (c *config) reread(log *slog.Logger) (changed []string) {
	for _, conn := range c.connections {
		fresh := false
		for _, s := range conn.secrets {
			other, err := s.read()
			if err != nil {
				log.Error("secret not read: the old one stays", "connection", conn.name, "err", err)
			}
			fresh = fresh || other
		}
		if fresh {
			changed = append(changed, conn.name)
		}
	}
	return changed
}
