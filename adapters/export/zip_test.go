package export

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// entry writes one entry, by a header of one's own, beside a users.json.
func entry(t *testing.T, h *zip.FileHeader, data []byte) string {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	w, _ := z.Create("users.json")
	_, _ = io.WriteString(w, "[]")
	w, err := z.CreateHeader(h)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return put(t, "attack.zip", out.Bytes())
}

func TestHarmfulEntriesAreRefusedByName(t *testing.T) {
	t.Parallel()
	link := &zip.FileHeader{Name: "help/2024-05-06.json"}
	link.SetMode(fs.ModeSymlink | 0o777)
	pipe := &zip.FileHeader{Name: "help/2024-05-06.json"}
	pipe.SetMode(fs.ModeNamedPipe | 0o600)
	bomb := &zip.FileHeader{Name: "help/2024-05-06.json", Method: zip.Deflate}
	for _, c := range []struct {
		name   string
		header *zip.FileHeader
		data   []byte
		want   string
	}{
		{"up", &zip.FileHeader{Name: "../help/2024-05-06.json"}, nil, `"../help/2024-05-06.json" is refused: its path leads out`},
		{"up inside", &zip.FileHeader{Name: "help/../../x.json"}, nil, "its path leads out"},
		{"absolute", &zip.FileHeader{Name: "/etc/passwd"}, nil, "its path is absolute"},
		{"drive", &zip.FileHeader{Name: "C:/x.json"}, nil, "its path is absolute"},
		{"backslash", &zip.FileHeader{Name: `help\2024-05-06.json`}, nil, "a backslash stands in its path"},
		{"nul", &zip.FileHeader{Name: "a\x00b"}, nil, "no usable name"},
		{"link", link, []byte("/etc/passwd"), "it is a symbolic link"},
		{"pipe", pipe, nil, "it is no plain file"},
		{"bomb", bomb, bytes.Repeat([]byte{' '}, 16<<20), "it unpacks to more than 250 times its size"},
	} {
		if _, err := Open(entry(t, c.header, c.data)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
	}
}

// patch changes bytes of the last entry in the zip's directory, where readers look.
func patch(t *testing.T, path string, at int, with ...byte) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	entry := bytes.LastIndex(data, []byte("PK\x01\x02"))
	copy(data[entry+at:], with)
	return put(t, "patched.zip", data)
}

func TestLiesOfTheZipDirectory(t *testing.T) {
	t.Parallel()
	plain := pack(t, smallSlack)
	if _, err := Open(patch(t, plain, 8, 1)); err == nil || !strings.Contains(err.Error(), "is encrypted") {
		t.Errorf("encrypted: %v", err)
	}
	for name, size := range map[string][]byte{"smaller": {5, 0, 0, 0}, "larger": {0, 9, 0, 0}, "huge": {0xfe, 0xff, 0xff, 0x03}} {
		a, err := Open(patch(t, plain, 24, size...))
		if err != nil {
			continue // refused at once is as good
		}
		defer a.Close()
		if n := len(listen(t, a, nil)); n != 3 || a.Counts().Skipped["broken_file"] != 1 {
			t.Errorf("%s: %d events, %v", name, n, a.Counts())
		}
	}
	if _, err := Open(patch(t, plain, 24, 0, 0, 0, 0x20)); err == nil || !strings.Contains(err.Error(), "250 times its size") {
		t.Errorf("512 MiB in a hundred bytes: %v", err)
	}
}

func TestOverlongDayIsCounted(t *testing.T) {
	t.Parallel()
	f := file{name: "help/2024-05-06.json", size: maxDayFile + 1}
	if _, err := f.read(nil, maxDayFile); err != errTooBig {
		t.Errorf("got %v", err)
	}
	f = file{size: 3, open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("12345678")), nil }}
	if _, err := f.read(nil, 4); err != errTooBig {
		t.Errorf("a file longer than it says: got %v", err)
	}
}

func TestDuplicateEntryIsReadOnce(t *testing.T) {
	t.Parallel()
	again := smallSlack + "-- build/2024-05-06.json --\n[]\n"
	a := mustOpen(t, pack(t, again))
	if n := len(listen(t, a, nil)); n != 4 {
		t.Errorf("%d events", n)
	}
	if got := a.Counts().Skipped; len(got) != 1 || got["duplicate_file"] != 1 {
		t.Errorf("counted %v", got)
	}
}

func TestFolderRefusesLinks(t *testing.T) {
	t.Parallel()
	root := unpack(t, smallSlack)
	if err := os.Symlink("/etc/passwd", filepath.Join(root, "help", "2024-05-08.json")); err != nil {
		t.Skip("this system makes no links:", err)
	}
	if _, err := Open(root); err == nil || !strings.Contains(err.Error(), `"help/2024-05-08.json" is refused`) {
		t.Errorf("got %v", err)
	}
}
