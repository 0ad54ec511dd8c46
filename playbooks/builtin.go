package playbooks

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
)

//go:embed *.yaml
var files embed.FS

// Builtin gives the playbooks that come with gofirst, in the order of their names.
func Builtin() ([]*Playbook, error) { return LoadDir(files) }

// Source gives the text of a built-in playbook.
func Source(id string) ([]byte, error) { return files.ReadFile(id + ".yaml") }

// LoadDir loads every *.yaml at the top of a folder, in the order of their names. It goes on after a bad file
// and joins what is wrong with all of them.
func LoadDir(dir fs.FS) ([]*Playbook, error) {
	names, err := fs.Glob(dir, "*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list playbooks: %w", err)
	}
	var out []*Playbook
	var problems []error
	for _, name := range names {
		text, err := fs.ReadFile(dir, name)
		if err != nil {
			problems = append(problems, err)
			continue
		}
		p, err := Load(path.Base(name), text)
		if err != nil {
			problems = append(problems, err)
			continue
		}
		out = append(out, p)
	}
	return out, errors.Join(problems...)
}

// Merge lays a community's own playbooks over the built-in ones: one of the same name takes its place.
func Merge(builtin, own []*Playbook) []*Playbook {
	var out []*Playbook
	taken := map[string]bool{}
	for _, p := range own {
		taken[p.ID] = true
	}
	for _, p := range builtin {
		if !taken[p.ID] {
			out = append(out, p)
		}
	}
	return append(out, own...)
}
