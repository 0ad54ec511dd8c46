package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// packing collects documents, looks whether each may be written where it belongs, and writes all of them or none.
type packing struct {
	std   *stdio
	files []packed
}

// packed is a document that is ready.
type packed struct {
	file string // empty: the standard output
	text []byte
}

// packMark stands near the beginning of every dossier, by which one is known that may be written over.
const packMark = "gofirst pack"

// markWithin is how far from the beginning the mark is looked for, in bytes.
const markWithin = 1024

func (p *packing) add(file string, text []byte) { p.files = append(p.files, packed{file, text}) }

func (p *packing) finish() error {
	for _, f := range p.files {
		if err := f.mayBeWritten(); err != nil {
			return err
		}
	}
	for _, f := range p.files {
		if err := f.write(p.std); err != nil {
			return err
		}
	}
	return nil
}

// mayBeWritten refuses to write over what is no dossier.
func (p packed) mayBeWritten() error {
	if p.file == "" {
		return nil
	}
	there, err := os.ReadFile(p.file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("look at what is there: %w", err)
	case !bytes.Contains(there[:min(len(there), markWithin)], []byte(packMark)):
		return fmt.Errorf("%s is there, and is no dossier of gofirst: it stays as it is; --out names another place", p.file)
	}
	return nil
}

func (p packed) write(std *stdio) error {
	if p.file == "" {
		_, err := std.out.Write(p.text)
		return err
	}
	if err := os.MkdirAll(filepath.Dir(p.file), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(p.file, p.text, 0o644); err != nil {
		return err
	}
	_, err := fmt.Fprintf(std.out, "Wrote %s\n", p.file)
	return err
}
