package export

import (
	"fmt"
	"io"
	"io/fs"
	"os"
)

// folder lists the files of an unpacked export. Links are refused; root cannot be left in any case.
func folder(root *os.Root) ([]file, error) {
	var files []file
	err := fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() || litter(name):
			return nil
		case !d.Type().IsRegular():
			return fmt.Errorf("%q is refused: it is a link or no plain file", name)
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		files = append(files, file{name: name, size: info.Size(), open: func() (io.ReadCloser, error) {
			return root.Open(name)
		}})
		return nil
	})
	return files, err
}
