package export

import (
	"archive/zip"
	"fmt"
	"io"
	"io/fs"
	"strings"
)

// encrypted is the bit of an entry's flags that says so (APPNOTE.TXT 4.4.4).
const encrypted = 1 << 0

// archive lists the files of a zip and refuses one that was made to do harm. What stands twice is
// read once; twice counts how often that happened.
func archive(z *zip.Reader, packed int64) (files []file, twice int, err error) {
	var total uint64
	seen := make(map[string]bool, len(z.File))
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, "/") && f.UncompressedSize64 == 0 || litter(f.Name) {
			continue
		}
		if err := entrySafe(f); err != nil {
			return nil, 0, err
		}
		total += f.UncompressedSize64
		if total > maxTotal {
			return nil, 0, fmt.Errorf("refused: its files would fill more than %d GiB", maxTotal>>30)
		}
		if seen[f.Name] {
			twice++
			continue
		}
		seen[f.Name] = true
		files = append(files, file{name: f.Name, size: int64(f.UncompressedSize64), open: entryOpen(f)})
	}
	if total > ratioFrom && total/maxRatio > uint64(packed) {
		return nil, 0, fmt.Errorf("refused: it unpacks to %d times its size", total/uint64(max(packed, 1)))
	}
	return files, twice, nil
}

// entrySafe refuses what no export has: paths that lead elsewhere, links, encryption, absurd packing.
func entrySafe(f *zip.File) error {
	if err := safeName(f.Name); err != nil {
		return err
	}
	switch mode := f.Mode(); {
	case mode&fs.ModeSymlink != 0:
		return fmt.Errorf("the entry %q is refused: it is a symbolic link", f.Name)
	case !mode.IsRegular():
		return fmt.Errorf("the entry %q is refused: it is no plain file", f.Name)
	case f.Flags&encrypted != 0:
		return fmt.Errorf("the entry %q is encrypted: unpack the archive with its password first", f.Name)
	case f.UncompressedSize64 > maxTotal:
		return fmt.Errorf("the entry %q is refused: it says that it is %d bytes long", f.Name, f.UncompressedSize64)
	case f.UncompressedSize64 > ratioFrom && f.UncompressedSize64/maxRatio > f.CompressedSize64:
		return fmt.Errorf("the entry %q is refused: it unpacks to more than %d times its size", f.Name, maxRatio)
	}
	return nil
}

// entryOpen reads an entry, and never more of it than it says that it holds.
func entryOpen(f *zip.File) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) {
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		return &bounded{r, int64(f.UncompressedSize64)}, nil
	}
}

// bounded fails where more comes than was promised.
type bounded struct {
	io.ReadCloser
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, fmt.Errorf("it unpacks to more than it says")
	}
	return n, err
}
