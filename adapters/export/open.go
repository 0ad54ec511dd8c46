package export

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/flate"
)

// Open recognises the kind of an export by what is inside and reads its lists of people and channels, but
// no message yet. The error names the file and says what was looked for. The caller closes the adapter.
func Open(path string) (*Adapter, error) {
	a, err := open(path)
	if err != nil {
		return nil, fmt.Errorf("open export %s: %w", path, err)
	}
	a.tally.reset()
	return a, nil
}

func open(path string) (*Adapter, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, errors.Unwrap(err)
	}
	if info.IsDir() {
		return openFolder(path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, errors.Unwrap(err)
	}
	a, err := openFile(f, info)
	if err != nil {
		f.Close()
		return nil, err
	}
	a.close = f.Close
	return a, nil
}

func openFolder(path string) (*Adapter, error) {
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, err
	}
	files, err := folder(root)
	if err == nil {
		var a *Adapter
		if a, err = recognise(files, filepath.Base(path)); err == nil {
			a.close = root.Close
			return a, nil
		}
	}
	root.Close()
	return nil, err
}

// openFile takes a zip by its first bytes, whatever it is called, and anything else as one file.
func openFile(f *os.File, info os.FileInfo) (*Adapter, error) {
	if !info.Mode().IsRegular() {
		return nil, errors.New("it is no plain file")
	}
	name := info.Name()
	head := make([]byte, 4)
	n, _ := f.ReadAt(head, 0)
	if !bytes.HasPrefix(head[:n], []byte("PK")) {
		whole := file{name: name, size: info.Size(), open: func() (io.ReadCloser, error) {
			return io.NopCloser(io.NewSectionReader(f, 0, info.Size())), nil
		}}
		return recognise([]file{whole}, stem(name))
	}
	z, err := zip.NewReader(f, info.Size())
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, fmt.Errorf("it begins like a zip but is none, or was cut off: %w", err)
	}
	z.RegisterDecompressor(zip.Deflate, flate.NewReader)
	files, twice, err := archive(z, info.Size())
	if err != nil {
		return nil, err
	}
	a, err := recognise(files, stem(name))
	if err == nil {
		a.tally.opened[duplicateFile] = twice
	}
	return a, err
}

// recognise tries the kinds in turn; name is what the export is called where it does not say itself.
func recognise(files []file, name string) (*Adapter, error) {
	for _, try := range []func([]file, string) (*Adapter, error){openSlack, openMattermost, openDiscord} {
		a, err := try(files, name)
		if a != nil || err != nil {
			return a, err
		}
	}
	return nil, errors.New("it is not a Slack export (no users.json or channels.json inside), " +
		"not a Mattermost bulk export (no .jsonl that begins with a version line), " +
		`and not from DiscordChatExporter (no .json with "guild", "channel" and "messages")`)
}

// stem is a file's name without its ending.
func stem(name string) string { return strings.TrimSuffix(name, filepath.Ext(name)) }
