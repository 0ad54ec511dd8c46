package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"os"

	"github.com/gofirst/gofirst/bot/chat"
	"github.com/gofirst/gofirst/bot/store"
)

// lookAtKey reads the key, which the connections need too.
func (d *doctor) lookAtKey() chat.Finding {
	f := chat.Finding{What: "key", Why: d.config.keyFile}
	var err error
	d.key, err = store.ReadKey(d.config.keyFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		f.State, f.Why = chat.Ill, "there is no key file "+d.config.keyFile
		f.Do = "\"gofirst init\" makes one; if there was one, bring it back from where you keep it"
	case err != nil:
		f.State, f.Why, f.Do = chat.Ill, err.Error(), "bring the right one back from where you keep it"
	case readableByOthers(d.config.keyFile):
		f.State, f.Why, f.Do = chat.Limited, "others on this machine can read "+d.config.keyFile, "chmod 600 "+d.config.keyFile
	}
	return f
}

// lookAtDatabase looks at the file without opening it: that would bring it up to this version.
func (d *doctor) lookAtDatabase() chat.Finding {
	path := d.config.database
	f := chat.Finding{What: "database", Why: path}
	ours, err := isDatabase(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		f.Why = path + " is not there yet; serve makes it"
	case err != nil:
		f.State, f.Why, f.Do = chat.Ill, err.Error(), "let the user that runs gofirst read and write it"
	case !ours:
		f.State, f.Why = chat.Ill, path+" is no database of gofirst"
		f.Do = "name another file under database: in " + d.config.file
	default:
		unlock, err := lock(path)
		if err != nil {
			f.Why = path + ", in use: gofirst serve is running"
			break
		}
		_ = unlock()
	}
	return f
}

// applicationID stands in the header of each database that the store makes: "gofi".
const applicationID = 0x676f6669

// isDatabase reports whether a file is a database of ours, or may become one because nothing is in it. The first
// hundred bytes say whose a database is: https://www.sqlite.org/fileformat.html
func isDatabase(path string) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer func() { _ = f.Close() }()
	header := make([]byte, 100)
	switch n, err := io.ReadFull(f, header); {
	case n == 0 && errors.Is(err, io.EOF):
		return true, nil
	case err != nil && !errors.Is(err, io.ErrUnexpectedEOF):
		return false, err
	}
	owner := binary.BigEndian.Uint32(header[68:72])
	return bytes.HasPrefix(header, []byte("SQLite format 3\x00")) && (owner == 0 || owner == applicationID), nil
}

// lookAtTwins finds secrets that two connections share: each would hear, and do, everything twice.
func (d *doctor) lookAtTwins() {
	first := map[string]string{}
	for _, c := range d.config.connections {
		for _, s := range c.secrets {
			other, known := first[s.value()]
			if known && other != c.name && s.value() != "" {
				d.add(c.name, chat.Finding{
					What: "secret " + s.name, State: chat.Ill, Why: "it is the same as one of " + other + ", so that all would be heard and done twice",
					Do: "remove one of the two connections, or give each the token of a bot of its own",
				})
			}
			first[s.value()] = c.name
		}
	}
}

// lookAtSecrets reads the secrets of a connection.
func lookAtSecrets(c connecting) (out []chat.Finding) {
	for _, s := range c.secrets {
		if !s.given() && !s.needed {
			continue
		}
		f := chat.Finding{What: "secret " + s.name, Why: s.path}
		if s.path == "" {
			f.Why = "from the environment"
		}
		if _, err := s.read(); err != nil {
			f.State, f.Why, f.Do = chat.Ill, err.Error(), "put it there; the page that shows it is named by \"gofirst manifest "+c.kind+"\""
		} else if s.open() {
			f.State, f.Why, f.Do = chat.Limited, "others on this machine can read "+s.path, "chmod 600 "+s.path
		}
		out = append(out, f)
	}
	return out
}
