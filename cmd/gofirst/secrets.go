package main

import (
	"errors"
	"log/slog"
)

// readSecrets reads the secrets of all connections at the start. A connection that lacks one is refused by its service
// until the secret is there and SIGHUP tells; where all lack one, nothing starts.
func (c *config) readSecrets(log *slog.Logger) error {
	var problems []error
	lacking := 0
	for _, conn := range c.connections {
		before := len(problems)
		for _, s := range conn.secrets {
			if _, err := s.read(); err != nil {
				problems = append(problems, err)
			}
			if s.open() {
				log.Warn("others on this machine can read the file of a secret: chmod 600 it", "connection", conn.name, "secret", s.name, "file", s.path)
			}
		}
		if len(problems) > before {
			lacking++
		}
	}
	if lacking == len(c.connections) {
		return errors.Join(problems...)
	}
	for _, err := range problems {
		log.Error("a secret is missing: its connection waits for it, and for SIGHUP", "err", err)
	}
	return nil
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
