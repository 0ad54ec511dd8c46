package export

import (
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// What an archive may hold at most. A genuine export stays far below each of them; a file that was made to
// fill a disk or the memory does not.
const (
	maxDayFile  = 64 << 20  // one channel's day, and one message or line of the streamed kinds
	maxListFile = 512 << 20 // users.json and the lists of channels; they are streamed
	maxTotal    = 64 << 30  // all files together
	maxRatio    = 250       // uncompressed to compressed, of a file and of the archive; JSON reaches about 40
	ratioFrom   = 8 << 20   // smaller files may be packed as tightly as they like
)

// file is one file of an export, wherever it lies.
type file struct {
	name string // with slashes, relative to the export
	size int64  // uncompressed
	open func() (io.ReadCloser, error)
}

// errTooBig ends a reading that goes beyond its limit.
var errTooBig = errors.New("the file is larger than it may be")

// read gives the whole file in a buffer that is used again; at most limit bytes.
func (f file) read(buf []byte, limit int64) ([]byte, error) {
	if f.size > limit {
		return buf, errTooBig
	}
	r, err := f.open()
	if err != nil {
		return buf, err
	}
	defer r.Close()
	buf = buf[:0]
	for {
		if len(buf) == cap(buf) {
			buf = append(buf, 0)[:len(buf)]
		}
		n, err := r.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		switch {
		case err == io.EOF:
			return buf, nil
		case err != nil:
			return buf, err
		case int64(len(buf)) > limit:
			return buf, errTooBig
		}
	}
}

// safeName refuses a name that would lead out of the export if it were unpacked.
func safeName(name string) error {
	bad := ""
	switch {
	case name == "" || strings.ContainsRune(name, 0):
		bad = "it has no usable name"
	case strings.HasPrefix(name, "/") || len(name) > 1 && name[1] == ':':
		bad = "its path is absolute"
	case strings.Contains(name, `\`):
		bad = "a backslash stands in its path"
	case strings.HasPrefix(path.Clean(name), ".."):
		bad = "its path leads out of the export"
	default:
		return nil
	}
	return fmt.Errorf("the entry %q is refused: %s", name, bad)
}

// litter reports whether a system left the file behind, not the export.
func litter(name string) bool {
	base := path.Base(name)
	return strings.HasPrefix(name, "__MACOSX/") || base == ".DS_Store" || base == "Thumbs.db" || base == "desktop.ini"
}
