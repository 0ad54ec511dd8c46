package main

import (
	"fmt"
	"os"
	"regexp"
	"runtime"
	"strings"
	"sync/atomic"
)

// secret is a secret of a connection: it stands in the file that the key NAME_file of its section names, else in the
// environment, where the bot token of the connection "slack-eu" is GOFIRST_SLACK_EU_BOT_TOKEN. In the configuration
// itself, which people copy and commit, it may not stand.
//
// It can be replaced while the process runs: read looks again, value gives what was read last.
type secret struct {
	connection, name string
	needed           bool
	path             string // of its file; empty where none is named
	last             atomic.Pointer[string]
}

// readers are the readers of the two keys that a secret has in its section.
func (s *secret) readers(c *config, into map[string]func(value)) {
	into[s.name] = func(v value) {
		v.fail("a secret does not belong in this file: put it into a file of its own, named by %s_file, or into the environment", s.name)
	}
	into[s.name+"_file"] = func(v value) {
		if text, ok := v.text(); ok && tokenForm().MatchString(text) {
			v.fail("this looks like the token itself: put it into a file of its own, and that file's name here")
			return
		}
		c.readPath(v, &s.path)
	}
}

// tokenForm is how the services' tokens look, and names of files do not.
func tokenForm() *regexp.Regexp {
	return regexp.MustCompile(`^(xox[a-z]|xapp)-|^[a-z0-9]{26}$|^[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]{20,}$`)
}

func (s *secret) variable() string {
	return "GOFIRST_" + strings.ToUpper(strings.ReplaceAll(s.connection, "-", "_")+"_"+s.name)
}

// given reports whether there is a place to read it from. The place may turn out to be empty.
func (s *secret) given() bool {
	return s.path != "" || strings.TrimSpace(os.Getenv(s.variable())) != ""
}

// value gives what was read last, "" where nothing was. It may be called at any time.
func (s *secret) value() string {
	if text := s.last.Load(); text != nil {
		return *text
	}
	return ""
}

// optional is value where there is a place to read it from, and else nil.
func (s *secret) optional() func() string {
	if !s.given() {
		return nil
	}
	return s.value
}

// read looks for the secret and reports whether it is another than before. What was known stays where it cannot be
// read. The errors name where it was looked for, and never hold it.
func (s *secret) read() (changed bool, err error) {
	text, err := s.look()
	if err != nil {
		return false, err
	}
	before := s.last.Swap(&text)
	return before == nil || *before != text, nil
}

func (s *secret) look() (string, error) {
	if s.path == "" {
		text := strings.TrimSpace(os.Getenv(s.variable()))
		if text == "" && s.needed {
			return "", fmt.Errorf("%s wants its %s: name a file with %s_file, or set %s", s.connection, s.name, s.name, s.variable())
		}
		return text, nil
	}
	text, err := os.ReadFile(s.path)
	if err != nil {
		return "", fmt.Errorf("read the %s of %s: %w", s.name, s.connection, err)
	}
	switch fields := strings.Fields(string(text)); len(fields) {
	case 0:
		return "", fmt.Errorf("read the %s of %s: %s is empty", s.name, s.connection, s.path)
	case 1:
		return fields[0], nil
	}
	return "", fmt.Errorf("read the %s of %s: %s holds more than one word", s.name, s.connection, s.path)
}

// open reports whether others than its owner can read the file of a secret.
func (s *secret) open() bool { return s.path != "" && readableByOthers(s.path) }

// readableByOthers says nothing of Windows, where permissions do not show in a mode.
func readableByOthers(path string) bool {
	info, err := os.Stat(path)
	return err == nil && runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0
}
