package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/gofirst/gofirst/playbooks"
)

// book is a playbook and the text that it was loaded from.
type book struct {
	*playbooks.Playbook
	source []byte
}

func builtinBooks() ([]book, error) {
	list, err := playbooks.Builtin()
	if err != nil {
		return nil, fmt.Errorf("the built-in playbooks: %w", err)
	}
	var out []book
	for _, p := range list {
		source, err := playbooks.Source(p.ID)
		if err != nil {
			return nil, fmt.Errorf("the built-in playbooks: %w", err)
		}
		out = append(out, book{p, source})
	}
	return out, nil
}

// booksIn loads the playbooks at the top of a folder, or in one file. It gives those that are right along with
// what is wrong with the others.
func booksIn(path string) ([]book, error) {
	files := []string{path}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		if files, err = fs.Glob(os.DirFS(path), "*.yaml"); err != nil {
			return nil, err
		}
		for i := range files {
			files[i] = filepath.Join(path, files[i])
		}
	}
	var out []book
	var problems []error
	for _, file := range files {
		b, err := loadBook(file)
		if err != nil {
			problems = append(problems, err)
			continue
		}
		out = append(out, b)
	}
	return out, errors.Join(problems...)
}

func loadBook(file string) (book, error) {
	source, err := os.ReadFile(file)
	if err != nil {
		return book{}, err
	}
	p, err := playbooks.Load(filepath.ToSlash(file), source)
	if err != nil {
		return book{}, err
	}
	return book{p, source}, nil
}

// mergeBooks lays own playbooks over the built-in ones: one of the same name takes its place.
func mergeBooks(builtin, own []book) []book {
	out := slices.DeleteFunc(slices.Clone(builtin), func(b book) bool {
		return slices.ContainsFunc(own, func(o book) bool { return o.ID == b.ID })
	})
	return append(out, own...)
}

func playbooksOf(books []book) []*playbooks.Playbook {
	var out []*playbooks.Playbook
	for _, b := range books {
		out = append(out, b.Playbook)
	}
	return out
}
