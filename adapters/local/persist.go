package local

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// Open makes a chat that keeps its log in a file, one JSON object a line, and finds there what an
// earlier process left: people, rooms, messages, and events for which old cursors hold. Reply handles,
// forms and private answers are lost with the process. One process may have the file open at a time.
//
// A last line that was not written to its end is cut off, and torn says how many bytes that were; any
// other line that cannot be read is an error that names it.
//
// A record is in the operating system's hands before it happens; it is not forced to the disk.
func Open(path string, o Options) (c *Chat, torn int64, err error) {
	c = New(o)
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, 0, fmt.Errorf("local: %w", err)
	}
	size, torn, err := c.load(f)
	if err == nil && torn > 0 {
		err = f.Truncate(size)
	}
	if err != nil {
		return nil, 0, errors.Join(fmt.Errorf("local: %s: %w", path, err), f.Close())
	}
	c.file, c.size = f, size
	return c, torn, nil
}

// load lets all records of a file happen. It gives the size of its whole lines, and of what follows them.
func (c *Chat) load(f io.Reader) (size, torn int64, err error) {
	in := bufio.NewReader(f)
	for line := 1; ; line++ {
		b, err := in.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			clear(c.replies)
			c.announced = len(c.posts)
			return size, int64(len(b)), nil
		}
		if err != nil {
			return 0, 0, err
		}
		if err := c.loadLine(b); err != nil {
			return 0, 0, fmt.Errorf("line %d: %w", line, err)
		}
		size += int64(len(b))
	}
}

func (c *Chat) loadLine(b []byte) error {
	var r record
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&r); err != nil {
		return err
	}
	if rest, _ := io.ReadAll(d.Buffered()); strings.TrimSpace(string(rest)) != "" {
		return errors.New("something follows the record")
	}
	r.At = r.At.In(c.now().Location())
	_, err := c.apply(r)
	return err
}

// keep appends a record to the file, if there is one. What was written by half is taken back, so that
// the next record does not follow a broken line.
func (c *Chat) keep(r record) error {
	if c.broken != nil {
		return c.broken
	}
	if c.file == nil || r.only != "" {
		return nil
	}
	line, err := json.Marshal(r)
	if err != nil {
		return err
	}
	n, err := c.file.Write(append(line, '\n'))
	if err != nil {
		if undo := c.file.Truncate(c.size); undo != nil {
			c.broken = errors.Join(err, undo)
		}
		return err
	}
	c.size += int64(n)
	return nil
}
